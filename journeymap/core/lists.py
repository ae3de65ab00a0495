"""Lists over REST: `{"items", "next"}` with an opaque cursor that survives insertions."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from journeymap.core.errors import BadRequest

MOST = 100
Row = TypeVar("Row", bound=Model)


def page_of(
    rows: QuerySet[Row], query: Any, *, shown: Callable[[Row], dict[str, Any]], newest_first: bool = False
) -> dict[str, Any]:
    """One page of `rows`, by id (UUIDv7: the order in which they were made).

    `query` is the request's query: `limit` (1 to 100) and `cursor` (the `next` of the page before).
    """
    limit = _limit(query.get("limit"))
    after = query.get("cursor")
    if after is not None:
        last = _read_cursor(after)
        rows = rows.filter(pk__lt=last) if newest_first else rows.filter(pk__gt=last)
    found = list(rows.order_by("-pk" if newest_first else "pk")[: limit + 1])
    page, more = found[:limit], len(found) > limit
    return {"items": [shown(row) for row in page], "next": _cursor(page[-1].pk) if more else None}


def _limit(text: str | None) -> int:
    if text is None:
        return MOST
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST):
        raise BadRequest(f"“limit” must be a number from 1 to {MOST}.", fields={"limit": f"1 to {MOST}"})
    return int(text)


def _cursor(id_: UUID) -> str:
    return base64.urlsafe_b64encode(id_.bytes).rstrip(b"=").decode()


def _read_cursor(text: str) -> UUID:
    try:
        if len(text) != 22 or not text.isascii():
            raise ValueError
        return UUID(bytes=base64.b64decode(text + "==", altchars=b"-_", validate=True))
    except ValueError as error:
        raise BadRequest("“cursor” must be the “next” of another page.", fields={"cursor": "unknown"}) from error

"""What a socket starts from: the changes since it was here last, or the whole document, from one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from journeymap.core.errors import NotFound
from journeymap.core.snapshot import one_snapshot
from journeymap.sync.log import Entry, entries_after
from journeymap.sync.models import Document
from journeymap.sync.records import DocumentKind, Grant, View

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The state at `seq`; `body` holds `document` or `changes`, `derived` a message to follow, `view` the reader's."""

    seq: int
    log: str
    body: Wire
    derived: Wire | None = None
    view: View | None = field(default=None)


def welcome(kind: DocumentKind, document_id: UUID, grant: Grant, *, since: int | None, log: str | None) -> Welcome:
    """Changes where the reader's log is still this one and reaches far enough, otherwise the document."""
    with one_snapshot():
        head = Document.objects.filter(pk=document_id).values("seq", "log", "floor").first()
        if head is None:
            raise NotFound("There is no such document.")
        if _may_continue(head, grant, since, log) and since is not None:
            found = _continued(kind, document_id, grant, since, head)
            if found is not None:
                return found
        document = kind.snapshot(document_id)
    if kind.welcomed is not None:
        kind.welcomed(grant, document["seq"])
    return Welcome(
        seq=document["seq"],
        log=document["log"],
        body={"document": kind.hide(document, grant) if kind.hide else document},
        view=kind.view(document, grant) if kind.view and grant.hidden else None,
    )


def _may_continue(head: Mapping[str, Any], grant: Grant, since: int | None, log: str | None) -> bool:
    if since is None or log != str(head["log"]):
        return False
    lowest = head["floor"] if grant.guest_id is None else max(head["floor"], grant.since or head["seq"] + 1)
    return bool(lowest <= since <= head["seq"])


def _continued(
    kind: DocumentKind, document_id: UUID, grant: Grant, since: int, head: Mapping[str, Any]
) -> Welcome | None:
    if kind.view and grant.hidden:
        # What was hidden at `since` is not known any more; the document is the safe answer.
        return None
    entries = [_shown(entry) for entry in entries_after(document_id, since, most=None)]
    derived = kind.derived(document_id) if kind.derived else None
    return Welcome(seq=head["seq"], log=str(head["log"]), body={"changes": entries}, derived=derived)


def _shown(entry: Entry) -> Wire:
    return entry.as_wire() | {"ops": orjson.Fragment(entry.ops)}

"""Ids: UUIDv7 for what we make, any canonical UUID from whoever starts a change."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import uuid_utils

from journeymap.core.errors import BadRequest, NotFound

CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)


def new_id() -> UUID:
    """A new UUIDv7: unique, and sorted roughly by the time it was made."""
    return UUID(int=uuid_utils.uuid7().int)


def canonical(value: Any) -> str | None:
    """`value` in canonical lower-case text if it is a UUID written that way, otherwise None."""
    if not isinstance(value, str) or len(value) != 36:
        return None
    lowered = value.lower()
    return lowered if CANONICAL.fullmatch(lowered) else None


def parse_id(value: Any, *, name: str = "id") -> UUID:
    """The UUID that `value` spells canonically.

    Raises BadRequest naming the field otherwise.
    """
    text = canonical(value)
    if text is None:
        raise BadRequest(f"“{name}” must be a UUID in canonical text.", fields={name: "not a UUID"})
    return UUID(text)


def id_from_path(value: str | UUID) -> UUID:
    """The UUID in an address; one that is none names nothing, so NotFound."""
    if isinstance(value, UUID):
        return value
    text = canonical(value)
    if text is None:
        raise NotFound("There is nothing at this address.")
    return UUID(text)

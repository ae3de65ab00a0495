"""What a change, an undo or a redo must look like, whichever door it comes in by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from journeymap.accounts.actors import Actor
from journeymap.core.errors import BadRequest
from journeymap.core.ids import new_id, parse_id
from journeymap.sync import undo
from journeymap.sync.changes import Built, Request, digest_of
from journeymap.sync.models import Document
from journeymap.sync.ops import MOST_OPS, Op, parse_ops
from journeymap.sync.records import DocumentKind, Grant

MOST_MESSAGE = 256 * 1024
CHANGE_KEYS = {"key", "ops", "group", "log"}
UNDO_KEYS = {"key", "change", "log"}


def change_request(
    kind: DocumentKind,
    wire: Mapping[str, Any],
    *,
    actor: Actor,
    origin: str,
    most: int | None = MOST_OPS,
) -> Request:
    """The change that `{key, ops, group?, log?}` asks for; BadRequest if it is none."""
    _refuse_unknown(wire, CHANGE_KEYS)
    ops = parse_ops(kind, wire.get("ops"), most=most)
    return Request(
        key=parse_id(wire.get("key"), name="key"),
        actor=actor,
        origin=origin,
        build=lambda _kind, _document, _grant: Built(ops=ops),
        digest=digest_of(wire["ops"]),
        group=_optional_id(wire, "group"),
        log=_optional_id(wire, "log"),
    )


def undo_request(wire: Mapping[str, Any], *, actor: Actor, redo: bool = False) -> Request:
    """The undo or redo that `{key, change?}` asks for; BadRequest if it is none."""
    _refuse_unknown(wire, UNDO_KEYS)
    named = _optional_id(wire, "change")
    word = "redo" if redo else "undo"

    def build(kind: DocumentKind, document: Document, grant: Grant) -> Built:
        name = named or undo.latest_of(document.pk, grant, redo=redo)
        changes = undo.changes_named(document.pk, name, redo=redo)
        return Built(ops=undo.operations(kind, document, grant, changes), undoes=name)

    return Request(
        key=parse_id(wire.get("key"), name="key"),
        actor=actor,
        origin=word,
        build=build,
        digest=digest_of({word: str(named) if named else None}),
        log=_optional_id(wire, "log"),
    )


def own_request(ops: list[Op], *, actor: Actor, origin: str) -> Request:
    """A change of the application's own making, with parsed operations."""
    key = new_id()
    return Request(
        key=key,
        actor=actor,
        origin=origin,
        build=lambda _kind, _document, _grant: Built(ops=ops),
        digest=digest_of({"own": str(key)}),
    )


def _refuse_unknown(wire: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(wire) - known - {"type"})
    if unknown:
        raise BadRequest("There are fields here that are not known.", fields=dict.fromkeys(unknown, "unknown field"))


def _optional_id(wire: Mapping[str, Any], name: str) -> UUID | None:
    return None if wire.get(name) is None else parse_id(wire[name], name=name)

"""Reads the log: changes after a seq, what happened to one text since, keys answered before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from journeymap.core.errors import Conflict
from journeymap.sync import text
from journeymap.sync.models import Change

COLUMNS = ("seq", "key", "group", "user_id", "guest_id", "actor_name", "at", "ops", "same_as", "undoes")
PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log as it travels; `ops` and `same_as` are JSON texts.

    `epoch` is the document's permission epoch under which it was written, known while it is fresh.
    """

    seq: int
    key: UUID
    group: UUID
    user_id: UUID | None
    guest_id: UUID | None
    actor_name: str
    at: datetime
    ops: str
    same_as: str = ""
    undoes: UUID | None = None
    epoch: int | None = None

    def as_wire(self) -> dict[str, Any]:
        """The `change` message of the socket, which is also the item of REST."""
        body: dict[str, Any] = {
            "type": "change",
            "seq": self.seq,
            "key": str(self.key),
            "group": str(self.group),
            "actor": {
                "id": str(self.user_id or self.guest_id) if self.user_id or self.guest_id else None,
                "name": self.actor_name,
                "guest": self.guest_id is not None,
            },
            "at": self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "ops": orjson.Fragment(self.ops),
        }
        if self.undoes:
            body["undoes"] = str(self.undoes)
        if self.same_as:
            body["same_as"] = orjson.Fragment(self.same_as)
        return body


def entries_after(document_id: UUID, seq: int, *, most: int | None = PAGE) -> list[Entry]:
    """The changes after `seq`, oldest first, at most so many."""
    rows = Change.objects.filter(document_id=document_id, seq__gt=seq).order_by("seq").values_list(*COLUMNS)
    return [Entry(**dict(zip(COLUMNS, row, strict=True))) for row in (rows if most is None else rows[:most])]


def entry_at(document_id: UUID, seq: int) -> Entry | None:
    """The change with this seq, if the log still has it."""
    row = Change.objects.filter(document_id=document_id, seq=seq).values_list(*COLUMNS).first()
    return Entry(**dict(zip(COLUMNS, row, strict=True))) if row else None


def text_deltas(document_id: UUID, type_: str, id_: str, name: str, base: int) -> list[text.Delta]:
    """What happened to one text after `base`, oldest first.

    Raises Conflict `stale_text` where the record was deleted and came back with its text changed in between.
    """
    rows = (
        Change.objects.filter(document_id=document_id, seq__gt=base, ops__contains=id_)
        .order_by("seq")
        .values_list("ops", "inverse")
    )
    deltas: list[text.Delta] = []
    lost: str | None = None
    for ops, inverse in rows:
        for op in orjson.loads(ops):
            if op["id"] != id_ or op["type"] != type_:
                continue
            if op["op"] == "text" and op["field"] == name:
                deltas.append(tuple(op["delta"]))
            elif op["op"] == "delete":
                lost = _text_lost(orjson.loads(inverse), id_, name)
            elif op["op"] == "insert" and (deltas or op["fields"].get(name) != lost):
                raise Conflict("This text was restored since you saw it.", code="stale_text")
    return deltas


def _text_lost(inverse: Iterable[dict[str, Any]], id_: str, name: str) -> str | None:
    return next((op["fields"].get(name) for op in inverse if op["op"] == "insert" and op["id"] == id_), None)

"""Announced changes applied to a document: what proves that events equal state, and what history looks back with.

Knows documents, records and operations only; which types there are and how their lists are ordered is told by a
`Shape`. The twin is static/js/replay.js; both are run on tests/vectors/replay.json.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from journeymap.sync import text

Record = dict[str, Any]
Document = dict[str, Any]


class BadChange(ValueError):
    """A change that cannot have been announced for this document."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the records of one type stand in a document, and how they are ordered there.

    `order` names fields, compared by code point with null first; a field written `@lane` stands for the place of
    the record that it names in that record's own list. Ties are broken by id.
    """

    name: str
    order: tuple[str, ...] = ()
    single: bool = False


Shape = Mapping[str, Listed]


def apply_change(document: Document, change: Mapping[str, Any], *, shape: Shape) -> Document:
    """The document after one announced change; the given one stays as it is."""
    replay = Replay(document, shape=shape)
    replay.apply(change)
    return replay.document()


def apply_changes(document: Document, changes: Iterable[Mapping[str, Any]], *, shape: Shape) -> Document:
    """The document after many announced changes, put in order once."""
    replay = Replay(document, shape=shape)
    for change in changes:
        replay.apply(change)
    return replay.document()


class Replay:
    """A working copy of a document that changes are applied to; records of the original are never altered."""

    def __init__(self, document: Document, *, shape: Shape) -> None:
        self._rest = dict(document)
        self._shape = shape
        self._same_as: dict[str, str] = dict(document.get("same_as") or {})
        self._types: dict[str, dict[str, Record]] = {
            kind: {record["id"]: record for record in _records(document, listed)}
            for kind, listed in shape.items()
            if listed.name in document
        }

    def apply(self, change: Mapping[str, Any]) -> None:
        """One announced change: complete operations with ranks, in order."""
        self._same_as.update(change.get("same_as") or {})
        for op in change["ops"]:
            self._apply_op(op)
        if "seq" in change:
            self._rest["seq"] = change["seq"]

    def document(self) -> Document:
        """A document with every list in display order."""
        document = dict(self._rest)
        places: dict[str, dict[str, int]] = {}
        for kind, records in self._types.items():
            listed = self._shape[kind]
            ordered = sorted(records.values(), key=lambda record: _key(record, listed, places))
            places[kind] = {record["id"]: place for place, record in enumerate(ordered)}
            document[listed.name] = (ordered[0] if ordered else None) if listed.single else ordered
        return document

    def _apply_op(self, op: Mapping[str, Any]) -> None:
        records = self._types.get(op["type"])
        if records is None:
            raise BadChange(f"No records of type {op['type']!r} stand in this document.")
        record_id = self._same_as.get(op["id"], op["id"])
        match op["op"]:
            case "insert":
                records[record_id] = {"id": record_id, **op["fields"]}
            case "delete":
                records.pop(record_id, None)
            case "set":
                records[record_id] = {**_found(records, record_id), **op["fields"]}
            case "text":
                record = _found(records, record_id)
                records[record_id] = {**record, op["field"]: text.apply(record[op["field"]], op["delta"])}
            case other:
                raise BadChange(f"No operation is called {other!r}.")


def _found(records: Mapping[str, Record], record_id: str) -> Record:
    record = records.get(record_id)
    if record is None:
        raise BadChange(f"There is no record {record_id} to change.")
    return record


def _records(document: Document, listed: Listed) -> list[Record]:
    if listed.single:
        record = document.get(listed.name)
        return [record] if record else []
    return list(document[listed.name])


def _key(record: Record, listed: Listed, places: Mapping[str, Mapping[str, int]]) -> tuple[Any, ...]:
    parts: list[Any] = []
    for name in listed.order:
        if name.startswith("@"):
            place = places.get(name[1:], {})
            parts.append(place.get(record[name[1:]], -1))
        else:
            parts.append(record.get(name) or "")
    return (*parts, record["id"])

"""The alphabet, inbound: four operations, parsed against the tables of records; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from journeymap.core.errors import BadRequest, Problem, TooLarge
from journeymap.core.ids import canonical, new_id
from journeymap.sync import text
from journeymap.sync.records import DocumentKind, Field, RecordType

MOST_OPS = 500
KEYS = {
    "insert": {"op", "type", "id", "fields", "after"},
    "set": {"op", "type", "id", "fields", "after", "only_if"},
    "text": {"op", "type", "id", "field", "base", "delta"},
    "delete": {"op", "type", "id"},
}


class Absent:
    """That `after` was not said, which is not the same as null."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()
After = str | None | Absent


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEdit:
    """An edit of a list field by what to add and what to take out."""

    add: tuple[Any, ...]
    remove: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """One parsed operation.

    `restored` marks an insert that brings a deleted record back with all its fields and `parts` (the details it
    had); `only_if` and `behind` are the conditions of an undo: what the change that is taken back had written.
    """

    op: Literal["insert", "set", "text", "delete"]
    type: RecordType
    id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    after: After = ABSENT
    only_if: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""
    base: int = 0
    delta: tuple[Any, ...] = ()
    reach: int = 0
    restored: bool = False
    parts: frozenset[str] = frozenset()
    behind: After = ABSENT
    lenient: bool = False


def parse_ops(kind: DocumentKind, wire: Any, *, most: int | None = MOST_OPS) -> list[Op]:
    """The operations that `wire` spells; the first that is wrong raises BadRequest with its index."""
    if not isinstance(wire, list) or not wire:
        raise BadRequest("“ops” must be a list of at least one operation.", fields={"ops": "a list of operations"})
    if most is not None and len(wire) > most:
        raise TooLarge(f"At most {most} operations fit into one change; split it into several of one group.")
    ops = []
    for index, item in enumerate(wire):
        try:
            ops.append(parse_op(kind, item))
        except Problem as problem:
            raise problem.at_op(index) from None
    return ops


def parse_op(kind: DocumentKind, wire: Any) -> Op:
    """The operation that `wire` spells; BadRequest if it is none."""
    if not isinstance(wire, dict):
        raise BadRequest("An operation must be an object.")
    name = wire.get("op")
    keys = KEYS.get(name) if isinstance(name, str) else None
    if keys is None:
        raise BadRequest("“op” must be insert, set, text or delete.", fields={"op": "insert, set, text or delete"})
    unknown = sorted(set(wire) - keys)
    if unknown:
        raise BadRequest(f"“{name}” takes no such keys.", fields=dict.fromkeys(unknown, "unknown"))
    type_ = kind.types.get(wire["type"]) if isinstance(wire.get("type"), str) else None
    if type_ is None:
        raise BadRequest(f"“type” must be one of {', '.join(kind.types)}.", fields={"type": "unknown"})
    if type_.single and name in {"insert", "delete"}:
        raise BadRequest(f"A {type_.name} can be neither inserted nor deleted by an operation.")
    return PARSERS[str(name)](type_, wire)


def stored_op(kind: DocumentKind, wire: dict[str, Any]) -> Op:
    """An operation of our own making, as the log keeps an inverse: taken as it is, and lenient."""
    return Op(
        op=wire["op"],
        type=kind.types[wire["type"]],
        id=wire["id"],
        fields=wire.get("fields", {}),
        after=wire.get("after", ABSENT),
        only_if=wire.get("only_if", {}),
        field=wire.get("field", ""),
        base=wire.get("base", 0),
        delta=tuple(wire.get("delta", ())),
        restored=wire.get("restored", False),
        parts=frozenset(wire.get("parts", ())),
        behind=wire.get("behind", ABSENT),
        lenient=True,
    )


def parse_fields(type_: RecordType, wire: Any, *, listed: bool) -> dict[str, Any]:
    """The fields of an insert or, with `listed`, of a set: there list fields may be edited by add and remove."""
    if not isinstance(wire, dict):
        raise BadRequest("“fields” must be an object.", fields={"fields": "an object"})
    parsed, wrong = {}, {}
    for name, value in wire.items():
        item = type_.fields.get(name)
        if item is None or item.read_only or (listed and item.only_once):
            if item is not None and item.only_once:
                wrong[name] = "is said with the insert and stays"
                continue
            known = item is not None or (name == "rank" and type_.ranked) or name == "id"
            wrong[name] = "only the server sets this" if known else "unknown field"
            continue
        try:
            parsed[name] = _parse_value(item, value, listed=listed)
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        name, why = next(iter(wrong.items()))
        raise BadRequest(f"{type_.name}.{name}: {why}.", fields=wrong)
    return parsed


def _parse_value(item: Field, value: Any, *, listed: bool) -> Any:
    if listed and item.kind == "list" and isinstance(value, dict):
        if not value or set(value) - {"add", "remove"}:
            raise ValueError("must be a list, or an object of add and remove")
        return ListEdit(add=tuple(item.check(value.get("add", []))), remove=tuple(item.check(value.get("remove", []))))
    return item.check(value)


def _parse_insert(type_: RecordType, wire: dict[str, Any]) -> Op:
    id_ = _id(wire["id"]) if wire.get("id") is not None else str(new_id())
    fields = parse_fields(type_, wire.get("fields", {}), listed=False)
    missing = [name for name in type_.required if name not in fields]
    if missing:
        raise BadRequest(f"A {type_.name} needs {', '.join(missing)}.", fields=dict.fromkeys(missing, "needed"))
    return Op(op="insert", type=type_, id=id_, fields=fields, after=_after(type_, wire))


def _parse_set(type_: RecordType, wire: dict[str, Any]) -> Op:
    fields = parse_fields(type_, wire.get("fields", {}), listed=True)
    only_if = parse_fields(type_, wire.get("only_if", {}), listed=False)
    after = _after(type_, wire)
    if not fields and after is ABSENT:
        raise BadRequest("A set needs fields, or a neighbour to stand behind.", fields={"fields": "needed"})
    return Op(op="set", type=type_, id=_id(wire.get("id")), fields=fields, after=after, only_if=only_if)


def _parse_text(type_: RecordType, wire: dict[str, Any]) -> Op:
    name = wire.get("field")
    item = type_.fields.get(name) if isinstance(name, str) else None
    if item is None or item.kind != "text":
        raise BadRequest(f"{type_.name} has no text field of this name.", fields={"field": "not a text field"})
    base = wire.get("base")
    if type(base) is not int or base < 0:
        raise BadRequest("“base” must be the seq at which the text was seen.", fields={"base": "a seq"})
    delta = text.parse(wire.get("delta"))
    # The normal form drops a last keep, which may be the part that goes past the end.
    reach = text.walked(wire["delta"])
    return Op(op="text", type=type_, id=_id(wire.get("id")), field=item.name, base=base, delta=delta, reach=reach)


def _parse_delete(type_: RecordType, wire: dict[str, Any]) -> Op:
    return Op(op="delete", type=type_, id=_id(wire.get("id")))


PARSERS = {"insert": _parse_insert, "set": _parse_set, "text": _parse_text, "delete": _parse_delete}


def _id(value: Any) -> str:
    id_ = canonical(value)
    if id_ is None:
        raise BadRequest("“id” must be a UUID in canonical text.", fields={"id": "not a UUID"})
    return id_


def _after(type_: RecordType, wire: dict[str, Any]) -> After:
    if "after" not in wire:
        return ABSENT
    if not type_.ranked:
        raise BadRequest(f"A {type_.name} stands in no order.", fields={"after": "not taken here"})
    return None if wire["after"] is None else _id(wire["after"])

"""Plans a change: from parsed operations and the rows as they are to what will be written, logged and taken back.

Nothing here writes. A plan either comes out whole or raises a Problem that names the operation at fault, so a
refused change leaves no trace and its neighbours in one transaction are not disturbed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from journeymap.core.errors import BadRequest, Conflict, Forbidden, Gone, Problem
from journeymap.core.ids import new_id
from journeymap.sync import rank, text
from journeymap.sync.checks import clean_text
from journeymap.sync.ops import ABSENT, Absent, After, ListEdit, Op
from journeymap.sync.records import PARTS, Field, Grant, Record, RecordType
from journeymap.sync.source import Rows

LONGEST_RANK = 120
Wire = dict[str, Any]
Deltas = Callable[[str, str, str, int], list[text.Delta]]


@dataclass(frozen=True, slots=True)
class Write:
    """One row to insert, update or delete; `values` holds the fields concerned.

    `parts` names the details to make with an insert, to add with an update, or to delete.
    """

    action: str
    type: RecordType
    id: str
    values: Record = field(default_factory=dict)
    parts: frozenset[str] = frozenset()


@dataclass
class Plan:
    """What a change amounts to: effects in order, their inverse in the order to apply it, and the rows to write."""

    ops: list[Wire] = field(default_factory=list)
    inverse: list[Wire] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    same_as: dict[str, str] = field(default_factory=dict)
    left_alone: list[Wire] = field(default_factory=list)


class Planner:
    """Walks through the operations of one change, each seeing what the ones before it did."""

    def __init__(self, rows: Rows, *, grant: Grant, now: datetime, seq: int, deltas: Deltas) -> None:
        self.rows = rows
        self.grant = grant
        self.now = now
        self.seq = seq
        self.deltas = deltas
        self.plan = Plan()
        self._concurrent: dict[tuple[str, str, str, int], list[text.Delta]] = {}
        self._to_check: dict[tuple[str, str], int] = {}
        self._taken: set[tuple[str, str]] = set()
        self._replaced: set[tuple[str, str, str]] = set()
        self._later: list[tuple[int, Op, str, Any]] = []
        self._index = 0

    def run(self, ops: Sequence[Op]) -> Plan:
        """The plan for `ops`; raises the Problem of the first that cannot be."""
        self._read_ahead(ops)
        for index, op in enumerate(ops):
            self._index = index
            mark = len(self.plan.ops)
            try:
                self._authorise(op)
                getattr(self, STEPS[op.op])(op)
            except Problem as problem:
                if not op.lenient or isinstance(problem, Forbidden) or len(self.plan.ops) != mark:
                    raise problem.at_op(self._index) from None
                self._leave(op, list(op.fields) or [op.field], problem.message)
        self._refer_later()
        self._check_needs()
        self.plan.inverse.reverse()
        return self.plan

    # Reading

    def _read_ahead(self, ops: Sequence[Op]) -> None:
        ids: dict[str, list[str]] = defaultdict(list)
        made: dict[str, list[str]] = defaultdict(list)
        for op in ops:
            (made if op.op == "insert" else ids)[op.type.name].append(op.id)
            for name, value in op.fields.items():
                item = op.type.fields.get(name)
                target = item.target if item else None
                if target is not None and target in self.rows.kind.types:
                    ids[target].extend(_references(value))
        for name, new in made.items():
            self._taken |= {(name, id_) for id_ in self.rows.taken(self.rows.kind.types[name], new)}
        for name, old in ids.items():
            fresh = set(made.get(name, ()))
            self.rows.fetch(name, [id_ for id_ in old if id_ not in fresh])

    def _authorise(self, op: Op) -> None:
        if self.grant.role < op.type.least:
            raise Forbidden(f"Your role, {self.grant.role.slug}, does not allow this.")
        if op.type.judge is None:
            return
        record = None if op.op == "insert" else self.rows.get(op.type.name, op.id)
        refusal = op.type.judge(op, record, self.grant)
        if refusal:
            raise Forbidden(refusal)

    def _existing(self, op: Op) -> Record:
        record = self.rows.get(op.type.name, self.rows.find(op.type.name, op.id))
        if record is None:
            raise Gone(f"This {op.type.name} is no longer here.")
        return record

    # Insert

    def _insert(self, op: Op) -> None:
        """Put a new record in its place, or back where it was."""
        type_ = op.type
        if (type_.name, op.id) in self._taken or self._is_known(type_, op.id):
            raise Conflict(f"A {type_.name} with this id exists already.", code="id_in_use")
        record = type_.blank(op.id) | {PARTS: op.parts}
        fields = self._referring_now(op)
        record |= fields
        self._check_references(type_, record, fields)
        if type_.alone_in_place and self._joins(op, record):
            return
        if not op.restored and type_.complete:
            type_.complete(record, self.rows, self.grant)
            record |= fields
        if not op.restored and type_.stamp:
            type_.stamp(record, self.grant, self.now)
        if type_.ranked:
            record["rank"] = self._rank_for(op, record)
        record[PARTS] = self._parts_of(type_, record)
        self._add(type_, record)
        if type_.needs:
            self._to_check[type_.name, op.id] = self._index

    def _referring_now(self, op: Op) -> Record:
        """The fields of an insert; a reference to what comes later in this change waits until it is there."""
        fields = {name: value for name, value in op.fields.items() if name != "rank"}
        for name, value in op.fields.items():
            item = op.type.fields.get(name)
            if item is None or item.target is None or name in op.type.place or not value:
                continue
            if item.target in self.rows.kind.types:
                missing = [id_ for id_ in _references(value) if not self._can_refer(item, id_)]
                if missing:
                    self._later.append((self._index, op, name, value))
                    fields[name] = item.fresh()
            elif op.restored:
                known = self.rows.kind.outside(item.target, self.rows.document_id, set(_references(value)))
                fields[name] = value if set(_references(value)) <= known else item.fresh()
        return fields

    def _refer_later(self) -> None:
        for index, op, name, value in self._later:
            self._index = index
            record = self.rows.get(op.type.name, op.id)
            item = op.type.fields[name]
            there = [id_ for id_ in _references(value) if self._can_refer(item, id_)]
            if record is None or (op.restored and not there):
                continue
            wanted = (there if isinstance(value, list) else there[0]) if op.restored else value
            try:
                self._check_references(op.type, record | {name: wanted}, {name: wanted})
            except Problem as problem:
                raise problem.at_op(self._index) from None
            self._change(op.type, record, self._differing(op.type, record, {name: wanted}))

    def _can_refer(self, item: Field, id_: str) -> bool:
        target = self.rows.get(str(item.target), id_)
        return target is not None and self._has_part(item, target)

    def _is_known(self, type_: RecordType, id_: str) -> bool:
        return (type_.name, id_) in self.rows._known and self.rows._known[type_.name, id_] is not None  # noqa: SLF001 - what has been read, without reading more

    def _add(self, type_: RecordType, record: Record) -> None:
        self.rows.put(type_, record, fresh=True)
        travels = visible(record)
        self.plan.ops.append({"op": "insert", "type": type_.name, "id": record["id"], "fields": _without_id(travels)})
        self.plan.inverse.append({"op": "delete", "type": type_.name, "id": record["id"]})
        self.plan.writes.append(Write("insert", type_, record["id"], dict(travels), record[PARTS]))

    def _joins(self, op: Op, record: Record) -> bool:
        """Whether the place is taken: then the insert sets the given fields of who stands there."""
        holder = self.rows.occupant(op.type, op.type.place_of(record))
        if holder is None:
            return False
        if op.restored:
            raise Conflict("The place is taken.", code="occupied")
        given = {name: value for name, value in op.fields.items() if name not in op.type.place}
        self.rows.add_alias(op.id, holder)
        self.plan.same_as[op.id] = holder
        self._taken.add((op.type.name, op.id))
        existing = self.rows.get(op.type.name, holder)
        if existing is not None:
            self._change(op.type, existing, self._differing(op.type, existing, given))
        return True

    def _parts_of(self, type_: RecordType, record: Record) -> frozenset[str]:
        return frozenset(
            name
            for name, part in type_.parts.items()
            if name in record[PARTS]
            or part.made_for(record, self.rows)
            or any(item.part == name and record[key] != item.fresh() for key, item in type_.fields.items())
        )

    # Set

    def _set(self, op: Op) -> None:
        """Give fields new values and, with `after` or another place, move the record."""
        record = self._existing(op)
        type_ = op.type
        gated = self._gated(op, record)
        if gated is None:
            self._leave(op, list(op.fields), "It was changed since.")
            return
        wanted = {name: self._wanted(record[name], value) for name, value in op.fields.items() if name not in gated}
        if gated:
            self._leave(op, sorted(gated), "It was changed since.")
        moves = type_.ranked and (op.after is not ABSENT or any(name in wanted for name in type_.place))
        if moves and not gated.intersection(type_.place) and "rank" not in gated:
            wanted |= self._moved(op, record, wanted)
        if op.lenient:
            wanted = self._without_lost(op, record, wanted)
        self._check_references(type_, record | wanted, wanted)
        changed = self._differing(type_, record, wanted)
        if type_.alone_in_place and any(name in changed for name in type_.place):
            self._refuse_taken_place(type_, record | changed)
        self._change(type_, record, changed)

    def _without_lost(self, op: Op, record: Record, wanted: Record) -> Record:
        """What an undo sets, without references to what is no longer there: the other fields go back all the same."""
        kept = dict(wanted)
        for name in [name for name in wanted if name not in op.type.place]:
            try:
                self._check_references(op.type, record | wanted, {name: wanted[name]})
            except Problem as problem:
                del kept[name]
                self._leave(op, [name], problem.message)
        return kept

    def _gated(self, op: Op, record: Record) -> set[str] | None:
        """The fields that a condition keeps from being set; None if the whole operation is kept back."""
        failed = {name for name, value in op.only_if.items() if record[name] != value}
        place = set(op.type.place) | {"rank"}
        if op.behind is not ABSENT and not self._stands_behind(op, record):
            failed.add("rank")
        if failed & place:
            failed |= place
        moves = op.after is not ABSENT or any(name in op.fields for name in place)
        elsewhere = failed - set(op.fields) - (place if moves else set())
        return None if elsewhere else failed

    def _stands_behind(self, op: Op, record: Record) -> bool:
        order = [id_ for _, id_ in self.rows.siblings(op.type, op.type.place_of(record))]
        at = order.index(record["id"])
        if op.behind is not None and op.behind not in order:
            # Its neighbour went away, which is not a move of this record.
            return True
        return (order[at - 1] if at else None) == op.behind

    def _wanted(self, current: Any, value: Any) -> Any:
        if not isinstance(value, ListEdit):
            return value
        kept = [item for item in current if item not in value.remove]
        return kept + [item for item in value.add if item not in kept]

    def _moved(self, op: Op, record: Record, wanted: Mapping[str, Any]) -> Record:
        target = record | dict(wanted)
        stays = op.type.place_of(target) == op.type.place_of(record)
        if stays and op.after is ABSENT:
            return {}
        if stays and self._is_there(op, record):
            return {}
        return {"rank": self._rank_for(op, target)}

    def _is_there(self, op: Op, record: Record) -> bool:
        order = [id_ for _, id_ in self.rows.siblings(op.type, op.type.place_of(record)) if id_ != op.after]
        at = order.index(record["id"]) if op.after is None else -1
        if op.after is None:
            return at == 0
        full = [id_ for _, id_ in self.rows.siblings(op.type, op.type.place_of(record))]
        where = full.index(record["id"])
        if op.after not in full:
            return where == len(full) - 1
        return where > 0 and full[where - 1] == op.after

    def _refuse_taken_place(self, type_: RecordType, record: Record) -> None:
        holder = self.rows.occupant(type_, type_.place_of(record))
        if holder is not None and holder != record["id"]:
            raise Conflict(f"Another {type_.name} stands there already.", code="occupied")

    def _differing(self, type_: RecordType, record: Record, wanted: Mapping[str, Any]) -> Record:
        return {name: value for name, value in wanted.items() if record[name] != value}

    def _change(self, type_: RecordType, record: Record, changed: Record) -> None:
        """Log and plan what differs: texts as deltas, all else as one set."""
        is_text = {name for name, item in type_.fields.items() if item.kind == "text"}
        texts = {name: value for name, value in changed.items() if name in is_text}
        values = {name: value for name, value in changed.items() if name not in texts}
        if values:
            self._set_values(type_, record, values)
        for name, value in texts.items():
            self._replaced.add((type_.name, record["id"], name))
            current = self.rows.get(type_.name, record["id"]) or record
            self._write_text(type_, current, name, text.difference(current[name], value))

    def _set_values(self, type_: RecordType, record: Record, values: Record) -> None:
        new = record | values
        if any(name in type_.place or type_.fields[name].part for name in values if name != "rank"):
            new[PARTS] = self._parts_of(type_, new)
        # In another cell a record may keep its very order key: that is a move all the same.
        moves = type_.ranked and any(name in values for name in ("rank", *type_.place))
        before = self._predecessor(type_, record) if moves else None
        self._note_left(type_, record, values)
        self.rows.put(type_, new)
        fields = values | {"rank": new["rank"]} if moves else dict(values)
        effect: Wire = {"op": "set", "type": type_.name, "id": record["id"], "fields": fields}
        old = {name: record[name] for name in values if name != "rank"}
        undo: Wire = {"op": "set", "type": type_.name, "id": record["id"], "fields": old,
                      "only_if": {name: value for name, value in values.items() if name != "rank"}}  # fmt: skip
        if moves:
            undo |= {"after": before, "behind": self._predecessor(type_, new)}
            undo["only_if"] |= {name: new[name] for name in type_.place}
        self.plan.ops.append(effect)
        self.plan.inverse.append(undo)
        self.plan.writes.append(Write("update", type_, record["id"], dict(values), new[PARTS] - record[PARTS]))

    def _note_left(self, type_: RecordType, record: Record, values: Record) -> None:
        for name, owner in type_.owned_by.items():
            if name in values and self.rows.kind.types[owner].needs == type_.name:
                self._to_check[owner, record[name]] = self._index

    def _predecessor(self, type_: RecordType, record: Record) -> str | None:
        order = [id_ for _, id_ in self.rows.siblings(type_, type_.place_of(record))]
        at = order.index(record["id"])
        return order[at - 1] if at else None

    # Text

    def _text(self, op: Op) -> None:
        """Apply a delta that was written at `base` to the text as it is now."""
        record = self._existing(op)
        spot = (op.type.name, record["id"], op.field, op.base)
        if self._is_mine(spot):
            self._concurrent[spot] = []
        elif spot not in self._concurrent:
            self._refuse_second_base(spot)
            self._concurrent[spot] = self._deltas_since(record, spot)
        log = self._concurrent[spot]
        seen = len(record[op.field]) - sum(map(text.growth, log))
        if max(op.reach, text.walked(op.delta)) > seen:
            raise text.BadDelta("The text delta reaches past the end of the text.")
        delta, moved = op.delta, []
        for other in log:
            moved.append(text.transform(other, delta, left=True))
            delta = text.transform(delta, other, left=False)
        self._concurrent[spot] = moved
        self._write_text(op.type, record, op.field, delta)

    def _refuse_second_base(self, spot: tuple[str, str, str, int]) -> None:
        if any(known[:3] == spot[:3] for known in self._concurrent):
            raise BadRequest("Edits of one text in one change have one “base”.", fields={"base": "another one before"})

    def _deltas_since(self, record: Record, spot: tuple[str, str, str, int]) -> list[text.Delta]:
        try:
            return self.deltas(*spot)
        except Conflict as stale:
            raise Conflict(stale.message, code=stale.code, text=record[spot[2]], seq=self.seq) from None

    def _is_mine(self, spot: tuple[str, str, str, int]) -> bool:
        """Whether this very change made the record or replaced the text, so that nothing can lie in between."""
        made = any(op["id"] == spot[1] and op["op"] == "insert" and not op.get("restored") for op in self.plan.ops)
        return made or spot[:3] in self._replaced

    def _write_text(self, type_: RecordType, record: Record, name: str, delta: Sequence[text.Part]) -> None:
        if not delta:
            return
        before = record[name]
        after = text.apply(before, delta)
        if after == before:
            return
        self._check_length(type_.fields[name], name, after)
        self.rows.put(type_, record | {name: after})
        effect: Wire = {"op": "text", "type": type_.name, "id": record["id"], "field": name}
        self.plan.ops.append(effect | {"base": self.seq, "delta": list(delta)})
        self.plan.inverse.append(effect | {"base": self.seq + 1, "delta": list(text.invert(before, delta))})
        self.plan.writes.append(Write("update", type_, record["id"], {name: after}))

    def _check_length(self, item: Field, name: str, value: str) -> None:
        try:
            clean_text(value, most=item.most)
        except ValueError as error:
            raise BadRequest(f"“{name}” {error}.", fields={name: str(error)}) from None

    # Delete

    def _delete(self, op: Op) -> None:
        """Delete a record with all that it owns; what only refers to it lets go of it."""
        id_ = self.rows.find(op.type.name, op.id)
        record = self.rows.get(op.type.name, id_)
        if record is None:
            return
        order = list(self.rows.kind.types)
        # One type after another, so that rows that refer to one another go in one statement.
        doomed = sorted(self._with_owned(op.type, record), key=lambda item: order.index(item[0].name))
        self._let_go(doomed)
        for type_, item in reversed(doomed):
            self._remove(type_, item)

    def _with_owned(self, type_: RecordType, record: Record) -> list[tuple[RecordType, Record]]:
        found = {(type_.name, record["id"]): (type_, record)}
        level = [(type_, record)]
        while level:
            below: list[tuple[RecordType, Record]] = []
            for table in {item[0].name: item[0] for item in level}.values():
                ids = [item["id"] for kind, item in level if kind is table]
                below += [pair for pair in self.rows.owned(table, ids) if (pair[0].name, pair[1]["id"]) not in found]
            found |= {(table.name, item["id"]): (table, item) for table, item in below}
            level = below
        return list(found.values())

    def _let_go(self, doomed: Sequence[tuple[RecordType, Record]]) -> None:
        gone = {item["id"] for _, item in doomed}
        for type_ in {table.name: table for table, _ in doomed}.values():
            ids = {item["id"] for table, item in doomed if table is type_}
            for table, referrer, name in self.rows.referring(type_, ids):
                if referrer["id"] in gone:
                    continue
                current = self.rows.get(table.name, referrer["id"]) or referrer
                kept = [id_ for id_ in current[name] if id_ not in ids] if isinstance(current[name], list) else None
                self._set_values(table, current, {name: kept})

    def _remove(self, type_: RecordType, record: Record) -> None:
        current = self.rows.get(type_.name, record["id"]) or record
        self._note_left(type_, current, current)
        self.rows.drop(type_, current)
        self.plan.ops.append({"op": "delete", "type": type_.name, "id": current["id"]})
        self.plan.inverse.append({"op": "insert", "type": type_.name, "id": current["id"],
                                  "fields": _without_id(visible(current)), "restored": True,
                                  "parts": sorted(current[PARTS])})  # fmt: skip
        self.plan.writes.append(Write("delete", type_, current["id"], parts=current[PARTS]))

    # Rules of the whole change

    def _check_needs(self) -> None:
        for (name, id_), index in list(self._to_check.items()):
            type_ = self.rows.kind.types[name]
            if self.rows.get(name, id_) is None or type_.needs is None:
                continue
            child = self.rows.kind.types[type_.needs]
            if self.rows.siblings(child, (id_,)):
                continue
            if not any(op["id"] == id_ and op["op"] == "insert" for op in self.plan.ops):
                raise Conflict(f"A {name} keeps its last {child.name}; delete the {name} instead.",
                               code=f"last_{child.name}", op=index)  # fmt: skip
            first = child.blank(str(new_id())) | {child.place[0]: id_, "rank": rank.between(None, None)}
            self._add(child, first)

    def _check_references(self, type_: RecordType, record: Record, fields: Mapping[str, Any]) -> None:
        for name, value in fields.items():
            item = type_.fields.get(name)
            if item is None or item.target is None or value is None:
                continue
            ids = self._resolved(item, record, name)
            if item.target in self.rows.kind.types:
                self._check_inside(type_, item, ids)
            else:
                self._check_outside(type_, item, ids)

    def _resolved(self, item: Field, record: Record, name: str) -> list[str]:
        return [record[name]] if isinstance(record[name], str) else list(record[name] or ())

    def _check_inside(self, type_: RecordType, item: Field, ids: Iterable[str]) -> None:
        for id_ in ids:
            target = self.rows.get(str(item.target), id_)
            if target is None and item.name in type_.place:
                raise Gone(f"The {item.target} it should stand in is no longer here.")
            if target is None or not self._has_part(item, target):
                what = (item.target_part or str(item.target)).replace("_", " ")
                raise BadRequest(f"“{item.name}” names no {what} of this document.", fields={item.name: f"no {what}"})

    def _has_part(self, item: Field, target: Record) -> bool:
        """Whether a record has the detail that a reference needs; it gets it now if it stands where that is made."""
        name = item.target_part
        if name is None or name in target[PARTS]:
            return True
        type_ = self.rows.kind.types[str(item.target)]
        if not type_.parts[name].made_for(target, self.rows):
            return False
        self.rows.put(type_, target | {PARTS: target[PARTS] | {name}})
        self.plan.writes.append(Write("update", type_, target["id"], parts=frozenset({name})))
        return True

    def _check_outside(self, type_: RecordType, item: Field, ids: Sequence[str]) -> None:
        known = self.rows.kind.outside(str(item.target), self.rows.document_id, set(ids))
        if any(id_ not in known for id_ in ids):
            raise BadRequest(f"“{item.name}” names no {item.target} of this workspace.",
                             fields={item.name: f"no {item.target}"})  # fmt: skip

    def _rank_for(self, op: Op, record: Record) -> str:
        """An order key for `record` in its place that nobody there has; others are moved where no room is left."""
        type_ = op.type
        others = [pair for pair in self.rows.siblings(type_, type_.place_of(record)) if pair[1] != record["id"]]
        if op.restored and op.fields.get("rank"):
            at = sum(1 for key, _ in others if key < op.fields["rank"])
            if at == len(others) or others[at][0] != op.fields["rank"]:
                return str(op.fields["rank"])
            at += 1
        else:
            at = self._position(op, others)
        low = others[at - 1][0] if at else None
        high = others[at][0] if at < len(others) else None
        key = rank.between(low, high) if low is None or low != high else ""
        if key and len(key) <= LONGEST_RANK:
            return key
        return self._rebalanced(type_, others, at)

    def _position(self, op: Op, others: Sequence[tuple[str, str]]) -> int:
        if op.after is None:
            return 0
        after = op.after if isinstance(op.after, Absent) else self.rows.find(op.type.name, op.after)
        places = (index + 1 for index, (_, id_) in enumerate(others) if id_ == after)
        return next(places, len(others))

    def _rebalanced(self, type_: RecordType, others: Sequence[tuple[str, str]], at: int) -> str:
        keys = rank.many(None, None, len(others) + 1)
        mine = keys.pop(at)
        for (_, id_), key in zip(list(others), keys, strict=True):
            sibling = self.rows.get(type_.name, id_)
            if sibling is None or sibling["rank"] == key:
                continue
            self.rows.put(type_, sibling | {"rank": key})
            self.plan.ops.append({"op": "set", "type": type_.name, "id": id_, "fields": {"rank": key}})
            self.plan.writes.append(Write("update", type_, id_, {"rank": key}))
        return mine

    def _leave(self, op: Op, names: list[str], why: str) -> None:
        self.plan.left_alone.append({"type": op.type.name, "id": op.id, "fields": names, "why": why})


STEPS = {"insert": "_insert", "set": "_set", "text": "_text", "delete": "_delete"}


def visible(record: Record) -> Record:
    """The record without what never travels."""
    return {name: value for name, value in record.items() if name != PARTS}


def _without_id(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "id"}


def _references(value: Any) -> list[str]:
    if isinstance(value, ListEdit):
        return list(value.add)
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []


__all__ = ["After", "Plan", "Planner", "Write"]

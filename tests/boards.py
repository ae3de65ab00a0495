"""Boards drawn in text, and the proof that every edit of one must pass.

    board(cast, '''
        Find: search, ask      | Buy: pay
        actions:      Reads, Compares / Asks  | Pays
        touchpoints:  Web / Phone             | Till
        emotions:     20 / -40                | 60
    ''')

The first line names stages and their steps. Every other line is a lane by its kind: `|` ends a stage, `/` a step,
`,` a card. In an emotions lane a number is a point of the curve. What stands there is reached by its name:
`drawn["Reads"]` is the card's id, `drawn["Find"]` the stage's, `drawn["pay"]` the step's, `drawn["actions"]` the
lane's, `drawn["emotion ask"]` the point's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeymap.accounts.models import Guest, User
from journeymap.core.snapshot import one_snapshot
from journeymap.sync import history
from journeymap.sync.changes import Outcome
from journeymap.sync.log import entries_after
from journeymap.sync.models import Document
from journeymap.sync.records import DocumentKind, kind_named
from journeymap.sync.replay import apply_changes
from journeymap.sync.requests import change_request, undo_request
from journeymap.sync.writer import apply
from maps import edits
from tests.cast import Cast

Wire = dict[str, Any]
Who = User | Guest
# What one edit may ask of the database, whatever the size of the map; measured, with a little air.
MOST_QUERIES = 60


@dataclass(frozen=True, kw_only=True)
class Board:
    """A document with a cast around it; things on it are found by name."""

    cast: Cast
    id: UUID
    ids: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    @property
    def kind(self) -> DocumentKind:
        return kind_named(Document.objects.values_list("kind", flat=True).get(pk=self.id))

    @property
    def seq(self) -> int:
        return Document.objects.values_list("seq", flat=True).get(pk=self.id)

    def document(self) -> Wire:
        """The document as a fresh reader gets it."""
        with one_snapshot():
            return self.kind.snapshot(self.id)

    def record(self, type_: str, name: str) -> Wire:
        """One record of the document, by its name here or its id."""
        id_ = self.ids.get(name, name)
        found = [item for item in _listed(self.document(), self.kind.types[type_].plural) if item["id"] == id_]
        assert found, f"no {type_} “{name}” on the board"
        return found[0]

    def gone(self, type_: str, name: str) -> bool:
        id_ = self.ids.get(name, name)
        return all(item["id"] != id_ for item in _listed(self.document(), self.kind.types[type_].plural))

    def cell(self, lane: str, step: str) -> list[str]:
        """The texts of the cards in a cell, in order."""
        spot = (self.ids.get(lane, lane), self.ids.get(step, step))
        return [card["text"] for card in self.document()["cards"] if (card["lane"], card["step"]) == spot]

    def titles(self, type_: str) -> list[str]:
        return [item["title"] for item in self.document()[self.kind.types[type_].plural]]

    def change(self, who: Who, *ops: Wire, key: UUID | None = None, group: UUID | None = None) -> Outcome:
        """One change by `who`, straight through the write path."""
        wire: Wire = {"key": str(key or uuid4()), "ops": list(ops)} | ({"group": str(group)} if group else {})
        return apply(self.id, change_request(self.kind, wire, actor=self.cast.actor(who), origin="rest"))

    def undo(self, who: Who, change: UUID | None = None, *, key: UUID | None = None) -> Outcome:
        return self._take_back(who, change, key, redo=False)

    def redo(self, who: Who, change: UUID | None = None, *, key: UUID | None = None) -> Outcome:
        return self._take_back(who, change, key, redo=True)

    def _take_back(self, who: Who, change: UUID | None, key: UUID | None, *, redo: bool) -> Outcome:
        wire = {"key": str(key or uuid4())} | ({"change": str(change)} if change else {})
        return apply(self.id, undo_request(wire, actor=self.cast.actor(who), redo=redo))

    def log_after(self, seq: int) -> list[Wire]:
        """What was announced after `seq`, as subscribers got it."""
        return [orjson.loads(orjson.dumps(entry.as_wire())) for entry in entries_after(self.id, seq, most=None)]


def _listed(document: Wire, plural: str) -> list[Wire]:
    found = document[plural]
    return found if isinstance(found, list) else [found]


# Operations in few words


def insert(type_: str, id_: str | None = None, /, *, after: Any = ..., **fields: Any) -> Wire:
    wire: Wire = {"op": "insert", "type": type_, "id": id_ or str(uuid4()), "fields": fields}
    return wire if after is ... else wire | {"after": after}


def set_(type_: str, id_: str, /, *, after: Any = ..., only_if: Wire | None = None, **fields: Any) -> Wire:
    wire: Wire = {"op": "set", "type": type_, "id": id_, "fields": fields}
    wire |= {} if after is ... else {"after": after}
    return wire | ({"only_if": only_if} if only_if else {})


def text(type_: str, id_: str, name: str, base: int, *delta: Any) -> Wire:
    return {"op": "text", "type": type_, "id": id_, "field": name, "base": base, "delta": list(delta)}


def delete(type_: str, id_: str) -> Wire:
    return {"op": "delete", "type": type_, "id": id_}


def board(cast: Cast, drawing: str, *, title: str = "Bikes", by: Who | None = None) -> Board:
    """The drawing as a map in the workspace of `by` (Edith): creation is change 1, what stands there change 2."""
    who = by or cast.edith
    workspace = cast.stans_workspace if who == cast.stan else cast.workspace
    map_id = edits.create_map(
        cast.actor(who), workspace_id=workspace.pk, title=title, kind="blank", draft=edits.empty_draft()
    )
    made = Board(cast=cast, id=map_id, ids={"map": str(map_id)})
    ops = list(drawing_ops(drawing, made.ids))
    if ops:
        made.change(who, *ops)
    return made


def drawing_ops(drawing: str, ids: dict[str, str]) -> Iterator[Wire]:
    lines = [line.strip() for line in drawing.strip().splitlines() if line.strip()]
    columns: list[list[str]] = []
    for stage in lines[0].split("|") if lines else []:
        name, _, steps = stage.partition(":")
        ids[name.strip()] = str(uuid4())
        yield insert("stage", ids[name.strip()], title=name.strip())
        columns.append([step.strip() for step in steps.split(",")])
        for step in columns[-1]:
            ids[step] = str(uuid4())
            yield insert("step", ids[step], stage=ids[name.strip()], title=step)
    for line in lines[1:]:
        lane, _, cells = line.partition(":")
        ids[lane] = str(uuid4())
        yield insert("lane", ids[lane], kind=lane)
        for steps_of_stage, stage in zip(columns, cells.split("|"), strict=False):
            for step, cell in zip(steps_of_stage, stage.split("/"), strict=False):
                yield from _cell_ops(lane, step, cell, ids)


def _cell_ops(lane: str, step: str, cell: str, ids: dict[str, str]) -> Iterator[Wire]:
    for item in filter(None, (word.strip() for word in cell.split(","))):
        name = f"emotion {step}" if lane == "emotions" else item
        ids[name] = str(uuid4())
        place = {"lane": ids[lane], "step": ids[step]}
        if lane == "emotions":
            yield insert("emotion", ids[name], **place, valence=int(item))
        else:
            yield insert("card", ids[name], **place, text=item)


def without_ranks(document: Wire) -> Wire:
    """What undo must bring back: everything but `seq` and the order keys; the order itself is the lists'."""
    lists = {
        name: [{key: value for key, value in item.items() if key != "rank"} for item in value]
        for name, value in document.items()
        if isinstance(value, list)
    }
    return {name: value for name, value in document.items() if name not in {"seq", "personas"}} | lists


def assert_replay(drawn: Board, stale: Wire, fresh: Wire | None = None) -> None:
    """A subscriber who holds `stale` and hears what was announced since has what a fresh reader gets."""
    fresh = fresh or drawn.document()
    announced = drawn.log_after(stale["seq"])
    assert [item["seq"] for item in announced] == list(range(stale["seq"] + 1, fresh["seq"] + 1))
    heard = apply_changes(stale, announced, shape=history.shape_of(drawn.kind))
    assert _of_the_log(heard) == _of_the_log(fresh), "what was announced does not lead to what is there"


def assert_history(drawn: Board, fresh: Wire | None = None) -> None:
    """The log, replayed from its beginning, leads to what is there."""
    fresh = fresh or drawn.document()
    then = history.document_at(drawn.kind, drawn.id, fresh["seq"])
    assert _of_the_log(then) == _of_the_log(fresh), "the log from its beginning does not lead to what is there"


def _of_the_log(document: Wire) -> Wire:
    # The list of personas of a map is derived from the library and not part of the log.
    return {name: value for name, value in document.items() if name not in {"personas", "same_as"}}


@contextmanager
def proven_change(
    drawn: Board, *, by: Who, most_queries: int | None = MOST_QUERIES, undoable: bool = True
) -> Iterator[list[Wire]]:
    """Around any edit, by whatever door. Proves four things at once.

    A subscriber's stale copy with what was announced equals a fresh load; undo restores; redo repeats; the number
    of queries is bounded. Gives the announced changes when the block has ended.
    """
    before = drawn.document()
    announced: list[Wire] = []
    with CaptureQueriesContext(connection) as asked:
        yield announced
    if most_queries is not None:
        assert len(asked) <= most_queries, _too_many(asked, most_queries)
    announced += drawn.log_after(before["seq"])
    assert announced, "nothing happened; an edit that is proven must have an effect"
    after = drawn.document()
    assert_replay(drawn, before, after)
    if undoable:
        after = _undone_and_redone(drawn, by, before, after, [UUID(change["key"]) for change in announced])
    assert_history(drawn, after)


def _undone_and_redone(drawn: Board, by: Who, before: Wire, after: Wire, keys: Sequence[UUID]) -> Wire:
    undone = [drawn.undo(by, key).key for key in reversed(keys)]
    there = drawn.document()
    assert without_ranks(there) == without_ranks(before), "undo did not restore"
    for key in reversed(undone):
        drawn.redo(by, key)
    back = drawn.document()
    assert without_ranks(back) == without_ranks(after), "redo did not repeat"
    assert_replay(drawn, there, back)
    return back


def assert_change(drawn: Board, *ops: Wire, by: Who | None = None, most_queries: int | None = MOST_QUERIES) -> Wire:
    """One change through the write path, proven; gives it as it was announced."""
    who = by or drawn.cast.edith
    with proven_change(drawn, by=who, most_queries=most_queries) as announced:
        drawn.change(who, *ops)
    assert len(announced) == 1
    return announced[0]


def _too_many(asked: CaptureQueriesContext, most: int) -> str:
    lines = [query["sql"][:160] for query in asked.captured_queries]
    return f"{len(asked)} queries, {most} are allowed:\n" + "\n".join(lines)

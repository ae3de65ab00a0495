"""Random edits by several people, right and wrong ones, with undo and races; what must hold, holds after each.

A failure prints its seed: `SEED=17 pytest tests/sync/test_fuzz.py` tells that one story again. FUZZ_SEEDS and
FUZZ_STEPS make it longer.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from journeymap.core.errors import Problem
from journeymap.core.snapshot import one_snapshot
from journeymap.sync import history
from journeymap.sync.replay import Replay
from tests.boards import Board, Wire, board, delete, insert, set_, text
from tests.cast import Cast

SEEDS = [int(os.environ["SEED"])] if "SEED" in os.environ else list(range(int(os.environ.get("FUZZ_SEEDS", "6"))))
STEPS = int(os.environ.get("FUZZ_STEPS", "50"))
LANES = ("actions", "touchpoints", "pain_points", "opportunities", "emotions", "thoughts")
COLORS = ("pink", "red", "blue", "mauve")
DRAWING = """
    Find: search, ask     | Buy: pay
    actions:        Reads, Compares / Asks  | Pays
    touchpoints:    Web / Phone             | Till
    pain_points:    Slow / Rude             | Queue
    opportunities:  Faster
    emotions:       20 / -40                | 60
"""


Way = Callable[[], Wire]


class Writer:
    """One person with a copy of the document that may be old, who edits what it shows."""

    def __init__(self, drawn: Board, who: Any, dice: random.Random) -> None:
        self.drawn, self.who, self.dice = drawn, who, dice
        self.seen: Wire = drawn.document()
        self.keys: list[UUID] = []

    def some(self, plural: str) -> str:
        """The id of a record this writer sees; now and then of one that nobody knows."""
        ids = [item["id"] for item in self.seen[plural]]
        return self.dice.choice(ids) if ids and self.dice.random() > 0.03 else str(uuid4())

    def after(self) -> Any:
        return self.dice.choice([..., None, self.some("cards"), self.some("lanes"), self.some("steps")])

    def ops(self) -> list[Wire]:
        return [self.dice.choice(WAYS)(self) for _ in range(self.dice.choice([1, 1, 1, 2, 5]))]


def _insert(writer: Writer) -> Wire:
    dice, some = writer.dice, writer.some
    words = "".join(dice.choices("abc é𝒜\n", k=dice.randrange(6)))
    ways: list[Way] = [
        lambda: insert("card", lane=some("lanes"), step=some("steps"), text=words, after=writer.after()),
        lambda: insert("card", lane=some("lanes"), step=some("steps"), severity=dice.randrange(7)),
        lambda: insert("card", lane=some("lanes"), step=some("steps"), hurts_at=some("cards")),
        lambda: insert("card", lane=some("lanes"), step=some("steps"), answers=[some("cards"), some("cards")]),
        lambda: insert("step", stage=some("stages"), title=words, after=writer.after()),
        lambda: insert("stage", title=words, after=writer.after()),
        lambda: insert("lane", kind=dice.choice(LANES), after=writer.after()),
        lambda: insert("emotion", lane=some("lanes"), step=some("steps"), valence=dice.randint(-101, 101)),
        lambda: insert("emotion", lane=some("lanes"), step=some("steps"), state=dice.choice(["today", "then"])),
        lambda: insert("comment", on="card", target=some("cards"), text=words),
        lambda: insert("comment", on="step", target=some("steps"), parent=dice.choice([None, some("comments")])),
    ]
    return dice.choice(ways)()


def _set(writer: Writer) -> Wire:
    dice, some = writer.dice, writer.some
    color, number = dice.choice(COLORS), dice.randint(0, 5)
    ways: list[Way] = [
        lambda: set_("card", some("cards"), color=color, span=number),
        lambda: set_("card", some("cards"), only_if={"color": "pink"}, color=color),
        lambda: set_("card", some("cards"), tags={"add": [color], "remove": [dice.choice(COLORS)]}),
        lambda: set_("card", some("cards"), hurts_at=dice.choice([None, some("cards")]), severity=number),
        lambda: set_("card", some("cards"), answers=[some("cards"), some("cards")]),
        lambda: set_("card", some("cards"), text=color * number, impact=number),
        lambda: set_("map", str(writer.drawn.id), title=color, status=dice.choice(["draft", "in_review", "?"])),
        lambda: set_("lane", some("lanes"), kind=dice.choice(LANES), settings={"height": number}),
        lambda: set_("emotion", some("emotions"), valence=number * 10, note=color),
        lambda: set_("comment", some("comments"), resolved=dice.random() < 0.5),
    ]
    return dice.choice(ways)()


def _move(writer: Writer) -> Wire:
    dice, some = writer.dice, writer.some
    ways: list[Way] = [
        lambda: set_("card", some("cards"), after=writer.after(), step=some("steps")),
        lambda: set_("card", some("cards"), after=writer.after(), lane=some("lanes"), step=some("steps")),
        lambda: set_("card", some("cards"), after=dice.choice([None, some("cards")])),
        lambda: set_("step", some("steps"), stage=some("stages"), after=writer.after()),
        lambda: set_("stage", some("stages"), after=dice.choice([None, some("stages")])),
        lambda: set_("lane", some("lanes"), after=dice.choice([None, some("lanes")])),
        lambda: set_("emotion", some("emotions"), step=some("steps")),
    ]
    return dice.choice(ways)()


def _text(writer: Writer) -> Wire:
    dice = writer.dice
    plural, name = dice.choice([("cards", "text"), ("stages", "title"), ("comments", "text"), ("emotions", "note")])
    found = writer.seen[plural]
    if not found:
        return text("map", str(writer.drawn.id), "notes", writer.seen["seq"], dice.choice("xyz"))
    record = dice.choice(found)
    length = len(record[name])
    at = dice.randint(0, length)
    gone = dice.randint(0, length - at)
    delta: list[Any] = [at] if at else []
    delta += [dice.choice(["𝒜", "bc", "\n", "d"])] if dice.random() < 0.7 or not gone else []
    delta += [{"d": gone}] if gone else []
    if dice.random() < 0.03:
        delta.append({"d": length + 5})
    return text(plural[:-1], record["id"], name, writer.seen["seq"], *delta)


def _delete(writer: Writer) -> Wire:
    plural = writer.dice.choices(
        ["cards", "emotions", "comments", "steps", "lanes", "stages"], weights=[8, 3, 3, 2, 1, 1]
    )[0]
    return delete(plural[:-1], writer.some(plural))


WAYS: list[Callable[[Writer], Wire]] = [_insert, _set, _move, _text, _delete, _insert, _set, _move, _text, _insert]


def play(drawn: Board, dice: random.Random) -> Iterator[str]:
    """One edit after another; gives what was done."""
    cast = drawn.cast
    # Edith has two tabs open; who drew the board is not among them, so nobody takes all of it back at once.
    writers = [Writer(drawn, who, dice) for who in (cast.edith, cast.edith, cast.adam, cast.colin)]
    for _ in range(STEPS):
        writer = dice.choice(writers)
        if dice.random() < 0.5:
            writer.seen = drawn.document()
        try:
            yield _turn(writer)
        except Problem as problem:
            if problem.status not in {400, 403, 404, 409}:
                raise
            yield f"refused: {problem.code}"


def _turn(writer: Writer) -> str:
    dice, drawn = writer.dice, writer.drawn
    luck = dice.random()
    if luck < 0.12:
        known = dice.choice([None, *writer.keys[-6:]])
        drawn.undo(writer.who, known)
        return "undo"
    if luck < 0.2:
        drawn.redo(writer.who)
        return "redo"
    group = dice.choice([None, None, uuid4()])
    outcome = drawn.change(writer.who, *writer.ops(), group=group)
    writer.keys.append(group or outcome.key)
    return "noop" if outcome.noop else "change"


def assert_sound(document: Wire) -> None:
    """What must hold of any document, whoever wrote it."""
    places: Counter[tuple[str, ...]] = Counter()
    places += Counter((card["lane"], card["step"], card["rank"]) for card in document["cards"])
    places += Counter((step["stage"], step["rank"]) for step in document["steps"])
    places += Counter(("stage", stage["rank"]) for stage in document["stages"])
    places += Counter(("lane", lane["rank"]) for lane in document["lanes"])
    assert max(places.values(), default=1) == 1, "two share an order key"
    assert {step["stage"] for step in document["steps"]} == {stage["id"] for stage in document["stages"]}
    points = Counter((item["lane"], item["step"], item["persona"], item["state"]) for item in document["emotions"])
    assert max(points.values(), default=1) == 1, "two points at one place"
    cards = {card["id"] for card in document["cards"]}
    known = {item["id"] for plural in ("stages", "steps", "lanes", "cards", "emotions") for item in document[plural]}
    for card in document["cards"]:
        assert {card["hurts_at"], *card["answers"]} - {None} <= cards, "a reference to what is not there"
        assert {card["lane"], card["step"]} <= known
    remarks = {item["id"] for item in document["comments"]}
    for item in document["comments"]:
        assert item["target"] in known, "a comment on what is not there"
        assert item["parent"] is None or item["parent"] in remarks


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_people_do_the_log_leads_to_the_document(cast: Cast, seed: int) -> None:
    dice = random.Random(seed)
    drawn = board(cast, DRAWING, by=cast.olive)
    shape = history.shape_of(drawn.kind)
    follower = Replay(drawn.document(), shape=shape)
    at, done, moments = drawn.seq, [], {}
    try:
        for what in play(drawn, dice):
            done.append(what)
            document = drawn.document()
            for change in drawn.log_after(at):
                follower.apply(change)
            at = document["seq"]
            moments[at] = document
            assert _same(follower.document(), document), "what was announced is not what is there"
            assert_sound(document)
        for seq in dice.sample(sorted(moments), k=min(4, len(moments))):
            assert _same(history.document_at(drawn.kind, drawn.id, seq), moments[seq]), f"history at {seq}"
        with one_snapshot():
            assert _same(drawn.kind.snapshot(drawn.id), moments[at])
    except BaseException as failure:
        failure.add_note(f"seed {seed}, after {len(done)} edits: {Counter(done)}")
        raise


def _same(one: Wire, other: Wire) -> bool:
    return all(one[name] == other[name] for name in other if name not in {"personas", "log", "same_as"})

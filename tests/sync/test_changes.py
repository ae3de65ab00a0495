"""Every operation on every type and field: announced = loaded, undo restores, redo repeats, few queries.

A new operation, record type or field without its story here fails, and says what to add.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from journeymap.core.errors import Problem
from journeymap.sync.ops import KEYS
from journeymap.sync.records import DocumentKind, kind_named
from personas.edits import create_persona
from tests.boards import Board, Wire, assert_change, assert_replay, board, delete, insert, set_, text
from tests.cast import Cast

DRAWING = """
    Find: search, ask     | Buy: pay
    actions:        Reads, Compares, Doubts / Asks  | Pays
    touchpoints:    Web / Phone                     | Till
    pain_points:    Slow / Rude                     | Queue
    opportunities:  Faster / Friendlier             | Cashless
    metrics:        Visits
    emotions:       20 / -40                        | 60
"""


@dataclass(frozen=True, slots=True)
class Story:
    """One edit: which operation on which field of which type, and how it is written for a board."""

    op: str
    type: str
    field: str
    ops: Callable[[Board], list[Wire]]

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.op, self.type, self.field)))


# A value for every field of every type that a `set` may give it; callables look at the board.
VALUES: dict[tuple[str, str], Any] = {
    ("map", "title"): "Bikes and trains",
    ("map", "kind"): "future_state",
    ("map", "scenario"): "Somebody wants a bike.\nSoon.",
    ("map", "objective"): "Fewer tears",
    ("map", "scope_start"): "the wish",
    ("map", "scope_end"): "the first ride",
    ("map", "notes"): "left over",
    ("map", "status"): "in_review",
    ("map", "owner"): lambda drawn: str(drawn.cast.olive.pk),
    ("map", "personas"): lambda drawn: [drawn["Paul"], drawn["Mary"]],
    ("map", "review_on"): "2027-01-31",
    ("stage", "title"): "Look around",
    ("stage", "color"): "violet",
    ("stage", "goal"): "Know what there is",
    ("step", "stage"): lambda drawn: drawn["Buy"],
    ("step", "title"): "look",
    ("step", "duration"): "2 days",
    ("lane", "kind"): "thoughts",
    ("lane", "title"): "What people do",
    ("lane", "settings"): {"line_below": "visibility", "height": 120, "folded": False},
    ("card", "lane"): lambda drawn: drawn["metrics"],
    ("card", "step"): lambda drawn: drawn["pay"],
    ("card", "span"): 2,
    ("card", "text"): "Reads two reviews",
    ("card", "color"): "pink",
    ("card", "tags"): ["fees", "speed"],
    ("card", "assignee"): lambda drawn: str(drawn.cast.colin.pk),
    ("card", "channel"): "web",
    ("card", "quality"): "bad",
    ("card", "moment_of_truth"): True,
    ("card", "missing"): True,
    ("card", "severity"): 5,
    ("card", "frequency"): 1,
    ("card", "hurts_at"): lambda drawn: drawn["Web"],
    ("card", "impact"): 4,
    ("card", "effort"): 2,
    ("card", "answers"): lambda drawn: [drawn["Queue"], drawn["Slow"]],
    ("card", "due_on"): "2026-12-24",
    ("card", "status"): "planned",
    ("card", "metric"): {"name": "Visits", "unit": "a day", "baseline": 10, "target": 12.5, "current": "about 11"},
    ("card", "image"): "photo.png",
    ("card", "url"): "https://example.org/?q=1#top",
    ("emotion", "lane"): lambda drawn: drawn["other emotions"],
    ("emotion", "step"): lambda drawn: drawn["empty step"],
    ("emotion", "persona"): lambda drawn: drawn["Mary"],
    ("emotion", "state"): "tomorrow",
    ("emotion", "valence"): -100,
    ("emotion", "feeling"): "unsure",
    ("emotion", "emoji"): "😕",
    ("emotion", "note"): "nobody answers",
    ("emotion", "moment_of_truth"): True,
    ("comment", "text"): "Really?",
    ("comment", "resolved"): True,
    ("persona", "name"): "Mary Ann",
    ("persona", "role"): "Commuter",
    ("persona", "motto"): "Rain or shine",
    ("persona", "demographics"): "34, two children",
    ("persona", "background"): "Moved here",
    ("persona", "goals"): "Be on time",
    ("persona", "needs"): "A lock",
    ("persona", "frustrations"): "Potholes",
    ("persona", "motivations"): "Health",
    ("persona", "jobs_to_be_done"): "Get to work",
    ("persona", "color"): "teal",
    ("persona", "channels"): ["web", "shop"],
    ("skill", "name"): "Riding",
    ("skill", "level"): 80,
    ("section", "title"): "A usual day",
    ("section", "text"): "Up at six.",
}
# Which record a story about a type takes, where it is not the one that EXAMPLE names.
EXAMPLE = {
    "map": "map", "stage": "Find", "step": "search", "lane": "actions", "card": "Compares", "emotion": "emotion search",
    "comment": "comment", "persona": "persona", "skill": "skill", "section": "section",
}  # fmt: skip
INSERTS: dict[str, Callable[[Board], Wire]] = {
    "stage": lambda drawn: insert("stage", title="Use", color="teal", goal="Ride", after=drawn["Find"]),
    "step": lambda drawn: insert("step", stage=drawn["Find"], title="compare", after=drawn["search"]),
    "lane": lambda drawn: insert("lane", kind="touchpoints", after=None),
    "card": lambda drawn: insert("card", lane=drawn["actions"], step=drawn["search"], text="New", after=drawn["Reads"]),
    "emotion": lambda drawn: insert(
        "emotion", lane=drawn["emotions"], step=drawn["search"], persona=drawn["Mary"], valence=7, feeling="calm"
    ),
    "comment": lambda drawn: insert("comment", on="card", target=drawn["Reads"], text="Which ones?"),
    "skill": lambda _: insert("skill", name="Bargaining", level=20, after=None),
    "section": lambda _: insert("section", title="Bike", text="Blue"),
}
MOVES: dict[str, Callable[[Board], Wire]] = {
    "stage": lambda drawn: set_("stage", drawn["Buy"], after=None),
    "step": lambda drawn: set_("step", drawn["search"], stage=drawn["Buy"], after=drawn["pay"]),
    "lane": lambda drawn: set_("lane", drawn["emotions"], after=drawn["actions"]),
    "card": lambda drawn: set_("card", drawn["Reads"], lane=drawn["metrics"], step=drawn["search"], after=None),
    "skill": lambda drawn: set_("skill", drawn["skill"], after=drawn["other skill"]),
    "section": lambda drawn: set_("section", drawn["section"], after=drawn["other section"]),
}


def stories_of(kind: DocumentKind) -> list[Story]:
    """The stories there must be, from the record tables; values and examples are above."""
    found = []
    for type_ in kind.types.values():
        name = type_.name
        for op, book in (("insert", INSERTS), ("move", MOVES)):
            if name in book:
                found.append(_story_of_one(op, name, book[name]))
        if not type_.single:
            found.append(_story_of_one("delete", name, _deletion_of(name)))
        for field in type_.fields:
            if (name, field) in VALUES:
                found.append(_set_story(name, field))
            if (name, field) in VALUES and type_.fields[field].kind == "text":
                found.append(_text_story(name, field))
    return found


def _story_of_one(op: str, type_: str, write: Callable[[Board], Wire]) -> Story:
    return Story(op, type_, "", lambda drawn: [write(drawn)])


def _deletion_of(type_: str) -> Callable[[Board], Wire]:
    return lambda drawn: delete(type_, drawn[EXAMPLE[type_]])


def _set_story(type_: str, field: str) -> Story:
    def ops(drawn: Board) -> list[Wire]:
        value = VALUES[type_, field]
        return [set_(type_, drawn[EXAMPLE[type_]], **{field: value(drawn) if callable(value) else value})]

    return Story("set", type_, field, ops)


def _text_story(type_: str, field: str) -> Story:
    return Story("text", type_, field, lambda drawn: [text(type_, drawn[EXAMPLE[type_]], field, drawn.seq, "¿𝒜 b\n")])


MAP_STORIES = stories_of(kind_named("map"))
PERSONA_STORIES = stories_of(kind_named("persona"))


@pytest.fixture
def drawn(cast: Cast) -> Board:
    """A board with a comment, two personas in the library, an empty step and a second lane of emotions."""
    made = board(cast, DRAWING)
    for name in ("Mary", "Paul"):
        persona = create_persona(cast.actor(cast.edith), workspace_id=cast.workspace.pk, fields={"name": name})
        made.ids[name] = str(persona)
    made.ids.update({name: str(uuid4()) for name in ("comment", "empty step", "other emotions")})
    made.change(
        cast.edith,
        insert("comment", made["comment"], on="card", target=made["Compares"], text="Why?"),
        insert("step", made["empty step"], stage=made["Buy"]),
        insert("lane", made["other emotions"], kind="emotions"),
        set_("card", made["Slow"], hurts_at=made["Phone"]),
        set_("card", made["Faster"], answers=[made["Slow"]]),
        set_("map", made["map"], personas=[made["Mary"]]),
    )
    return made


@pytest.fixture
def persona(cast: Cast) -> Board:
    """A persona with two skills and two sections."""
    id_ = create_persona(cast.actor(cast.edith), workspace_id=cast.workspace.pk, fields={"name": "Mary"})
    names = ("skill", "other skill", "section", "other section")
    made = Board(cast=cast, id=id_, ids={"persona": str(id_)} | {name: str(uuid4()) for name in names})
    made.change(
        cast.edith,
        *(insert("skill", made[name], name=name, level=at) for at, name in enumerate(names[:2])),
        *(insert("section", made[name], title=name) for name in names[2:]),
    )
    return made


@pytest.mark.parametrize("chapter", sorted({(story.op, story.type) for story in MAP_STORIES}), ids="-".join)
def test_an_edit_of_a_map_is_announced_as_it_is_and_can_be_taken_back(drawn: Board, chapter: tuple[str, str]) -> None:
    tell([story for story in MAP_STORIES if (story.op, story.type) == chapter], drawn)


@pytest.mark.parametrize("chapter", sorted({(story.op, story.type) for story in PERSONA_STORIES}), ids="-".join)
def test_an_edit_of_a_persona_is_announced_and_can_be_taken_back(persona: Board, chapter: tuple[str, str]) -> None:
    tell([story for story in PERSONA_STORIES if (story.op, story.type) == chapter], persona)


def tell(stories: list[Story], drawn: Board) -> None:
    """One story after another on the same board; each finds it as it was drawn."""
    for story in stories:
        try:
            change = assert_change(drawn, *story.ops(drawn))
        except (AssertionError, Problem) as failure:
            failure.add_note(f"in the story {story.name}")
            raise
        drawn.undo(drawn.cast.edith)
        assert change["ops"]


def test_every_operation_type_and_field_has_its_story() -> None:
    told = {(story.op, story.type, story.field) for story in [*MAP_STORIES, *PERSONA_STORIES]}
    missing = sorted(wanted_stories() - told)
    assert not missing, f"add a value to VALUES, or an operation to INSERTS or MOVES, for: {missing}"
    assert set(KEYS) == {"insert", "set", "text", "delete"}, "a new operation: tell its stories in stories_of()"


def wanted_stories() -> set[tuple[str, str, str]]:
    """What the record tables promise. Where a comment stands is said once, with its insert."""
    wanted = set()
    for kind in (kind_named("map"), kind_named("persona")):
        for type_ in kind.types.values():
            if not type_.single:
                wanted |= {("insert", type_.name, ""), ("delete", type_.name, "")}
            if type_.ranked:
                wanted.add(("move", type_.name, ""))
            for field in type_.fields.values():
                if field.read_only or (type_.name, field.name) in {
                    ("comment", name) for name in ("on", "target", "parent")
                }:
                    continue
                wanted.add(("set", type_.name, field.name))
                if field.kind == "text":
                    wanted.add(("text", type_.name, field.name))
    return wanted


# Details of a card: each in the lane it belongs to


@pytest.mark.parametrize(
    ("card", "fields"),
    [
        ("Web", {"channel": "web", "quality": "ok", "moment_of_truth": True, "missing": True}),
        ("Slow", {"severity": 3, "frequency": 2, "hurts_at": "Till"}),
        ("Faster", {"impact": 5, "effort": 1, "answers": ["Rude", "Queue"], "due_on": "2027-02-01", "status": "idea"}),
        ("Visits", {"metric": {"name": "Visits", "unit": "", "baseline": None, "target": 5, "current": 2.5}}),
    ],
)
def test_the_details_of_a_card_are_announced_and_taken_back(drawn: Board, card: str, fields: Wire) -> None:
    named = {name: _ids_in(value, drawn) for name, value in fields.items()}
    assert_change(drawn, set_("card", drawn[card], **named))
    record = drawn.record("card", card)
    assert {name: record[name] for name in named} == named


def _ids_in(value: Any, drawn: Board) -> Any:
    if isinstance(value, list):
        return [drawn[name] for name in value]
    return drawn[value] if isinstance(value, str) and value in drawn.ids else value


@pytest.mark.parametrize(
    "name", ["Find", "search", "actions", "touchpoints", "pain_points", "opportunities", "emotions"]
)
def test_whatever_goes_down_with_a_record_comes_back_with_it(drawn: Board, name: str) -> None:
    type_ = {"Find": "stage", "search": "step"}.get(name, "lane")
    assert_change(drawn, delete(type_, drawn[name]))


def test_a_whole_paste_is_one_change(drawn: Board) -> None:
    stage, step, lane, web, slow, fast = (str(uuid4()) for _ in range(6))
    place = {"lane": lane, "step": step}
    announced = assert_change(
        drawn,
        insert("stage", stage, title="Ride"),
        insert("step", step, stage=stage, title="out"),
        insert("lane", lane, kind="touchpoints"),
        insert("card", fast, lane=drawn["opportunities"], step=step, text="Oil", answers=[slow]),
        insert("card", slow, lane=drawn["pain_points"], step=step, text="Squeaks", hurts_at=web),
        insert("card", web, **place, text="The bike", channel="street"),
        insert("emotion", lane=drawn["emotions"], step=step, valence=90),
        set_("card", web, color="green"),
        text("card", web, "text", drawn.seq, 8, " itself"),
    )
    assert drawn.record("card", fast)["answers"] == [slow]
    assert drawn.record("card", slow)["hurts_at"] == web
    assert drawn.record("card", web)["text"] == "The bike itself"
    assert all(set(op) <= {"op", "type", "id", "fields", "field", "base", "delta"} for op in announced["ops"])


def test_many_edits_in_a_row_replay_from_any_of_their_moments(drawn: Board) -> None:
    moments = [drawn.document()]
    for story in MAP_STORIES[::4]:
        ops = story.ops(drawn)
        if not any(drawn.gone(op["type"], op["id"]) for op in ops if op["op"] != "insert"):
            drawn.change(drawn.cast.edith, *ops)
            moments.append(drawn.document())
    for moment in moments[::3]:
        assert_replay(drawn, moment)

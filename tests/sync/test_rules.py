"""The rules of operations: where things stand, what owns what, what is refused and in which words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from journeymap.core.errors import BadRequest, Conflict, Forbidden, Gone, Problem, TooLarge
from journeymap.sync import plan
from maps import edits
from personas.edits import create_persona
from tests.boards import Board, Wire, assert_change, board, delete, insert, set_, text
from tests.cast import Cast

DRAWING = """
    Find: search, ask     | Buy: pay
    actions:        Reads, Compares, Doubts / Asks  | Pays
    touchpoints:    Web / Phone                     | Till
    pain_points:    Slow / Rude                     | Queue
    opportunities:  Faster
    emotions:       20 / -40                        | 60
"""


@pytest.fixture
def drawn(cast: Cast) -> Board:
    return board(cast, DRAWING)


def new_card(drawn: Board, text_: str, step: str = "search", **more: Any) -> Wire:
    return insert("card", lane=drawn["actions"], step=drawn[step], text=text_, **more)


def refused(drawn: Board, *ops: Wire, who: Any = None) -> Problem:
    """The Problem that answers a change, which must leave everything as it was."""
    before = drawn.document()
    with pytest.raises(Problem) as caught:
        drawn.change(who or drawn.cast.edith, *ops)
    assert drawn.document() == before
    return caught.value


# Order


def test_an_insert_stands_last_first_or_behind_its_neighbour(drawn: Board) -> None:
    edith = drawn.cast.edith
    drawn.change(edith, new_card(drawn, "last"))
    drawn.change(edith, new_card(drawn, "first", after=None))
    drawn.change(edith, new_card(drawn, "second", after=drawn["Reads"]))
    assert drawn.cell("actions", "search") == ["first", "Reads", "second", "Compares", "Doubts", "last"]


@pytest.mark.parametrize("neighbour", ["unknown", "deleted", "elsewhere"])
def test_a_neighbour_that_is_not_there_means_last(drawn: Board, neighbour: str) -> None:
    edith = drawn.cast.edith
    after = {"unknown": str(uuid4()), "deleted": drawn["Reads"], "elsewhere": drawn["Asks"]}[neighbour]
    if neighbour == "deleted":
        drawn.change(edith, delete("card", drawn["Reads"]))
    drawn.change(edith, new_card(drawn, "new", after=after))
    drawn.change(edith, set_("card", drawn["Compares"], after=after))
    assert drawn.cell("actions", "search")[-2:] == ["new", "Compares"]


def test_of_two_behind_one_neighbour_the_later_stands_nearer(drawn: Board) -> None:
    drawn.change(drawn.cast.edith, new_card(drawn, "earlier", after=drawn["Reads"]))
    drawn.change(drawn.cast.olive, new_card(drawn, "later", after=drawn["Reads"]))
    assert drawn.cell("actions", "search")[:3] == ["Reads", "later", "earlier"]


def test_a_set_keeps_its_place_and_stands_last_in_another_cell(drawn: Board) -> None:
    edith = drawn.cast.edith
    drawn.change(edith, set_("card", drawn["Reads"], color="pink"))
    assert drawn.cell("actions", "search") == ["Reads", "Compares", "Doubts"]
    drawn.change(edith, set_("card", drawn["Reads"], step=drawn["ask"]))
    assert drawn.cell("actions", "ask") == ["Asks", "Reads"]
    assert drawn.change(edith, set_("card", drawn["Reads"], after=drawn["Asks"])).noop


def test_a_thousand_inserts_at_one_place_never_tie_and_keep_keys_short(drawn: Board) -> None:
    edith = drawn.cast.edith
    for at in range(4):
        ops = [new_card(drawn, str(250 * at + index), after=drawn["Reads"]) for index in range(250)]
        drawn.change(edith, *ops)
    cards = [card for card in drawn.document()["cards"] if card["step"] == drawn["search"]]
    ranks = [card["rank"] for card in cards if card["lane"] == drawn["actions"]]
    assert len(set(ranks)) == len(ranks) == 1003
    assert ranks == sorted(ranks)
    assert max(map(len, ranks)) <= plan.LONGEST_RANK
    assert [card["text"] for card in cards][1:1001] == [str(index) for index in reversed(range(1000))]


def test_where_no_room_is_left_the_others_are_moved_in_the_same_change(
    drawn: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "LONGEST_RANK", 4)
    for index in range(30):
        assert_change(drawn, new_card(drawn, str(index), after=drawn["Reads"]), most_queries=120)
    assert drawn.cell("actions", "search")[:3] == ["Reads", "29", "28"]


# One emotion per place


def test_a_second_point_at_a_place_is_the_first_by_another_name(drawn: Board) -> None:
    edith, second = drawn.cast.edith, str(uuid4())
    place = {"lane": drawn["emotions"], "step": drawn["ask"]}
    announced = assert_change(drawn, insert("emotion", second, **place, feeling="cross"))
    assert announced["same_as"] == {second: drawn["emotion ask"]}
    point = drawn.record("emotion", "emotion ask")
    assert (point["feeling"], point["valence"]) == ("cross", -40)
    drawn.change(edith, set_("emotion", second, valence=-90))
    drawn.change(edith, text("emotion", second, "note", drawn.seq, "why"))
    point = drawn.record("emotion", "emotion ask")
    assert (point["valence"], point["note"]) == (-90, "why")
    assert refused(drawn, insert("emotion", second, **place, state="tomorrow")).status == 409
    drawn.change(edith, delete("emotion", second))
    assert drawn.gone("emotion", "emotion ask")


def test_a_point_does_not_move_onto_another(drawn: Board) -> None:
    problem = refused(drawn, set_("emotion", drawn["emotion ask"], step=drawn["search"]))
    assert (problem.status, problem.code) == (409, "occupied")
    swapped = drawn.change(
        drawn.cast.edith,
        delete("emotion", drawn["emotion search"]),
        set_("emotion", drawn["emotion ask"], step=drawn["search"]),
    )
    assert not swapped.noop


def test_points_differ_by_persona_and_by_state(drawn: Board) -> None:
    mary = create_persona(
        drawn.cast.actor(drawn.cast.edith), workspace_id=drawn.cast.workspace.pk, fields={"name": "Mary"}
    )
    place = {"lane": drawn["emotions"], "step": drawn["ask"]}
    drawn.change(
        drawn.cast.edith,
        insert("emotion", **place, persona=str(mary)),
        insert("emotion", **place, state="tomorrow"),
        insert("emotion", **place, persona=str(mary), state="tomorrow"),
    )
    assert len([item for item in drawn.document()["emotions"] if item["step"] == drawn["ask"]]) == 4


# What is not there


@pytest.mark.parametrize("op", ["set", "text", "insert", "move", "comment"])
def test_nothing_happens_to_a_deleted_record_and_that_is_said(drawn: Board, op: str) -> None:
    edith, reads, lane = drawn.cast.edith, drawn["Reads"], drawn["actions"]
    drawn.change(edith, delete("card", reads), delete("lane", drawn["touchpoints"]))
    ops = {
        "set": set_("card", reads, color="pink"),
        "text": text("card", reads, "text", drawn.seq, "x"),
        "insert": insert("card", lane=drawn["touchpoints"], step=drawn["ask"], text="x"),
        "move": set_("card", drawn["Compares"], lane=drawn["touchpoints"]),
        "comment": insert("comment", on="card", target=reads, text="x"),
    }
    problem = refused(drawn, set_("lane", lane, title="Untouched"), ops[op])
    assert (problem.status, problem.code, problem.op) == (404, "gone", 1)
    assert drawn.change(edith, delete("card", reads)).noop
    assert drawn.change(edith, delete("card", str(uuid4()))).noop


def test_an_id_is_given_once_here_and_anywhere(drawn: Board) -> None:
    other = board(drawn.cast, "Ride: out\n actions: Rides")
    stans = board(drawn.cast, "Away: far\n actions: Flies", by=drawn.cast.stan)
    for id_ in (drawn["Reads"], other["Rides"], stans["Flies"]):
        op = insert("card", id_, lane=drawn["actions"], step=drawn["ask"], text="mine")
        assert refused(drawn, op).status == 409
    op = new_card(drawn, "twin")
    assert refused(drawn, op, op).op == 1


@pytest.mark.parametrize("place", ["another map", "another workspace"])
def test_things_of_elsewhere_are_out_of_reach(drawn: Board, place: str) -> None:
    by = drawn.cast.stan if place == "another workspace" else drawn.cast.olive
    other = board(drawn.cast, DRAWING, by=by)
    persona = create_persona(
        drawn.cast.actor(drawn.cast.stan), workspace_id=drawn.cast.stans_workspace.pk, fields={"name": "Sam"}
    )
    for op in (
        set_("card", other["Reads"], color="pink"),
        text("card", other["Reads"], "text", drawn.seq, "x"),
        insert("card", lane=other["actions"], step=drawn["ask"], text="x"),
        insert("card", lane=drawn["actions"], step=other["ask"], text="x"),
        set_("card", drawn["Reads"], lane=other["actions"]),
        set_("step", drawn["ask"], stage=other["Buy"]),
        set_("card", drawn["Slow"], hurts_at=other["Web"]),
        set_("card", drawn["Faster"], answers=[other["Slow"]]),
        set_("card", drawn["Reads"], assignee=str(drawn.cast.stan.pk)),
        set_("map", drawn["map"], owner=str(drawn.cast.stan.pk)),
        set_("map", drawn["map"], personas=[str(persona)]),
        set_("emotion", drawn["emotion ask"], persona=str(persona)),
        set_("map", other["map"], title="Mine now"),
        insert("comment", on="card", target=other["Reads"], text="x"),
        insert("comment", on="map", target=other["map"], text="x"),
    ):
        assert refused(drawn, op).status in {400, 404}, op
    before = other.document()
    assert drawn.change(drawn.cast.edith, delete("card", other["Reads"])).noop
    assert other.document() == before


# Owners and what refers


def test_what_refers_to_a_deleted_record_lets_go_of_it_in_the_same_change(drawn: Board) -> None:
    edith = drawn.cast.edith
    drawn.change(
        edith,
        set_("card", drawn["Slow"], hurts_at=drawn["Web"]),
        set_("card", drawn["Queue"], hurts_at=drawn["Web"]),
        set_("card", drawn["Faster"], answers=[drawn["Rude"], drawn["Slow"], drawn["Queue"]]),
    )
    announced = assert_change(drawn, delete("card", drawn["Web"]))
    assert sorted(op["op"] for op in announced["ops"]) == ["delete", "set", "set"]
    assert drawn.record("card", "Slow")["hurts_at"] is None
    drawn.change(edith, delete("card", drawn["Slow"]))
    assert drawn.record("card", "Faster")["answers"] == [drawn["Rude"], drawn["Queue"]]


def test_a_stage_takes_everything_in_it_along(drawn: Board) -> None:
    remark, answer = str(uuid4()), str(uuid4())
    drawn.change(
        drawn.cast.colin,
        insert("comment", remark, on="card", target=drawn["Reads"], text="Which?"),
        insert("comment", answer, on="card", target=drawn["Reads"], parent=remark, text="Those."),
        insert("comment", on="stage", target=drawn["Find"], text="Long."),
    )
    announced = assert_change(drawn, delete("stage", drawn["Find"]))
    assert [card["text"] for card in drawn.document()["cards"]] == ["Pays", "Till", "Queue"]
    assert drawn.document()["comments"] == []
    assert announced["ops"][-1] == {"op": "delete", "type": "stage", "id": drawn["Find"]}


def test_a_stage_is_born_with_a_step_and_keeps_one(drawn: Board) -> None:
    stage, own = str(uuid4()), str(uuid4())
    announced = assert_change(drawn, insert("stage", stage, title="Use"))
    assert [op["type"] for op in announced["ops"]] == ["stage", "step"]
    announced = assert_change(drawn, insert("stage", own), insert("step", stage=own, title="only"))
    assert len(announced["ops"]) == 2
    for op in (delete("step", drawn["pay"]), set_("step", drawn["pay"], stage=drawn["Find"])):
        assert refused(drawn, op).code == "last_step"
    drawn.change(drawn.cast.edith, insert("step", stage=drawn["Buy"]), delete("step", drawn["pay"]))
    assert drawn.gone("card", "Pays")


def test_a_span_may_reach_past_the_last_step(drawn: Board) -> None:
    assert_change(drawn, set_("card", drawn["Reads"], span=50))
    for span in (0, -1, 1.5, "2", True, None):
        assert refused(drawn, set_("card", drawn["Reads"], span=span)).status == 400


def test_details_need_their_lane_and_follow_when_a_lane_changes_its_kind(drawn: Board) -> None:
    assert refused(drawn, set_("card", drawn["Slow"], hurts_at=drawn["Reads"])).status == 400
    assert refused(drawn, set_("card", drawn["Faster"], answers=[drawn["Web"]])).status == 400
    drawn.change(drawn.cast.edith, set_("lane", drawn["actions"], kind="touchpoints"))
    assert_change(drawn, set_("card", drawn["Slow"], hurts_at=drawn["Reads"]))


# Conditions and lists


def test_only_if_holds_for_the_field_or_for_the_whole(drawn: Board) -> None:
    edith, card = drawn.cast.edith, drawn["Reads"]
    assert drawn.change(edith, set_("card", card, only_if={"color": "pink"}, color="red")).noop
    drawn.change(edith, set_("card", card, only_if={"color": "yellow"}, color="red"))
    assert drawn.record("card", "Reads")["color"] == "red"
    assert drawn.change(edith, set_("card", card, only_if={"span": 4}, color="blue")).noop
    assert refused(drawn, set_("card", card, only_if={"rank": "a0"}, color="blue")).status == 400


def test_lists_take_a_whole_list_or_what_to_add_and_remove(drawn: Board) -> None:
    edith, olive, card = drawn.cast.edith, drawn.cast.olive, drawn["Reads"]
    drawn.change(edith, set_("card", card, tags=["a", "b", "a"]))
    drawn.change(olive, set_("card", card, tags={"add": ["c", "a"], "remove": []}))
    announced = assert_change(drawn, set_("card", card, tags={"add": ["d"], "remove": ["b"]}))
    assert announced["ops"][0]["fields"] == {"tags": ["a", "c", "d"]}
    assert drawn.change(edith, set_("card", card, tags={"remove": ["x"]})).noop
    mistakes: list[Any] = [{}, {"put": []}, {"add": "d"}, {"add": [1]}, "a", None, [None]]
    for wrong in mistakes:
        assert refused(drawn, set_("card", card, tags=wrong)).status == 400


def test_comments_belong_to_their_authors_and_stay_where_they_were_put(drawn: Board) -> None:
    colin, edith, remark = drawn.cast.colin, drawn.cast.edith, str(uuid4())
    drawn.change(colin, insert("comment", remark, on="card", target=drawn["Reads"], text="Hm"))
    assert drawn.record("comment", remark)["author"] == str(colin.pk)
    assert refused(drawn, set_("comment", remark, text="No"), who=edith).status == 403
    assert refused(drawn, text("comment", remark, "text", drawn.seq, "x"), who=drawn.cast.olive).status == 403
    drawn.change(edith, set_("comment", remark, resolved=True))
    for fields in ({"target": drawn["Asks"]}, {"on": "map"}, {"parent": None}):
        assert refused(drawn, set_("comment", remark, **fields), who=colin).status == 400
    drawn.change(edith, delete("comment", remark))
    for op in (set_("card", drawn["Reads"], color="pink"), delete("card", drawn["Reads"]), new_card(drawn, "x")):
        assert isinstance(refused(drawn, op, who=colin), Forbidden)
        assert isinstance(refused(drawn, op, who=drawn.cast.victor), Forbidden)


# Shapes


LONG = "x" * 10_001
WRONG_FIELDS: list[Wire] = [
    {"color": "mauve"}, {"color": None}, {"text": LONG}, {"text": None}, {"text": 1}, {"text": "a\x00b"},
    {"text": "\ud800"}, {"tags": ["x" * 61]}, {"severity": 0}, {"severity": 6}, {"severity": 2.0}, {"severity": True},
    {"quality": "fine"}, {"status": "new"}, {"due_on": "24.12.2026"}, {"due_on": "2026-02-30"}, {"assignee": "me"},
    {"url": "javascript:alert(1)"}, {"url": "//example.org"}, {"url": "https://a b"}, {"url": "http://[::1"},
    {"metric": {"name": "x", "colour": 1}}, {"metric": {"target": 1e300}}, {"metric": []}, {"metric": {"unit": 3}},
    {"moment_of_truth": 1}, {"hurts_at": "x"}, {"answers": None}, {"rank": "a5"}, {"id": "x"}, {"map": "x"},
    {"author": None}, {"lane_id": "x"}, {"#parts": []}, {"pk": 1}, {"lane": None}, {"step": ""}, {"": 1},
]  # fmt: skip


@pytest.mark.parametrize("fields", WRONG_FIELDS, ids=lambda fields: repr(fields)[:40])
def test_a_wrong_field_is_named(drawn: Board, fields: Wire) -> None:
    problem = refused(drawn, set_("card", drawn["Reads"], color="pink"), set_("card", drawn["Reads"], **fields))
    assert isinstance(problem, BadRequest)
    assert (problem.op, list(problem.fields)) == (1, list(fields))


@pytest.mark.parametrize(
    "settings",
    [{"a": [1]}, {"a": {}}, {"x" * 61: 1}, {"a": "x" * 501}, {"a": 1e16}, [], {str(n): n for n in range(41)}],
)
def test_a_lanes_settings_stay_small_and_flat(drawn: Board, settings: Any) -> None:
    assert refused(drawn, set_("lane", drawn["actions"], settings=settings)).status == 400


WRONG_OPS: list[Any] = [
    None, 1, "delete", [], {}, {"op": "upsert", "type": "card"}, {"op": ["set"], "type": "card"},
    {"op": "delete"}, {"op": "delete", "type": "persona", "id": str(uuid4())}, {"op": "delete", "type": "card"},
    {"op": "delete", "type": "card", "id": 5}, {"op": "delete", "type": "card", "id": "{" + str(uuid4()) + "}"},
    {"op": "delete", "type": "map", "id": str(uuid4())}, {"op": "insert", "type": "map", "fields": {}},
    {"op": "insert", "type": "card", "fields": {}}, {"op": "insert", "type": "card", "fields": []},
    {"op": "insert", "type": "lane", "fields": {}}, {"op": "insert", "type": "lane", "fields": {"kind": "canals"}},
    {"op": "insert", "type": "stage", "fields": {}, "after": 5}, {"op": "insert", "type": "stage", "restored": True},
    {"op": "set", "type": "stage", "id": str(uuid4())}, {"op": "set", "type": "card", "id": str(uuid4()), "fields": 1},
    {"op": "set", "type": "emotion", "id": str(uuid4()), "fields": {"valence": 1}, "after": None},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "color", "base": 1, "delta": []},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": -1, "delta": []},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": "1", "delta": []},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": True, "delta": []},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": 1, "delta": "x"},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": 1, "delta": [-1]},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": 1, "delta": [{"d": 1, "e": 2}]},
    {"op": "text", "type": "card", "id": str(uuid4()), "field": "text", "base": 1, "delta": ["a\rb"]},
]  # fmt: skip


@pytest.mark.parametrize("op", WRONG_OPS, ids=lambda op: repr(op)[:60])
def test_a_wrong_operation_is_named(drawn: Board, op: Any) -> None:
    problem = refused(drawn, set_("card", drawn["Reads"], color="pink"), op)
    assert (problem.status, problem.op) == (400, 1)


def test_there_are_limits_and_the_last_letter_below_them_fits(drawn: Board) -> None:
    edith, card = drawn.cast.edith, drawn["Reads"]
    drawn.change(edith, set_("card", card, text="𝒜" * 10_000), set_("map", drawn["map"], title="é" * 200))
    assert refused(drawn, text("card", card, "text", drawn.seq, "x")).status == 400
    assert refused(drawn, text("map", drawn["map"], "title", drawn.seq, "x")).status == 400
    assert refused(drawn, set_("stage", drawn["Find"], title="x" * 201)).status == 400
    ops = [set_("card", card, span=at % 9 + 1) for at in range(501)]
    assert isinstance(refused(drawn, *ops), TooLarge)
    assert not drawn.change(edith, *ops[:500]).noop


def test_line_ends_become_newlines_and_nothing_is_trimmed(drawn: Board) -> None:
    drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], text=" a\r\nb\rc \n"))
    assert drawn.record("card", "Reads")["text"] == " a\nb\nc \n"


def test_the_map_in_the_trash_takes_no_change(drawn: Board) -> None:
    edits.trash_map(drawn.id, by=drawn.cast.olive.pk)
    assert refused(drawn, set_("card", drawn["Reads"], color="pink")).status == 404
    edits.take_out_of_trash(drawn.id)
    assert not drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], color="pink")).noop


def test_an_error_in_the_middle_leaves_nothing_behind(drawn: Board) -> None:
    problem = refused(drawn, new_card(drawn, "a"), delete("stage", drawn["Find"]), set_("card", drawn["Reads"], span=2))
    assert isinstance(problem, Gone)
    assert isinstance(refused(drawn, new_card(drawn, "a"), insert("stage", drawn["Find"])), Conflict)

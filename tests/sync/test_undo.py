"""Undo and redo: what a person did goes back, what others did since stays."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.core.errors import Conflict, Forbidden, NotFound, Problem
from journeymap.sync.models import Document
from maps.access import map_for
from maps.edits import create_share, let_in
from tests.boards import Board, assert_replay, board, delete, insert, proven_change, set_, text, without_ranks
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


# Whose turn it is


def test_without_a_name_the_latest_of_ones_own_goes_back_and_again_the_one_before(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    drawn.change(edith, set_("card", drawn["Reads"], color="pink"))
    drawn.change(edith, set_("card", drawn["Reads"], color="red"))
    drawn.change(olive, set_("card", drawn["Pays"], color="green"))
    drawn.undo(edith)
    assert drawn.record("card", "Reads")["color"] == "pink"
    drawn.undo(edith)
    assert drawn.record("card", "Reads")["color"] == "yellow"
    assert drawn.record("card", "Pays")["color"] == "green"


def test_redo_without_a_name_takes_back_the_latest_undo(drawn: Board) -> None:
    edith = drawn.cast.edith
    for color in ("pink", "red"):
        drawn.change(edith, set_("card", drawn["Reads"], color=color))
    drawn.undo(edith)
    drawn.undo(edith)
    for color in ("pink", "red"):
        drawn.redo(edith)
        assert drawn.record("card", "Reads")["color"] == color
    with pytest.raises(Conflict):
        drawn.redo(edith)
    drawn.undo(edith)
    assert drawn.record("card", "Reads")["color"] == "pink"


def test_there_is_an_end_to_what_can_be_undone(drawn: Board) -> None:
    with pytest.raises(Conflict) as refused:
        drawn.undo(drawn.cast.olive)
    assert refused.value.code == "nothing_to_undo"
    with pytest.raises(NotFound):
        drawn.undo(drawn.cast.edith, uuid4())


def test_what_was_taken_back_already_is_not_taken_back_twice(drawn: Board) -> None:
    edith = drawn.cast.edith
    cut = drawn.change(edith, text("card", drawn["Compares"], "text", drawn.seq, {"d": 3})).key
    drawn.undo(edith, cut)
    assert drawn.undo(edith, cut).noop
    assert drawn.record("card", "Compares")["text"] == "Compares"
    drawn.redo(edith)
    assert drawn.record("card", "Compares")["text"] == "pares"
    assert not drawn.undo(edith, cut).noop
    assert drawn.record("card", "Compares")["text"] == "Compares"


def test_only_an_undo_can_be_redone(drawn: Board) -> None:
    edith = drawn.cast.edith
    key = drawn.change(edith, set_("card", drawn["Reads"], color="pink")).key
    with pytest.raises(Conflict) as refused:
        drawn.redo(edith, key)
    assert refused.value.code == "not_an_undo"


def test_an_undo_without_effect_is_consumed_and_its_redo_too(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    first = drawn.change(edith, set_("card", drawn["Reads"], color="pink")).key
    drawn.change(edith, set_("card", drawn["Reads"], span=2))
    drawn.change(olive, set_("card", drawn["Reads"], color="red"))
    outcome = drawn.undo(edith, first)
    assert outcome.noop
    assert [item["fields"] for item in outcome.left_alone] == [["color"]]
    assert drawn.redo(edith, outcome.key).noop
    drawn.undo(edith)
    assert drawn.record("card", "Reads")["span"] == 1


# Groups


def test_a_group_goes_back_as_one_and_comes_again_as_one(drawn: Board) -> None:
    edith, group = drawn.cast.edith, uuid4()
    before = drawn.document()
    card = str(uuid4())
    drawn.change(edith, insert("card", card, lane=drawn["actions"], step=drawn["ask"], text=""), group=group)
    for word in ("Waits", "Waits ", "Waits long"):
        drawn.change(edith, set_("card", card, text=word), group=group)
    after = drawn.document()
    undone = drawn.undo(edith, group)
    assert without_ranks(drawn.document()) == without_ranks(before)
    drawn.redo(edith, undone.key)
    assert without_ranks(drawn.document()) == without_ranks(after)
    drawn.undo(edith)
    assert without_ranks(drawn.document()) == without_ranks(before)
    assert_replay(drawn, before)


def test_a_group_belongs_to_who_began_it(drawn: Board) -> None:
    group = uuid4()
    drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], color="pink"), group=group)
    with pytest.raises(Conflict):
        drawn.change(drawn.cast.olive, set_("card", drawn["Reads"], span=2), group=group)


def test_a_group_that_went_on_after_its_undo_is_undone_as_far_as_it_is_there(drawn: Board) -> None:
    edith, group = drawn.cast.edith, uuid4()
    drawn.change(edith, set_("card", drawn["Reads"], color="pink"), group=group)
    drawn.undo(edith, group)
    drawn.change(edith, set_("card", drawn["Reads"], color="red"), group=group)
    drawn.undo(edith, group)
    assert drawn.record("card", "Reads")["color"] == "yellow"


# What others did since


def test_each_field_goes_back_by_itself(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    change = drawn.change(edith, set_("card", drawn["Slow"], color="pink", severity=4, tags=["a"])).key
    drawn.change(olive, set_("card", drawn["Slow"], severity=5))
    outcome = drawn.undo(edith, change)
    card = drawn.record("card", "Slow")
    assert (card["color"], card["severity"], card["tags"]) == ("red", 5, [])
    assert [item["fields"] for item in outcome.left_alone] == [["severity"]]


def test_a_move_goes_back_unless_somebody_moved_it_on(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    move = drawn.change(edith, set_("card", drawn["Reads"], step=drawn["ask"], after=None, color="pink")).key
    drawn.change(olive, set_("card", drawn["Reads"], step=drawn["pay"]))
    outcome = drawn.undo(edith, move)
    card = drawn.record("card", "Reads")
    assert (card["step"], card["color"]) == (drawn["pay"], "yellow")
    assert outcome.left_alone


def test_a_move_within_a_cell_counts_by_neighbour_not_by_order_key(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    move = drawn.change(edith, set_("card", drawn["Doubts"], after=None)).key
    assert drawn.cell("actions", "search") == ["Doubts", "Reads", "Compares"]
    drawn.change(olive, insert("card", lane=drawn["actions"], step=drawn["search"], text="Ends"))
    drawn.undo(edith, move)
    assert drawn.cell("actions", "search") == ["Reads", "Compares", "Doubts", "Ends"]
    drawn.redo(edith)
    drawn.change(olive, set_("card", drawn["Doubts"], after=drawn["Reads"]))
    assert drawn.undo(edith, move).noop
    assert drawn.cell("actions", "search") == ["Reads", "Doubts", "Compares", "Ends"]


def test_a_deleted_record_comes_back_into_an_occupied_place_without_a_tie(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    cut = drawn.change(edith, delete("card", drawn["Compares"])).key
    drawn.change(olive, insert("card", lane=drawn["actions"], step=drawn["search"], text="New", after=drawn["Reads"]))
    drawn.undo(edith, cut)
    cards = [card for card in drawn.document()["cards"] if card["step"] == drawn["search"]]
    ranks = [card["rank"] for card in cards if card["lane"] == drawn["actions"]]
    assert len(set(ranks)) == 4
    assert drawn.cell("actions", "search")[0] == "Reads"
    assert drawn.cell("actions", "search")[-1] == "Doubts"


def test_a_point_whose_place_was_taken_stays_away_and_that_is_said(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    cut = drawn.change(edith, delete("emotion", drawn["emotion ask"])).key
    drawn.change(olive, insert("emotion", lane=drawn["emotions"], step=drawn["ask"], valence=5))
    outcome = drawn.undo(edith, cut)
    assert outcome.noop
    assert [item["type"] for item in outcome.left_alone] == ["emotion"]


def test_an_insert_that_others_use_stays(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    lane, card = str(uuid4()), str(uuid4())
    made = drawn.change(edith, insert("lane", lane, kind="thoughts")).key
    own = drawn.change(edith, insert("card", lane=lane, step=drawn["ask"], text="Hm"))
    drawn.change(olive, insert("card", card, lane=lane, step=drawn["ask"], text="Oh"))
    with pytest.raises(Conflict) as refused:
        drawn.undo(edith, made)
    assert "Olive" in refused.value.message
    drawn.change(olive, delete("card", card))
    drawn.undo(edith, made)
    assert drawn.gone("lane", lane)
    drawn.redo(edith)
    assert drawn.cell(lane, "ask") == ["Hm"]
    assert own.entry is not None


def test_an_insert_into_which_others_moved_or_wrote_stays(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    step, card = str(uuid4()), str(uuid4())
    made = drawn.change(edith, insert("step", step, stage=drawn["Buy"], title="ride")).key
    written = drawn.change(edith, insert("card", card, lane=drawn["actions"], step=drawn["ask"], text="A")).key
    drawn.change(olive, set_("card", drawn["Pays"], step=step))
    drawn.change(olive, text("card", card, "text", drawn.seq, 1, "nd"))
    for key in (made, written):
        with pytest.raises(Conflict):
            drawn.undo(edith, key)


def test_an_editor_takes_back_what_a_colleague_did_and_a_commenter_does_not(drawn: Board) -> None:
    edith, olive, colin = drawn.cast.edith, drawn.cast.olive, drawn.cast.colin
    remark, own = str(uuid4()), str(uuid4())
    key = drawn.change(edith, insert("comment", remark, on="card", target=drawn["Reads"], text="Really?")).key
    mine = drawn.change(colin, insert("comment", own, on="card", target=drawn["Reads"], text="Yes.")).key
    with pytest.raises(Forbidden):
        drawn.undo(colin, key)
    drawn.undo(colin, mine)
    assert drawn.gone("comment", own)
    drawn.undo(olive, key)
    assert drawn.gone("comment", remark)


def test_a_guest_takes_back_only_their_own(drawn: Board) -> None:
    cast = drawn.cast
    link = create_share(cast.actor(cast.edith), drawn.id, {"role": "comment"})
    gus, other = (let_in(link, name=name) for name in ("Gus", "Gerda"))
    assert map_for(cast.actor(gus), drawn.id, need=2).guest_id == gus.pk  # type: ignore[arg-type]  # a Role is a number
    key = drawn.change(gus, insert("comment", on="map", target=drawn["map"], text="Nice")).key
    with pytest.raises(Forbidden):
        drawn.undo(other, key)
    with pytest.raises(Conflict):
        drawn.undo(other)
    assert not drawn.undo(gus).noop


# References and details


def test_details_outlive_the_lane_a_card_left_and_its_stages_deletion(drawn: Board) -> None:
    edith = drawn.cast.edith
    drawn.change(
        edith,
        set_("card", drawn["Slow"], hurts_at=drawn["Web"]),
        set_("card", drawn["Faster"], answers=[drawn["Slow"], drawn["Queue"]]),
        set_("card", drawn["Web"], lane=drawn["actions"]),
        set_("card", drawn["Slow"], lane=drawn["actions"]),
    )
    with proven_change(drawn, by=edith):
        drawn.change(edith, delete("stage", drawn["Find"]))
    drawn.undo(edith)
    with proven_change(drawn, by=edith):
        drawn.change(edith, delete("card", drawn["Web"]))


def test_what_a_colleague_left_behind_does_not_keep_the_rest_from_going_back(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    drawn.change(edith, set_("card", drawn["Slow"], hurts_at=drawn["Web"], severity=2))
    change = drawn.change(edith, set_("card", drawn["Slow"], hurts_at=drawn["Till"], severity=5, color="blue")).key
    drawn.change(olive, delete("card", drawn["Web"]))
    outcome = drawn.undo(edith, change)
    card = drawn.record("card", "Slow")
    assert (card["hurts_at"], card["severity"], card["color"]) == (drawn["Till"], 2, "red")
    assert [item["fields"] for item in outcome.left_alone] == [["hurts_at"]]


def test_an_undo_below_the_floor_of_the_log_is_refused(drawn: Board) -> None:
    key = drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], color="pink")).key
    Document.objects.filter(pk=drawn.id).update(floor=drawn.seq)
    with pytest.raises(Conflict) as refused:
        drawn.undo(drawn.cast.edith, key)
    assert refused.value.code == "too_old"


# Text


def test_words_of_others_stay_where_they_were_written(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    card = drawn["Compares"]
    first = drawn.change(edith, text("card", card, "text", drawn.seq, 8, " two bikes")).key
    drawn.change(olive, text("card", card, "text", drawn.seq, 12, " red"))
    drawn.change(edith, text("card", card, "text", drawn.seq, {"d": 8}, "Weighs"))
    drawn.undo(edith)
    assert drawn.record("card", "Compares")["text"] == "Compares two red bikes"
    drawn.undo(edith, first)
    assert drawn.record("card", "Compares")["text"] == "Compares red"


def test_two_who_write_in_turns_each_take_back_their_own(drawn: Board) -> None:
    edith, olive, card = drawn.cast.edith, drawn.cast.olive, drawn["Compares"]
    hers, his = uuid4(), uuid4()
    for who, group, words in ((edith, hers, "one "), (olive, his, "two "), (edith, hers, "three "), (olive, his, "4 ")):
        drawn.change(who, text("card", card, "text", drawn.seq, words), group=group)
    assert drawn.record("card", card)["text"] == "4 three two one Compares"
    drawn.undo(edith, hers)
    assert drawn.record("card", card)["text"] == "4 two Compares"
    drawn.undo(olive, his)
    assert drawn.record("card", card)["text"] == "Compares"
    drawn.redo(edith)
    drawn.redo(olive)
    words = drawn.record("card", card)["text"].split()
    # Where everything was gone, one's words come back in one's own order; between the two none is left.
    assert [word for word in words if word in {"three", "one"}] == ["three", "one"]
    assert [word for word in words if word in {"4", "two"}] == ["4", "two"]
    assert sorted(words) == ["4", "Compares", "one", "three", "two"]


MARKS = "€¥£"


@st.composite
def writings(draw: st.DrawFn) -> list[tuple[int, int, int, str]]:
    """(who, where, how many to delete, what to write) in turn; 0 is the one who will undo."""
    turns = draw(st.lists(st.integers(0, 2), min_size=1, max_size=6))
    where = st.integers(0, 12)
    return [(who, draw(where), draw(st.integers(0, 3)), draw(st.text(MARKS[who], max_size=3))) for who in turns]


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=writings(), backwards=st.booleans())
def test_undoing_words_keeps_every_letter_of_others_and_restores_where_nobody_else_wrote(
    drawn: Board, turns: list[tuple[int, int, int, str]], backwards: bool
) -> None:
    """Others only insert here, and every letter of theirs survives, in whatever order one's own is taken back.

    Newest first, as Ctrl+Z does it, the text without theirs is as it was before.
    """
    people = (drawn.cast.edith, drawn.cast.olive, drawn.cast.adam)
    card = str(uuid4())
    drawn.change(people[0], insert("card", card, lane=drawn["actions"], step=drawn["pay"], text="Reads"))
    keys: list[UUID] = []
    for who, at, cut, words in turns:
        now = drawn.record("card", card)["text"]
        start = min(at, len(now))
        gone = min(cut, len(now) - start) if who == 0 else 0
        delta = ([start] if start else []) + ([words] if words else []) + ([{"d": gone}] if gone else [])
        if not words and not gone:
            continue
        outcome = drawn.change(people[who], text("card", card, "text", drawn.seq, *delta))
        keys += [outcome.key] if who == 0 and not outcome.noop else []
    for key in reversed(keys) if backwards else keys:
        drawn.undo(people[0], key)
    left = drawn.record("card", card)["text"]
    for who in (1, 2):
        assert left.count(MARKS[who]) == sum(len(words) for by, _, _, words in turns if by == who)
    if backwards:
        assert left.translate({ord(mark): None for mark in MARKS[1:]}) == "Reads"
    else:
        # Oldest first, a letter may come back on the other side of one's own words, and undoing a deletion brings
        # back what one had written oneself; but no letter is lost or doubled.
        assert sorted(left.translate({ord(mark): None for mark in MARKS})) == sorted("Reads")


def test_a_refused_undo_leaves_no_trace(drawn: Board) -> None:
    edith, olive = drawn.cast.edith, drawn.cast.olive
    step = str(uuid4())
    made = drawn.change(edith, insert("step", step, stage=drawn["Buy"])).key
    drawn.change(olive, insert("card", lane=drawn["actions"], step=step, text="Rides"))
    before = drawn.document()
    with pytest.raises(Problem):
        drawn.undo(edith, made)
    assert drawn.document() == before

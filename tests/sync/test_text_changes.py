"""Words that several people write into one field at once."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest

from journeymap.core.errors import BadRequest, Conflict
from journeymap.sync.models import Document
from tests.boards import Board, assert_replay, board, delete, insert, set_, text
from tests.cast import Cast


@pytest.fixture
def drawn(cast: Cast) -> Board:
    return board(cast, "Find: search\n actions: Reads reviews")


def words(drawn: Board) -> str:
    written: str = drawn.record("card", "Reads reviews")["text"]
    return written


def test_what_is_in_the_log_already_stands_left(drawn: Board) -> None:
    base, card = drawn.seq, drawn["Reads reviews"]
    drawn.change(drawn.cast.edith, text("card", card, "text", base, 5, " two"))
    drawn.change(drawn.cast.olive, text("card", card, "text", base, 5, " good"))
    assert words(drawn) == "Reads two good reviews"


def test_letters_inserted_into_a_deleted_range_survive(drawn: Board) -> None:
    base, card = drawn.seq, drawn["Reads reviews"]
    drawn.change(drawn.cast.edith, text("card", card, "text", base, {"d": 13}))
    drawn.change(drawn.cast.olive, text("card", card, "text", base, 5, "!"))
    assert words(drawn) == "!"


@pytest.mark.parametrize("behind", range(4))
def test_a_delta_written_long_ago_is_moved_over_everything_since(drawn: Board, behind: int) -> None:
    card, seqs = drawn["Reads reviews"], [drawn.seq]
    for word in ("1", "2", "3"):
        drawn.change(drawn.cast.edith, text("card", card, "text", drawn.seq, word))
        seqs.append(drawn.seq)
    length = len("Reads reviews") + 3 - behind
    drawn.change(drawn.cast.olive, text("card", card, "text", seqs[3 - behind], length, "."))
    assert words(drawn) == "321Reads reviews."


def test_several_edits_of_one_field_in_one_change_follow_one_another(drawn: Board) -> None:
    base, card, before = drawn.seq, drawn["Reads reviews"], drawn.document()
    drawn.change(drawn.cast.edith, text("card", card, "text", base, "Now: "))
    drawn.change(
        drawn.cast.olive,
        text("card", card, "text", base, 5, " a"),
        text("card", card, "text", base, 7, "ll"),
        text("card", card, "text", base, 10, {"d": 7}, "of it"),
    )
    assert words(drawn) == "Now: Reads all of it"
    with pytest.raises(BadRequest):
        drawn.change(drawn.cast.olive, text("card", card, "text", base, "x"), text("card", card, "text", base + 1, "y"))
    assert_replay(drawn, before)


def test_an_edit_after_a_set_or_an_insert_of_the_same_change_builds_on_it(drawn: Board) -> None:
    base, card, new = drawn.seq, drawn["Reads reviews"], str(uuid4())
    drawn.change(drawn.cast.edith, text("card", card, "text", base, "Now: "))
    drawn.change(
        drawn.cast.olive,
        text("card", card, "text", base, "x"),
        set_("card", card, text="Asks"),
        text("card", card, "text", base, 4, " friends"),
        insert("card", new, lane=drawn["actions"], step=drawn["search"], text="Wa"),
        text("card", new, "text", base, 2, "its"),
    )
    assert words(drawn) == "Asks friends"
    assert drawn.record("card", new)["text"] == "Waits"


def test_a_set_of_a_text_is_the_smallest_delta_and_spares_what_others_write(drawn: Board) -> None:
    base, card = drawn.seq, drawn["Reads reviews"]
    announced = drawn.change(drawn.cast.edith, set_("card", card, text="Reads many reviews"))
    assert announced.entry is not None
    assert '"delta":[6,"many "]' in announced.entry.ops
    drawn.change(drawn.cast.olive, text("card", card, "text", base, 13, " twice"))
    assert words(drawn) == "Reads many reviews twice"


def test_two_write_at_once_in_every_way_and_all_that_was_inserted_stays(drawn: Board) -> None:
    edith, olive, card = drawn.cast.edith, drawn.cast.olive, drawn["Reads reviews"]
    deltas = [("A",), (2, "A"), (4, "A"), ({"d": 4},), (1, {"d": 2}), (1, "A", {"d": 2}), ({"d": 2}, "A"), (4,)]
    for mine, other in itertools.product(deltas[:7], repeat=2):
        drawn.change(edith, set_("card", card, text="wxyz"))
        base, before = drawn.seq, drawn.document()
        drawn.change(edith, text("card", card, "text", base, *mine))
        others = [part.replace("A", "B") if isinstance(part, str) else part for part in other]
        drawn.change(olive, text("card", card, "text", base, *others))
        assert words(drawn).count("A") == sum(part == "A" for part in mine)
        assert words(drawn).count("B") == sum(part == "A" for part in other)
        assert_replay(drawn, before)


@pytest.mark.parametrize("delta", [(14,), (13, {"d": 1}), ({"d": 14},), (20, "x")])
def test_past_the_end_of_the_text_as_it_was_seen_is_refused(drawn: Board, delta: tuple[int, ...]) -> None:
    base, card = drawn.seq, drawn["Reads reviews"]
    for _ in range(2):
        with pytest.raises(BadRequest):
            drawn.change(drawn.cast.olive, text("card", card, "text", base, *delta))
        # Longer by now, which is not what the writer saw.
        drawn.change(drawn.cast.edith, text("card", card, "text", drawn.seq, "much longer "))


def test_letters_are_counted_in_code_points(drawn: Board) -> None:
    card = drawn["Reads reviews"]
    drawn.change(drawn.cast.edith, set_("card", card, text="👩‍👧 é𝒜"))
    drawn.change(drawn.cast.edith, text("card", card, "text", drawn.seq, 6, "!"))
    assert words(drawn) == "👩‍👧 é𝒜"[:6] + "!" + "👩‍👧 é𝒜"[6:]


def test_an_edit_of_a_text_seen_too_long_ago_or_never_is_stale(drawn: Board) -> None:
    card, base = drawn["Reads reviews"], drawn.seq
    drawn.change(drawn.cast.edith, text("card", card, "text", base, "x"))
    Document.objects.filter(pk=drawn.id).update(floor=drawn.seq)
    for seq in (base, drawn.seq + 1):
        with pytest.raises(Conflict) as stale:
            drawn.change(drawn.cast.olive, text("card", card, "text", seq, "y"))
        assert (stale.value.code, stale.value.extra) == ("stale_text", {"text": "xReads reviews", "seq": drawn.seq})
        assert stale.value.op == 0


def test_an_edit_of_a_text_that_came_back_otherwise_is_stale(drawn: Board) -> None:
    edith, olive, card = drawn.cast.edith, drawn.cast.olive, drawn["Reads reviews"]
    base = drawn.seq
    cut = drawn.change(edith, delete("card", card)).key
    drawn.undo(edith, cut)
    drawn.change(olive, text("card", card, "text", base, 13, "!"))
    assert words(drawn) == "Reads reviews!"
    base = drawn.seq
    drawn.change(edith, text("card", card, "text", base, "Never "))
    drawn.undo(edith, drawn.change(edith, delete("card", card)).key)
    with pytest.raises(Conflict) as stale:
        drawn.change(olive, text("card", card, "text", base, 14, "!"))
    assert (stale.value.code, stale.value.extra["text"]) == ("stale_text", "Never Reads reviews!")

"""Two writers in one text keep every letter: the vectors shared with JavaScript, and properties of any delta."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.sync import text
from journeymap.sync.text import BadDelta, Delta

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors/text.json").read_text())
LETTERS = st.text(alphabet="ab \n😀שé", max_size=12)


@st.composite
def deltas(draw: st.DrawFn, over: str) -> Delta:
    """Any delta that fits a text, in any of the ways to write it."""
    parts: list[text.Part] = []
    left = len(over)
    while left and draw(st.booleans()):
        count = draw(st.integers(1, left))
        left -= count
        parts.append(count if draw(st.booleans()) else {"d": count})
        if draw(st.booleans()):
            parts.append(draw(LETTERS))
    return (draw(LETTERS), *parts) if draw(st.booleans()) else tuple(parts)


@st.composite
def two_writers(draw: st.DrawFn) -> tuple[str, Delta, Delta]:
    start = draw(LETTERS)
    return start, draw(deltas(start)), draw(deltas(start))


@st.composite
def one_after_another(draw: st.DrawFn) -> tuple[str, Delta, Delta]:
    start = draw(LETTERS)
    first = draw(deltas(start))
    return start, first, draw(deltas(text.apply(start, first)))


@given(two_writers())
def test_two_writers_end_with_one_text(case: tuple[str, Delta, Delta]) -> None:
    start, log, later = case
    by_the_log = text.apply(text.apply(start, log), text.transform(later, log, left=False))
    by_the_writer = text.apply(text.apply(start, later), text.transform(log, later, left=True))
    assert by_the_log == by_the_writer


@given(one_after_another())
def test_a_composed_delta_does_what_both_do(case: tuple[str, Delta, Delta]) -> None:
    start, first, second = case
    assert text.apply(start, text.compose(first, second)) == text.apply(text.apply(start, first), second)


@given(one_after_another())
def test_an_inverse_takes_back_and_its_inverse_does_again(case: tuple[str, Delta, Delta]) -> None:
    start, delta, _ = case
    after = text.apply(start, delta)
    back = text.invert(start, delta)
    assert text.apply(after, back) == start
    assert text.apply(start, text.invert(after, back)) == after


@given(two_writers())
def test_no_letter_that_somebody_inserts_is_lost(case: tuple[str, Delta, Delta]) -> None:
    _, log, later = case
    moved = text.transform(later, log, left=False)
    assert "".join(p for p in moved if isinstance(p, str)) == "".join(p for p in later if isinstance(p, str))


@given(two_writers())
def test_the_way_a_delta_is_written_does_not_matter(case: tuple[str, Delta, Delta]) -> None:
    start, log, later = case
    normal = text.normalise(later)
    assert text.apply(start, later) == text.apply(start, normal)
    assert text.normalise(normal) == normal
    assert text.transform(later, log, left=False) == text.transform(normal, text.normalise(log), left=False)


@given(LETTERS, LETTERS)
def test_a_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    assert text.apply(before, text.difference(before, after)) == after


@settings(max_examples=60)
@given(st.data())
def test_a_run_of_deltas_rebases_as_the_browser_does_it(data: st.DataObject) -> None:
    start = data.draw(LETTERS)
    log = [data.draw(deltas(start))]
    log.append(data.draw(deltas(text.apply(start, log[0]))))
    mine = [data.draw(deltas(start))]
    mine.append(data.draw(deltas(text.apply(start, mine[0]))))
    there = start
    for delta in (*log, *text.rebase(mine, log)):
        there = text.apply(there, delta)
    here = text.apply(text.apply(start, mine[0]), mine[1])
    waiting = [tuple(delta) for delta in mine]
    for entry in log:
        over, moved = entry, []
        for delta in waiting:
            moved.append(text.transform(delta, over, left=False))
            over = text.transform(over, delta, left=True)
        waiting, here = moved, text.apply(here, over)
    assert there == here


@pytest.mark.parametrize("case", VECTORS["refuse"], ids=lambda case: case["why"])
def test_strange_deltas_are_refused_with_a_sentence(case: dict[str, Any]) -> None:
    with pytest.raises(BadDelta) as problem:
        text.parse(case["wire"])
    assert problem.value.message.endswith(".")


def test_the_normal_form_is_the_shared_one() -> None:
    for case in VECTORS["parse"]:
        assert list(text.parse(case["wire"])) == case["normal"], case


def test_nobody_walks_past_the_end() -> None:
    for case in VECTORS["past_the_end"]:
        with pytest.raises(BadDelta):
            text.apply(case["text"], case["delta"])
        with pytest.raises(BadDelta):
            text.invert(case["text"], case["delta"])


def test_the_shared_vectors_hold() -> None:
    for case in VECTORS["apply"]:
        assert text.apply(case["text"], case["delta"]) == case["after"], case
        assert list(text.invert(case["text"], case["delta"])) == case["inverse"], case
    for case in VECTORS["compose"]:
        assert list(text.compose(case["first"], case["second"])) == case["both"], case
    for case in VECTORS["difference"]:
        assert list(text.difference(case["before"], case["after"])) == case["delta"], case


def test_the_shared_races_end_alike() -> None:
    for case in VECTORS["transform"]:
        moved = text.transform(case["later"], case["log"], left=False)
        assert list(moved) == case["later_moved"], case
        assert list(text.transform(case["log"], case["later"], left=True)) == case["log_moved"], case
        assert text.apply(text.apply(case["text"], case["log"]), moved) == case["after"], case
    for case in VECTORS["caret"]:
        assert text.transform_caret(case["caret"], case["over"]) == case["left"], case
        assert text.transform_caret(case["caret"], case["over"], left=False) == case["right"], case

"""There is always room between two: order keys, equal to those the browser makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.sync import rank

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors/rank.json").read_text())


@given(st.lists(st.integers(0, 1000), max_size=120))
def test_wherever_one_inserts_the_order_holds(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        keys.insert(at, rank.between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None))
    assert keys == sorted(set(keys))
    assert all(rank.is_rank(key) for key in keys)


@given(st.integers(0, 200))
def test_many_at_once_stand_in_order_between_two(n: int) -> None:
    for a, b in ((None, None), ("a0", None), (None, "a0"), ("a0", "a1"), ("a0", "a0V")):
        keys = rank.many(a, b, n)
        assert len(keys) == n
        whole = [*([a] if a else []), *keys, *([b] if b else [])]
        assert whole == sorted(set(whole))


def test_the_keys_are_those_of_the_browser() -> None:
    for case in VECTORS["between"]:
        assert rank.between(case["a"], case["b"]) == case["key"], case
    for case in VECTORS["many"]:
        assert rank.many(case["a"], case["b"], case["n"]) == case["keys"], case


@pytest.mark.parametrize("key", VECTORS["bad"])
def test_what_is_no_key_is_refused(key: str) -> None:
    assert not rank.is_rank(key)
    with pytest.raises(rank.BadRank):
        rank.between(key, None)


def test_two_equal_keys_have_nothing_between_them() -> None:
    with pytest.raises(rank.BadRank):
        rank.between("a1", "a1")


def test_a_thousand_inserts_at_one_place_stay_short_enough() -> None:
    low, high = "a0", "a1"
    for _ in range(1000):
        high = rank.between(low, high)
    assert len(high) < 200

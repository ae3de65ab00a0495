"""Writes text.json, rank.json and replay.json: seeded cases on which Python and JavaScript must agree.

    python -m tests.vectors.make_sync

The Python twin computes what is expected; the JavaScript tests hold their twin to it. Run it again only when a rule
changes, and read the difference before committing it.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import django

from journeymap.sync import rank, text
from journeymap.sync.replay import Replay, Shape

HERE = Path(__file__).parent
LETTERS = ["a", "b", "c", " ", "\n", "é", "e\u0301", "😀", "👩‍👧", "שלום", "مرحبا", "𝒳", "語", "\u200f", "\ufeff"]
WALK = list[Any]

STRANGE_DELTAS: list[tuple[str, Any]] = [
    ("not a list", "abc"),
    ("an object", {"d": 1}),
    ("null", None),
    ("a negative keep", [-1]),
    ("a fraction", [1.5]),
    ("a boolean", [True]),
    ("a nested list", [[1]]),
    ("a null part", [None]),
    ("a negative deletion", [{"d": -1}]),
    ("a deletion of words", [{"d": "x"}]),
    ("a deletion with a stranger", [{"d": 1, "k": 2}]),
    ("a deletion without a number", [{}]),
    ("a CR", ["a\rb"]),
    ("a CR and LF", ["a\r\nb"]),
    ("a NUL", ["a\0b"]),
    ("a lone high surrogate", ["a\ud83d"]),
    ("a lone low surrogate", ["\ude00b"]),
    ("a count without end", [10**12]),
]
LOOSE_DELTAS: list[Any] = [
    [],
    [0],
    ["", 0, {"d": 0}],
    [5],
    ["a", "b"],
    [{"d": 1}, "x"],
    ["x", {"d": 1}, "y", {"d": 2}],
    [1, 2, "x", 0, 3],
    [1, {"d": 1}, {"d": 1}, 4],
    [1, "", 2, "x"],
    [0, "x", 0],
]
PAST_THE_END: list[tuple[str, Any]] = [
    ("", [1]),
    ("", [{"d": 1}]),
    ("abc", [4]),
    ("abc", [2, {"d": 2}]),
    ("😀", [2]),
    ("😀😀", [1, "x", {"d": 2}]),
    ("e\u0301", [3, "x"]),
]


def some_text(dice: Random, most: int = 12) -> str:
    return "".join(dice.choice(LETTERS) for _ in range(dice.randint(0, most)))


def some_delta(dice: Random, over: str) -> WALK:
    parts: WALK = []
    left = len(over)
    while left and dice.random() < 0.75:
        if dice.random() < 0.3:
            parts.append(some_text(dice, 3))
            continue
        count = dice.randint(1, min(left, 4))
        left -= count
        parts.append(count if dice.random() < 0.55 else {"d": count})
    if dice.random() < 0.4:
        parts.append(some_text(dice, 3))
    return parts


def text_cases(dice: Random) -> dict[str, Any]:
    return {
        "about": "Text deltas; counts are Unicode code points. Made by make_sync.py.",
        "parse": [{"wire": wire, "normal": list(text.parse(wire))} for wire in LOOSE_DELTAS],
        "refuse": [{"why": why, "wire": wire} for why, wire in STRANGE_DELTAS],
        "past_the_end": [{"text": before, "delta": delta} for before, delta in PAST_THE_END],
        "apply": repeat(dice, 150, apply_case),
        "compose": repeat(dice, 150, compose_case),
        "transform": [*repeat(dice, 250, transform_case), *ties()],
        "difference": repeat(dice, 150, difference_case),
        "caret": repeat(dice, 120, caret_case),
    }


def repeat(dice: Random, times: int, case: Callable[[Random], dict[str, Any]]) -> list[dict[str, Any]]:
    return [case(dice) for _ in range(times)]


def apply_case(dice: Random) -> dict[str, Any]:
    before = some_text(dice)
    delta = some_delta(dice, before)
    after = text.apply(before, delta)
    return {
        "text": before,
        "delta": delta,
        "normal": list(text.parse(delta)),
        "after": after,
        "inverse": list(text.invert(before, delta)),
    }


def compose_case(dice: Random) -> dict[str, Any]:
    before = some_text(dice)
    first = some_delta(dice, before)
    second = some_delta(dice, text.apply(before, first))
    return {"text": before, "first": first, "second": second, "both": list(text.compose(first, second))}


def transform_case(dice: Random) -> dict[str, Any]:
    before = some_text(dice, 8)
    return transform_of(before, some_delta(dice, before), some_delta(dice, before))


def transform_of(before: str, log: WALK, later: WALK) -> dict[str, Any]:
    """`log` is in the log already and stands left; `later` arrives behind it."""
    moved = text.transform(later, log, left=False)
    return {
        "text": before,
        "log": log,
        "later": later,
        "later_moved": list(moved),
        "log_moved": list(text.transform(log, later, left=True)),
        "after": text.apply(text.apply(before, log), moved),
    }


def ties() -> list[dict[str, Any]]:
    """Inserts at one place, inside and beside what the other deletes."""
    both: list[tuple[str, WALK, WALK]] = [
        ("", ["log"], ["later"]),
        ("ab", [1, "log"], [1, "later"]),
        ("ab", [2, "log"], [2, "later"]),
        ("abcd", [1, {"d": 2}], [2, "survives"]),
        ("abcd", [2, "survives"], [1, {"d": 2}]),
        ("abcd", [1, {"d": 2}], [1, {"d": 2}]),
        ("abcd", [{"d": 4}], [{"d": 4}]),
        ("abcd", [1, "x", {"d": 2}], [1, "y", {"d": 2}]),
        ("abcd", [{"d": 2}, "x"], [2, "y"]),
        ("abcd", [2, "x"], [{"d": 2}, "y"]),
        ("😀😀", [1, "👩‍👧"], [1, {"d": 1}, "שלום"]),
    ]
    return [transform_of(*case) for case in both]


def difference_case(dice: Random) -> dict[str, Any]:
    before = some_text(dice)
    after = text.apply(before, some_delta(dice, before)) if dice.random() < 0.8 else some_text(dice)
    return {"before": before, "after": after, "delta": list(text.difference(before, after))}


def caret_case(dice: Random) -> dict[str, Any]:
    before = some_text(dice)
    over = list(text.parse(some_delta(dice, before)))
    caret = dice.randint(0, len(before))
    return {
        "caret": caret,
        "over": over,
        "left": text.transform_caret(caret, over),
        "right": text.transform_caret(caret, over, left=False),
    }


def rank_cases(dice: Random) -> dict[str, Any]:
    known: list[str] = ["a0"]
    between: list[Any] = [{"a": None, "b": None, "key": "a0"}]
    for _ in range(400):
        at = dice.randint(0, len(known)) if dice.random() < 0.7 else dice.choice([0, len(known), 1])
        at = min(at, len(known))
        a = known[at - 1] if at else None
        b = known[at] if at < len(known) else None
        key = rank.between(a, b)
        known.insert(at, key)
        between.append({"a": a, "b": b, "key": key})
    many = [
        {"a": a, "b": b, "n": n, "keys": rank.many(a, b, n)}
        for n in (0, 1, 2, 3, 7, 20, 70)
        for a, b in ((None, None), ("a0", None), (None, "a0"), ("a0", "a1"), ("Zz", "a0V"), ("b0zz", None))
    ]
    edges = [
        ("A" + "0" * 25 + "1", None),
        (None, "A" + "0" * 25 + "1"),
        ("zz" + "z" * 25, None),
        ("az", "b00"),
        (None, "Zz"),
        ("Zz", None),
    ]
    between += [{"a": a, "b": b, "key": rank.between(a, b)} for a, b in edges]
    bad = ["", "a", "0", "a00", "A" + "0" * 26, "é0", "b0", "a0 0"]
    return {"about": "Order keys, as npm fractional-indexing makes them.", "between": between, "many": many, "bad": bad}


def shape_of_a_map() -> Shape:
    """The record tables are Django's, so it must be set up first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journeymap.settings")
    django.setup()
    from journeymap.sync.history import shape_of
    from maps.records import KIND

    return shape_of(KIND)


def replay_cases() -> dict[str, Any]:
    document = a_board()
    replay = Replay(document, shape=shape_of_a_map())
    steps = []
    for seq, (story, ops) in enumerate(STORIES, start=1):
        change = {"seq": seq, "ops": ops}
        replay.apply(change)
        steps.append({"story": story, "change": change, "document": json.loads(json.dumps(replay.document()))})
    return {
        "about": "Announced changes, one after the other, and the document behind each.",
        "document": document,
        "steps": steps,
    }


def a_board() -> dict[str, Any]:
    def card(id_: str, lane: str, step: str, key: str, words: str) -> dict[str, Any]:
        return {
            "id": id_,
            "lane": lane,
            "step": step,
            "rank": key,
            "text": words,
            "color": "yellow",
            "tags": [],
            "hurts_at": None,
        }

    return {
        "seq": 0,
        "log": "log",
        "map": {"id": "map", "title": "Buying a bike", "personas": [], "notes": ""},
        "stages": [
            {"id": "s1", "title": "Look", "rank": "a0", "color": "blue", "goal": ""},
            {"id": "s2", "title": "Buy", "rank": "a1", "color": "teal", "goal": ""},
        ],
        "steps": [
            {"id": "p1", "stage": "s1", "title": "", "rank": "a0", "duration": ""},
            {"id": "p2", "stage": "s2", "title": "", "rank": "a0", "duration": ""},
        ],
        "lanes": [
            {"id": "l1", "kind": "actions", "title": "Doing", "rank": "a0", "settings": {}},
            {"id": "l2", "kind": "emotions", "title": "Feeling", "rank": "a1", "settings": {}},
        ],
        "cards": [card("c1", "l1", "p1", "a0", "Reads a review"), card("c2", "l1", "p2", "a0", "Pays")],
        "emotions": [
            {"id": "e1", "lane": "l2", "step": "p2", "persona": None, "state": "today", "valence": 10, "note": ""}
        ],
        "comments": [],
        "personas": [{"id": "ada", "name": "Ada", "role": "", "portrait": None, "color": "teal"}],
    }


def point(id_: str, **fields: Any) -> dict[str, Any]:
    return {
        "op": "insert",
        "type": "emotion",
        "id": id_,
        "fields": {"valence": 0, "note": "", "state": "today", **fields},
    }


def at(type_: str, id_: str, **fields: Any) -> dict[str, Any]:
    return {"op": "set", "type": type_, "id": id_, "fields": fields}


STORIES: list[tuple[str, list[dict[str, Any]]]] = [
    ("a colour", [at("card", "c1", color="pink")]),
    (
        "words, with an emoji in front",
        [
            {
                "op": "text",
                "type": "card",
                "id": "c1",
                "field": "text",
                "base": 1,
                "delta": ["😀 ", 8, {"d": 6}, "paper"],
            }
        ],
    ),
    (
        "more words behind the emoji",
        [{"op": "text", "type": "card", "id": "c1", "field": "text", "base": 2, "delta": [1, "!", {"d": 1}]}],
    ),
    (
        "a card above",
        [
            {
                "op": "insert",
                "type": "card",
                "id": "c3",
                "fields": {
                    "lane": "l1",
                    "step": "p1",
                    "rank": "Zz",
                    "text": "Rides",
                    "color": "yellow",
                    "tags": ["fun"],
                    "hurts_at": "c1",
                },
            }
        ],
    ),
    (
        "a card between",
        [
            {
                "op": "insert",
                "type": "card",
                "id": "c4",
                "fields": {
                    "lane": "l1",
                    "step": "p1",
                    "rank": "ZzV",
                    "text": "",
                    "color": "teal",
                    "tags": [],
                    "hurts_at": None,
                },
            }
        ],
    ),
    ("a stage moved to the front: its cards follow", [at("stage", "s2", rank="Zz")]),
    ("a lane moved up", [at("lane", "l2", rank="Zz")]),
    ("ranks that differ by case sort by code point", [at("card", "c4", rank="a0V"), at("card", "c3", rank="a0a")]),
    ("a card moved to another cell", [at("card", "c3", step="p2", rank="a1")]),
    (
        "points of two people in one place",
        [
            point("e2", lane="l2", step="p2", persona="ada"),
            point("e3", lane="l2", step="p2", persona=None, state="target"),
            point("e4", lane="l2", step="p1", persona="ada"),
        ],
    ),
    ("equal ranks fall back on ids", [at("card", "c3", rank="a0")]),
    (
        "a step in another stage",
        [
            {
                "op": "insert",
                "type": "step",
                "id": "p3",
                "fields": {"stage": "s1", "title": "Ask", "rank": "Zz", "duration": ""},
            },
            at("step", "p2", stage="s1", rank="a1"),
        ],
    ),
    (
        "a comment",
        [
            {
                "op": "insert",
                "type": "comment",
                "id": "k1",
                "fields": {
                    "on": "card",
                    "target": "c1",
                    "parent": None,
                    "text": "Why?",
                    "author": None,
                    "author_name": "Colin",
                    "at": "2026-01-01T00:00:00Z",
                    "resolved": False,
                },
            }
        ],
    ),
    (
        "a lane deleted with everything in it",
        [
            {"op": "delete", "type": "emotion", "id": "e1"},
            {"op": "delete", "type": "emotion", "id": "e2"},
            {"op": "delete", "type": "emotion", "id": "e3"},
            {"op": "delete", "type": "emotion", "id": "e4"},
            {"op": "delete", "type": "lane", "id": "l2"},
        ],
    ),
    ("what is gone already stays gone", [{"op": "delete", "type": "emotion", "id": "e1"}]),
    (
        "the map's own fields",
        [
            at("map", "map", personas=["ada"]),
            {"op": "text", "type": "map", "id": "map", "field": "title", "base": 15, "delta": [9, {"d": 1}, "new b"]},
        ],
    ),
    ("nothing that this reader may see", []),
]


def main() -> None:
    for name, cases in (("text", text_cases(Random(7))), ("rank", rank_cases(Random(11))), ("replay", replay_cases())):
        (HERE / f"{name}.json").write_text(json.dumps(cases, ensure_ascii=True, indent=1) + "\n")


if __name__ == "__main__":
    main()

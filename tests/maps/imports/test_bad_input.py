"""What cannot be read is refused in a sentence, soon, and never with a traceback."""

from __future__ import annotations

import json
import time
import zlib
from contextlib import suppress

import pytest

from journeymap.core.errors import BadRequest, Problem, TooLarge, Unprocessable
from maps.imports import read_file, read_text

PNG = b"\x89PNG\r\n\x1a\n" + zlib.compress(b"pixels" * 500)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("picture.png", PNG, Unprocessable),
        ("map.xlsx", b"PK\x03\x04" + bytes(200), Unprocessable),
        ("noise.csv", bytes(range(256)) * 40, Unprocessable),
        ("controls.txt", b"\x01\x02\x03\x04" * 500, Unprocessable),
        ("empty.csv", b"", BadRequest),
        ("blank.txt", b" \n\t\n", BadRequest),
        ("marks.md", b"--- *** ___ | | |", BadRequest),
        ("big.txt", b"Stage 1: a\n" * 500_000, TooLarge),
        ("half.txt", "Stage".encode("utf-16-le")[:-1] + b"\xd8", Unprocessable),
        ("broken.csv", b'Stage;A;B\nActions;"never closed;x\nPain;y;z\n', Unprocessable),
        ("broken.json", b'{"map": {"title": "x"', Unprocessable),
    ],
)
def test_a_file_that_is_no_map_is_refused(name: str, data: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem) as refused:
        read_file(name, data)

    assert refused.value.message.endswith(".")


def test_the_line_of_a_quote_that_never_closes_is_named() -> None:
    with pytest.raises(Unprocessable, match="line 3"):
        read_file("broken.csv", b'Stage;A;B\nActions;x;y\nPain points;"never;z\nKPI;1;2\n')


@pytest.mark.parametrize("text", ["", "   \n", "Stage 1: a\0b", "Stage 1: \ud800", "\n".join(["-"] * 10)])
def test_text_without_words_or_with_broken_letters_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        read_text(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Stage;" + ";".join(f"S{n}" for n in range(10_000)) + "\nActions;" + ";".join("x" * 10_000), "columns"),
        ("\n".join(f"Stage {n}: Part {n}\nActions: a{n}" for n in range(400)), "columns"),
        ("Stage: Buy\nActions: " + ";".join(f"card {n}" for n in range(20_000)), "cards"),
        ("Stage 1: a\n" * 9_000, "lines"),
        ("journey\n section A\n" + "".join(f"  Task {n}: 3: Me\n" for n in range(400)), "columns"),
    ],
)
def test_what_is_too_much_for_a_map_is_said(text: str, sentence: str) -> None:
    with pytest.raises(TooLarge, match=sentence):
        read_text(text)


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 1_000 + "1" + "}" * 1_000, '[{"a": 1'])
def test_json_that_is_broken_or_bottomless_is_refused(text: str) -> None:
    with pytest.raises((BadRequest, Unprocessable)):
        read_text(text)


@pytest.mark.parametrize(
    "change",
    [
        {"cards": [{"id": "c", "lane": "l", "step": "elsewhere"}]},
        {"cards": [{"id": "c", "lane": "l", "step": "t", "text": 5}]},
        {"cards": [{"id": "c", "lane": "l", "step": "t", "severity": 9}]},
        {"lanes": [{"id": "l", "kind": "unheard of"}]},
        {"steps": [{"id": "t", "stage": "gone"}]},
        {"stages": "none"},
        {"emotions": [{"id": "e", "lane": "l", "step": "t", "valence": 1e99}]},
    ],
)
def test_a_document_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    document: dict[str, object] = {"map": {"title": "x"}, "stages": [{"id": "s"}], "steps": [{"id": "t", "stage": "s"}]}
    document |= {"lanes": [{"id": "l", "kind": "actions"}], "cards": [], "emotions": [], "personas": []} | change

    with pytest.raises(Unprocessable):
        read_text(json.dumps(document))


AWKWARD = {
    "one word": "a" * 10**6,
    "commas": "Touchpoints: " + "a," * 400_000,
    "semicolons": "Actions: " + ";" * 10**6,
    "brackets": "(a" * 500_000,
    "stars": "*" * 10**6 + "a",
    "spaces": " " * 10**6 + "x",
    "breaks": "<br>a" * 200_000,
    "numbers": "1. " * 300_000 + "a",
    "dashes": "a - " * 250_000,
    "accents": "é" * 10**6,
    "families": "👩‍👩‍👧" * 150_000,
    "feelings": "Stage: a\nEmotions: " + "not very happy " * 60_000,
    "quotes": '"a' * 500_000,
    "tabs": "a\t" * 500_000,
    "lines": "a\n" * 400_000,
    "bars": "|a" * 400_000 + "\n|-\n|b",
    "colons": "a: " * 300_000,
    "tags": "<table>" + "<tr><td>a" * 110_000,
    "half tags": "<table>" + "<a" * 400_000,
    "ligature": "﷽" * 300_000,
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD.keys())
def test_a_million_characters_of_anything_are_answered_soon(text: str) -> None:
    began = time.process_time()
    with suppress(Problem):
        read_text(text)
    seconds = time.process_time() - began

    # Measured 0.05 to 0.35 s; the bound leaves room for a machine under load.
    assert seconds < 1.0

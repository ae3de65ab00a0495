"""Files in the shapes that people really have, each with the map it must become, drawn cell by cell.

To add one: put the file into tests/samples/imports, run this, and write the drawing you want into
tests/samples/boards under the same name with `.board` behind it.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from maps.drafts import draft_ops
from maps.imports import read_file, read_text
from maps.imports.decoding import text_of
from tests.maps.imports.custody import lost_pieces
from tests.maps.imports.drawing import drawn

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted((SAMPLES / "imports").iterdir())
# No word of it is known: only its name says that it is a table.
TABLES_BY_NAME_ALONE = {"stickies-export.csv"}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


@each_file
def test_it_becomes_the_map_it_describes(path: Path) -> None:
    board = SAMPLES / "boards" / f"{path.name}.board"

    draft = read_file(path.name, path.read_bytes())

    assert drawn(draft) == board.read_text(encoding="utf-8"), f"{path.name} is not read as {board.name} draws it"


@each_file
def test_no_line_of_it_is_lost(path: Path) -> None:
    text = text_of(path.read_bytes())
    if path.suffix == ".json":
        text = "\n".join(map(str, _leaves(json.loads(text))))
    if path.suffix == ".html":
        text = html.unescape(re.sub("<[^>]+>", "\n", text))

    assert lost_pieces(text.replace("#quot;", '"'), read_file(path.name, path.read_bytes())) == []


@each_file
def test_what_is_left_over_is_kept_in_the_notes(path: Path) -> None:
    draft = read_file(path.name, path.read_bytes())

    assert draft.notes.split("\n") == ([line for left in draft.left_over for line in left.split("\n")] or [""])


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name not in TABLES_BY_NAME_ALONE], ids=lambda path: path.name
)
def test_pasting_it_is_the_same_as_uploading_it(path: Path) -> None:
    uploaded = read_file(path.name, path.read_bytes())

    pasted = read_text(text_of(path.read_bytes()))

    assert drawn(pasted).split("\n")[1:] == drawn(uploaded).split("\n")[1:]


@each_file
def test_its_operations_fill_an_empty_map(path: Path) -> None:
    draft = read_file(path.name, path.read_bytes())

    ops = draft_ops(draft, persona_ids={persona.name: f"id of {persona.name}" for persona in draft.personas})

    counts = draft.counts()
    assert len(ops) == sum(counts[name] for name in ("stages", "steps", "lanes", "cards", "emotions"))


def test_every_board_has_its_file() -> None:
    names = {path.name for path in FILES}
    assert {path.stem for path in (SAMPLES / "boards").iterdir()} == names, "a board without a file, or the reverse"


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for inside in value.values() for leaf in _leaves(inside)]
    if isinstance(value, list):
        return [leaf for inside in value for leaf in _leaves(inside)]
    return [value]

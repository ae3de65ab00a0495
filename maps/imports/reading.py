"""Recognises what a text or file is and has the right reader read it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePath

from journeymap.core.errors import BadRequest, Problem, TooLarge, Unprocessable
from maps.drafts import MapDraft
from maps.imports.decoding import SURROGATE, checked, text_of
from maps.imports.documents import is_document, read_document, read_json
from maps.imports.foreign_json import outline_of
from maps.imports.grids import frame_of, is_stage_word, label_meaning
from maps.imports.html_tables import html_passages, is_html
from maps.imports.limits import MOST_LINES
from maps.imports.markdown import has_table, passages_of, read_passages
from maps.imports.mermaid import fenced_journey, is_mermaid, read_mermaid
from maps.imports.outline import read_outline
from maps.imports.separated import Rows, delimiters_of, rows_of
from maps.imports.sketch import Cell, Sketch, shortened
from maps.imports.tables import read_table
from maps.imports.workbooks import is_zip, sheets_of

TABLE_ENDINGS = (".csv", ".tsv", ".tab")
JSON_OPENS = re.compile(r"\{\s*[\"}]|\[\s*\{")
UNTITLED = "Imported map"


def read_text(text: str) -> MapDraft:
    """The map that a pasted text describes, whatever shape it has.

    Raises BadRequest for empty or broken text, TooLarge beyond the limits, Unprocessable for what cannot be read.
    """
    return _titled(_read(checked(text)), UNTITLED)


def read_file(name: str, data: bytes) -> MapDraft:
    """The map in a file; its name says what it is where its content leaves that open, and titles it if nothing does."""
    stem = PurePath(name.replace("\\", "/")).stem.replace("_", " ").replace("-", " ").strip()
    return _titled(_read_file(name, data), stem or UNTITLED)


def _read_file(name: str, data: bytes) -> MapDraft:
    if is_zip(data):
        return _read_workbook(sheets_of(data))
    text = text_of(data)
    return _read_table_file(text) if name.lower().endswith(TABLE_ENDINGS) else _read(text)


def _read_workbook(sheets: list[Rows]) -> MapDraft:
    """The map in a workbook: its first sheet with stages and lanes; the other sheets are left over."""
    if not sheets:
        raise BadRequest("There is nothing in it to import.")
    chosen = next((rows for rows in sheets if _is_map(rows)), sheets[0])
    sketch = Sketch()
    if not read_table(chosen, sketch):
        sketch = _plain_table(chosen)
    for rows in sheets:
        if rows is not chosen:
            for row in rows:
                sketch.leave("; ".join(filter(None, row)))
    return sketch.draft()


def _titled(draft: MapDraft, name: str) -> MapDraft:
    if not (draft.stages or draft.title or draft.personas or draft.left_over):
        raise BadRequest("There is nothing in it to import.")
    return draft if draft.title else replace(draft, title=shortened(name[:1].upper() + name[1:]))


def _read(text: str) -> MapDraft:
    stripped = text.strip()
    if JSON_OPENS.match(stripped):
        return _read_json(stripped)
    check_length(text)
    if is_mermaid(text):
        return read_mermaid(text)
    if fenced := fenced_journey(text):
        return read_mermaid(fenced[0], around=fenced[1])
    if is_html(text):
        return read_passages(html_passages(text))
    if has_table(text):
        return read_passages(list(passages_of(text)))
    return _read_separated(text) or read_outline(text)


def check_length(text: str) -> None:
    """Raises TooLarge where a text has more lines than a map can take in; empty ones do not count."""
    if text.count("\n") > MOST_LINES and sum(1 for line in text.split("\n") if line.strip()) > MOST_LINES:
        raise TooLarge(f"The text has too many lines: an import takes in at most {MOST_LINES:,}.")


def _read_json(text: str) -> MapDraft:
    value = read_json(text)
    try:
        spelled = json.dumps(value, ensure_ascii=False)
    except RecursionError as error:
        raise Unprocessable("The JSON is nested too deeply to be a map.") from error
    if SURROGATE.search(spelled) or "\\u0000" in spelled:
        raise BadRequest("The text contains characters that are none (NUL or half a character).")
    return read_document(value) if is_document(value) else read_outline(outline_of(value))


def _read_separated(text: str) -> MapDraft | None:
    """The map of a separated text whose rows are stages and lanes; None where it is no such table."""
    broken: Problem | None = None
    for delimiter in delimiters_of(text):
        try:
            rows = rows_of(text, delimiter=delimiter)
        except Unprocessable as problem:
            broken = broken or problem
            continue
        if _is_map(rows):
            sketch = Sketch()
            if read_table(rows, sketch):
                return sketch.draft()
    if broken is not None and delimiters_of(text)[0] in ";\t":
        raise broken
    return None


def _is_map(rows: Rows) -> bool:
    """Whether stages and lanes are to be seen in a table: two known lanes, or one and the word for stages."""
    frame = frame_of(rows)
    if frame is None:
        return any(sum(map(is_stage_word, row[:4])) and len(row) >= 3 for row in rows[:8])
    known = sum(1 for label, _ in frame.lanes if (meaning := label_meaning(label)) and meaning.part == "lane")
    return known >= 2 or (known >= 1 and len([name for name in frame.header if name]) >= 2)


def _read_table_file(text: str) -> MapDraft:
    """The map in a .csv or .tsv file: as a table if it can be one, otherwise as what its text is."""
    for delimiter in delimiters_of(text) or [","]:
        rows = rows_of(text, delimiter=delimiter)
        sketch = Sketch()
        if read_table(rows, sketch):
            return sketch.draft()
    rows = rows_of(text, delimiter=(delimiters_of(text) or [","])[0])
    if max(map(len, rows), default=0) < 2:
        return _read(text)
    return _plain_table(rows).draft()


def _plain_table(rows: Rows) -> Sketch:
    """A table of which nothing is known: stages across the first row, lanes of text down the first column.

    Where the first row is full, every column is a stage: nothing then says that the first holds labels.
    """
    sketch = Sketch()
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if filled[0][0] and all(filled[0]) and not is_stage_word(filled[0][0]):
        filled = [["", *filled[0]], *(["Notes", *row] for row in filled[1:])]
    width = max(map(len, filled))
    for title in (filled[0] + [""] * width)[1:width]:
        sketch.add_step(sketch.add_stage(title))
    sketch.leave(filled[0][0])
    for row in filled[1:]:
        lane = sketch.lane("text", row[0], exact=True)
        for place, cell in enumerate(row[1:]):
            sketch.put(Cell(lane, place), cell)
    return sketch

"""Reads Markdown and boxed tables among headings and lists: one table for the map, or one for each stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journeymap.core.errors import TooLarge
from maps.drafts import MapDraft
from maps.imports.cells import BREAK_TAG
from maps.imports.grids import Frame, frame_of, is_stage_word, label_meaning
from maps.imports.labels import numbered
from maps.imports.limits import MOST_STEPS
from maps.imports.lines import Line, lines_of, plain, read_line
from maps.imports.outline import sketch_outline
from maps.imports.sketch import Sketch
from maps.imports.tables import read_around, read_table

RULE_ROW = re.compile(r"[\s|:+\-=─━═┼╪├┤┌┐└┘┬┴╔╗╚╝╠╣╬╦╩╟╢╭╮╰╯]+")
BARS = str.maketrans({"│": "|", "┃": "|", "║": "|", "｜": "|"})
NOT_A_BAR = "\ue000"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text: lines of prose, or the rows of a table."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def has_table(text: str) -> bool:
    """Whether a Markdown or boxed table of at least two rows is in `text`."""
    return ("|" in text or "│" in text or "║" in text) and any(passage.rows for passage in passages_of(text))


def read_passages(passages: list[Passage]) -> MapDraft:
    """The map of a text with tables in it."""
    frames = [frame_of(passage.rows) if passage.rows else None for passage in passages]
    whole = [_is_whole_map(frame) for frame in frames]
    if any(whole):
        return _read_whole(passages, whole)
    return sketch_outline(lines_of("\n".join(_as_outline(passages, frames))), Sketch()).draft()


def passages_of(text: str) -> Iterator[Passage]:
    """The text in stretches of prose and tables."""
    prose: list[str] = []
    table: list[str] = []
    for line in [*text.split("\n"), ""]:
        bare = line.strip().translate(BARS) if "│" in line or "┃" in line or "║" in line else line.strip()
        if _is_row(bare, inside=bool(table)):
            table.append(bare)
            continue
        rows = _labels_apart(rows_of_bars(table))
        if len(rows) >= 2:
            yield Passage(text="\n".join(prose))
            yield Passage(rows=tuple(map(tuple, rows)))
            prose = []
        else:
            prose += table
        table = []
        prose.append(line)
    yield Passage(text="\n".join(prose))


def _is_row(line: str, *, inside: bool) -> bool:
    if not line:
        return False
    if line.startswith("|") or (line[0] in "+┌├└╔╠╚╭╰┏┣┗" and RULE_ROW.fullmatch(line)):
        return True
    if inside and "|" in line:
        return " | " in line or RULE_ROW.fullmatch(line) is not None
    return line.count(" | ") >= 2


def rows_of_bars(lines: list[str]) -> list[list[str]]:
    """The rows of a table of bars; where rules stand between all rows, the lines between two are one row."""
    rules = [at for at, line in enumerate(lines) if RULE_ROW.fullmatch(line)]
    rows = [_cells(line) for line in lines if not RULE_ROW.fullmatch(line)]
    boxed = len(rules) >= 3 and len(rows) > len(rules) - 1
    if not boxed:
        return rows
    merged: list[list[str]] = []
    fresh = True
    for line in lines:
        if RULE_ROW.fullmatch(line):
            fresh = True
            continue
        cells = _cells(line)
        if fresh or not merged:
            merged.append(cells)
        else:
            merged[-1] = [_below(merged[-1], cells, at) for at in range(max(len(merged[-1]), len(cells)))]
        fresh = False
    return merged


def _labels_apart(rows: list[list[str]]) -> list[list[str]]:
    """Rows like “Actions: looks | pays” get a cell for their label."""
    lines = [read_line(row[0]) for row in rows]
    told = [line for line in lines if line.colon and line.rest and line.meaning is not None]
    if len(told) * 2 <= len(rows) or len(told) < 2:
        return rows
    return [
        [line.label, line.rest, *row[1:]] if line.colon and line.rest else ["", *row]
        for line, row in zip(lines, rows, strict=True)
    ]


def _below(upper: list[str], lower: list[str], at: int) -> str:
    above = upper[at] if at < len(upper) else ""
    below = lower[at] if at < len(lower) else ""
    wrapped = above.endswith((",", "-")) or below[:1].islower()
    return (
        f"{above}{' ' if wrapped and not above.endswith('-') else chr(10)}{below}"
        if above and below
        else above or below
    )


def _cells(line: str) -> list[str]:
    bare = line.replace("\\|", NOT_A_BAR).strip()
    if bare.startswith("||"):
        return [_cell(cell) for cell in bare.strip("|").split("||")]
    if bare.count("|") > MOST_STEPS * 2:
        raise TooLarge(f"A table of {bare.count('|'):,} columns is too wide: a map can hold at most {MOST_STEPS}.")
    return [_cell(cell) for cell in bare.removeprefix("|").removesuffix("|").split("|")]


def _cell(text: str) -> str:
    return plain(BREAK_TAG.sub("\n", text.replace(NOT_A_BAR, "|").strip()))


def _is_whole_map(frame: Frame | None) -> bool:
    """Whether a table is a map by itself: several stages across or down, not one stage's steps or a list of facts."""
    if frame is None:
        return False
    stages = {name for name in frame.header if name}
    known = sum(1 for label, _ in frame.lanes if (meaning := label_meaning(label)) and meaning.part == "lane")
    if frame.turned:
        return len(stages) >= 2 and known >= 1
    return len(stages) >= 2 and (known >= 2 or (known >= 1 and len(stages) >= 3))


def _read_whole(passages: list[Passage], whole: list[bool]) -> MapDraft:
    """One table, or several with the same stages, are the map; what stands around them speaks of it or is left over."""
    sketch = Sketch()
    first = whole.index(True)
    above: list[str] = []
    for number, passage in enumerate(passages):
        if whole[number]:
            read_table(passage.rows, sketch)
        elif number < first:
            above = [*passage.text.split("\n"), *(_row_line(row) for row in passage.rows)]
            _read_above(above, sketch)
        else:
            _leave(passage, sketch)
    return sketch.draft()


def _read_above(lines: list[str], sketch: Sketch) -> None:
    read_around([[line] for line in lines if line.strip()], sketch)


def _row_line(row: tuple[str, ...]) -> str:
    cells = [" ".join(cell.split("\n")) for cell in row if cell]
    return f"- {cells[0]}: {'; '.join(cells[1:])}" if len(cells) > 1 else "".join(cells)


def _leave(passage: Passage, sketch: Sketch) -> None:
    for line in lines_of(passage.text):
        sketch.leave(line.raw)
    for row in passage.rows:
        sketch.leave("; ".join(filter(None, row)))


def _as_outline(passages: list[Passage], frames: list[Frame | None]) -> Iterator[str]:
    """The text with every table written out as a labelled list, so that headings keep what stands beneath them."""
    latest = ""
    for passage, frame in zip(passages, frames, strict=True):
        if not passage.rows:
            yield passage.text
            latest = _last_heading(lines_of(passage.text)) or latest
        elif frame is None or (len(passage.rows[0]) <= 2 and not frame.turned):
            yield from _listed(passage.rows)
        else:
            yield from _steps_listed(frame)


def _last_heading(lines: list[Line]) -> str:
    return next((line.text for line in reversed(lines) if line.mark == "heading"), "")


def _listed(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """A table of labels and values as “label: value” lines; a header that names neither is passed over."""
    for number, row in enumerate(rows):
        label, values = row[0].replace("\n", " "), [cell for cell in row[1:] if cell]
        if number == 0 and label_meaning(label) is None and not numbered(label) and _is_header(row):
            continue
        if number == 0 and is_stage_word(label) and len(values) == 1:
            yield f"## {values[0]}"
            continue
        yield f"- {label}:" if values else f"- {label}"
        for value in values:
            yield from (f"  - {part}" for part in value.split("\n") if part.strip())


HEADERS = {
    "element",
    "aspect",
    "attribute",
    "category",
    "dimension",
    "component",
    "field",
    "item",
    "property",
    "details",
}


def _is_header(row: tuple[str, ...]) -> bool:
    return row[0].strip().lower() in HEADERS or not row[0].strip()


def _steps_listed(frame: Frame) -> Iterator[str]:
    """A table within a stage: each of its columns (rows, if turned) is a step, with its lanes listed beneath."""
    for at in range(len(frame.header)):
        names = [name for name in (frame.header[at], frame.steps[at] if frame.steps else "") if name]
        title = " ".join(" ".join(names).split())
        yield f"Step {at + 1}: {title}" if title else f"Step {at + 1}"
        for label, cells in frame.lanes:
            if cells[at]:
                yield f"  - {label or 'Notes'}:"
                yield from (f"    - {part}" for part in cells[at].split("\n") if part.strip())

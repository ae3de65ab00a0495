"""Reads tables of cells: where the stages and lanes stand, in either orientation, and what surrounds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maps.imports.labels import Meaning, meaning_of, numbered, simplified
from maps.imports.lines import plain

Grid = list[list[str]]
MOST_ROWS = 1_000
LANE_PARTS = ("lane", "objective", "goal", "duration", "persona")


@dataclass(frozen=True, slots=True)
class Frame:
    """A table of stages and lanes, stages across: `header` names the stages, `lanes` are label and cells.

    `steps` are the titles of the steps, one a column, or empty. `above` and `below` are the rows around the
    table, `beside` the cells left of its labels. A table with stages down the side has been turned.
    """

    header: list[str]
    steps: list[str]
    lanes: list[tuple[str, list[str]]]
    above: Grid
    below: Grid
    beside: list[str]
    turned: bool


def squared(rows: Sequence[Sequence[str]]) -> Grid:
    """The rows, cells stripped of space around them, all of one width, without empty columns at the sides."""
    cells = [[cell.strip() for cell in row] for row in rows]
    width = max((len(row) for row in cells), default=0)
    used = [place for place in range(width) if any(place < len(row) and row[place] for row in cells)]
    if not used:
        return []
    first, last = used[0], used[-1] + 1
    return [[row[place] if place < len(row) else "" for place in range(first, last)] for row in cells]


def turned(grid: Grid) -> Grid:
    return [list(column) for column in zip(*grid, strict=True)]


def frame_of(rows: Sequence[Sequence[str]]) -> Frame | None:
    """The frame of a table of stages and lanes, or None if it is not one."""
    grid = squared(rows)
    if len(grid) < 2 or len(grid[0]) < 2 or len(grid) > MOST_ROWS:
        return None
    column, in_column = _label_column(grid)
    row, in_row = _label_row(grid)
    if in_row > in_column or (in_row == in_column and in_row and _header_word(grid[row], "stages") == 0):
        return _down(grid, row)
    return _across(grid, column) if in_column or _looks_across(grid) else None


def label_meaning(text: str) -> Meaning | None:
    """What a cell means as a label of a row or column."""
    return meaning_of(plain(text).rstrip(" :")) if text else None


def is_stage_word(text: str) -> bool:
    meaning = label_meaning(text)
    return meaning is not None and meaning.part == "stages"


def is_step_word(text: str) -> bool:
    meaning = label_meaning(text)
    return meaning is not None and meaning.part == "steps"


def _names_lane(text: str) -> bool:
    meaning = label_meaning(text)
    return meaning is not None and meaning.part in LANE_PARTS


def _label_column(grid: Grid) -> tuple[int, int]:
    """The column, among the first three, with most labels of lanes below one another."""
    counts = [
        len({simplified(row[place]) for row in grid if _names_lane(row[place])})
        for place in range(min(3, len(grid[0])))
    ]
    best = max(range(len(counts)), key=lambda place: (counts[place], -place))
    return best, counts[best]


def _label_row(grid: Grid) -> tuple[int, int]:
    """The row, among the first twelve, with most labels of lanes side by side."""
    counts = [sum(map(_names_lane, row)) for row in grid[:12]]
    best = max(range(len(counts)), key=lambda place: (counts[place], -place))
    return best, counts[best] if counts[best] >= 2 or _header_word(grid[best], "stages") == 0 else 0


def _header_word(row: Sequence[str], part: str) -> int | None:
    """The place of the word for stages (or steps) among the first cells of a row."""
    for place, cell in enumerate(row[:4]):
        meaning = label_meaning(cell)
        if meaning is not None and meaning.part == part:
            return place
    return None


def _across(grid: Grid, labels: int) -> Frame | None:
    """Stages across: the header is the row with the word for stages, else the fullest row above the first lane."""
    header = next((at for at, row in enumerate(grid) if is_stage_word(row[labels]) and _filled(row, labels) > 0), None)
    first = next((at for at, row in enumerate(grid) if _names_lane(row[labels]) and _filled(row, labels) > 1), None)
    if header is None:
        above = range(first if first is not None else len(grid))
        full = [at for at in above if _filled(grid[at], labels) >= min(2, len(grid[0]) - labels - 1)]
        full = [at for at in full if not _is_map_row(grid[at], labels)]
        if not full:
            return None
        header = full[-1]
        if len(full) > 1 and full[-2] == header - 1 and _steps_below(grid, full[-2], labels) == header:
            header = full[-2]
    return _framed(grid, header=header, labels=labels)


def _framed(grid: Grid, *, header: int, labels: int) -> Frame:
    steps = _steps_below(grid, header, labels)
    last = _last_row(grid, header, labels)
    body = [row for at, row in enumerate(grid[:last]) if at > header and at != steps]
    beside = [cell for row in grid[header:last] for cell in row[:labels] if cell]
    if not is_stage_word(grid[header][labels]) and grid[header][labels]:
        beside.insert(0, grid[header][labels])
    return Frame(
        header=grid[header][labels + 1 :],
        steps=grid[steps][labels + 1 :] if steps is not None else [],
        lanes=[(row[labels], row[labels + 1 :]) for row in body],
        above=grid[:header],
        below=grid[last:],
        beside=beside,
        turned=False,
    )


def _is_map_row(row: Sequence[str], labels: int) -> bool:
    """Whether a row speaks of the map itself, like “Title; Clinic visit”."""
    meaning = label_meaning(row[labels])
    return meaning is not None and meaning.part in ("title", "scenario", "objective", "persona", "goal")


def _steps_below(grid: Grid, header: int, labels: int) -> int | None:
    """The row of steps beneath the stages: named so, or unlabelled below merged stages."""
    at = header + 1
    while at < len(grid) and not any(grid[at]):
        at += 1
    if at >= len(grid):
        return None
    row, label = grid[at], grid[at][labels]
    short = all("\n" not in cell and ";" not in cell and len(cell) <= 120 for cell in row[labels + 1 :])
    if is_step_word(label) and short:
        return at
    gaps = any(not cell for cell in grid[header][labels + 1 :])
    repeated = len(set(grid[header][labels + 1 :])) < len(grid[header][labels + 1 :])
    if not label and short and (gaps or repeated) and _filled(row, labels) > _filled(grid[header], labels) // 2:
        return at
    return None


def _filled(row: Sequence[str], labels: int) -> int:
    return sum(1 for cell in row[labels + 1 :] if cell)


def _last_row(grid: Grid, header: int, labels: int) -> int:
    """The row after the table's last: notes and legends after an empty row stand outside."""
    last = header + 1
    gap = False
    for at in range(header + 1, len(grid)):
        row = grid[at]
        if not any(row):
            gap = True
            continue
        if gap and not _names_lane(row[labels]) and _filled(row, labels) <= 1:
            break
        gap = False if _filled(row, labels) or _names_lane(row[labels]) else gap
        last = at + 1
    return last


def _down(grid: Grid, header: int) -> Frame | None:
    """Stages down the side: turned, the header row becomes the labels of the lanes."""
    body = grid[header:]
    stage_column = _header_word(body[0], "stages")
    step_column = next((place for place, cell in enumerate(body[0]) if is_step_word(cell)), None)
    if stage_column is None and not (_names_lane(body[0][0]) or step_column == 0):
        stage_column = 0
    end = _end_of_body(body, stage_column if stage_column is not None else 0)
    across = turned(body[:end])
    if not across or len(across[0]) < 2:
        return None
    taken = {stage_column, step_column}
    return Frame(
        header=across[stage_column][1:] if stage_column is not None else [""] * (len(across[0]) - 1),
        steps=across[step_column][1:] if step_column is not None else [],
        lanes=[(row[0], row[1:]) for place, row in enumerate(across) if place not in taken],
        above=grid[:header],
        below=body[end:],
        beside=[],
        turned=True,
    )


def _end_of_body(body: Grid, stage_column: int) -> int:
    """Where the rows of stages end: a legend after an empty row has one filled cell only."""
    for at in range(1, len(body)):
        if not any(body[at]):
            rest = [row for row in body[at:] if any(row)]
            if all(sum(1 for cell in row if cell) <= 1 for row in rest):
                return at
    return len(body)


def _looks_across(grid: Grid) -> bool:
    """Whether a table without known labels still has stages across: a header with a word for stages, or “Stage 1”."""
    return any(is_stage_word(row[0]) or sum(1 for cell in row[1:] if numbered(cell)) >= 2 for row in grid[:6])

"""A poster for an office printer: sheets that overlap, with crop marks and labels, and an index of them all."""

from __future__ import annotations

from math import ceil
from string import ascii_uppercase

from exports.layout.canvas import LABEL, SMALL_STRONG, baseline
from exports.layout.papers import MILLIMETRE, POINTS, Sheet, sheets
from exports.options import Options
from exports.palette import ACCENT, INK_MUTED, LINE_STRONG, PAPER
from exports.primitives import Box, Drawing, Item, Page, Rule, Text
from exports.typeset import Typesetter
from journeymap.core.errors import Unprocessable

MOST_SHEETS = 120
MARK = 8.0  # points: length of a crop mark


def tile(drawing: Drawing, options: Options, typesetter: Typesetter) -> list[Page]:
    """The index sheet, then the sheets row by row, at full size.

    Raises Unprocessable where that would be a stack of paper nobody tapes together.
    """
    overlap = options.overlap * MILLIMETRE
    sheet = min(sheets(options.paper, options), key=lambda each: _count(drawing, each, overlap))
    across, down = _grid(drawing, sheet, overlap)
    if across * down > MOST_SHEETS:
        raise Unprocessable(
            f"This would take {across * down} sheets of {options.paper}. "
            "Choose a larger paper, fewer stages, or a poster."
        )
    places = [(row, column) for row in range(down) for column in range(across)]
    pages = [_sheet(drawing, sheet, overlap, place, (across, down), typesetter) for place in places]
    return [_index(drawing, sheet, overlap, (across, down), typesetter), *pages]


def _room(sheet: Sheet) -> tuple[float, float]:
    return sheet.width - 2 * sheet.margin, sheet.height - 2 * sheet.margin


def _grid(drawing: Drawing, sheet: Sheet, overlap: float) -> tuple[int, int]:
    """How many sheets across and down; each but the last gives `overlap` away."""
    width, height = _room(sheet)
    if min(width, height) - overlap < 72:
        raise Unprocessable("The margins and the overlap leave no room on this paper; make them smaller.")
    across = ceil(max(1.0, drawing.width * POINTS - overlap) / (width - overlap))
    down = ceil(max(1.0, drawing.height * POINTS - overlap) / (height - overlap))
    return across, down


def _count(drawing: Drawing, sheet: Sheet, overlap: float) -> int:
    across, down = _grid(drawing, sheet, overlap)
    return across * down


def _name(row: int, column: int) -> str:
    first, last = divmod(row, 26)
    return f"{ascii_uppercase[first - 1] if first else ''}{ascii_uppercase[last]}{column + 1}"


def _sheet(
    drawing: Drawing,
    sheet: Sheet,
    overlap: float,
    place: tuple[int, int],
    grid: tuple[int, int],
    typesetter: Typesetter,
) -> Page:
    (row, column), (width, height), margin = place, _room(sheet), sheet.margin
    x = margin - column * (width - overlap)
    y = margin - row * (height - overlap)
    number = 1 + row * grid[0] + column
    label = f"{_name(row, column)} · sheet {number} of {grid[0] * grid[1]}"
    over = [*_crop_marks(sheet, overlap, place, grid), *_label(label, sheet, typesetter)]
    clip = (margin, margin, width, height)
    return Page(sheet.width, sheet.height, drawing, x, y, POINTS, PAPER, clip, tuple(over), shared=True)


def _crop_marks(sheet: Sheet, overlap: float, place: tuple[int, int], grid: tuple[int, int]) -> list[Item]:
    """Where to cut: at the edge of what the next sheet shows again, and at the sheet's own edges."""
    (row, column), (across, down) = place, grid
    left, top = sheet.margin, sheet.margin
    right = sheet.width - sheet.margin - (overlap if column + 1 < across else 0)
    bottom = sheet.height - sheet.margin - (overlap if row + 1 < down else 0)
    ends = (sheet.margin - MARK - 2, sheet.height - sheet.margin + 2)
    upright = [Rule(x, y, x, y + MARK, INK_MUTED, 0.5) for x in (left, right) for y in ends]
    ends = (sheet.margin - MARK - 2, sheet.width - sheet.margin + 2)
    return [*upright, *(Rule(x, y, x + MARK, y, INK_MUTED, 0.5) for y in (top, bottom) for x in ends)]


def _label(words: str, sheet: Sheet, typesetter: Typesetter) -> list[Item]:
    """The sheet's name, in its lower margin, if there is room for it."""
    if sheet.margin < LABEL.leading + 4:
        return []
    line = typesetter.line(words, LABEL)
    x, y = (sheet.width - line.width) / 2, sheet.height - sheet.margin / 2 - LABEL.leading / 2
    return [Text(((x, baseline(y, LABEL), line),), LABEL, INK_MUTED)]


def _index(drawing: Drawing, sheet: Sheet, overlap: float, grid: tuple[int, int], typesetter: Typesetter) -> Page:
    """The whole map small, with the sheets drawn on it and named."""
    (across, down), (width, height) = grid, _room(sheet)
    title = typesetter.line(f"{across * down} sheets, {across} across and {down} down", SMALL_STRONG)
    top = sheet.margin + 30
    scale = min(width / drawing.width, (height - 30) / drawing.height)
    over: list[Item] = [Text(((sheet.margin, baseline(sheet.margin, SMALL_STRONG), title),), SMALL_STRONG, INK_MUTED)]
    share = scale / POINTS
    for row in range(down):
        for column in range(across):
            x = sheet.margin + column * (width - overlap) * share
            y = top + row * (height - overlap) * share
            wide = min(width * share, sheet.margin + drawing.width * scale - x)
            tall = min(height * share, top + drawing.height * scale - y)
            name = typesetter.line(_name(row, column), SMALL_STRONG)
            over.append(Box(x, y, wide, tall, line=ACCENT, line_width=0.75))
            left, low = x + wide - name.width - 18, y + tall - 25
            over.append(Box(left, low, name.width + 12, 20, PAPER, LINE_STRONG, 0.5, 10))
            over.append(Text(((left + 6, baseline(low + 2, SMALL_STRONG), name),), SMALL_STRONG, ACCENT))
    clip = (sheet.margin, top, drawing.width * scale, drawing.height * scale)
    return Page(sheet.width, sheet.height, drawing, sheet.margin, top, scale, PAPER, clip, tuple(over), shared=True)

"""Which sheet a board goes on: a poster as large as it is, or a paper it is made to fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.layout.canvas import CARD
from exports.options import PAPERS, Options
from exports.palette import PAPER
from exports.primitives import Drawing, Page
from journeymap.core.errors import Unprocessable

POINTS = 0.75  # of a pixel, at full size
LARGEST = 14_400.0  # points a side; PDF readers go no further
SMALLEST_TEXT = 5.0  # points; below that nobody can read it
MILLIMETRE = 72 / 25.4
LARGEST_SCALE = 1.6 * POINTS


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it lies: its size and the room inside its margins, in points."""

    name: str
    width: float
    height: float
    margin: float

    @property
    def ratio(self) -> float:
        return (self.width - 2 * self.margin) / (self.height - 2 * self.margin)

    def scale(self, drawing: Drawing) -> float:
        """Points to a pixel at which the drawing just fits."""
        across = (self.width - 2 * self.margin) / drawing.width
        down = (self.height - 2 * self.margin) / drawing.height
        return min(across, down, LARGEST_SCALE)


def poster(drawing: Drawing) -> Page:
    """One page as large as the drawing, smaller where PDF ends."""
    scale = min(POINTS, LARGEST / drawing.width, LARGEST / drawing.height)
    return Page(drawing.width * scale, drawing.height * scale, drawing, scale=scale)


def fit(options: Options, draw: Callable[[float | None], Drawing], widths: tuple[float | None, ...]) -> Page:
    """The drawing on the chosen paper, with the width of steps at which the text comes out largest.

    Raises Unprocessable where it would be too small to read, naming papers on which it would not.
    """
    drawings = [draw(width) for width in widths]
    sheet, drawing = max(
        ((sheet, drawing) for sheet in sheets(options.paper, options) for drawing in drawings),
        key=lambda pair: pair[0].scale(pair[1]),
    )
    scale = sheet.scale(drawing)
    if scale * CARD.size < SMALLEST_TEXT:
        raise Unprocessable(_too_small(options, drawings, scale * CARD.size), fields={"options.paper": "too small"})
    x = (sheet.width - drawing.width * scale) / 2
    y = min((sheet.height - drawing.height * scale) / 2, sheet.margin)
    return Page(sheet.width, sheet.height, drawing, x, y, scale, PAPER)


def sheets(paper: str, options: Options) -> list[Sheet]:
    """The paper as it may lie."""
    width, height = PAPERS[paper]
    margin = options.margin * MILLIMETRE
    upright, lying = Sheet(paper, width, height, margin), Sheet(paper, height, width, margin)
    return {"portrait": [upright], "landscape": [lying]}.get(options.orientation, [lying, upright])


def _too_small(options: Options, drawings: list[Drawing], size: float) -> str:
    larger = sorted(PAPERS, key=lambda name: PAPERS[name][0] * PAPERS[name][1])
    readable = []
    for name in larger[larger.index(options.paper) + 1 :]:
        best = max(sheet.scale(drawing) for sheet in sheets(name, options) for drawing in drawings) * CARD.size
        if best >= SMALLEST_TEXT:
            readable.append(f"{name} ({best:.1f} pt)")
    advice = f"Choose {' or '.join(readable[:2])}" if readable else "Choose fewer stages or lanes"
    return f"On {options.paper} the text would be {size:.1f} pt high, too small to read. {advice}, or a poster."

"""What a page is made of: boxes, lines, shapes, texts, faces, icons and links, in pixels from the top left.

The layout makes them, the writers (PDF now, SVG and PowerPoint to come) draw them, the tests look at them.
Colours are `#rrggbb`, already blended: nothing here is transparent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

Place = tuple[str | int, ...]
"""Where a text belongs in the table of the map: ("title",), ("stage", n), ("step", n), ("lane", n), ("cell", n, m)."""

Command = tuple[str, *tuple[float, ...]]
"""One part of a path: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)."""


@dataclass(frozen=True, slots=True)
class Style:
    """A way of setting text: size and distance of lines in pixels, weight as in CSS."""

    size: float = 13
    weight: int = 400
    leading: float = 18
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was measured; `glyphs` is what the typesetter keeps for a writer in its process."""

    text: str
    width: float
    rtl: bool = False
    glyphs: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    line: str | None = None
    line_width: float = 1
    radius: float = 0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    width: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A path, filled with a colour or from `shades` (top to bottom between two heights), stroked, or both."""

    commands: tuple[Command, ...]
    fill: str | None = None
    line: str | None = None
    line_width: float = 1
    dash: tuple[float, ...] = ()
    shades: tuple[str, ...] = ()
    shades_from: float = 0
    shades_to: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of one style; each stands at its own (x, baseline)."""

    lines: tuple[tuple[float, float, Line], ...]
    style: Style
    color: str
    place: Place = ()

    @property
    def words(self) -> str:
        """What it says, lines joined by spaces."""
        return " ".join(line.text.strip() for _, _, line in self.lines)


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str | None = None
    line: str | None = None
    line_width: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Icon:
    """A named drawing of 24 by 24, set at `size`; it is never mirrored."""

    x: float
    y: float
    size: float
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Face:
    """A face by valence (-100 to 100), centred on (x, y)."""

    x: float
    y: float
    radius: float
    valence: float
    color: str


@dataclass(frozen=True, slots=True)
class Link:
    x: float
    y: float
    width: float
    height: float
    url: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline, `level` 1 or deeper."""

    x: float
    y: float
    level: int
    label: str


Item = Box | Rule | Shape | Text | Dot | Icon | Face | Link | Bookmark


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map drawn, `width` by `height` pixels."""

    width: float
    height: float
    items: tuple[Item, ...]
    rtl: bool = False

    def texts(self) -> Iterator[Text]:
        return (item for item in self.items if isinstance(item, Text))


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper (points) with a drawing set on it at (x, y), `scale` points to a pixel.

    `clip` (left, top, width, height, in points) shows only a part of the drawing; `over` lies on top of everything,
    in points. Pages that share a drawing and have `shared` set draw it once into the file.
    """

    width: float
    height: float
    drawing: Drawing
    x: float = 0
    y: float = 0
    scale: float = 0.75
    ground: str | None = None
    clip: tuple[float, float, float, float] | None = None
    over: tuple[Item, ...] = ()
    shared: bool = False


def mirrored(item: Item, width: float) -> Item:
    """The item as it stands on a board of that width read from right to left; letters and icons stay as they are."""
    match item:
        case Box() | Link():
            return replace(item, x=width - item.x - item.width)
        case Icon():
            return replace(item, x=width - item.x - item.size)
        case Dot() | Face() | Bookmark():
            return replace(item, x=width - item.x)
        case Rule():
            return replace(item, x1=width - item.x1, x2=width - item.x2)
        case Text():
            return replace(item, lines=tuple((width - x - line.width, y, line) for x, y, line in item.lines))
        case Shape():
            return replace(item, commands=tuple(_mirrored(command, width) for command in item.commands))


def _mirrored(command: Command, width: float) -> Command:
    letter, *numbers = command
    return (letter, *(number if index % 2 else width - number for index, number in enumerate(numbers)))

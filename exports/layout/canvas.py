"""A sheet to lay primitives on: places paragraphs by their direction and keeps them in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from exports.palette import PAPER, grey, sticky
from exports.primitives import Bookmark, Box, Dot, Face, Icon, Item, Line, Link, Place, Rule, Shape, Style, Text
from exports.typeset import Paragraph, Typesetter

TITLE = Style(size=22, weight=700, leading=29)
STAGE = Style(size=15, weight=700, leading=20)
STEP = Style(size=12.5, weight=400, leading=17)
LANE = Style(size=13, weight=600, leading=18)
CARD = Style(size=13, weight=400, leading=18)
SMALL = Style(size=12, weight=400, leading=16)
SMALL_STRONG = Style(size=12, weight=600, leading=16)
CHIP = Style(size=11, weight=400, leading=16)
TINY = Style(size=10.5, weight=400, leading=15)
LABEL = Style(size=11.5, weight=400, leading=15)
QUOTE = Style(size=11, weight=400, leading=15, italic=True)

ASCENT = 0.364  # of the size: from the middle of a line down to its baseline, in Inter


def baseline(top: float, style: Style) -> float:
    """Where the letters of a line stand whose box begins at `top`."""
    return top + style.leading / 2 + ASCENT * style.size


@dataclass
class Canvas:
    """Collects items. Positions count from the side where reading begins; mirroring comes last."""

    typesetter: Typesetter
    rtl: bool = False
    items: list[Item] = field(default_factory=list)

    def add(self, *items: Item) -> None:
        self.items.extend(items)

    def write(
        self,
        paragraph: Paragraph,
        x: float,
        top: float,
        width: float,
        color: str,
        place: Place,
        *,
        centred: bool = False,
    ) -> None:
        """Lay a paragraph from `top` down; lines of the other direction stand at the other side of `width`."""
        lines: list[tuple[float, float, Line]] = []
        for index, line in enumerate(paragraph.lines):
            spare = width - line.width
            shift = spare / 2 if centred else spare if line.rtl != self.rtl and line.text.strip() else 0.0
            lines.append((x + shift, baseline(top + index * paragraph.style.leading, paragraph.style), line))
        if any(line.text.strip() for _, _, line in lines):
            self.items.append(Text(tuple(lines), paragraph.style, color, place))

    def line(self, line: Line, style: Style, x: float, top: float, color: str, place: Place) -> None:
        """Lay one line with its beginning at `x`."""
        if line.text.strip():
            self.items.append(Text(((x, baseline(top, style), line),), style, color, place))

    def avatar(self, name: str, color: str, x: float, y: float, radius: float) -> None:
        """A disc with initials, centred on (x, y)."""
        style = Style(size=round(radius * 0.8, 1), weight=600, leading=round(radius * 1.1, 1))
        line = self.typesetter.line(initials(name), style)
        self.add(Dot(x, y, radius, fill=color))
        self.line(line, style, x - line.width / 2, y - style.leading / 2, PAPER, ())


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [word for word in name.replace("·", " ").replace(",", " ").split() if word[0].isalnum()]
    letters = words[0][:2] if len(words) == 1 else "".join(word[0] for word in words[:2])
    return (letters or "?").upper() if letters.isascii() else letters[:1].upper()


def person_color(color: str) -> str:
    """The strong colour for a persona, whose own may be a name or `#rrggbb`."""
    if len(color) == 7 and color.startswith("#") and all(letter in "0123456789abcdefABCDEF" for letter in color[1:]):
        return color.lower()
    return sticky(color).strong


def greyed(item: Item) -> Item:
    """The item without colour."""
    match item:
        case Box() | Dot():
            return replace(item, fill=item.fill and grey(item.fill), line=item.line and grey(item.line))
        case Shape():
            shades = tuple(grey(shade) for shade in item.shades)
            return replace(item, fill=item.fill and grey(item.fill), line=item.line and grey(item.line), shades=shades)
        case Rule() | Text() | Icon() | Face():
            return replace(item, color=grey(item.color))
        case Link() | Bookmark():
            return item

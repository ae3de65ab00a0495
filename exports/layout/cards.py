"""Sticky notes: the text, and below it the details of its touchpoint, pain point, opportunity or metric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from exports.layout.canvas import CARD, CHIP, TINY, Canvas
from exports.palette import GROUND, HIGH, LOW, MIDDLE, PAPER, SEVERITY, STAR, Sticky, blend, sticky
from exports.primitives import Box, Dot, Icon, Line, Link, Place
from exports.typeset import Paragraph, Typesetter
from maps.documents import CardRecord

PAD_X, PAD_Y = 10.0, 8.0
RADIUS = 6.0
GAP = 6.0
ROW = 18.0
QUALITY = {"good": HIGH, "ok": MIDDLE, "bad": LOW}
STATUS = {"idea": "idea", "planned": "planned", "in_progress": "in progress", "done": "done", "dropped": "dropped"}
SAFE_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A pill with a word in it; `mark` puts a dot of that colour before the word."""

    line: Line
    mark: str | None = None
    outlined: bool = False

    @property
    def width(self) -> float:
        return self.line.width + 14 + (9 if self.mark else 0)


@dataclass(frozen=True, slots=True)
class Meter:
    """A word and one to five dots."""

    line: Line
    level: int
    color: str

    @property
    def width(self) -> float:
        return self.line.width + 6 + 5 * 7 + 4


@dataclass(frozen=True, slots=True)
class Note:
    """A small icon and words beside it."""

    line: Line
    icon: str
    color: str
    url: str = ""

    @property
    def width(self) -> float:
        return self.line.width + 15


Detail = Chip | Meter | Note


@dataclass(frozen=True, slots=True)
class Block:
    """A measured card, ready to be set anywhere."""

    card: CardRecord
    width: float
    text: Paragraph
    rows: tuple[tuple[Detail, ...], ...]

    @property
    def height(self) -> float:
        text = self.text.height or CARD.leading
        return 2 * PAD_Y + text + (len(self.rows) * ROW + 2 if self.rows else 0)


def measure(card: CardRecord, width: float, remarks: int, typesetter: Typesetter) -> Block:
    """Break the card's text and details to its width."""
    inner = width - 2 * PAD_X
    details = list(_details(card, remarks, inner, typesetter))
    return Block(card, width, typesetter.paragraph(card.text.strip("\n"), CARD, inner), tuple(_rows(details, inner)))


def draw(block: Block, x: float, y: float, place: Place, canvas: Canvas) -> None:
    """Set the card with its top left corner at (x, y)."""
    colors = sticky(block.card.color)
    height = block.height
    if block.card.missing:
        canvas.add(Box(x, y, block.width, height, GROUND, colors.strong, 1.2, RADIUS, dash=(4, 3)))
    else:
        canvas.add(Box(x, y + 1, block.width, height, blend("#6b5a3a", GROUND, 0.11), radius=RADIUS))
        canvas.add(Box(x, y, block.width, height, colors.fill, colors.line, 0.75, RADIUS))
    inner = block.width - 2 * PAD_X
    canvas.write(block.text, x + PAD_X, y + PAD_Y, inner, colors.ink, place)
    top = y + PAD_Y + (block.text.height or CARD.leading) + 3
    for row in block.rows:
        left = x + PAD_X
        for detail in row:
            _draw_detail(detail, left, top, colors, place, canvas)
            left += detail.width + GAP
        top += ROW


def _draw_detail(detail: Detail, x: float, y: float, colors: Sticky, place: Place, canvas: Canvas) -> None:
    match detail:
        case Chip():
            fill = None if detail.outlined else blend(PAPER, colors.fill, 0.72)
            edge = colors.strong if detail.outlined else colors.line if colors.fill == PAPER else None
            canvas.add(Box(x, y, detail.width, 15.5, fill, edge, 0.75, 7.75))
            left = x + 7
            if detail.mark:
                canvas.add(Dot(left + 2.5, y + 7.75, 3, fill=detail.mark))
                left += 9
            canvas.line(detail.line, CHIP, left, y - 0.25, colors.ink, place)
        case Meter():
            canvas.line(detail.line, TINY, x, y + 0.5, blend(colors.ink, colors.fill, 0.85), place)
            for number in range(5):
                center = x + detail.line.width + 9 + number * 7
                filled = number < detail.level
                canvas.add(Dot(center, y + 8, 2.4, detail.color if filled else None, detail.color, 0.8))
        case Note():
            canvas.add(Icon(x, y + 2.5, 11, detail.icon, detail.color))
            canvas.line(detail.line, CHIP, x + 15, y, detail.color, place)
            if detail.url:
                canvas.add(Link(x, y, detail.width, 16, detail.url))


def _rows(details: list[Detail], width: float) -> Iterator[tuple[Detail, ...]]:
    """Details of one sort side by side while they fit; a note has a row of its own."""
    row: list[Detail] = []
    for detail in details:
        fits = sum(each.width + GAP for each in row) + detail.width <= width
        if row and (not fits or isinstance(detail, Note) or type(detail) is not type(row[-1])):
            yield tuple(row)
            row = []
        row.append(detail)
    if row:
        yield tuple(row)


def _details(card: CardRecord, remarks: int, width: float, typesetter: Typesetter) -> Iterator[Detail]:
    for words, mark, outlined in _chips(card):
        yield Chip(typesetter.shortened(words, CHIP, width - 24), mark, outlined)
    strong = sticky(card.color).strong
    for word, level, color in (
        ("Severity", card.severity, SEVERITY),
        ("How often", card.frequency, SEVERITY),
        ("Impact", card.impact, strong),
        ("Effort", card.effort, strong),
    ):
        if level:
            yield Meter(typesetter.line(word, TINY), level, color)
    yield from _notes(card, remarks, width, typesetter)


def _chips(card: CardRecord) -> Iterator[tuple[str, str | None, bool]]:
    """The card's words in pills: what it says, the colour of its dot, whether it is only outlined."""
    if card.missing:
        yield "missing", None, True
    if card.channel:
        yield card.channel, None, False
    if card.quality:
        yield card.quality, QUALITY.get(card.quality, MIDDLE), False
    if card.status:
        yield STATUS.get(card.status, card.status), None, False
    if card.due_on:
        yield f"due {card.due_on}", None, False
    for words in (*_figures(card.metric), *(f"#{tag}" for tag in card.tags)):
        yield words, None, False


def _notes(card: CardRecord, remarks: int, width: float, typesetter: Typesetter) -> Iterator[Note]:
    colors = sticky(card.color)
    if card.moment_of_truth:
        yield Note(typesetter.line("moment of truth", CHIP), "star", STAR)
    if card.url and urlsplit(card.url).scheme in SAFE_SCHEMES:
        words = urlsplit(card.url).netloc or card.url
        yield Note(typesetter.shortened(words, CHIP, width - 15), "link", colors.strong, card.url)
    if remarks:
        words = "1 comment" if remarks == 1 else f"{remarks} comments"
        yield Note(typesetter.line(words, CHIP), "message-circle", blend(colors.ink, colors.fill, 0.75))


def _figures(metric: Mapping[str, Any] | None) -> Iterator[str]:
    """The figures of a metric in words: now, target, baseline."""
    if not metric:
        return
    unit = str(metric.get("unit") or "")
    for key, word in (("current", "now"), ("target", "target"), ("baseline", "was")):
        value = metric.get(key)
        if value is not None and value != "":
            yield f"{word} {value}{' ' if len(unit) > 1 else ''}{unit}".strip()

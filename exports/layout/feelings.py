"""The emotion lane: smooth lines, faces, feeling words and stars, quotes below."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.curve import Point, smooth
from exports.layout.canvas import LABEL, QUOTE, Canvas, person_color
from exports.layout.plan import Series
from exports.palette import (
    CURVE,
    GROUND,
    HIGH,
    INK_MUTED,
    LINE_STRONG,
    LOW,
    MIDDLE,
    STAR_BRIGHT,
    blend,
    valence_color,
)
from exports.primitives import Command, Dot, Face, Icon, Place, Rule, Shape, Style
from exports.typeset import Paragraph, Typesetter
from maps.documents import EmotionRecord

BAND = 184.0
TOP, BOTTOM = 36.0, 38.0  # room above +100 for a star, below -100 for a word
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 4), (1.5, 3.5), (10, 3, 2, 3), (3, 3), (12, 5), (8, 3, 2, 3, 2, 3))
SMALL_LABEL = Style(size=10.5, weight=400, leading=13)
LABEL_LINES = 2


@dataclass(frozen=True, slots=True)
class Band:
    """A measured emotion lane: its lines, the words at their faces and, column by column, what was said there."""

    series: tuple[Series, ...]
    labels: Mapping[str, Paragraph]
    quotes: Mapping[int, tuple[Paragraph, ...]]

    @property
    def curve(self) -> float:
        """Height of the part with the lines: more where several lines have words."""
        lines = sum(any(point.id in self.labels for point in line.points.values()) for line in self.series)
        return BAND + 44 * min(3, max(0, lines - 1))

    @property
    def height(self) -> float:
        tallest = max((sum(quote.height + 4 for quote in quotes) for quotes in self.quotes.values()), default=0.0)
        return self.curve + (tallest + 8 if tallest else 0)

    def level(self, y: float, valence: float) -> float:
        """Where a valence lies in a lane that begins at `y`."""
        share = (100 - max(-100.0, min(100.0, valence))) / 200
        return y + TOP + share * (self.curve - TOP - BOTTOM)


def measure(series: tuple[Series, ...], width: float, typesetter: Typesetter) -> Band:
    """Break what was felt and said to the width of a column; a feeling of many words joins the quotes."""
    labels: dict[str, Paragraph] = {}
    quotes: dict[int, tuple[Paragraph, ...]] = {}
    for index, line in enumerate(series):
        for column, emotion in line.points.items():
            words = " ".join(f"{emotion.feeling} {emotion.emoji}".split())
            label = typesetter.paragraph(words, LABEL if index == 0 else SMALL_LABEL, width - 14)
            long = len(label.lines) > LABEL_LINES
            if words and not long:
                labels[emotion.id] = label
            for said in (words if long else "", emotion.note.strip()):
                if said:
                    quote = typesetter.paragraph(said, QUOTE, width - 16)
                    quotes[column] = (*quotes.get(column, ()), quote)
    return Band(series, labels, quotes)


def line_color(series: Series, band: Band) -> str:
    """The colour of a line: the persona's own, or dark ink where there is but one line."""
    if series.persona is None or len(band.series) == 1:
        return CURVE
    return person_color(series.persona.color)


def dash_of(index: int) -> tuple[float, ...]:
    return DASHES[index % len(DASHES)]


def draw(band: Band, left: float, width: float, columns: int, y: float, lane: int, canvas: Canvas) -> None:
    """Draw the lane's content from `y` down; columns are `width` wide, the first begins at `left`."""
    right = left + columns * width
    for share in (0.0, 0.5, 1.0):
        level = band.level(y, 100 - 200 * share)
        canvas.add(Rule(left, level, right, level, LINE_STRONG, 1, dash=(1.5, 5)))
    taken = _Taken()
    lines = [_points(band, series, left, width, y) for series in band.series]
    if lines and len(lines[0]) > 1:
        canvas.add(_area(lines[0], y, y + band.curve))
    for index in reversed(range(len(lines))):
        _draw_line(lines[index], line_color(band.series[index], band), index, canvas)
    _draw_faces(band, lines, taken, canvas)
    traces = [_trace(points) for points in lines]
    for index, series in enumerate(band.series):
        color = INK_MUTED if index == 0 else blend(line_color(series, band), INK_MUTED, 0.8)
        for column, point in zip(series.points, lines[index], strict=True):
            label = band.labels.get(series.points[column].id)
            if label:
                middle = _spot(point, index, label, (y, y + band.curve), taken, traces)
                half = label.width / 2
                place: Place = ("cell", lane, column)
                top = middle - label.height / 2
                canvas.write(label, point[0] - half, top, 2 * half, color, place, centred=True)
    for column, quotes in band.quotes.items():
        top = y + band.curve
        for quote in quotes:
            canvas.write(
                quote, left + column * width + 8, top, width - 16, INK_MUTED, ("cell", lane, column), centred=True
            )
            top += quote.height + 4


def _points(band: Band, series: Series, left: float, width: float, y: float) -> list[Point]:
    return [
        (left + (column + 0.5) * width, band.level(y, emotion.valence)) for column, emotion in series.points.items()
    ]


def _path(points: list[Point]) -> Iterator[Command]:
    yield ("M", *points[0])
    for piece in smooth(points):
        yield ("C", *piece.first, *piece.second, *piece.end)


def _area(points: list[Point], y: float, floor: float) -> Shape:
    commands = (*_path(points), ("L", points[-1][0], floor), ("L", points[0][0], floor), ("Z",))
    shades = tuple(blend(color, GROUND, 0.14) for color in (HIGH, MIDDLE, LOW))
    return Shape(commands, shades=shades, shades_from=y + TOP, shades_to=floor)


def _draw_line(points: list[Point], color: str, index: int, canvas: Canvas) -> None:
    if len(points) > 1:
        canvas.add(Shape(tuple(_path(points)), line=color, line_width=2.2 if index == 0 else 1.8, dash=dash_of(index)))


def _draw_faces(band: Band, lines: list[list[Point]], taken: _Taken, canvas: Canvas) -> None:
    """Faces on the first line; small ones on the others, or a dot where a face would hide another."""
    faces: list[tuple[int, Point, EmotionRecord, float, bool]] = []
    for index, series in enumerate(band.series):
        for point, emotion in zip(lines[index], series.points.values(), strict=True):
            radius = 11.0 if index == 0 else 7.0
            if index and not taken.is_free(*point, radius + 2, radius + 2):
                radius = 3.5
            star = (point[0], point[1] - radius - 10, 9, 9)
            starred = emotion.moment_of_truth and (index == 0 or taken.is_free(*star))
            taken.add(*point, radius, radius)
            if starred:
                taken.add(*star)
            faces.append((index, point, emotion, radius, starred))
    for index, point, emotion, radius, starred in reversed(faces):
        _draw_face(emotion, point, radius, line_color(band.series[index], band) if index else None, canvas)
        if starred:
            size = 13.0 if radius > 8 else 10.0
            canvas.add(Icon(point[0] - size / 2, point[1] - radius - size - 4, size, "star", STAR_BRIGHT))


def _draw_face(emotion: EmotionRecord, point: Point, radius: float, ring: str | None, canvas: Canvas) -> None:
    x, y = point
    canvas.add(Dot(x, y, radius + (1.2 if ring else 1.8), fill=GROUND))
    if radius < 5:
        canvas.add(Dot(x, y, radius, fill=ring))
        return
    canvas.add(Face(x, y, radius, emotion.valence, valence_color(emotion.valence)))
    if ring:
        canvas.add(Dot(x, y, radius + 1.6, line=ring, line_width=1.2))


@dataclass
class _Taken:
    """The places where something stands already, so that words find a free one."""

    boxes: list[tuple[float, float, float, float]] | None = None

    def add(self, x: float, y: float, half_width: float, half_height: float) -> None:
        self.boxes = [*(self.boxes or []), (x - half_width, y - half_height, x + half_width, y + half_height)]

    def is_free(self, x: float, y: float, half_width: float, half_height: float) -> bool:
        return not any(
            x - half_width < right and x + half_width > left and y - half_height < bottom and y + half_height > top
            for left, top, right, bottom in self.boxes or []
        )


def _trace(points: list[Point]) -> list[Point]:
    """Many points along the curve, left to right."""
    return [piece.at(step / 12) for piece in smooth(points) for step in range(12)]


def _crosses(trace: list[Point], x: float, y: float, half_width: float, half_height: float) -> bool:
    """Whether the curve runs through a box."""
    first = bisect_left(trace, (x - half_width, 0.0))
    last = bisect_left(trace, (x + half_width, 0.0))
    return any(abs(height - y) < half_height + 1 for _, height in trace[first:last])


def _spot(
    point: Point, index: int, label: Paragraph, band: tuple[float, float], taken: _Taken, traces: list[list[Point]]
) -> float:
    """The height of the middle of a label: as near below or above its face as nothing else is."""
    half, half_width = label.height / 2 - 1, label.width / 2
    away = (11.0 if index == 0 else 8.0) + 3 + half
    offsets = [sign * (away + 7 * further) for further in range(12) for sign in (1, -1)]
    spots = [point[1] + offset for offset in offsets]
    inside = [spot for spot in spots if band[0] + half < spot < band[1] - half] or spots[:1]
    free = [spot for spot in inside if taken.is_free(point[0], spot, half_width + 2, half)]
    clear = [spot for spot in free if not any(_crosses(trace, point[0], spot, half_width, half) for trace in traces)]
    near = [spot for spot in clear if abs(spot - point[1]) <= away + 28]
    middle = (near or free or inside)[0]
    taken.add(point[0], middle, half_width, half)
    return middle

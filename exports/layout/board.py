"""The board: lanes across, steps along, every row as tall as its tallest cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exports.layout import cards, feelings, heads
from exports.layout.canvas import LANE, SMALL, TINY, Canvas, greyed
from exports.layout.heads import SIDE, Facts
from exports.layout.plan import Plan, Series
from exports.palette import CURVE, GROUND, INK, INK_MUTED, LANE_MARKS, LINE, LINE_FAINT, LINE_STRONG, SURFACE
from exports.primitives import Box, Dot, Drawing, Icon, Rule, Style, mirrored
from exports.typeset import Typesetter
from maps.documents import CardRecord, LaneRecord
from maps.words import LANE_KINDS

TITLES = 156.0  # width of the column of lane titles
CELL = 8.0
LOWEST = 54.0
NARROWEST, WIDEST = 168.0, 264.0
LINE_NAMES = {
    "interaction": "Line of interaction",
    "visibility": "Line of visibility",
    "internal": "Line of internal interaction",
    "internal_interaction": "Line of internal interaction",
}
BORDER = 22.0  # height of a blueprint line with its name
PERSONA = Style(size=11.5, weight=400, leading=16)


@dataclass(frozen=True, slots=True)
class Placed:
    """A card in its lane: column, and distance from the lane's top."""

    column: int
    y: float
    block: cards.Block


def column_width(plan: Plan, wish: float | None = None) -> float:
    """How wide a step is: as wished, or so that few steps do not make a narrow strip."""
    steps = max(1, len(plan.steps))
    natural = min(WIDEST, max(NARROWEST, 1600 / steps)) if wish is None else wish
    return max(natural, (640 - TITLES) / steps)


def draw_board(
    plan: Plan,
    typesetter: Typesetter,
    facts: Facts,
    *,
    column: float,
    in_grey: bool,
    progress: Callable[[float], None] = lambda share: None,
) -> Drawing:
    """Draw the whole map."""
    canvas = Canvas(typesetter, rtl=plan.rtl)
    width = TITLES + max(1, len(plan.steps)) * column + 1
    top = heads.draw_header(plan, width, facts, canvas)
    if plan.steps:
        rows = heads.draw_stages(plan, TITLES, column, top, canvas)
        behind = len(canvas.items)
        y = rows
        for index, lane in enumerate(plan.lanes):
            y = _draw_lane(plan, index, lane, column, y, canvas)
            progress((index + 1) / len(plan.lanes))
        canvas.items[behind:behind] = _verticals(plan, column, rows, y)
    else:
        y = _draw_empty(width, top, canvas)
    bottom = heads.draw_footer(plan, width, y, facts, canvas)
    items = [Box(0, top, width, bottom - top, fill=GROUND), *canvas.items]
    if in_grey:
        items = [greyed(item) for item in items]
    if plan.rtl:
        items = [mirrored(item, width) for item in items]
    return Drawing(width, bottom, tuple(items), plan.rtl)


def _verticals(plan: Plan, column: float, top: float, bottom: float) -> list[Rule]:
    """The hairlines between columns, stronger where a stage begins."""
    first = {plan.columns(stage).start for stage in plan.stages}
    rules = []
    for number in range(len(plan.steps)):
        x = TITLES + number * column
        rules.append(Rule(x, top, x, bottom, LINE if number in first else LINE_FAINT))
    return rules


def _draw_empty(width: float, y: float, canvas: Canvas) -> float:
    words = canvas.typesetter.paragraph("This map has no stages yet.", SMALL, width - 2 * SIDE)
    canvas.write(words, SIDE, y + 40, width - 2 * SIDE, INK_MUTED, ("about",), centred=True)
    return y + 96


def _draw_lane(plan: Plan, index: int, lane: LaneRecord, column: float, y: float, canvas: Canvas) -> float:
    """Draw one row and give the height below it."""
    series = plan.series.get(lane.id, ())
    band = feelings.measure(series, column, canvas.typesetter) if lane.kind == "emotions" else None
    placed, tall = place_cards(_cards_of(plan, lane), plan, column, canvas.typesetter)
    titled = _draw_title(lane, index, y, canvas)
    if band is not None:
        titled = _draw_persons(series, band, titled + 4, canvas)
    height = max(LOWEST, titled - y + 8, (band.height if band else 0) + tall)
    if band is not None:
        feelings.draw(band, TITLES, column, len(plan.steps), y, index, canvas)
    for each in placed:
        top = y + each.y + (band.height if band else 0)
        cards.draw(each.block, TITLES + each.column * column + CELL, top, ("cell", index, each.column), canvas)
    bottom = y + height
    right = TITLES + len(plan.steps) * column
    name = _line_below(lane)
    if name:
        return _draw_border(name, index, bottom, right, canvas)
    canvas.add(Rule(0, bottom, right, bottom, LINE))
    return bottom


def _cards_of(plan: Plan, lane: LaneRecord) -> Mapping[int, tuple[CardRecord, ...]]:
    return {number: plan.cells.get((lane.id, number), ()) for number in range(len(plan.steps))}


def place_cards(
    cells: Mapping[int, tuple[CardRecord, ...]], plan: Plan, column: float, typesetter: Typesetter
) -> tuple[list[Placed], float]:
    """Stack the cards of a lane, cell by cell; one that stretches stands below all that it would cover.

    Gives the cards in reading order and the height of the row, 0 if it is empty.
    """
    steps = len(plan.steps)
    floor = [CELL] * steps
    placed: list[Placed] = []
    for number, stack in cells.items():
        for card in stack:
            span = max(1, min(card.span, steps - number))
            block = cards.measure(card, span * column - 2 * CELL, plan.remarks.get(card.id, 0), typesetter)
            top = max(floor[number : number + span])
            placed.append(Placed(number, top, block))
            floor[number : number + span] = [top + block.height + 6] * span
    return placed, (max(floor) - 6 + CELL + 3 if placed else 0.0)


def _draw_title(lane: LaneRecord, index: int, y: float, canvas: Canvas) -> float:
    """The lane's icon and name in its tint; gives the height below them."""
    icon, color = LANE_MARKS.get(lane.kind, LANE_MARKS["text"])
    words = canvas.typesetter.paragraph(lane.title or LANE_KINDS.get(lane.kind, "Lane"), LANE, TITLES - 48)
    canvas.add(Icon(14, y + 14, 15, icon, color))
    canvas.write(words, 37, y + 12.5, TITLES - 48, color, ("lane", index))
    return y + 12.5 + words.height


def _draw_persons(series: tuple[Series, ...], band: feelings.Band, y: float, canvas: Canvas) -> float:
    """Whose line is whose: portrait, a piece of the line, name."""
    if not any(line.name for line in series):
        return y
    for number, line in enumerate(series):
        color = feelings.line_color(line, band)
        canvas.avatar(line.name or "?", color if line.persona else CURVE, 24, y + 13, 10)
        if number:
            canvas.add(Dot(24, y + 13, 12, line=color, line_width=1.3, dash=(2, 1.6)))
        canvas.add(Rule(41, y + 21.5, 67, y + 21.5, color, 2.2 if number == 0 else 1.8, feelings.dash_of(number)))
        again = number > 0 and line.persona is not None and line.persona == series[number - 1].persona
        words = line.state if again else line.name or "everybody"
        name = canvas.typesetter.shortened(words, PERSONA, TITLES - 50)
        canvas.line(name, PERSONA, 41, y + 1.5, INK, ())
        y += 31
    return y


def _line_below(lane: LaneRecord) -> str:
    value = lane.settings.get("line_below")
    if not isinstance(value, str) or not value.strip():
        return ""
    return LINE_NAMES.get(value, value)


def _draw_border(name: str, index: int, y: float, right: float, canvas: Canvas) -> float:
    """A line of a service blueprint, with its name in it."""
    middle = y + BORDER / 2
    canvas.add(Box(0, y, right, BORDER, fill=SURFACE), Rule(0, y, right, y, LINE))
    canvas.add(Rule(0, middle, right, middle, LINE_STRONG, 1.5, dash=(6, 4)))
    words = canvas.typesetter.line(name, TINY)
    canvas.add(Box(TITLES, y + 1, words.width + 16, BORDER - 2, fill=SURFACE))
    canvas.line(words, TINY, TITLES + 8, y + 3.5, INK_MUTED, ("border", index))
    canvas.add(Rule(0, y + BORDER, right, y + BORDER, LINE))
    return y + BORDER

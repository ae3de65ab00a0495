"""What stands above and below the grid: title, kind, personas and date; stages and steps; the key."""

from __future__ import annotations

from dataclasses import dataclass

from exports.layout.canvas import LABEL, SMALL, SMALL_STRONG, STAGE, STEP, TITLE, Canvas, person_color
from exports.layout.plan import Plan
from exports.palette import (
    GROUND,
    INK,
    INK_MUTED,
    LINE,
    LINE_STRONG,
    SEVERITY,
    STAR,
    SURFACE,
    sticky,
    valence_color,
)
from exports.primitives import Bookmark, Box, Dot, Face, Icon, Rule, Style
from exports.typeset import Paragraph, Typesetter
from maps.documents import MapRecord
from maps.words import MAP_KINDS, MAP_STATUSES

SIDE = 24.0
PILL = Style(size=12, weight=400, leading=17)
LONGEST_LINE = 860.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sheet says about itself: the day it was made, in words, and whether to show it."""

    date: str = ""
    made_by: str = "Journeymap"


def draw_header(plan: Plan, width: float, facts: Facts, canvas: Canvas) -> float:
    """Draw the strip at the top and give its height."""
    record, set_ = plan.document.map, canvas.typesetter
    strip = len(canvas.items)
    canvas.add(Bookmark(0, 0, 1, record.title or "Journey map"))
    y = 18.0
    date = set_.line(facts.date, SMALL)
    canvas.line(date, SMALL, width - SIDE - date.width, y + 7, INK_MUTED, ("date",))
    pills = [MAP_KINDS.get(record.kind, record.kind), MAP_STATUSES.get(record.status, record.status)]
    room = width - 2 * SIDE - (date.width + 24 if date.width else 0)
    title = set_.paragraph(record.title or "Untitled map", TITLE, room)
    canvas.write(title, SIDE, y, room, INK, ("title",))
    pill_width = sum(set_.line(word, PILL).width + 30 for word in pills)
    if len(title.lines) == 1 and title.width + 14 + pill_width <= room:
        _pills(pills, SIDE + title.width + 14, y + 3, canvas)
        y += TITLE.leading + 6
    else:
        y += title.height + 6
        _pills(pills, SIDE, y, canvas)
        y += 30
    for paragraph in _lines_about(record, min(width - 2 * SIDE, LONGEST_LINE), set_):
        canvas.write(paragraph, SIDE, y, paragraph.width, INK_MUTED, ("about",))
        y += paragraph.height + 3
    y = _draw_personas(plan, width, y + 3, canvas) + 14
    canvas.items.insert(strip, Box(0, 0, width, y, fill=SURFACE))
    canvas.add(Rule(0, y, width, y, LINE))
    return y


def _pills(words: list[str], x: float, y: float, canvas: Canvas) -> None:
    for word in words:
        line = canvas.typesetter.line(word, PILL)
        canvas.add(Box(x, y, line.width + 22, 23, None, LINE_STRONG, 1, 11.5))
        canvas.line(line, PILL, x + 11, y + 3, INK_MUTED, ("about",))
        x += line.width + 30


def _lines_about(record: MapRecord, width: float, typesetter: Typesetter) -> list[Paragraph]:
    scope = " → ".join(part for part in (record.scope_start.strip(), record.scope_end.strip()) if part)
    said = [
        record.scenario.strip(),
        f"Objective: {record.objective.strip()}" if record.objective.strip() else "",
        f"Scope: {scope}" if scope else "",
    ]
    return [typesetter.paragraph(words, SMALL, width) for words in said if words]


def _draw_personas(plan: Plan, width: float, y: float, canvas: Canvas) -> float:
    """Portraits of initials with name and role, side by side; gives the height below them."""
    if not plan.personas:
        return y - 3
    x = SIDE
    for persona in plan.personas:
        name = canvas.typesetter.shortened(persona.name or "Persona", SMALL_STRONG, width - 2 * SIDE - 40)
        role = canvas.typesetter.shortened(persona.role, SMALL, 300)
        needed = 36 + max(name.width, role.width)
        if x > SIDE and x + needed > width - SIDE:
            x, y = SIDE, y + 40
        canvas.avatar(persona.name, person_color(persona.color), x + 14, y + 16, 14)
        lower = y if persona.role.strip() else y + 8
        canvas.line(name, SMALL_STRONG, x + 36, lower, INK, ("persona",))
        canvas.line(role, SMALL, x + 36, y + 16, INK_MUTED, ("persona",))
        x += needed + 28
    return y + 32


@dataclass(frozen=True, slots=True)
class StageHead:
    """The measured head of a stage."""

    title: Paragraph
    goal: Paragraph | None

    @property
    def height(self) -> float:
        return 12 + self.title.height + (self.goal.height + 2 if self.goal else 0) + 10


def draw_stages(plan: Plan, left: float, column: float, y: float, canvas: Canvas) -> float:
    """Draw the heads of stages and steps; gives the height below them."""
    heads: list[StageHead] = []
    for stage in plan.stages:
        room = len(plan.columns(stage)) * column - 24
        goal = canvas.typesetter.paragraph(f"Goal: {stage.goal.strip()}", SMALL, room) if stage.goal.strip() else None
        heads.append(StageHead(canvas.typesetter.paragraph(stage.title or "Stage", STAGE, room), goal))
    bottom = y + max(head.height for head in heads)
    for index, (stage, head) in enumerate(zip(plan.stages, heads, strict=True)):
        columns = plan.columns(stage)
        x, room = left + columns.start * column, len(columns) * column
        canvas.add(Bookmark(x, y, 2, stage.title or "Stage"))
        canvas.add(Rule(x, y, x, bottom, LINE_STRONG))
        if stage.color not in {"", "grey", "white"}:
            canvas.add(Box(x + 1, y, room - 1, 3, fill=sticky(stage.color).strong))
        canvas.write(head.title, x + 12, y + 12, room - 24, INK, ("stage", index, len(columns)))
        if head.goal:
            canvas.write(
                head.goal, x + 12, y + 14 + head.title.height, room - 24, INK_MUTED, ("stage", index, len(columns))
            )
    bottom = _draw_steps(plan, left, column, bottom, canvas)
    canvas.add(Rule(0, bottom, left + len(plan.steps) * column, bottom, LINE_STRONG))
    return bottom


def _draw_steps(plan: Plan, left: float, column: float, y: float, canvas: Canvas) -> float:
    names = [" · ".join(part for part in (step.title.strip(), step.duration.strip()) if part) for step in plan.steps]
    if not any(names):
        return y
    paragraphs = [canvas.typesetter.paragraph(name, STEP, column - 24) for name in names]
    for index, paragraph in enumerate(paragraphs):
        if names[index]:
            canvas.write(paragraph, left + index * column + 12, y, column - 24, INK_MUTED, ("step", index))
    return y + max(paragraph.height for paragraph in paragraphs) + 8


def draw_footer(plan: Plan, width: float, y: float, facts: Facts, canvas: Canvas) -> float:
    """The key of what the signs mean, and who made the sheet; gives the height below it."""
    x, y = SIDE, y + 14
    x = _key_of_feelings(plan, x, y, canvas)
    _key_of_marks(plan, x, y, canvas)
    line = canvas.typesetter.line(f"{facts.made_by} · change {plan.document.seq}", LABEL)
    canvas.line(line, LABEL, width - SIDE - line.width, y, INK_MUTED, ("footer",))
    return y + LABEL.leading + 16


def _key_of_feelings(plan: Plan, x: float, y: float, canvas: Canvas) -> float:
    if not any(series.points for lines in plan.series.values() for series in lines):
        return x
    for valence, word in ((-80, "low"), (0, "mixed"), (80, "high")):
        canvas.add(Face(x + 6, y + 7.5, 6, valence, valence_color(valence)))
        line = canvas.typesetter.line(word, LABEL)
        canvas.line(line, LABEL, x + 17, y, INK_MUTED, ("footer",))
        x += 17 + line.width + 14
    return x


def _key_of_marks(plan: Plan, x: float, y: float, canvas: Canvas) -> None:
    cards = [card for cards in plan.cells.values() for card in cards]
    stars = any(card.moment_of_truth for card in cards) or any(
        emotion.moment_of_truth for lines in plan.series.values() for line in lines for emotion in line.points.values()
    )

    def word(text: str, indent: float) -> None:
        nonlocal x
        line = canvas.typesetter.line(text, LABEL)
        canvas.line(line, LABEL, x + indent, y, INK_MUTED, ("footer",))
        x += indent + line.width + 16

    if stars:
        canvas.add(Icon(x, y + 2, 11, "star", STAR))
        word("moment of truth", 15)
    if any(card.missing for card in cards):
        canvas.add(Box(x, y + 2, 15, 11, GROUND, INK_MUTED, 1, 3, dash=(3, 2)))
        word("missing today", 20)
    if any(card.severity for card in cards):
        for number in range(3):
            canvas.add(Dot(x + 3 + number * 7, y + 7.5, 2.4, SEVERITY if number < 2 else None, SEVERITY, 0.8))
        word("severity, 1 to 5", 24)

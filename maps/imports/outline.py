"""Reads outlines as people write them: stages with labelled lists, in headings, bullets, capitals or plain lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from maps.drafts import MapDraft
from maps.imports.feelings import speaks_of_feeling
from maps.imports.labels import LONGEST_TITLE, Meaning, is_around, simplified
from maps.imports.lines import Line, lines_of
from maps.imports.lists import MAP_TEXTS, read_list
from maps.imports.people import FACTS, add_fact, add_persona, names_in
from maps.imports.sketch import Cell, Sketch
from maps.imports.structure import Heads, heads_of, is_lane_label, listed, title_of

DESCRIPTION = "Description"


def read_outline(text: str) -> MapDraft:
    """The map that a free text outline describes."""
    return sketch_outline(lines_of(text), Sketch()).draft()


def sketch_outline(lines: list[Line], sketch: Sketch) -> Sketch:
    """Adds what `lines` say to `sketch`."""
    heads = heads_of(lines)
    reading = Outline(lines=lines, heads=heads, sketch=sketch)
    if not heads.stages and not heads.inverted and not any(is_lane_label(line) for line in lines):
        read_list(lines, sketch)
        return sketch
    for name in heads.inverted:
        sketch.add_step(sketch.add_stage(name))
    for index, line in enumerate(lines):
        reading.take(index, line)
    reading.finish()
    return sketch


@dataclass(slots=True)
class Outline:
    """Where the reader of an outline stands: stage, step, lane, or a section of another sort."""

    lines: list[Line]
    heads: Heads
    sketch: Sketch
    stage: int | None = None
    step: int = 0
    stage_line: Line | None = None
    lane: Cell | None = None
    lane_line: Line | None = None
    section: str = ""
    section_line: Line | None = None
    persona: str | None = None
    fact: str = ""
    untitled: int | None = None
    shapes: Counter[tuple[str, int]] = field(default_factory=Counter)
    recurring: set[str] = field(default_factory=set)
    bold_labels: bool = False
    airy: bool = False
    in_list: bool = False
    names: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        labels = [line for line in self.lines if is_lane_label(line)]
        self.shapes = Counter((line.mark, line.level or line.indent) for line in labels)
        self.airy = sum(line.blank_before for line in self.lines) * 3 > len(self.lines) * 2
        self.bold_labels = any(line.bold for line in labels)
        self.names = {simplified(name): number for number, name in enumerate(self.heads.inverted)}
        self.recurring = self._recurring_labels()

    def take(self, index: int, line: Line) -> None:
        if index in self.heads.stages:
            self._open_stage(line, self.heads.stages[index])
        elif index in self.heads.steps and self.stage is not None:
            self._open_step(line, self.heads.steps[index])
        elif self.heads.inverted and self._stage_inside(line):
            return
        elif self.section == "persona" and self._belongs_to_persona(line):
            self._persona_line(line)
        elif (meaning := self._label(line)) is not None:
            self._labelled(line, meaning)
        else:
            self._plain(line)

    def finish(self) -> None:
        """Text without a label: what the customer does if no lane says that, else a description."""
        if self.untitled is None:
            return
        lanes = self.sketch.lanes
        if not any(lane.kind in ("actions", "customer_actions") for lane in lanes):
            lanes[self.untitled].kind, lanes[self.untitled].title = "actions", "Actions"

    def _open_stage(self, line: Line, title: str) -> None:
        known = self.names.get(simplified(title)) if self.persona is not None else None
        self.stage = known if known is not None else self.sketch.add_stage(title)
        self.names[simplified(title)] = self.stage
        self.step, self.stage_line = 0, line
        if known is None:
            self.sketch.stages[self.stage].steps.clear()
        self._close()
        if line.colon and line.rest and line.rest not in title:
            self._describe(line.rest)

    def _open_step(self, line: Line, title: str) -> None:
        assert self.stage is not None  # noqa: S101 - `take` has seen to it
        self.step = self.sketch.add_step(self.stage, title)
        self._close()
        if line.colon and line.rest and line.rest not in title:
            self._describe(line.rest)

    def _close(self) -> None:
        self.lane = self.lane_line = self.section_line = None
        self.section = self.fact = ""

    def _label(self, line: Line) -> Meaning | None:
        """The meaning of a line as a label here, or None where it is only an item that begins like one."""
        meaning = line.meaning
        if meaning is None:
            return Meaning("lane", "text") if self._is_own_label(line) else None
        if self.stage_line is not None and is_around(line.text) and line.depth <= self.stage_line.depth:
            alike = self.shapes[line.mark, line.level or line.indent]
            return meaning if alike * 3 > max(self.shapes.values()) else None
        if self.lane is None or self.lane_line is None:
            styled = line.mark == "heading" or line.bold or simplified(line.label) in self.recurring
            return meaning if meaning.sure or line.colon or styled else None
        if self.sketch.lanes[self.lane.lane].kind == "emotions" and not line.colon and speaks_of_feeling(line.text):
            return None
        styled = line.mark == "heading" or (line.bold and (line.colon or line.mark == ""))
        styled = styled or (not meaning.sure and simplified(line.label) in self.recurring)
        deeper = line.depth > self.lane_line.depth
        usual = self.shapes[line.mark, line.level or line.indent] * 3 >= max(self.shapes.values(), default=1)
        if meaning.part == "lane" or meaning.part in ("goal", "objective", "duration"):
            plainly = line.colon or styled or (meaning.sure and (line.caps or (not deeper and usual)))
            return meaning if plainly and (styled or usual or not deeper) and (meaning.sure or not deeper) else None
        return meaning if (line.colon or styled) and not deeper else None

    def _is_own_label(self, line: Line) -> bool:
        """Whether an unknown label is a lane of this outline: as styled as the known ones, or in stage after stage."""
        if self.stage is None or not line.colon or len(line.label.split()) > 5:
            return False
        looks = (line.mark, line.level or line.indent)
        if not self.shapes[looks] or (self.lane_line is not None and line.depth > self.lane_line.depth):
            return False
        in_list = self.lane_line is not None and not self.lane_line.rest and not self.bold_labels
        return (line.bold and self.bold_labels) or (simplified(line.label) in self.recurring and not in_list)

    def _recurring_labels(self) -> set[str]:
        """Unknown labels that stand in at least two stages."""
        seen: dict[str, set[int]] = {}
        stage = 0
        for index, line in enumerate(self.lines):
            stage += index in self.heads.stages
            unknown = line.colon and line.meaning is None
            asked = line.text.endswith("?") and line.meaning is not None and not line.meaning.sure
            if (unknown or asked) and stage:
                seen.setdefault(simplified(line.label), set()).add(stage)
        return {name for name, stages in seen.items() if len(stages) >= 2}

    def _labelled(self, line: Line, meaning: Meaning) -> None:
        part = meaning.part
        if self.stage is None and not self.heads.inverted and (self.heads.stages or part != "lane"):
            self._preface(line, part)
        elif part in ("lane", "objective"):
            self._open_lane(line, meaning)
        elif part == "goal":
            self._section("goal", line)
        elif part == "duration":
            self._section("duration", line)
        elif part == "steps" and self.heads.steps and not line.rest:
            self._close()
        elif part == "steps":
            self._open_lane(line, Meaning("lane", "actions"))
        elif part == "persona":
            self._open_persona(line)
        elif part == "line" and not line.rest:
            self.sketch.draw_line(line.text)
        elif self._stands_outside(line):
            self._section("around", line)
            self.sketch.leave(line.raw)
        else:
            self._plain(line)

    def _open_lane(self, line: Line, meaning: Meaning) -> None:
        if self._stands_outside(line):
            self._section("around", line)
            self.sketch.leave(line.raw)
            return
        if self.stage is None:
            self.stage = self._first_stage()
        kind = meaning.kind or "goals"
        title, persona = self._whose(line.label.strip(" ?") if meaning.kind else line.label)
        number = self.sketch.lane(kind, title, mixed=meaning.mixed)
        self._close()
        self.lane, self.lane_line, self.in_list = Cell(number, self.stage, self.step, persona), line, False
        if self.heads.inverted:
            self.stage = None
        if line.rest and self.lane is not None:
            self._item(line.rest)

    def _first_stage(self) -> int:
        """The stage of lanes that stand outside all stages: the first, or one without a title."""
        if not self.sketch.stages:
            self.sketch.add_step(self.sketch.add_stage(""))
        return 0

    def _whose(self, label: str) -> tuple[str, str | None]:
        """“Emotions (Marta)” is Marta's, if she is one of the personas."""
        title, bracket, rest = label.partition("(")
        name = self.sketch.whose(rest) if bracket else None
        return (title.strip(), name) if name else (label, self.persona)

    def _stands_outside(self, line: Line) -> bool:
        """Whether a heading stands as high as the stages do, and so in none of them."""
        return (
            line.mark == "heading"
            and self.stage_line is not None
            and self.stage_line.mark == "heading"
            and line.level <= self.stage_line.level
        )

    def _stage_inside(self, line: Line) -> bool:
        """In an outline of lanes: takes a line that names one of its stages."""
        number = self.names.get(simplified(title_of(line)))
        if self.lane is None or number is None or not (line.colon or line.mark or line.bold):
            return False
        self.stage = number
        self.lane = Cell(self.lane.lane, number, 0, self.lane.persona)
        if line.rest:
            self._item(line.rest)
        return True

    def _preface(self, line: Line, part: str) -> None:
        """A labelled line before the first stage speaks of the map."""
        if part == "persona":
            self._open_persona(line)
        elif part == "who" and line.rest:
            add_persona(self.sketch, line.rest)
        elif part == "title":
            self._title(line.rest or line.text)
        elif part in (*MAP_TEXTS, "goal"):
            self._section("objective" if part == "goal" else part, line)
        elif part == "lane" and line.meaning is not None and simplified(line.label) in ("goals", "ziele", "objectifs"):
            self._section("objective", line)
        elif part == "stages" and (not line.rest or self.heads.stages or self.heads.inverted):
            self._section("around" if line.rest else "", line)
            self._list_of_stages(line)
        else:
            self._section("around", line)
            self.sketch.leave(line.raw)

    def _list_of_stages(self, line: Line) -> None:
        """A list of the stages says nothing new where each of them has its own head."""
        heads = {simplified(title) for title in self.heads.stages.values()}
        if line.rest and not {simplified(name) for name in listed(line.rest)} <= heads:
            self.sketch.leave(line.raw)

    def _title(self, text: str) -> None:
        if self.sketch.title:
            self.sketch.leave(text)
        else:
            self.sketch.title = text

    def _section(self, part: str, line: Line) -> None:
        """From here on lines belong to `part`: a text of the map, the stage's goal, or what stands around it."""
        self._close()
        self.section, self.section_line = part, line
        if line.rest and part != "around":
            self._section_text(line.rest, line)

    def _section_text(self, text: str, line: Line) -> None:
        if self.section in MAP_TEXTS:
            self.sketch.say(self.section, text)
        elif self.section == "goal" and self.stage is not None:
            self.sketch.stages[self.stage].goals.append(text)
        elif self.section == "duration" and self.stage is not None:
            self._duration(text)
        else:
            self.sketch.leave(line.raw)

    def _duration(self, text: str) -> None:
        steps = self.sketch.stages[self.stage or 0].steps
        if not steps:
            self.sketch.add_step(self.stage or 0)
        step = steps[self.step]
        step.duration = f"{step.duration}; {text}" if step.duration else text

    def _open_persona(self, line: Line) -> None:
        self._close()
        self.section, self.section_line = "persona", line
        plural = simplified(line.label).endswith(("personas", "persona(s)", "actors", "users"))
        self.persona_names(line.rest, plural=plural)

    def persona_names(self, text: str, *, plural: bool) -> None:
        names = [add_persona(self.sketch, name) for name in names_in(text, plural=plural)] if text else []
        self.persona = names[0] if len(names) == 1 and self.stage is not None else None
        self.fact = ""

    def _belongs_to_persona(self, line: Line) -> bool:
        """Whether a line goes on with the persona's section, or begins something else."""
        opened = self.section_line
        if opened is None or (line.meaning is not None and line.meaning.part in ("persona", "title", "stages")):
            return False
        if line.mark == "heading":
            return opened.mark == "heading" and line.level > opened.level
        if line.depth > opened.depth:
            return True
        return not opened.rest and not line.blank_before and not (line.meaning and line.meaning.part == "scenario")

    def _persona_line(self, line: Line) -> None:
        """The first line of a section names the persona, later ones tell of it; a list of several names names all."""
        label = simplified(self.section_line.label) if self.section_line is not None else ""
        several = label.endswith(("personas", "persona(s)", "actors", "users"))
        fact = FACTS.get(simplified(line.label)) if line.colon else None
        latest = next(reversed(self.sketch.personas), None)
        opened = self.section_line is not None and bool(self.section_line.rest)
        if fact == "name" and line.rest:
            self.sketch.persona(line.rest)
        elif latest is None or (several and fact is None and not opened and line.mark):
            add_persona(self.sketch, line.text)
        else:
            self.fact = add_fact(self.sketch, latest, line, under=self.fact)

    def _plain(self, line: Line) -> None:
        if self._begins_another_section(line):
            self._section("around", line)
            self.sketch.leave(line.raw)
        elif self.section and not (line.blank_before and self.stage is None and self.section in MAP_TEXTS):
            self._section_text(line.text, line)
        elif self.lane is not None and self._is_aside(line):
            self.sketch.leave(line.raw)
        elif self.lane is not None:
            self.in_list = bool(line.mark)
            self._item(line.raw)
        elif self.stage is not None:
            self._describe(line.text)
        elif not self.sketch.title and not self.sketch.left_over and len(line.text) <= LONGEST_TITLE * 2:
            self.sketch.title = line.text.rstrip(" :")
        else:
            self.sketch.leave(line.raw)

    def _is_aside(self, line: Line) -> bool:
        """Whether a paragraph after an empty line is no item any more: the lane was told in its line, or as a list."""
        opened = self.lane_line
        if opened is None or self.airy or not line.blank_before or line.mark or line.depth > opened.depth:
            return False
        return self.in_list or (bool(opened.rest) and (opened.bold or opened.mark != ""))

    def _begins_another_section(self, line: Line) -> bool:
        """“Summary” and its like, and headings as high as the stages that are none, end the map."""
        named = (
            is_around(line.text) and (line.mark == "heading" or line.bold or line.caps or line.colon) and not line.rest
        )
        return named or self._stands_outside(line)

    def _item(self, text: str) -> None:
        """Puts an item into the open lane; “Jonas: annoyed” is Jonas's feeling if he is one of the personas."""
        assert self.lane is not None  # noqa: S101 - every caller has opened one
        cell = self.lane
        name, colon, rest = text.strip(" -*•").partition(":")
        feels = colon and self.sketch.lanes[cell.lane].kind == "emotions"
        persona = self.sketch.whose(name) if feels else None
        if persona:
            self.sketch.put(Cell(cell.lane, cell.stage, cell.step, persona), rest)
        elif self.heads.inverted and self.stage is None:
            self.sketch.leave(text)
        else:
            self.sketch.put(cell, text)

    def _describe(self, text: str) -> None:
        if self.stage is None:
            return
        if self.untitled is None:
            self.untitled = self.sketch.lane("text", DESCRIPTION)
        self.sketch.put(Cell(self.untitled, self.stage, self.step), text)

"""Reads bare lists without lanes: a stage for each short line, or a card for each long one."""

from __future__ import annotations

from maps.imports.lines import Line, read_line
from maps.imports.people import add_persona
from maps.imports.sketch import Cell, Sketch
from maps.imports.structure import listed

MAP_TEXTS = ("scenario", "objective", "scope_start", "scope_end")


def read_list(lines: list[Line], sketch: Sketch) -> None:
    """A bare list: parts of the map where they are named, otherwise one stage for each short line."""
    plain: list[Line] = []
    for line in lines:
        part = line.meaning.part if line.meaning else ""
        if part == "persona" and line.rest:
            add_persona(sketch, line.rest)
        elif part == "title" and line.rest:
            sketch.title = line.rest
        elif part in MAP_TEXTS and line.rest:
            sketch.say(part, line.rest)
        elif part == "stages" and line.rest:
            plain += [read_line(name) for name in listed(line.rest)]
        elif part == "goal" and line.rest:
            sketch.say("objective", line.rest)
        else:
            plain.append(line)
    if len(plain) > 1 and plain[0].mark == "heading":
        sketch.title = sketch.title or plain[0].text
        plain = plain[1:]
    _stages_from_list(plain, sketch)


def _stages_from_list(plain: list[Line], sketch: Sketch) -> None:
    if len(plain) == 1 and any(arrow in plain[0].text for arrow in ("→", "->", "=>")):
        plain = [read_line(name) for name in listed(plain[0].text)]
    told = sum(1 for line in plain if line.colon and line.rest)
    if 2 <= len(plain) <= 40 and told * 2 > len(plain):
        for line in plain:
            stage = sketch.add_stage(line.label if line.colon and line.rest else "")
            sketch.add_step(stage)
            sketch.put(Cell(sketch.lane("actions", "Actions"), stage), line.rest or line.text)
    elif plain and len(plain) <= 15 and all(len(line.text) <= 60 and len(line.text.split()) <= 7 for line in plain):
        for line in plain:
            sketch.add_step(sketch.add_stage(line.text))
    elif plain:
        stage = sketch.add_stage("")
        sketch.add_step(stage)
        for line in plain:
            sketch.put(Cell(sketch.lane("actions", "Actions"), stage), line.text)

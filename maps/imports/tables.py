"""Puts a table of stages and lanes into a sketch, with the titles, legends and personas around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from maps.imports.grids import Frame, Grid, frame_of, is_stage_word, is_step_word, label_meaning, squared
from maps.imports.labels import Meaning, numbered, simplified
from maps.imports.lines import plain, read_line
from maps.imports.outline import Outline
from maps.imports.people import add_persona
from maps.imports.sketch import Cell, Sketch
from maps.imports.structure import Heads, title_of

LANE_COLUMNS = {"lane", "section", "category", "row", "swimlane", "lane title", "zeile", "kategorie", "field"}
TEXT_COLUMNS = {"text", "card", "content", "description", "item", "details", "value", "entry", "sticky", "karte"}


def read_table(rows: Sequence[Sequence[str]], sketch: Sketch) -> bool:
    """Adds the table to the sketch; false if it is no table of a journey."""
    if _read_long(rows, sketch):
        return True
    frame = frame_of(rows)
    if frame is None:
        return False
    read_around(frame.above, sketch)
    places = _columns(frame, sketch)
    for cell in frame.beside:
        if not label_meaning(cell) or not is_step_word(cell):
            sketch.leave(plain(cell))
    latest: int | None = None
    for label, cells in frame.lanes:
        latest = _read_lane(label, cells, places, sketch, latest=latest)
    for row in frame.below:
        sketch.leave("; ".join(filter(None, row)))
    return True


def read_around(rows: Grid, sketch: Sketch) -> None:
    """Rows above a table speak of the map: title, personas, scenario; others are left over."""
    texts = [_row_as_text(row) for row in rows if any(row)]
    lines = [read_line(text, number=number) for number, text in enumerate(texts)]
    reading = Outline(lines=lines, heads=Heads(stages={-1: ""}), sketch=sketch)
    for index, line in enumerate(lines):
        reading.take(index, line)


def _row_as_text(row: Sequence[str]) -> str:
    first, *rest = [" ".join(cell.split("\n")) for cell in row if cell]
    return f"{plain(first).rstrip(' :')}: {'; '.join(rest)}" if rest else first


def _columns(frame: Frame, sketch: Sketch) -> list[tuple[int, int] | None]:
    """The stage and step of every column; columns without title and content have none."""
    places: list[tuple[int, int] | None] = []
    title = ""
    stage: int | None = None
    used: Counter[int] = Counter()
    for at, head in enumerate(frame.header):
        name = stage_title(head)
        step = _step_title(frame.steps[at]) if frame.steps else ""
        if not (name or step or any(cells[at] for _, cells in frame.lanes)):
            places.append(None)
            continue
        if stage is None or (name and name != title):
            stage = _stage_named(name, sketch)
            title = name
        places.append((stage, _next_step(sketch, stage, at=used[stage], title=step)))
        used[stage] += 1
    return places


def _stage_named(name: str, sketch: Sketch) -> int:
    """The stage of this name from an earlier table of the same map, else a new one."""
    wanted = simplified(name)
    for number, known in enumerate(sketch.stages):
        if wanted and simplified(known.title) == wanted:
            return number
    return sketch.add_stage(name)


def _next_step(sketch: Sketch, stage: int, *, at: int, title: str) -> int:
    """The stage's step at this place, which an earlier table of the same map may have made already."""
    steps = sketch.stages[stage].steps
    if at >= len(steps) or (title and steps[at].title not in ("", title)):
        return sketch.add_step(stage, title)
    steps[at].title = title or steps[at].title
    return at


def stage_title(cell: str) -> str:
    """The title that a cell of the header gives its stage: “Stage 1: Awareness” is Awareness."""
    text = plain(" ".join(cell.split()))
    found = numbered(text)
    if found and found.part == "stage" and found.title:
        return found.title
    return title_of(read_line(text)) if text else ""


def _step_title(cell: str) -> str:
    text = plain(" ".join(cell.split()))
    found = numbered(text)
    return found.title if found and found.part == "step" and found.title else text


def _read_lane(
    label: str, cells: list[str], places: list[tuple[int, int] | None], sketch: Sketch, *, latest: int | None
) -> int | None:
    """Adds one row of the table; answers its lane, which an unlabelled row below goes on with."""
    filled = [(place, cell) for place, cell in zip(places, cells, strict=True) if place is not None and cell]
    title, persona = plain(" ".join(label.replace("-\n", "").split())).rstrip(" :"), None
    meaning = label_meaning(title)
    if not title and not filled:
        return None
    if not title and latest is not None:
        lane = latest
    elif meaning is not None and meaning.part in ("title", "scenario", "scope_start", "scope_end"):
        _say(meaning, title, filled, sketch)
        return None
    elif meaning is not None and meaning.part == "duration" and all(len(cell) <= 120 for _, cell in filled):
        for (stage, step), cell in filled:
            sketch.stages[stage].steps[step].duration = " ".join(cell.split())
        return None
    elif meaning is not None and meaning.part == "line" and not filled:
        sketch.draw_line(title)
        return latest
    elif not filled and (meaning is None or meaning.part != "lane"):
        sketch.leave(title)
        return None
    else:
        persona, title = _whose(title, sketch)
        lane = sketch.lane(_kind(meaning), title, mixed=bool(meaning and meaning.mixed), exact=True)
    for (stage, step), cell in filled:
        sketch.put(Cell(lane, stage, step, persona if sketch.lanes[lane].kind == "emotions" else None), cell)
    return lane


def _whose(title: str, sketch: Sketch) -> tuple[str | None, str]:
    """“Emotions (Marta)” is Marta's row, if she is one of the personas."""
    name, bracket, rest = title.partition("(")
    persona = sketch.whose(rest) if bracket else None
    return (persona, name.strip()) if persona else (None, title)


def _kind(meaning: Meaning | None) -> str:
    if meaning is None:
        return "text"
    kinds = {"lane": meaning.kind, "goal": "goals", "objective": "goals", "persona": "personas", "who": "personas"}
    return kinds.get(meaning.part, "actions" if meaning.part == "steps" else "text")


def _say(meaning: Meaning, title: str, filled: list[tuple[tuple[int, int], str]], sketch: Sketch) -> None:
    said = "\n".join(dict.fromkeys(cell for _, cell in filled))
    if meaning.part != "title":
        sketch.say(meaning.part, said)
    elif sketch.title:
        sketch.leave(f"{title}: {said}")
    else:
        sketch.title = " ".join(said.split("\n"))


@dataclass(frozen=True, slots=True)
class LongForm:
    """The columns of a table with one card a row."""

    header: int
    stage: int
    step: int | None
    lane: int
    text: int
    persona: int | None


def _read_long(rows: Sequence[Sequence[str]], sketch: Sketch) -> bool:
    """Adds a table that has one card a row, with columns for its stage, lane and text."""
    grid = squared(rows)
    form = next((form for at, row in enumerate(grid[:8]) if (form := _long_form(at, row))), None)
    if form is None:
        return False
    read_around(grid[: form.header], sketch)
    places: dict[tuple[str, str], tuple[int, int]] = {}
    stages: dict[str, int] = {}
    named = {"stage": "", "lane": ""}
    for row in grid[form.header + 1 :]:
        named = {"stage": row[form.stage] or named["stage"], "lane": row[form.lane] or named["lane"]}
        if not row[form.text]:
            sketch.leave("; ".join(filter(None, row)))
            continue
        step = row[form.step] if form.step is not None else ""
        stage = stages.setdefault(named["stage"], -1)
        if stage < 0:
            stage = stages[named["stage"]] = sketch.add_stage(stage_title(named["stage"]))
        if (named["stage"], step) not in places:
            places[named["stage"], step] = (stage, sketch.add_step(stage, _step_title(step)))
        meaning = label_meaning(named["lane"])
        lane = sketch.lane(_kind(meaning), plain(named["lane"]), exact=True)
        persona = row[form.persona] if form.persona is not None else ""
        feels = sketch.lanes[lane].kind == "emotions"
        whose = add_persona(sketch, persona) if persona else None
        sketch.put(Cell(lane, *places[named["stage"], step], whose if feels else None), row[form.text])
        _leave_unread(grid[form.header], row, form, sketch)
    return True


def _leave_unread(header: Sequence[str], row: Sequence[str], form: LongForm, sketch: Sketch) -> None:
    """Cells of columns that mean nothing here are left over, with the card they belong to."""
    read = {form.stage, form.step, form.lane, form.text, form.persona}
    unread = [f"{header[place]} {cell}".strip() for place, cell in enumerate(row) if cell and place not in read]
    if unread:
        sketch.leave(f"{row[form.text]} ({'; '.join(unread)})")


def _long_form(at: int, row: Sequence[str]) -> LongForm | None:
    names = [simplified(cell) for cell in row]
    stage = next((place for place, cell in enumerate(row) if is_stage_word(cell)), None)
    lane = next((place for place, name in enumerate(names) if name in LANE_COLUMNS), None)
    text = next((place for place, name in enumerate(names) if name in TEXT_COLUMNS), None)
    step = next((place for place, cell in enumerate(row) if is_step_word(cell)), None)
    persona = next((place for place, name in enumerate(names) if name in ("persona", "actor")), None)
    if stage is None or lane is None or text is None:
        return None
    return LongForm(at, stage, step, lane, text, persona)

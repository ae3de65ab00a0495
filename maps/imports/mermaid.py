"""Reads Mermaid's `journey` diagrams in all their grammar: sections, tasks, scores, actors, comments, titles."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from maps.drafts import MapDraft
from maps.imports.sketch import Cell, Sketch

OPENS = re.compile(r"\s*(?:```+\s*mermaid\b[^\n]*\n|~~~+\s*mermaid\b[^\n]*\n)?", re.IGNORECASE)
FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
FRONT_TITLE = re.compile(r"^title\s*:\s*(.+?)\s*$", re.MULTILINE)
TITLE = re.compile(r"title\s+(.*)", re.DOTALL)
TITLED = re.compile(r"^\s*title\s", re.MULTILINE)
SECTION = re.compile(r"section\s+(.*)", re.DOTALL)
ACCESSIBLE = re.compile(r"(accTitle|accDescr)\s*:\s*(.*)")
ACCESSIBLE_OPENS = re.compile(r"accDescr\s*\{(.*)")
TASK = re.compile(r"([^:]+?)\s*:\s*([+-]?\d+(?:\.\d+)?)\s*(?::(.*))?")
ENTITY = re.compile(r"#(\w{1,10});")


def is_mermaid(text: str) -> bool:
    """Whether `text` is a `journey` diagram, with or without a fence and front matter around it."""
    return _body(text) is not None


def fenced_journey(text: str) -> tuple[str, str] | None:
    """The `journey` in a fence somewhere in a text, and what stands around it."""
    start = text.find("```mermaid")
    while start >= 0:
        end = text.find("\n```", start + 10)
        end = len(text) if end < 0 else end + 4
        if is_mermaid(text[start:end]):
            return text[start:end], f"{text[:start]}\n{text[end:]}"
        start = text.find("```mermaid", end)
    return None


def read_mermaid(text: str, *, around: str = "") -> MapDraft:
    """The map of a `journey`: section = stage, task = step with an action, score = valence of each actor.

    Lines `around` it are left over, but for a heading that titles it if nothing else does.
    """
    title, others, body = _body(text) or ("", [], text)
    prose = [line for line in around.split("\n") if line.strip()]
    if not title and prose and prose[0].startswith("# ") and not TITLED.search(body):
        title, prose = prose[0].removeprefix("# ").strip(), prose[1:]
    others += prose
    reading = Reading(sketch=Sketch(title=title))
    for line in others:
        reading.sketch.leave(line)
    for raw in body.split("\n"):
        reading.take(raw)
    reading.finish()
    return reading.sketch.draft()


def _body(text: str) -> tuple[str, list[str], str] | None:
    """Title and other lines of the front matter, and what follows the word `journey`."""
    fence = OPENS.match(text)
    rest = text[fence.end() :] if fence else text
    title, others = "", list[str]()
    front = FRONT_MATTER.match(rest) if rest.lstrip().startswith("---") else None
    if front:
        named = FRONT_TITLE.search(front.group(1))
        title = named.group(1).strip("\"'") if named else ""
        others = [line for line in front.group(1).split("\n") if not FRONT_TITLE.fullmatch(line)]
        rest = rest[front.end() :]
    skipped: list[str] = []
    lines = rest.split("\n")
    for number, line in enumerate(lines):
        bare = line.strip()
        if bare == "journey" or bare.startswith(("journey ", "journey\t", "journey;", "journey:")):
            tail = bare[len("journey") :].lstrip(" ;:\t")
            if tail and not tail.startswith(("title ", "section ")):
                return None
            return title, others, "\n".join([*skipped, tail, *lines[number + 1 :]])
        if bare and not bare.startswith("%%"):
            return None
        skipped.append(line)
    return None


@dataclass(slots=True)
class Reading:
    """Where the reader of a diagram stands."""

    sketch: Sketch
    stage: int | None = None
    description: list[str] | None = None
    named: str = ""
    actions: int | None = None
    emotions: int | None = None

    def take(self, raw: str) -> None:
        line = raw.strip()
        if self.description is not None:
            self._describe(line)
        elif not line or line.startswith(("```", "~~~")):
            return
        elif line.startswith("%%"):
            self.sketch.leave(line)
        elif opened := ACCESSIBLE_OPENS.fullmatch(line):
            self.description = []
            self._describe(opened.group(1).strip())
        else:
            self._statement(line)

    def finish(self) -> None:
        """An accessible description that was never closed is kept as well."""
        if self.description:
            self.sketch.leave(" ".join(self.description))
        if self.named and self.named != self.sketch.title:
            self.sketch.leave(self.named)

    def _describe(self, line: str) -> None:
        said, closed, after = line.partition("}")
        self.description = [*(self.description or []), *filter(None, [said.strip()])]
        if closed:
            self.sketch.say("scenario", "\n".join(self.description))
            self.description = None
            self.sketch.leave(after)

    def _statement(self, line: str) -> None:
        text = _decoded(line.rstrip(";").rstrip())
        if found := ACCESSIBLE.fullmatch(text):
            if found.group(1) == "accDescr":
                self.sketch.say("scenario", found.group(2))
            else:
                self.named = found.group(2)
        elif found := TITLE.fullmatch(text):
            self._title(found.group(1).strip())
        elif found := SECTION.fullmatch(text):
            self.stage = self.sketch.add_stage(_one_line(found.group(1)))
        else:
            self._task(text)

    def _title(self, said: str) -> None:
        if self.sketch.title and self.sketch.title != said:
            self.sketch.leave(self.sketch.title)
        self.sketch.title = _one_line(said)

    def _task(self, text: str) -> None:
        found = TASK.fullmatch(text)
        name = found.group(1).strip() if found else text.rstrip(":").strip()
        if not name:
            self.sketch.leave(text)
            return
        if self.stage is None:
            self.stage = self.sketch.add_stage("")
        step = self.sketch.add_step(self.stage, _one_line(name))
        self.sketch.put(self._cell(step, feeling=False), name)
        if found:
            self._feel(step, float(found.group(2)), (found.group(3) or "").split(","))

    def _feel(self, step: int, score: float, actors: list[str]) -> None:
        names: list[str | None] = [self.sketch.persona(actor) for actor in actors if actor.strip()]
        for name in names or [None]:
            cell = self._cell(step, feeling=True, persona=name)
            self.sketch.put_score(cell, round((score - 3) * 50))

    def _cell(self, step: int, *, feeling: bool, persona: str | None = None) -> Cell:
        if self.actions is None:
            self.actions = self.sketch.add_lane("actions", "Actions")
        if feeling and self.emotions is None:
            self.emotions = self.sketch.add_lane("emotions", "Emotions")
        lane = self.emotions if feeling and self.emotions is not None else self.actions
        return Cell(lane, self.stage or 0, step, persona)


def _decoded(text: str) -> str:
    """Mermaid writes `#quot;` and `#9829;` for characters that its grammar keeps for itself."""

    def character(found: re.Match[str]) -> str:
        code = found.group(1)
        spelled = f"&#{code};" if code.isdigit() else f"&{code};"
        said = html.unescape(spelled)
        return found.group(0) if said == spelled else said

    return ENTITY.sub(character, text) if "#" in text else text


def _one_line(text: str) -> str:
    return re.sub(r"\s*<br\s*/?>\s*", " ", text, flags=re.IGNORECASE).strip()

"""The custody rule: what a source says stands somewhere in the draft, or among what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maps.drafts import MapDraft
from maps.imports.labels import meaning_of, numbered, simplified
from maps.imports.lines import RULE, read_line
from maps.imports.markdown import HEADERS
from maps.imports.people import FACTS
from maps.imports.tables import LANE_COLUMNS, TEXT_COLUMNS

PARTED = re.compile(r"[,;:|│\t•→]|<br>|\s[-–—]\s|\.\s|\|\||(?<=\")\s")
MARKS = re.compile(r"[\s\"'*_`#>\-•–()\[\].:?]+")
SPOKEN_BY_GRAMMAR = {"journey", "title", "acctitle", "accdescr {", "}", "mermaid"}
COLUMN_NAMES = LANE_COLUMNS | TEXT_COLUMNS | HEADERS | set(FACTS)


def lost_pieces(text: str, draft: MapDraft) -> list[str]:
    """The pieces of `text`, between its marks and labels, that stand nowhere in the draft."""
    kept = bare(" ".join(texts_of(draft)))
    return [piece for line in text.split("\n") for piece in _pieces(line) if not _is_kept(piece, kept)]


def texts_of(draft: MapDraft) -> Iterator[str]:
    """Every text that a draft carries."""
    yield from (draft.title, draft.scenario, draft.objective, draft.scope_start, draft.scope_end, draft.notes)
    yield from draft.left_over
    yield from (lane.title for lane in draft.lanes)
    yield from (card.text for card in draft.cards)
    for stage in draft.stages:
        yield from (stage.title, stage.goal, *(f"{step.title} {step.duration}" for step in stage.steps))
    for point in draft.emotions:
        yield from (f"{point.feeling} {point.emoji}", point.note, point.persona or "", str(point.valence // 50 + 3))
    for persona in draft.personas:
        yield from (persona.name, persona.role, persona.background, persona.demographics, persona.motto)
        yield from (persona.goals, persona.needs, persona.frustrations, persona.motivations)


def bare(text: str) -> str:
    """The text without marks and spacing, so that only its words are compared."""
    return MARKS.sub(" ", text.replace("’", "'")).strip().lower()


def _pieces(line: str) -> Iterator[str]:
    if RULE.fullmatch(line):
        return
    said = read_line(line).text
    yield from (piece for piece in PARTED.split(said) if bare(piece))


def _is_kept(piece: str, kept: str) -> bool:
    words = bare(piece)
    if words in kept or words in SPOKEN_BY_GRAMMAR | COLUMN_NAMES or words.isdigit():
        return True
    announced = numbered(piece.strip()) or numbered(f"{piece.strip()}:")
    if announced is not None and bare(announced.title) in kept:
        return True
    return meaning_of(piece.strip(' "*_')) is not None or simplified(piece) in kept or _without_number(words) in kept


def _without_number(words: str) -> str:
    return re.sub(r"^(?:section |title |\d+ |[a-z] )", "", words)

"""What is to be drawn, in order: the document narrowed to the chosen stages, lanes and curves."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from exports.options import Options
from maps.documents import CardRecord, EmotionRecord, LaneRecord, MapDocument, PersonaSummary, StageRecord, StepRecord


@dataclass(frozen=True, slots=True)
class Series:
    """One line of an emotion lane: the points of one persona (or of nobody in particular) in one state."""

    persona: PersonaSummary | None
    state: str
    points: Mapping[int, EmotionRecord]

    @property
    def name(self) -> str:
        who = self.persona.name if self.persona else ""
        return " · ".join(word for word in (who, "" if self.state == "today" else self.state) if word)


@dataclass(frozen=True, slots=True)
class Plan:
    """The grid: columns are steps numbered from 0, each in a stage; rows are lanes."""

    document: MapDocument
    stages: tuple[StageRecord, ...]
    steps: tuple[StepRecord, ...]
    lanes: tuple[LaneRecord, ...]
    personas: tuple[PersonaSummary, ...]
    cells: Mapping[tuple[str, int], tuple[CardRecord, ...]]
    series: Mapping[str, tuple[Series, ...]]
    remarks: Mapping[str, int]
    rtl: bool

    def columns(self, stage: StageRecord) -> range:
        """The columns of a stage, which lie side by side."""
        found = [index for index, step in enumerate(self.steps) if step.stage == stage.id]
        return range(found[0], found[-1] + 1) if found else range(0)


def make_plan(document: MapDocument, options: Options) -> Plan:
    """Choose and order what `options` ask for."""
    stages = tuple(stage for stage in document.stages if options.stages is None or stage.id in options.stages)
    by_stage: dict[str, list[StepRecord]] = defaultdict(list)
    for step in document.steps:
        by_stage[step.stage].append(step)
    steps = tuple(step for stage in stages for step in by_stage[stage.id])
    lanes = tuple(lane for lane in document.lanes if options.lanes is None or lane.id in options.lanes)
    column = {step.id: index for index, step in enumerate(steps)}
    cells: dict[tuple[str, int], list[CardRecord]] = defaultdict(list)
    for card in document.cards:
        if card.step in column:
            cells[card.lane, column[card.step]].append(card)
    return Plan(
        document=document,
        stages=stages,
        steps=steps,
        lanes=lanes,
        personas=_personas(document, options),
        cells={key: tuple(cards) for key, cards in cells.items()},
        series={lane.id: _series(lane, document, options, column) for lane in lanes if lane.kind == "emotions"},
        remarks=_remarks(document) if options.comments else {},
        rtl=options.direction == "rtl" or (options.direction == "auto" and _reads_rtl(document)),
    )


def _personas(document: MapDocument, options: Options) -> tuple[PersonaSummary, ...]:
    known = {persona.id: persona for persona in document.personas}
    ids = [each for each in document.map.personas if options.personas is None or each in options.personas]
    return tuple(known[each] for each in ids if each in known)


def _series(lane: LaneRecord, document: MapDocument, options: Options, column: Mapping[str, int]) -> tuple[Series, ...]:
    """The lines of a lane: personas in the map's order, those of nobody first, “today” before other states."""
    known = {persona.id: persona for persona in document.personas}
    order = {persona: index for index, persona in enumerate(document.map.personas)}
    points: dict[tuple[str | None, str], dict[int, EmotionRecord]] = defaultdict(dict)
    for emotion in document.emotions:
        if emotion.lane == lane.id and emotion.step in column and _is_wanted(emotion, options):
            points[emotion.persona, emotion.state][column[emotion.step]] = emotion
    keys = sorted(
        points,
        key=lambda key: (-1 if key[0] is None else order.get(key[0], 99), key[1] != "today", key[1], str(key[0])),
    )
    return tuple(
        Series(known.get(key[0]) if key[0] else None, key[1], dict(sorted(points[key].items()))) for key in keys
    )


def _is_wanted(emotion: EmotionRecord, options: Options) -> bool:
    if options.states is not None and emotion.state not in options.states:
        return False
    return options.personas is None or emotion.persona is None or emotion.persona in options.personas


def _remarks(document: MapDocument) -> Mapping[str, int]:
    return Counter(comment.target for comment in document.comments if comment.on == "card" and not comment.resolved)


def _reads_rtl(document: MapDocument) -> bool:
    """Whether most of the titles begin in a script that is written from right to left."""
    titles = [document.map.title, *(stage.title for stage in document.stages), *(lane.title for lane in document.lanes)]
    votes = Counter(_direction(title) for title in titles)
    return votes["R"] > votes["L"]


def _direction(text: str) -> str:
    for letter in text[:200]:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "L"
        if kind in {"R", "AL"}:
            return "R"
    return ""

"""A map before it exists: what an import, a template or the demo wants to create, and the operations that do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from journeymap.core.ids import new_id

Op = dict[str, Any]

STAGE_COLORS = ("blue", "teal", "green", "violet", "orange", "pink", "yellow", "red")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStep:
    title: str = ""
    duration: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStage:
    """A stage with its steps, left to right; it always has at least one."""

    title: str = ""
    goal: str = ""
    color: str | None = None
    steps: tuple[DraftStep, ...] = (DraftStep(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLane:
    kind: str
    title: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCard:
    """A card in the cell of `lane`, `stage` and `step`, all counted from 0 (`step` within its stage).

    `key` names the card inside the draft, so that `hurts_at` and `answers` of other cards can point at it.
    `assignee` names somebody whom `draft_ops` is told about in `people`. What is None is left to the server.
    """

    lane: int
    stage: int
    step: int = 0
    text: str = ""
    key: str | None = None
    color: str | None = None
    span: int = 1
    tags: tuple[str, ...] = ()
    assignee: str | None = None
    channel: str | None = None
    quality: str | None = None
    moment_of_truth: bool = False
    missing: bool = False
    severity: int | None = None
    frequency: int | None = None
    hurts_at: str | None = None
    impact: int | None = None
    effort: int | None = None
    answers: tuple[str, ...] = ()
    due_on: str | None = None
    status: str | None = None
    metric: Mapping[str, Any] | None = None
    image: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEmotion:
    """A point of the curve; `persona` is the name of one of the draft's personas, or None for anybody."""

    lane: int
    stage: int
    step: int = 0
    persona: str | None = None
    state: str = "today"
    valence: int = 0
    feeling: str = ""
    emoji: str = ""
    note: str = ""
    moment_of_truth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPersona:
    """A persona as its document has it: texts with line breaks, channels as words.

    A skill is `{"name": str, "level": 0..100}`, a section `{"title": str, "text": str}`.
    """

    name: str
    role: str = ""
    motto: str = ""
    color: str | None = None
    demographics: str = ""
    background: str = ""
    goals: str = ""
    needs: str = ""
    frustrations: str = ""
    motivations: str = ""
    jobs_to_be_done: str = ""
    channels: tuple[str, ...] = ()
    skills: tuple[Mapping[str, Any], ...] = ()
    sections: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDraft:
    """A whole map to be; `left_over` are lines of a source that fit nowhere, kept in `notes` as well."""

    title: str = ""
    kind: str = "current_state"
    scenario: str = ""
    objective: str = ""
    scope_start: str = ""
    scope_end: str = ""
    status: str = "draft"
    review_on: str | None = None
    notes: str = ""
    stages: tuple[DraftStage, ...] = ()
    lanes: tuple[DraftLane, ...] = ()
    cards: tuple[DraftCard, ...] = ()
    emotions: tuple[DraftEmotion, ...] = ()
    personas: tuple[DraftPersona, ...] = ()
    left_over: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """What was understood, counted as the contract's `understood` does."""
        steps = sum(len(stage.steps) for stage in self.stages)
        return {
            "stages": len(self.stages),
            "steps": steps,
            "lanes": len(self.lanes),
            "cards": len(self.cards),
            "emotions": len(self.emotions),
            "personas": len(self.personas),
        }


def draft_ops(
    draft: MapDraft,
    *,
    persona_ids: Mapping[str, str],
    people: Mapping[str, str] | None = None,
    map_id: str | None = None,
    make_id: Callable[[], UUID] = new_id,
) -> list[Op]:
    """The operations that fill an empty map with `draft`, in an order in which each finds what it names.

    `persona_ids` holds the id of every persona by its name, `people` the user ids that assignees stand for.
    With `map_id` the map's own texts and personas come first as one `set`; title and kind are creation's.
    """
    ops: list[Op] = []
    if map_id is not None:
        ops += _map_ops(draft, map_id=map_id, persona_ids=persona_ids)
    columns: dict[tuple[int, int], str] = {}
    for number, stage in enumerate(draft.stages):
        ops += _stage_ops(stage, number=number, columns=columns, make_id=make_id)
    lanes = [str(make_id()) for _ in draft.lanes]
    ops += [_insert("lane", key, _lane_fields(lane)) for key, lane in zip(lanes, draft.lanes, strict=True)]
    ops += _card_ops(draft.cards, lanes=lanes, columns=columns, people=people or {}, make_id=make_id)
    for point in draft.emotions:
        fields = {"lane": lanes[point.lane], "step": columns[point.stage, point.step]}
        ops.append(_insert("emotion", str(make_id()), fields | _emotion_fields(point, persona_ids)))
    return ops


def _insert(kind: str, key: str, fields: dict[str, Any]) -> Op:
    return {"op": "insert", "type": kind, "id": key, "fields": fields}


def _map_ops(draft: MapDraft, *, map_id: str, persona_ids: Mapping[str, str]) -> list[Op]:
    texts = ("scenario", "objective", "scope_start", "scope_end", "notes", "review_on")
    fields: dict[str, Any] = {name: getattr(draft, name) for name in texts if getattr(draft, name)}
    if draft.status != "draft":
        fields["status"] = draft.status
    if draft.personas:
        fields["personas"] = list(dict.fromkeys(persona_ids[persona.name] for persona in draft.personas))
    return [{"op": "set", "type": "map", "id": map_id, "fields": fields}] if fields else []


def _stage_ops(
    stage: DraftStage, *, number: int, columns: dict[tuple[int, int], str], make_id: Callable[[], UUID]
) -> Iterable[Op]:
    stage_id = str(make_id())
    color = stage.color or STAGE_COLORS[number % len(STAGE_COLORS)]
    yield _insert("stage", stage_id, {"title": stage.title, "color": color} | _said(goal=stage.goal))
    for place, step in enumerate(stage.steps):
        columns[number, place] = step_id = str(make_id())
        fields = {"stage": stage_id, "title": step.title} | _said(duration=step.duration)
        yield _insert("step", step_id, fields)


def _lane_fields(lane: DraftLane) -> dict[str, Any]:
    return {"kind": lane.kind, "title": lane.title} | _said(settings=dict(lane.settings))


def _card_ops(
    cards: Iterable[DraftCard],
    *,
    lanes: list[str],
    columns: Mapping[tuple[int, int], str],
    people: Mapping[str, str],
    make_id: Callable[[], UUID],
) -> list[Op]:
    """Inserts in order, then the references between cards, when all of them are there."""
    inserts: list[Op] = []
    named: dict[str, str] = {}
    pointing: list[tuple[str, DraftCard]] = []
    for card in cards:
        card_id = str(make_id())
        if card.key is not None:
            named[card.key] = card_id
        if card.hurts_at is not None or card.answers:
            pointing.append((card_id, card))
        place = {"lane": lanes[card.lane], "step": columns[card.stage, card.step], "text": card.text}
        inserts.append(_insert("card", card_id, place | _card_details(card, people)))
    sets = [
        {"op": "set", "type": "card", "id": card_id, "fields": fields}
        for card_id, card in pointing
        if (fields := _references(card, named))
    ]
    return inserts + sets


CARD_VALUES = (
    "color", "channel", "quality", "moment_of_truth", "missing", "severity", "frequency",
    "impact", "effort", "due_on", "status", "metric", "image", "url",
)  # fmt: skip


def _card_details(card: DraftCard, people: Mapping[str, str]) -> dict[str, Any]:
    fields = {name: value for name in CARD_VALUES if (value := getattr(card, name)) not in (None, False)}
    if card.span != 1:
        fields["span"] = card.span
    if card.tags:
        fields["tags"] = list(card.tags)
    if card.assignee is not None and card.assignee in people:
        fields["assignee"] = people[card.assignee]
    return fields


def _references(card: DraftCard, named: Mapping[str, str]) -> dict[str, Any]:
    answers = [named[key] for key in card.answers if key in named]
    hurts_at = named.get(card.hurts_at) if card.hurts_at is not None else None
    return _said(hurts_at=hurts_at, answers=answers)


def _emotion_fields(point: DraftEmotion, persona_ids: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"valence": point.valence, "state": point.state}
    fields["persona"] = None if point.persona is None else persona_ids[point.persona]
    said = _said(feeling=point.feeling, emoji=point.emoji, note=point.note, moment_of_truth=point.moment_of_truth)
    return fields | said


def _said(**values: Any) -> dict[str, Any]:
    """Only what says something: the rest is what a new record has anyway."""
    return {name: value for name, value in values.items() if value}

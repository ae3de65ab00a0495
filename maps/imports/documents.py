"""Reads our own JSON document back into a draft, and the plain JSON lists of stages that other programs write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from journeymap.core.colors import COLORS
from journeymap.core.errors import Problem, Unprocessable
from maps.drafts import DraftCard, DraftEmotion, DraftLane, DraftPersona, DraftStage, DraftStep, MapDraft
from maps.imports.limits import MOST_CARDS, MOST_LANES, MOST_STEPS, TEXT_LIMIT, TITLE_LIMIT
from maps.words import LANE_KINDS, MAP_KINDS, MAP_STATUSES, OPPORTUNITY_STATUSES, QUALITIES

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Record = Mapping[str, Any]


def read_json(text: str) -> Any:
    """The value that `text` spells.

    Raises Unprocessable for broken JSON and for JSON nested so deep that no map is.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Unprocessable("The JSON is nested too deeply to be a map.") from error
    except json.JSONDecodeError as error:
        message = f"The JSON breaks off or is not well formed in line {error.lineno}: {error.msg}."
        raise Unprocessable(message) from error
    except ValueError as error:
        raise Unprocessable("The JSON contains a number that is too large.") from error


def is_document(value: Any) -> bool:
    """Whether `value` has the shape of a map's document."""
    return isinstance(value, dict) and isinstance(value.get("map"), dict) and isinstance(value.get("stages"), list)


def read_document(wire: Record) -> MapDraft:
    """The draft that makes the same map anew, with every field a card can carry; comments go to the notes.

    Raises Unprocessable naming what is wrong.
    """
    lists = {name: _records(wire, name) for name in ("stages", "steps", "lanes", "cards", "emotions", "personas")}
    if not lists["stages"] and (lists["cards"] or lists["emotions"]):
        raise Unprocessable("The document has cards, but no stages to put them into.")
    if len(lists["steps"]) > MOST_STEPS or len(lists["lanes"]) > MOST_LANES or len(lists["cards"]) > MOST_CARDS:
        raise Unprocessable(f"The document is too large: at most {MOST_STEPS} columns, {MOST_CARDS:,} cards.")
    places, stages = _stages(lists["stages"], lists["steps"])
    lanes = {_id(lane, "lane"): number for number, lane in enumerate(lists["lanes"])}
    names = _persona_names(lists["personas"])
    record = wire["map"]
    left_over = tuple(f"{note['author_name']}: {note['text']}".strip(": ") for note in _comments(wire))
    return MapDraft(
        title=_text(record, "title", TITLE_LIMIT),
        kind=_one_of(record, "kind", MAP_KINDS) or "current_state",
        status=_one_of(record, "status", MAP_STATUSES) or "draft",
        scenario=_text(record, "scenario"),
        objective=_text(record, "objective"),
        scope_start=_text(record, "scope_start"),
        scope_end=_text(record, "scope_end"),
        review_on=_day(record, "review_on"),
        notes="\n".join(filter(None, [_text(record, "notes"), *left_over]))[:TEXT_LIMIT],
        stages=stages,
        lanes=tuple(_lane(lane) for lane in lists["lanes"]),
        cards=tuple(_card(card, lanes, places) for card in lists["cards"]),
        emotions=tuple(_emotion(point, lanes, places, names) for point in lists["emotions"]),
        personas=tuple(_persona(persona, names) for persona in lists["personas"]),
        left_over=left_over,
    )


def _records(wire: Record, name: str) -> list[Record]:
    records = wire.get(name, [])
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unprocessable(f"“{name}” of the document must be a list of objects.", fields={name: "not a list"})
    return records


def _comments(wire: Record) -> list[dict[str, str]]:
    return [
        {"author_name": _text(note, "author_name", TITLE_LIMIT), "text": _text(note, "text")}
        for note in _records(wire, "comments")
    ]


def _stages(
    stages: Sequence[Record], steps: Sequence[Record]
) -> tuple[dict[str, tuple[int, int]], tuple[DraftStage, ...]]:
    """Where every step stands, and the stages with their steps in order."""
    inside: dict[str, list[Record]] = {_id(stage, "stage"): [] for stage in stages}
    for step in steps:
        if step.get("stage") not in inside:
            raise Unprocessable("A step of the document names a stage that is not in it.")
        inside[step["stage"]].append(step)
    places: dict[str, tuple[int, int]] = {}
    drafts: list[DraftStage] = []
    for number, stage in enumerate(stages):
        own = inside[stage["id"]]
        places |= {_id(step, "step"): (number, place) for place, step in enumerate(own)}
        titles = tuple(
            DraftStep(title=_text(step, "title", TITLE_LIMIT), duration=_text(step, "duration", TITLE_LIMIT))
            for step in own
        )
        drafts.append(
            DraftStage(
                title=_text(stage, "title", TITLE_LIMIT),
                goal=_text(stage, "goal"),
                color=_one_of(stage, "color", COLORS),
                steps=titles or (DraftStep(),),
            )
        )
    return places, tuple(drafts)


def _lane(lane: Record) -> DraftLane:
    kind = _one_of(lane, "kind", LANE_KINDS)
    settings = lane.get("settings")
    return DraftLane(
        kind=kind or "text",
        title=_text(lane, "title", TITLE_LIMIT),
        settings=settings if isinstance(settings, dict) else {},
    )


def _card(card: Record, lanes: Mapping[str, int], places: Mapping[str, tuple[int, int]]) -> DraftCard:
    lane, stage, step = _place(card, lanes, places, "card")
    metric = card.get("metric")
    return DraftCard(
        lane=lane,
        stage=stage,
        step=step,
        key=_id(card, "card"),
        text=_text(card, "text"),
        color=_one_of(card, "color", COLORS),
        span=_number(card, "span", 1, MOST_STEPS) or 1,
        tags=_words(card, "tags"),
        assignee=_optional(card, "assignee", TITLE_LIMIT),
        channel=_optional(card, "channel", TITLE_LIMIT),
        quality=_one_of(card, "quality", QUALITIES),
        moment_of_truth=card.get("moment_of_truth") is True,
        missing=card.get("missing") is True,
        severity=_number(card, "severity", 1, 5),
        frequency=_number(card, "frequency", 1, 5),
        hurts_at=_optional(card, "hurts_at", TITLE_LIMIT),
        impact=_number(card, "impact", 1, 5),
        effort=_number(card, "effort", 1, 5),
        answers=_words(card, "answers"),
        due_on=_day(card, "due_on"),
        status=_one_of(card, "status", OPPORTUNITY_STATUSES),
        metric=metric if isinstance(metric, dict) else None,
        image=_optional(card, "image", 500),
        url=_optional(card, "url", 2000),
    )


def _emotion(
    point: Record, lanes: Mapping[str, int], places: Mapping[str, tuple[int, int]], names: Mapping[str, str]
) -> DraftEmotion:
    lane, stage, step = _place(point, lanes, places, "feeling")
    return DraftEmotion(
        lane=lane,
        stage=stage,
        step=step,
        persona=names.get(str(point.get("persona"))),
        state=_text(point, "state", 20) or "today",
        valence=_number(point, "valence", -100, 100) or 0,
        feeling=_text(point, "feeling", TITLE_LIMIT),
        emoji=_text(point, "emoji", 40),
        note=_text(point, "note"),
        moment_of_truth=point.get("moment_of_truth") is True,
    )


def _place(
    record: Record, lanes: Mapping[str, int], places: Mapping[str, tuple[int, int]], what: str
) -> tuple[int, int, int]:
    lane, step = record.get("lane"), record.get("step")
    if not isinstance(lane, str) or not isinstance(step, str) or lane not in lanes or step not in places:
        raise Unprocessable(f"A {what} of the document stands in a lane or step that is not in it.")
    return lanes[lane], *places[step]


def _persona_names(personas: Sequence[Record]) -> dict[str, str]:
    """A name for every persona's id; a name that stands twice gets a number."""
    names: dict[str, str] = {}
    for number, persona in enumerate(personas, start=1):
        name = _text(persona, "name", TITLE_LIMIT - 6) or f"Persona {number}"
        names[_id(persona, "persona")] = f"{name} ({number})" if name in names.values() else name
    return names


def _persona(persona: Record, names: Mapping[str, str]) -> DraftPersona:
    return DraftPersona(
        name=names[persona["id"]], role=_text(persona, "role", TITLE_LIMIT), color=_one_of(persona, "color", COLORS)
    )


def _wrong(name: str, what: str) -> Problem:
    return Unprocessable(f"“{name}” in the document is {what}.", fields={name: what})


def _id(record: Record, what: str) -> str:
    value = record.get("id")
    if not isinstance(value, str) or not value or len(value) > 100:
        raise Unprocessable(f"A {what} of the document has no id.")
    return value


def _text(record: Record, name: str, limit: int = TEXT_LIMIT) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(name, "not a text")
    if len(value) > limit:
        raise _wrong(name, f"longer than {limit:,} characters")
    return value


def _optional(record: Record, name: str, limit: int) -> str | None:
    return None if record.get(name) is None else _text(record, name, limit)


def _one_of(record: Record, name: str, known: Mapping[str, str] | Sequence[str]) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or value not in known:
        raise _wrong(name, "none of the known words")
    return value


def _number(record: Record, name: str, low: int, high: int) -> int | None:
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _wrong(name, f"not a whole number from {low} to {high}")
    return value


def _words(record: Record, name: str) -> tuple[str, ...]:
    value = record.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(word, str) and len(word) <= TITLE_LIMIT for word in value):
        raise _wrong(name, "not a list of short texts")
    return tuple(value)


def _day(record: Record, name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise _wrong(name, "not a day like 2027-03-31")
    return value

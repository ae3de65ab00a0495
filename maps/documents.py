"""A map as a value: everything that a page, a file or a program reads of it, frozen at one seq."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRecord:
    id: str
    workspace: str
    title: str = ""
    kind: str = "current_state"
    scenario: str = ""
    objective: str = ""
    scope_start: str = ""
    scope_end: str = ""
    notes: str = ""
    status: str = "draft"
    owner: str | None = None
    personas: tuple[str, ...] = ()
    review_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRecord:
    id: str
    title: str = ""
    rank: str
    color: str = "grey"
    goal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    id: str
    stage: str
    title: str = ""
    rank: str
    duration: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRecord:
    id: str
    kind: str
    title: str = ""
    rank: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRecord:
    """A sticky note with all that its touchpoint, pain point, opportunity or metric says."""

    id: str
    lane: str
    step: str
    rank: str
    span: int = 1
    text: str = ""
    color: str = "yellow"
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
class EmotionRecord:
    """A point of the curve; `valence` runs from -100 to +100."""

    id: str
    lane: str
    step: str
    persona: str | None = None
    state: str = "today"
    valence: int = 0
    feeling: str = ""
    emoji: str = ""
    note: str = ""
    moment_of_truth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRecord:
    """A remark; `on` names the type of its `target`, `at` is ISO 8601 UTC."""

    id: str
    on: str
    target: str
    parent: str | None = None
    text: str = ""
    author: str | None = None
    author_guest: str | None = None
    author_name: str = ""
    at: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaSummary:
    id: str
    name: str = ""
    role: str = ""
    portrait: str | None = None
    color: str = "violet"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDocument:
    """A whole map at `seq` of its log; every list is in display order."""

    seq: int
    log: str
    map: MapRecord
    stages: tuple[StageRecord, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    lanes: tuple[LaneRecord, ...] = ()
    cards: tuple[CardRecord, ...] = ()
    emotions: tuple[EmotionRecord, ...] = ()
    comments: tuple[CommentRecord, ...] = ()
    personas: tuple[PersonaSummary, ...] = ()


LISTS: dict[str, type] = {
    "stages": StageRecord,
    "steps": StepRecord,
    "lanes": LaneRecord,
    "cards": CardRecord,
    "emotions": EmotionRecord,
    "comments": CommentRecord,
    "personas": PersonaSummary,
}

T = TypeVar("T")


def document_from_wire(wire: Mapping[str, Any]) -> MapDocument:
    """The document that `wire` (the contract's JSON shape) spells; unknown keys are left aside."""
    lists: dict[str, Any] = {name: tuple(map(_reader(kind), wire.get(name, ()))) for name, kind in LISTS.items()}
    return MapDocument(seq=wire["seq"], log=wire["log"], map=_reader(MapRecord)(wire["map"]), **lists)


def document_to_wire(document: MapDocument) -> Wire:
    """The contract's JSON shape of a document, as plain dicts and lists."""
    wire: Wire = {"seq": document.seq, "log": document.log, "map": _as_wire(document.map)}
    return wire | {name: [_as_wire(record) for record in getattr(document, name)] for name in LISTS}


def _reader(kind: type[T]) -> Callable[[Mapping[str, Any]], T]:
    names = {item.name for item in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass

    def read(wire: Mapping[str, Any]) -> T:
        return kind(
            **{key: tuple(value) if type(value) is list else value for key, value in wire.items() if key in names}
        )

    return read


def _as_wire(record: Any) -> Wire:
    values = {name: getattr(record, name) for name in record.__slots__}
    return {name: list(value) if type(value) is tuple else value for name, value in values.items()}

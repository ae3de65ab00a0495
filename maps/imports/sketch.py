"""Collects what a reader finds, wherever it finds it, and makes the draft of it within the limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from journeymap.core.errors import TooLarge
from maps.drafts import DraftCard, DraftEmotion, DraftLane, DraftPersona, DraftStage, DraftStep, MapDraft
from maps.imports.cells import is_missing, items_of, quality_of
from maps.imports.feelings import feeling_of, scale_of, speaks_of_feeling
from maps.imports.kinds import kind_of_map
from maps.imports.labels import core_of, folded, simplified
from maps.imports.limits import (
    MOST_CARDS,
    MOST_LANES,
    MOST_LINES,
    MOST_PERSONAS,
    MOST_STEPS,
    TEXT_LIMIT,
    TITLE_LIMIT,
)

PERSONA_COLORS = ("violet", "teal", "orange", "pink", "blue", "green", "red", "grey")
LEFT_OVER_TITLE = "Left over"


@dataclass(slots=True)
class SketchedStep:
    title: str = ""
    duration: str = ""


@dataclass(slots=True)
class SketchedStage:
    title: str = ""
    goals: list[str] = field(default_factory=list)
    steps: list[SketchedStep] = field(default_factory=list)


@dataclass(slots=True)
class SketchedLane:
    kind: str
    title: str
    mixed: bool = False
    line_below: str = ""

    def draft(self, title: str) -> DraftLane:
        return DraftLane(kind=self.kind, title=title, settings=_settings(self.line_below))


@dataclass(frozen=True, slots=True)
class Cell:
    """Where something is put: a lane, a stage, a step of it, and whose feeling it is (None: anybody's)."""

    lane: int
    stage: int
    step: int = 0
    persona: str | None = None


@dataclass(slots=True)
class Sketch:
    """A map as it is being read. Texts are put whole into cells and split once all is known."""

    title: str = ""
    kind: str = ""
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    stages: list[SketchedStage] = field(default_factory=list)
    lanes: list[SketchedLane] = field(default_factory=list)
    cells: dict[Cell, list[str]] = field(default_factory=dict)
    scores: dict[Cell, int] = field(default_factory=dict)
    personas: dict[str, DraftPersona] = field(default_factory=dict)
    left_over: list[str] = field(default_factory=list)

    def add_stage(self, title: str) -> int:
        self.stages.append(SketchedStage(title))
        return len(self.stages) - 1

    def add_step(self, stage: int, title: str = "") -> int:
        steps = self.stages[stage].steps
        steps.append(SketchedStep(title))
        if len(steps) > MOST_STEPS or len(self.stages) > MOST_STEPS:
            raise TooLarge(f"This would make more than {MOST_STEPS} columns, which is the most a map can hold.")
        return len(steps) - 1

    def lane(self, kind: str, title: str, *, mixed: bool = False, exact: bool = False) -> int:
        """The lane of this kind and name, new if there is none yet.

        Unless `exact`, singular and plural, “actions” and “customer actions” are one name.
        """
        name = simplified if exact else core_of
        wanted = name(title)
        for number, lane in enumerate(self.lanes):
            if lane.kind == kind and name(lane.title) == wanted:
                return number
        return self.add_lane(kind, title, mixed=mixed)

    def add_lane(self, kind: str, title: str, *, mixed: bool = False) -> int:
        if len(self.lanes) >= MOST_LANES:
            raise TooLarge(f"This would make more than {MOST_LANES} lanes, which is the most a map can hold.")
        self.lanes.append(SketchedLane(kind, title, mixed))
        return len(self.lanes) - 1

    def put(self, cell: Cell, text: str) -> None:
        """Keeps `text` for a cell; it is split into cards, or read as a feeling, when the draft is made."""
        if text.strip():
            self.cells.setdefault(cell, []).append(text)

    def put_score(self, cell: Cell, valence: int) -> None:
        self.scores[cell] = max(-100, min(100, valence))

    def say(self, part: str, text: str) -> None:
        """Adds to one of the map's own texts: scenario, objective, scope_start, scope_end."""
        if text.strip():
            self.texts[part].append(text.strip())

    def leave(self, line: str) -> None:
        if line.strip():
            self.left_over.append(line.strip())
            if len(self.left_over) > MOST_LINES:
                raise TooLarge(f"An import takes in at most {MOST_LINES:,} lines.")

    def persona(self, name: str, **facts: str) -> str:
        """Adds a persona, or what else is known of one already there; answers its name on the map."""
        short = shortened(name.strip())
        if short != name.strip():
            facts["background"] = "\n".join(filter(None, [name.strip(), facts.get("background", "")]))
        known = self.personas.get(short)
        if known is None and len(self.personas) >= MOST_PERSONAS:
            self.leave(name)
            return next(iter(self.personas))
        known = known or DraftPersona(name=short)
        added = {key: _joined(getattr(known, key), text) for key, text in facts.items() if text.strip()}
        self.personas[short] = replace(known, **added)  # type: ignore[arg-type]  # every key names a text field
        return short

    def draw_line(self, label: str) -> None:
        """Draws one of a blueprint's lines below the latest lane."""
        plain = folded(label)
        line = "visibility" if "visib" in plain or "sichtb" in plain else "interaction"
        internal = "internal" in plain or "intern" in plain.split() or "interne" in plain or "interna" in plain.split()
        if not self.lanes:
            self.leave(label)
        else:
            self.lanes[-1].line_below = "internal_interaction" if internal else line

    def whose(self, name: str) -> str | None:
        """The persona that goes by this name, whole or its first word."""
        wanted = name.strip(" )").lower()
        known = (persona for persona in self.personas if wanted and persona.lower().split()[:1] == wanted.split()[:1])
        return next(iter(known), None)

    def draft(self) -> MapDraft:
        """The draft of all that was put, with the limits kept and nothing lost."""
        self._settle_lanes()
        cards, emotions = list(islice(self._cards(), MOST_CARDS + 1)), list(self._emotions())
        stages = tuple(self._stages())
        title = self._shortened_title(self.title.strip() or next(iter(self.personas), ""))
        texts = {part: self._within(TEXT_LIMIT, "\n".join(said)) for part, said in self.texts.items()}
        lanes = [lane.draft(self._shortened_title(lane.title)) for lane in self.lanes]
        kind = self.kind or kind_of_map(title, [lane.kind for lane in lanes], [lane.title for lane in lanes])
        personas = tuple(self._kept(persona, at) for at, persona in enumerate(self.personas.values()))
        notes, surplus = _notes(self.left_over)
        if surplus:
            stages = stages or (DraftStage(),)
            cards += [DraftCard(lane=len(lanes), stage=0, text=text) for text in surplus]
            lanes.append(DraftLane(kind="text", title=LEFT_OVER_TITLE))
        _check_counts(cards, stages)
        return MapDraft(
            title=title,
            kind=kind,
            stages=stages,
            lanes=tuple(lanes),
            cards=tuple(cards),
            emotions=tuple(emotions),
            personas=personas,
            notes=notes,
            left_over=tuple(self.left_over),
            **texts,
        )

    def _settle_lanes(self) -> None:
        """Lanes whose label may mean feelings, like “experience”, are what most of their words are."""
        for number, lane in enumerate(self.lanes):
            if lane.mixed:
                texts = [item for cell, said in self.cells.items() if cell.lane == number for item in said]
                feelings = sum(map(speaks_of_feeling, texts))
                otherwise = "thoughts" if lane.kind == "emotions" else lane.kind
                lane.kind = "emotions" if texts and feelings * 2 > len(texts) else otherwise
        self._settle_customer_actions()

    def _settle_customer_actions(self) -> None:
        """What the customer does is the customer's lane in a blueprint, plain actions in any other map."""
        kinds = {lane.kind for lane in self.lanes}
        blueprint = bool(kinds & {"backstage", "physical_evidence"}) or {"frontstage", "support"} <= kinds
        acting = [lane for lane in self.lanes if lane.kind in ("actions", "customer_actions")]
        for lane in acting:
            named = lane.kind == "customer_actions" or len(acting) == 1
            lane.kind = "customer_actions" if blueprint and named else "actions"

    def _cards(self) -> Iterator[DraftCard]:
        for cell, texts in self.cells.items():
            kind = self.lanes[cell.lane].kind
            if kind == "emotions":
                continue
            touching = kind == "touchpoints"
            for item in (item for text in texts for item in items_of(text, commas=touching)):
                for piece in pieces_of(item):
                    yield DraftCard(
                        lane=cell.lane,
                        stage=cell.stage,
                        step=cell.step,
                        text=piece,
                        quality=quality_of(piece) if touching else None,
                        missing=touching and is_missing(piece),
                    )

    def _emotions(self) -> Iterator[DraftEmotion]:
        """One point for each cell of an emotions lane; the persona's own where there is only one persona."""
        only = next(iter(self.personas)) if len(self.personas) == 1 else None
        felt = {cell: texts for cell, texts in self.cells.items() if self.lanes[cell.lane].kind == "emotions"}
        items = {cell: items_of("\n".join(texts), commas=False) for cell, texts in felt.items()}
        lanes: dict[int, list[str]] = defaultdict(list)
        for cell, said in items.items():
            lanes[cell.lane] += said
        scales = {lane: scale_of(said) for lane, said in lanes.items()}
        for cell in dict.fromkeys([*items, *self.scores]):
            feeling = feeling_of(items.get(cell, []), scale=scales.get(cell.lane, scale_of([])))
            yield DraftEmotion(
                lane=cell.lane,
                stage=cell.stage,
                step=cell.step,
                persona=cell.persona or (None if cell in self.scores else only),
                valence=self.scores.get(cell, feeling.valence),
                feeling=feeling.words,
                emoji=feeling.emoji,
                note=self._within(TEXT_LIMIT, feeling.note),
            )

    def _stages(self) -> Iterator[DraftStage]:
        for stage in self.stages:
            steps = tuple(
                DraftStep(title=self._shortened_title(step.title), duration=self._shortened_title(step.duration))
                for step in stage.steps
            )
            goal = self._within(TEXT_LIMIT, "\n".join(stage.goals))
            yield DraftStage(title=self._shortened_title(stage.title), goal=goal, steps=steps or (DraftStep(),))

    def _shortened_title(self, title: str) -> str:
        """A title within its limit; a longer one is kept whole among what is left over."""
        title = " ".join(title.split("\n"))
        if len(title) > TITLE_LIMIT:
            self.leave(title)
        return shortened(title)

    def _within(self, limit: int, text: str) -> str:
        """The text up to its limit; what is beyond goes to what is left over."""
        pieces = list(pieces_of(text, limit=limit))
        for piece in pieces[1:]:
            self.leave(piece)
        return pieces[0] if pieces else ""

    def _kept(self, persona: DraftPersona, at: int) -> DraftPersona:
        """The persona with its texts within their limits, and a colour that tells its curve from the others."""
        facts = ("motto", "demographics", "background", "goals", "needs", "frustrations", "motivations")
        texts = {name: self._within(TEXT_LIMIT, getattr(persona, name)) for name in facts}
        color = PERSONA_COLORS[at % len(PERSONA_COLORS)]
        return replace(persona, color=color, role=self._shortened_title(persona.role), **texts)  # type: ignore[arg-type]  # texts


def shortened(title: str) -> str:
    """A title of at most TITLE_LIMIT characters, cut between words."""
    if len(title) <= TITLE_LIMIT:
        return title
    cut = title[: TITLE_LIMIT - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def pieces_of(text: str, *, limit: int = TEXT_LIMIT) -> Iterator[str]:
    """`text` in pieces of at most `limit` characters, parted at spaces where there are any."""
    while len(text) > limit:
        cut = max(text.rfind(" ", limit // 2, limit), text.rfind("\n", limit // 2, limit))
        cut = cut if cut > 0 else limit
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _settings(line_below: str) -> dict[str, str]:
    return {"line_below": line_below} if line_below else {}


def _joined(known: str, added: str) -> str:
    return f"{known}\n{added.strip()}" if known else added.strip()


def _notes(left_over: list[str]) -> tuple[str, list[str]]:
    """The map's notes, and what is beyond their limit as texts for cards."""
    pieces = list(pieces_of("\n".join(left_over)))
    return (pieces[0] if pieces else "", pieces[1:])


def _check_counts(cards: list[DraftCard], stages: tuple[DraftStage, ...]) -> None:
    if len(cards) > MOST_CARDS:
        raise TooLarge(f"This would make more than {MOST_CARDS:,} cards, the most a map can take in at once.")
    steps = sum(len(stage.steps) for stage in stages)
    if steps > MOST_STEPS:
        raise TooLarge(f"This would make {steps:,} columns; a map can hold at most {MOST_STEPS}.")

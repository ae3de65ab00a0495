"""Draws a draft as text, so that a test can show what an import understood, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from maps.drafts import DraftCard, DraftEmotion, DraftPersona, MapDraft


def drawn(draft: MapDraft) -> str:
    """The draft as text: the map's own lines, then every stage and step with what stands in its lanes."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: MapDraft) -> Iterator[str]:
    yield f"{draft.title} [{draft.kind}]"
    for name in ("scenario", "objective", "scope_start", "scope_end"):
        if said := getattr(draft, name):
            yield f"{name}: {_flat(said)}"
    yield from (f"persona: {_persona(persona)}" for persona in draft.personas)
    for lane in draft.lanes:
        line = lane.settings.get("line_below")
        yield f"lane: {lane.title} [{lane.kind}]" + (f" ~~~ {line}" if line else "")
    for number, stage in enumerate(draft.stages):
        yield f"== {stage.title}" + (f" (goal: {_flat(stage.goal)})" if stage.goal else "")
        for place, step in enumerate(stage.steps):
            if step.title or step.duration or len(stage.steps) > 1:
                yield f"-- {step.title}" + (f" ({step.duration})" if step.duration else "")
            yield from _cells(draft, number, place)
    yield from (f"left over: {line}" for line in draft.left_over)


def _cells(draft: MapDraft, stage: int, step: int) -> Iterator[str]:
    for number, lane in enumerate(draft.lanes):
        place = (number, stage, step)
        cards = [_card(card) for card in draft.cards if (card.lane, card.stage, card.step) == place]
        points = [_point(point) for point in draft.emotions if (point.lane, point.stage, point.step) == place]
        if cards or points:
            yield f"{lane.title}: {' | '.join(cards + points)}"


def _card(card: DraftCard) -> str:
    marks = [card.quality or "", "missing" if card.missing else ""]
    told = " ".join(filter(None, marks))
    return f"{_flat(card.text)} <{told}>" if told else _flat(card.text)


def _point(point: DraftEmotion) -> str:
    said = " ".join(filter(None, [point.persona or "anybody", f"{point.valence:+d}", point.feeling, point.emoji]))
    return f"{said} ({_flat(point.note)})" if point.note else said


def _persona(persona: DraftPersona) -> str:
    facts = ("role", "motto", "demographics", "background", "goals", "needs", "frustrations", "motivations")
    told = [f"{fact}: {_flat(said)}" for fact in facts if (said := getattr(persona, fact))]
    return "; ".join([persona.name, *told])


def _flat(text: str) -> str:
    return text.replace("\n", " / ")

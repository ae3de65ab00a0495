"""What a map's miniature is drawn from: columns, lanes, how full the cells are, the curve."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from maps.drafts import MapDraft
from maps.models import Card, Emotion, Lane, Stage, Step

Wire = dict[str, Any]
MOST_COLUMNS = 40


def summaries(map_ids: Sequence[UUID]) -> dict[UUID, Wire]:
    """By map: `stages` (how many steps each), `lanes` (kinds), `cells` (cards by lane and column), `curve`."""
    stages = _by_map(Stage.objects.filter(map_id__in=map_ids).values("map_id", "id", "rank"))
    steps = _by_map(Step.objects.filter(map_id__in=map_ids).values("map_id", "id", "rank", "stage_id"))
    lanes = _by_map(Lane.objects.filter(map_id__in=map_ids).values("map_id", "id", "rank", "kind"))
    cells = Counter(Card.objects.filter(map_id__in=map_ids).values_list("lane_id", "step_id"))
    feelings: Any = Emotion.objects.filter(map_id__in=map_ids, state="today")
    points = feelings.values_list("step_id", "persona_id", "valence")
    curves: dict[UUID, dict[Any, int]] = defaultdict(dict)
    for step_id, persona_id, valence in points:
        curves[step_id]["" if persona_id is None else str(persona_id)] = valence
    return {id_: _summary(stages[id_], steps[id_], lanes[id_], cells, curves) for id_ in map_ids}


def _by_map(rows: Any) -> dict[UUID, list[Wire]]:
    found: dict[UUID, list[Wire]] = defaultdict(list)
    for row in rows:
        found[row["map_id"]].append(row)
    for items in found.values():
        items.sort(key=lambda row: (row["rank"], str(row["id"])))
    return found


def _summary(
    stages: list[Wire],
    steps: list[Wire],
    lanes: list[Wire],
    cells: Counter[tuple[UUID, UUID]],
    curves: dict[UUID, dict[Any, int]],
) -> Wire:
    columns = [step for stage in stages for step in steps if step["stage_id"] == stage["id"]][:MOST_COLUMNS]
    sizes = Counter(step["stage_id"] for step in columns)
    personas = sorted({persona for step in columns for persona in curves[step["id"]]})
    return {
        "stages": [sizes[stage["id"]] for stage in stages],
        "lanes": [lane["kind"] for lane in lanes],
        "cells": [[cells[lane["id"], step["id"]] for step in columns] for lane in lanes],
        "curve": [[curves[step["id"]].get(persona) for step in columns] for persona in personas[:3]],
    }


def summary_of_draft(draft: MapDraft) -> Wire:
    """The same of a map that does not exist yet: a template or an import."""
    columns = [(at, step) for at, stage in enumerate(draft.stages) for step in range(len(stage.steps))]
    full = Counter((card.lane, card.stage, card.step) for card in draft.cards)
    personas = sorted({point.persona or "" for point in draft.emotions})
    points = {(point.persona or "", point.stage, point.step): point.valence for point in draft.emotions}
    return {
        "stages": [len(stage.steps) for stage in draft.stages],
        "lanes": [lane.kind for lane in draft.lanes],
        "cells": [[full[lane, *column] for column in columns] for lane in range(len(draft.lanes))],
        "curve": [[points.get((persona, *column)) for column in columns] for persona in personas[:3]],
    }

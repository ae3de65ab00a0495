"""`{{ draft|preview }}`: what the miniature of a template is drawn from, cells filled as a map of that kind often is."""

from __future__ import annotations

from typing import Any

from django import template

from maps.drafts import MapDraft

register = template.Library()

# An example's height in each column; what a real map holds is as uneven as this.
FILLED = (1, 2, 1, 1, 2, 0, 1, 1, 2, 1, 0, 1)
FELT = (-20, 10, -45, 30, 75, -10, -35, 20, 60, 40, -5, 70)


@register.filter
def preview(draft: MapDraft) -> dict[str, Any]:
    """Stages, lanes, example cells and an example curve, in the shape of `maps.miniatures.summaries`."""
    columns = sum(len(stage.steps) for stage in draft.stages)
    kinds = [lane.kind for lane in draft.lanes]
    return {
        "stages": [{"steps": len(stage.steps), "color": stage.color or "grey", "title": stage.title} for stage in draft.stages],
        "lanes": kinds,
        "cells": [[FILLED[(column + row * 5) % len(FILLED)] for column in range(columns)] for row in range(len(kinds))],
        "curve": [[FELT[column % len(FELT)] for column in range(columns)]] if "emotions" in kinds else [],
    }

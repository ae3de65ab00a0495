"""Writes JSON of other programs, lists of stages with named lists in them, as an outline that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from journeymap.core.errors import Unprocessable

STAGE_LISTS = ("stages", "phases", "journey_stages", "journeystages", "journey", "steps", "columns", "map", "etappen")
NAMES = ("name", "title", "stage", "phase", "label", "stage_name", "step")
WORD_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-\s]+")
DEEPEST = 6


def outline_of(value: Any) -> str:
    """An outline of what `value` says.

    Raises Unprocessable where no list of stages is in it.
    """
    lines: list[str] = []
    stages = _stage_list(value, lines)
    if not stages:
        raise Unprocessable("This JSON is neither a map's document nor a list of stages.")
    for stage in stages:
        name = next((str(stage[key]) for key in NAMES if isinstance(stage.get(key), (str, int))), "")
        lines.append(f"## {' '.join(name.split()) or 'Stage'}")
        named = next((key for key in NAMES if isinstance(stage.get(key), (str, int))), "")
        for key, inside in stage.items():
            if key != named:
                lines += _labelled(key, inside)
    return "\n".join(lines)


def _stage_list(value: Any, lines: list[str]) -> list[dict[str, Any]]:
    """The list of stages; what stands beside it is written to `lines`."""
    if isinstance(value, list):
        return value if value and all(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict):
        return []
    key = next((key for key in value if str(key).lower() in STAGE_LISTS and isinstance(value[key], (list, dict))), None)
    if key is None:
        only = next((inside for inside in value.values() if isinstance(inside, dict)), None)
        return _stage_list(only, lines) if len(value) == 1 else []
    for other, inside in value.items():
        if other != key:
            lines += _labelled(other, inside)
    return _stage_list(value[key], lines)


def _labelled(key: str, value: Any) -> Iterator[str]:
    said = list(_said(value))
    label = " ".join(part for part in WORD_PARTS.split(str(key)) if part).capitalize()
    if len(said) == 1:
        yield f"{label}: {said[0]}"
    elif said:
        yield f"{label}:"
        yield from (f"  - {item}" for item in said)


def _said(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in a value, a line each; objects as their parts side by side."""
    if value is None or value == "" or depth > DEEPEST:
        return
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _said(item, depth + 1)
    elif isinstance(value, dict):
        for key, inside in value.items():
            parts = list(_said(inside, depth + 1))
            yield from (
                parts if key in ("text", "name", "title", "description") else (f"{key}: {part}" for part in parts)
            )
    else:
        yield from (line for line in str(value).split("\n") if line.strip())

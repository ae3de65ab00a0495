"""Reads the persona library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from personas.models import Persona

SUMMARY = ("pk", "name", "role", "portrait", "color")


def summaries(ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What a map shows of its personas, in the order of `ids`."""
    rows = {row["pk"]: row for row in Persona.objects.filter(pk__in=ids).values(*SUMMARY)} if ids else {}
    return [_summary(rows[id_]) for id_ in ids if id_ in rows]


def library(workspace_id: UUID) -> list[dict[str, Any]]:
    """The personas of a workspace that are not archived, by name."""
    rows = Persona.objects.filter(document__workspace_id=workspace_id, document__trashed_at=None)
    return [_summary(row) for row in rows.order_by("name", "pk").values(*SUMMARY)]


def maps_of(persona_id: UUID) -> list[dict[str, Any]]:
    """Where a persona is used: id and title of its maps."""
    rows = Persona.objects.get(pk=persona_id).maps.filter(document__trashed_at=None)
    return [{"id": str(pk), "title": title} for pk, title in rows.order_by("title").values_list("pk", "title")]


def _summary(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["pk"]),
        "name": row["name"],
        "role": row["role"],
        "portrait": row["portrait"],
        "color": row["color"],
    }

"""Reads the persona library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from personas.models import Persona

SUMMARY = ("pk", "name", "role", "portrait", "color")
MOST_SHOWN = 1000


def summaries(ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What a map shows of its personas, in the order of `ids`."""
    rows = {row["pk"]: row for row in Persona.objects.filter(pk__in=ids).values(*SUMMARY)} if ids else {}
    return [_summary(rows[id_]) for id_ in ids if id_ in rows]


def library(workspace_id: UUID, *, archived: bool = False) -> list[dict[str, Any]]:
    """The personas of a workspace by name, with motto and the maps they are used on; or those in the archive."""
    rows = Persona.objects.filter(document__workspace_id=workspace_id, document__trashed_at__isnull=not archived)
    found = list(rows.order_by("name", "pk").values(*SUMMARY, "motto")[:MOST_SHOWN])
    used = _maps_by_persona(row["pk"] for row in found)
    return [_summary(row) | {"motto": row["motto"], "maps": used[row["pk"]]} for row in found]


def archived_count(workspace_id: UUID) -> int:
    """How many personas of a workspace are in the archive."""
    return Persona.objects.filter(document__workspace_id=workspace_id, document__trashed_at__isnull=False).count()


def maps_of(persona_id: UUID) -> list[dict[str, Any]]:
    """Where a persona is used: id and title of its maps."""
    return _maps_by_persona([persona_id])[persona_id]


def _maps_by_persona(ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = Persona.objects.filter(pk__in=list(ids), maps__document__trashed_at=None, maps__isnull=False)
    for persona_id, map_id, title in rows.order_by("maps__title").values_list("pk", "maps__pk", "maps__title"):
        found[persona_id].append({"id": str(map_id), "title": title})
    return found


def _summary(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["pk"]),
        "name": row["name"],
        "role": row["role"],
        "portrait": row["portrait"],
        "color": row["color"],
    }

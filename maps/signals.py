"""What maps hear from below: a persona changed, so the maps that show it are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from journeymap.sync.log import Entry
from journeymap.sync.rooms import refresh_derived
from journeymap.sync.signals import change_applied
from maps.models import MapPersona


def listen() -> None:
    change_applied.connect(_on_change, dispatch_uid="maps.personas")


def _on_change(sender: Any, *, document_id: UUID, entries: Sequence[Entry], **_: Any) -> None:
    if any('"type":"persona"' in entry.ops for entry in entries):
        refresh_derived(MapPersona.objects.filter(persona_id=document_id).values_list("map_id", flat=True))

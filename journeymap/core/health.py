"""How the parts of the server are: database, channel layer, jobs; each look is short and never raises."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import DatabaseError, connection

PATIENCE = 1.0


def look() -> dict[str, str]:
    """Each part's state: `ok`, `down`."""
    return {"database": _database(), "channel_layer": _channel_layer(), "jobs": _jobs()}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _channel_layer() -> str:
    async def ask() -> None:
        layer: Any = get_channel_layer()
        await asyncio.wait_for(layer.group_send("health", {"type": "health"}), PATIENCE)

    try:
        async_to_sync(ask)()
    except Exception:  # noqa: BLE001 - whatever the layer's client raises means the same here
        return "down"
    return "ok"


def _jobs() -> str:
    from journeymap.core import jobs

    try:
        return "ok" if jobs.is_alive() else "down"
    except DatabaseError:
        return "down"

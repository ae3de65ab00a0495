"""Every socket address of the site."""

from __future__ import annotations

from typing import Any

from channels.routing import URLRouter
from django.urls import path

from journeymap.sync.consumers import live_socket


async def nothing_here(scope: Any, receive: Any, send: Any) -> None:
    """Any other address: the handshake is refused."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})


def route(address: str, application: Any) -> Any:
    """Django's `path`, for an ASGI application instead of a view."""
    return path(address, application)


live = URLRouter(
    [
        route("ws/maps/<str:id>/", live_socket("map")),
        route("ws/personas/<str:id>/", live_socket("persona")),
        route("<path:anything>", nothing_here),
        route("", nothing_here),
    ]
)

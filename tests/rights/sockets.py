"""Live sockets as a caller of the matrix opens them, without a server in between."""

from __future__ import annotations

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator

from journeymap.sockets import live
from tests.cast import Api
from tests.rights.bodies import Ids


async def heard(socket: ApplicationCommunicator) -> dict[str, Any]:
    """The next message that is not about others, or the close with its code."""
    while True:
        event = await socket.receive_output(timeout=10)
        if event["type"] == "websocket.close":
            return {"code": event.get("code")}
        for message in _listed(json.loads(event.get("text") or event["bytes"])):
            if message["type"] not in {"presence", "left", "personas", "joined"}:
                return dict(message)


def _listed(data: Any) -> list[dict[str, Any]]:
    return data if isinstance(data, list) else [data]


async def say(socket: ApplicationCommunicator, message: dict[str, Any]) -> None:
    await socket.send_input({"type": "websocket.receive", "text": json.dumps(message)})


async def leave(socket: ApplicationCommunicator) -> None:
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(timeout=10)


async def open_socket(
    place: str, caller: Api, ids: Ids, *, origin: str | None = "http://testserver"
) -> ApplicationCommunicator:
    """A socket to the map or persona of `ids`, with the caller's cookie or token."""
    headers = [(b"host", b"testserver")]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in caller.headers.items()]
    session = caller.client.cookies.get("sessionid")
    if session is not None:
        headers.append((b"cookie", f"sessionid={session.value}".encode()))
    path = f"/ws/{place}/{ids['map' if place == 'maps' else 'persona']}/"
    scope = {"type": "websocket", "scheme": "ws", "path": path, "headers": headers, "subprotocols": []}
    socket = ApplicationCommunicator(live, scope)
    await socket.send_input({"type": "websocket.connect"})
    return socket

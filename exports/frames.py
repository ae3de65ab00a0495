"""How the server and a rendering child speak: a JSON head and raw bytes, each with its length before it."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

HEAD = struct.Struct("!IQ")
LARGEST_HEAD = 1_000_000
LARGEST_BODY = 512 * 1024 * 1024


class Broken(Exception):
    """The other side is gone, or speaks nonsense."""


def send(connection: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame, whole."""
    words = json.dumps(head).encode()
    connection.sendall(HEAD.pack(len(words), len(body)) + words)
    if body:
        connection.sendall(body)


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    """The next frame; Broken at the end, TimeoutError when the socket's patience ends before its first byte."""
    first = connection.recv(1)
    if not first:
        raise Broken("the connection ended")
    size, length = HEAD.unpack(first + _exactly(connection, HEAD.size - 1))
    if size > LARGEST_HEAD or length > LARGEST_BODY:
        raise Broken("a frame without measure")
    head: dict[str, Any] = json.loads(_exactly(connection, size))
    return head, _exactly(connection, length)


def _exactly(connection: socket.socket, count: int) -> bytes:
    patience = connection.gettimeout()
    connection.settimeout(None if patience is None else max(patience, 10.0))
    try:
        parts = bytearray()
        while len(parts) < count:
            part = connection.recv(min(count - len(parts), 1 << 20))
            if not part:
                raise Broken("the connection ended inside a frame")
            parts += part
        return bytes(parts)
    finally:
        connection.settimeout(patience)

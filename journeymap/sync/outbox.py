"""What waits to be sent to one socket: bounded, in order, with presence first to be dropped."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

MOST_WAITING = 2000
MOST_BYTES = 4 * 1024 * 1024
MOST_IN_ONE_FRAME = 512 * 1024
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outbox:
    """Messages in order; what is there when the socket can take more goes out as one frame."""

    def __init__(self) -> None:
        self.waiting: deque[bytes] = deque()
        self.bytes = 0
        self.presence: dict[str, bytes] = {}
        self.woken = asyncio.Event()

    @property
    def is_full(self) -> bool:
        return len(self.waiting) >= MOST_WAITING or self.bytes >= MOST_BYTES

    def put(self, message: bytes) -> None:
        self.waiting.append(message)
        self.bytes += len(message)
        self.woken.set()

    def put_presence(self, frames: Sequence[tuple[str, bytes]]) -> None:
        """Keep the latest state of each person; a slow reader gets fewer of them, never older ones."""
        for person, frame in frames:
            self.presence[person] = frame
        if frames:
            self.woken.set()

    def take(self) -> bytes | None:
        """The next frame: one message, or a JSON array of several."""
        parts: list[bytes] = []
        size = 0
        while self.waiting and (not parts or size + len(self.waiting[0]) < MOST_IN_ONE_FRAME):
            part = self.waiting.popleft()
            size += len(part)
            parts.append(part)
        self.bytes -= size
        if not self.waiting and self.presence:
            parts.extend(self.presence.values())
            self.presence = {}
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else b"[" + b",".join(parts) + b"]"

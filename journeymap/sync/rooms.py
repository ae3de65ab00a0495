"""Rooms: per document and process one place that hears of changes once and hands them to every open socket.

A room is told of changes by the writer of its own process and, on the team stack, by hints over the channel
layer. Hints get lost: the heartbeat compares each room with the database and reads the log where it is behind.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError, OperationalError

from journeymap.core.rest import encode
from journeymap.sync.log import Entry, entries_after
from journeymap.sync.models import Document
from journeymap.sync.records import DocumentKind, kind_named
from journeymap.sync.signals import change_applied
from journeymap.sync.threads import in_thread

log = logging.getLogger(__name__)
RECENT = 512
HEARTBEAT = 2.0
FLUSH = 0.05
SILENCE = 10.0
PUBLISH_PATIENCE = 1.0
Line = tuple[int, bytes, Entry]
Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """A person's latest presence, encoded once; `bare` leaves out the state, which may name what is hidden."""

    person: str
    whole: bytes
    bare: bytes


def _frame(person: Wire, state: Wire | None) -> Frame:
    message = {"type": "presence", "person": person, "state": state}
    return Frame(person["id"], encode(message), encode(message | {"state": None if state is None else {}}))


class Member:
    """What a room knows of a socket; the consumer inherits from it."""

    person: Wire
    state: Wire | None
    heard_at: float

    def offer(self, line: Line) -> None: ...
    def offer_message(self, message: bytes) -> None: ...
    def offer_presence(self, frames: Sequence[Frame]) -> None: ...
    def reload(self, what: str) -> None: ...
    async def look_again(self) -> None: ...
    def beat(self, now: float) -> None: ...


class Room:
    """One document as this process follows it."""

    def __init__(self, document_id: UUID, kind: DocumentKind) -> None:
        self.id = document_id
        self.kind = kind
        self.seq: int | None = None
        self.log: UUID | None = None
        self.epoch = 0
        self.doubted = False
        self.announced = 0
        self.members: set[Member] = set()
        self.recent: deque[Line] = deque(maxlen=RECENT)
        self.remote: dict[str, tuple[Wire, Wire, float]] = {}
        self.moved: dict[str, tuple[Wire, Wire | None]] = {}
        self.channel: str | None = None
        self.listening: asyncio.Task[None] | None = None
        self.reading = asyncio.Lock()
        self.ready = asyncio.Event()

    def push(self, entry: Entry) -> None:
        """The next change in order: encoded once, offered to every socket."""
        line = (entry.seq, encode(entry.as_wire()), entry)
        self.seq = entry.seq
        self.recent.append(line)
        for member in self.members:
            member.offer(line)

    def hear(self, entries: Iterable[Entry]) -> bool:
        """Take what is next in order; False if something in between is missing."""
        for entry in entries:
            self.announced = max(self.announced, entry.seq)
            if self.seq is not None and entry.seq == self.seq + 1:
                self.push(entry)
        return self.seq is None or self.seq >= self.announced

    def lines_after(self, seq: int) -> list[Line] | None:
        """The lines after `seq` from memory; None if they are not all here any more."""
        if not self.recent or self.recent[0][0] > seq + 1:
            return None
        return [line for line in self.recent if line[0] > seq]

    def people(self) -> dict[str, tuple[Wire, Wire]]:
        """Who is here, by id: the person and their latest state."""
        here = {key: (person, state) for key, (person, state, _) in self.remote.items()}
        for member in self.members:
            if member.state is not None:
                here[member.person["id"]] = (member.person, member.state)
        return here

    def tell(self, message: bytes) -> None:
        for member in self.members:
            member.offer_message(message)


class Hub:
    """All rooms of this process and the loop they live on."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.name = uuid4().hex
        self.rooms: dict[UUID, Room] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.woken = asyncio.Event()
        self.start(self._beat())
        self.start(self._flush())

    def start(self, work: Any) -> None:
        """Run a coroutine beside everything else; what it raises is logged."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("live task failed", exc_info=task.exception())

    async def enter(self, document_id: UUID, kind: DocumentKind, member: Member) -> Room:
        """Put a socket into the room of a document; subscribed before anything is read."""
        room = self.rooms.get(document_id)
        is_first = room is None
        if room is None:
            room = self.rooms[document_id] = Room(document_id, kind)
        room.members.add(member)
        try:
            await (self._open(room) if is_first else room.ready.wait())
            if room.seq is None:
                raise OperationalError("The head of the document could not be read.")
        except BaseException:
            # It went away, or the database did, before it was in: nobody else would take it out.
            self.leave(room, member)
            raise
        return room

    async def _open(self, room: Room) -> None:
        try:
            await self._subscribe(room)
            await self._read_head(room)
        except DatabaseError as error:
            log.warning("cannot open the room of %s: %s", room.id, error)
            self.rooms.pop(room.id, None)
        finally:
            room.ready.set()

    async def _read_head(self, room: Room) -> None:
        row = await in_thread(_head, room.id)
        if row is None:
            return
        room.seq, room.log, room.epoch = row
        if room.announced > room.seq:
            await self.catch_up(room)

    def leave(self, room: Room, member: Member) -> None:
        """Take a socket out; the last one of a person says that they are gone, the last of all closes the room."""
        room.members.discard(member)
        if all(other.person["id"] != member.person["id"] for other in room.members):
            room.moved[member.person["id"]] = (member.person, None)
        if not room.members and self.rooms.get(room.id) is room:
            # Nobody here is left to hear it, but other processes are; a closed room is not flushed any more.
            self._send_presence(room)
            del self.rooms[room.id]
            self.start(self._unsubscribe(room))

    def announce(self, document_id: UUID, entries: Sequence[Entry]) -> None:
        """New lines of a log from this process's writer; called on the loop."""
        room = self.rooms.get(document_id)
        if room is not None and (room.doubted or entries[-1].epoch != room.epoch):
            room.announced = max(room.announced, entries[-1].seq)
            self.start(self._judge_anew(room, entries[-1].epoch))
        elif room is not None and not room.hear(entries):
            self.start(self.catch_up(room))
        if room is not None and _touches(room.kind, entries):
            self.start(self.refresh(document_id))
        if settings.REDIS_URL:
            self.start(publish(document_id, {"type": "hint", "from": self.name, "seq": entries[-1].seq}))

    async def catch_up(self, room: Room) -> None:
        """Read from the log what this room has not heard of."""
        async with room.reading:
            while room.seq is not None:
                entries, epoch = await in_thread(_news, room.id, room.seq)
                if room.doubted or epoch != room.epoch:
                    self.start(self._judge_anew(room, epoch))
                    return
                before = room.seq
                room.hear(entries)
                if room.seq == before:
                    break
                if _touches(room.kind, entries):
                    self.start(self.refresh(room.id))

    async def refresh(self, document_id: UUID) -> None:
        """Send what is derived and not in the log (a map's personas) to everybody in a room."""
        room = self.rooms.get(document_id)
        if room is not None and room.kind.derived is not None:
            room.tell(encode(await in_thread(room.kind.derived, document_id)))

    # Heartbeat

    async def _beat(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), HEARTBEAT)
            self.woken.clear()
            try:
                await self._compare()
            except DatabaseError as error:
                log.warning("heartbeat: the database cannot be reached: %s", error)
            except Exception:
                # Whatever it is, the next beat must come: it is what repairs everything else.
                log.exception("heartbeat")
            self._beat_members()

    async def _compare(self) -> None:
        if not self.rooms:
            return
        rows = await in_thread(_heads, list(self.rooms))
        for document_id, room in list(self.rooms.items()):
            if room.seq is None and room.ready.is_set():
                # The database was away when it was opened.
                await self._read_head(room)
            if room.seq is not None:
                await self._compare_room(room, rows.get(document_id))

    async def _compare_room(self, room: Room, row: tuple[int, UUID, int] | None) -> None:
        seq, head_log, epoch = row or (0, None, -1)
        if room.epoch != epoch:
            await self._judge_anew(room, epoch)
        if row is None:
            return
        if head_log != room.log or (room.seq is not None and seq < room.seq and room.announced < room.seq):
            room.seq, room.log = seq, head_log
            room.recent.clear()
            for member in list(room.members):
                member.reload("state")
        elif room.seq is not None and seq > room.seq:
            await self._subscribe(room)
            await self.catch_up(room)

    async def _judge_anew(self, room: Room, epoch: int | None) -> None:
        """Some right changed: nobody in the room hears anything more before it is known who may."""
        if room.doubted:
            return
        room.doubted = True
        try:
            await asyncio.gather(*(member.look_again() for member in list(room.members)))
            room.epoch = -1 if epoch is None else epoch
        finally:
            room.doubted = False
        await self.catch_up(room)

    def _beat_members(self) -> None:
        now = time.monotonic()
        for room in self.rooms.values():
            for member in list(room.members):
                member.beat(now)
                if member.state is not None and now - member.heard_at > SILENCE:
                    member.state = None
                    room.moved[member.person["id"]] = (member.person, None)
            for key, (person, _, heard_at) in list(room.remote.items()):
                if now - heard_at > SILENCE:
                    del room.remote[key]
                    room.moved[key] = (person, None)

    # Presence

    async def _flush(self) -> None:
        while True:
            await asyncio.sleep(FLUSH)
            for room in list(self.rooms.values()):
                if room.moved:
                    self._send_presence(room)

    def _send_presence(self, room: Room) -> None:
        moved, room.moved = room.moved, {}
        frames = [_frame(person, state) for person, state in moved.values()]
        for member in room.members:
            member.offer_presence(frames)
        local = [[person, state] for key, (person, state) in moved.items() if key not in room.remote]
        if settings.REDIS_URL and local:
            self.start(publish(room.id, {"type": "presence", "from": self.name, "frames": local}))

    # Other processes

    async def _subscribe(self, room: Room) -> None:
        if not settings.REDIS_URL:
            return
        await self._unsubscribe(room)
        channels = layer()
        try:
            async with asyncio.timeout(PUBLISH_PATIENCE):
                room.channel = await channels.new_channel()
                await channels.group_add(_group(room.id), room.channel)
        except Exception as error:  # noqa: BLE001 - the layer is a convenience: the heartbeat stands in for it
            log.warning("cannot subscribe to %s: %s", room.id, error)
            return
        room.listening = self.loop.create_task(self._listen(room, room.channel))
        self.start(publish(room.id, {"type": "who", "from": self.name}))

    async def _unsubscribe(self, room: Room) -> None:
        if room.listening is not None:
            room.listening.cancel()
            room.listening = None
        if room.channel is None:
            return
        channel, room.channel = room.channel, None
        try:
            async with asyncio.timeout(PUBLISH_PATIENCE):
                await layer().group_discard(_group(room.id), channel)
        except Exception as error:  # noqa: BLE001 - likewise
            log.info("cannot unsubscribe from %s: %s", room.id, error)

    async def _listen(self, room: Room, channel: str) -> None:
        channels = layer()
        while True:
            message = await channels.receive(channel)
            if message.get("from") != self.name:
                await self._hear_from_elsewhere(room, message)

    async def _hear_from_elsewhere(self, room: Room, message: Wire) -> None:
        kind = message["type"]
        if kind == "hint":
            room.announced = max(room.announced, message["seq"])
            if room.seq is not None and message["seq"] > room.seq:
                await self.catch_up(room)
        elif kind == "rights":
            self.woken.set()
        elif kind == "derived":
            await self.refresh(room.id)
        elif kind == "who":
            for member in room.members:
                if member.state is not None:
                    room.moved[member.person["id"]] = (member.person, member.state)
        elif kind == "presence":
            self._take_remote_presence(room, message["frames"])

    def _take_remote_presence(self, room: Room, frames: Sequence[tuple[Wire, Wire | None]]) -> None:
        here = {member.person["id"] for member in room.members if member.state is not None}
        for person, state in frames:
            if person["id"] in here:
                continue
            room.moved[person["id"]] = (person, state)
            if state is None:
                room.remote.pop(person["id"], None)
            else:
                room.remote[person["id"]] = (person, state, time.monotonic())


_hub: Hub | None = None


def hub() -> Hub:
    """The hub of the running loop, made when the first socket opens."""
    global _hub  # noqa: PLW0603 - one per process and loop
    loop = asyncio.get_running_loop()
    if _hub is None or _hub.loop is not loop:
        _hub = Hub(loop)
    return _hub


def _on_loop(work: Callable[[Hub], None]) -> bool:
    """Have `work` done with this process's hub on its loop; False where there is none."""
    hub = _hub
    if hub is None or hub.loop.is_closed():
        return False
    hub.loop.call_soon_threadsafe(work, hub)
    return True


def announce(document_id: UUID, entries: Sequence[Entry]) -> None:
    """Tell everybody of durable changes; returns at once, from any thread."""
    if not _on_loop(lambda hub: hub.announce(document_id, entries)):
        _publish_from_outside(document_id, {"type": "hint", "from": "", "seq": entries[-1].seq})
    change_applied.send(None, document_id=document_id, entries=entries)


def nudge(document_ids: Sequence[UUID] | None) -> None:
    """Have open sockets' rights looked at now; None: of every document."""
    _on_loop(lambda hub: hub.woken.set())
    for document_id in document_ids or ():
        _post(document_id, {"type": "rights", "from": ""})


def refresh_derived(document_ids: Iterable[UUID]) -> None:
    """Have what is derived for these documents sent anew to whoever has them open."""
    for document_id in document_ids:
        _on_loop(partial(_refresh, document_id))
        _post(document_id, {"type": "derived", "from": _hub.name if _hub else ""})


def _refresh(document_id: UUID, hub: Hub) -> None:
    hub.start(hub.refresh(document_id))


def _post(document_id: UUID, message: Wire) -> None:
    if not _on_loop(lambda hub: hub.start(publish(document_id, message))):
        _publish_from_outside(document_id, message)


async def publish(document_id: UUID, message: Wire) -> None:
    """Send a hint to the other processes; a slow or absent layer costs latency only."""
    if not settings.REDIS_URL:
        return
    try:
        async with asyncio.timeout(PUBLISH_PATIENCE):
            await layer().group_send(_group(document_id), message)
    except Exception as error:  # noqa: BLE001 - whatever the layer's client raises, the heartbeat stands in
        log.info("hint not published: %s", error)


def _publish_from_outside(document_id: UUID, message: Wire) -> None:
    # A worker or command has no loop of its own: the hint is worth one short try, the heartbeat does the rest.
    if not settings.REDIS_URL:
        return
    try:
        asyncio.run(publish(document_id, message))
    except RuntimeError as error:
        log.info("hint not published: %s", error)


def layer() -> Any:
    """The configured channel layer."""
    return get_channel_layer()


def _group(document_id: UUID) -> str:
    return f"document.{document_id}"


def _touches(kind: DocumentKind, entries: Sequence[Entry]) -> bool:
    return kind.derived is not None and any(f'"{name}"' in entry.ops for entry in entries for name in kind.derived_from)


def _head(document_id: UUID) -> tuple[int, UUID, int] | None:
    return Document.objects.filter(pk=document_id).values_list("seq", "log", "epoch").first()


def _news(document_id: UUID, seq: int) -> tuple[list[Entry], int]:
    # The epoch is read after the lines: rights that changed before a line was written are in it.
    entries = entries_after(document_id, seq)
    epoch = Document.objects.filter(pk=document_id).values_list("epoch", flat=True).first()
    return entries, -1 if epoch is None else epoch


def _heads(document_ids: Sequence[UUID]) -> dict[UUID, tuple[int, UUID, int]]:
    rows = Document.objects.filter(pk__in=document_ids).values_list("pk", "seq", "log", "epoch")
    return {pk: (seq, log_id, epoch) for pk, seq, log_id, epoch in rows}


def kind_of(document_id: UUID) -> DocumentKind | None:
    """The kind of a document, None if there is none."""
    name = Document.objects.filter(pk=document_id).values_list("kind", flat=True).first()
    return kind_named(name) if name else None

"""One open socket: hello, changes, undo, presence, ping in; welcome and everything that happened out."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import Future
from itertools import chain
from typing import Any
from uuid import UUID

import orjson
from django.db import DatabaseError

from journeymap.accounts.actors import Actor
from journeymap.core.errors import BadRequest, NotSignedIn, Problem, TooLarge
from journeymap.core.ids import canonical, id_from_path
from journeymap.core.rest import decode, encode
from journeymap.sync import rooms
from journeymap.sync.changes import Outcome, Request
from journeymap.sync.handshake import Credentials, actor_of_socket, credentials_of
from journeymap.sync.log import Entry, entries_after
from journeymap.sync.outbox import Outbox
from journeymap.sync.records import DocumentKind, Grant, View, kind_named
from journeymap.sync.requests import MOST_MESSAGE, change_request, undo_request
from journeymap.sync.rooms import Frame, Line, Member, Room
from journeymap.sync.threads import in_thread
from journeymap.sync.welcome import Welcome, welcome
from journeymap.sync.writer import writer

log = logging.getLogger(__name__)
Wire = dict[str, Any]
Receive = Callable[[], Awaitable[Wire]]
Send = Callable[[Wire], Awaitable[None]]
PROTOCOL = 1
MOST_FRAME = 1024 * 1024
MOST_UNANSWERED = 50
PRESENCE_KEYS = {"cursor", "selection", "field", "caret", "drag", "viewport"}
MOST_PRESENCE = 4096
PRESENCE_EVERY = 0.05
QUIET = 2.0
BURST, REFILL = 2000.0, 1000.0
CLOSED = {401: 4401, 403: 4403, 404: 4404}


class Closing(Exception):
    """This socket is to be closed with a code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def live_socket(kind_name: str) -> Callable[[Any, Receive, Send], Awaitable[None]]:
    """The ASGI application for the sockets of one kind of document; the address names it as `id`."""

    async def application(scope: Any, receive: Receive, send: Send) -> None:
        await Socket(kind_named(kind_name), scope, receive, send).run()

    return application


class Socket(Member):
    """The server's end of one connection."""

    def __init__(self, kind: DocumentKind, scope: Any, receive: Receive, send: Send) -> None:
        self.kind = kind
        self.scope = scope
        self._receive = receive
        self._send = send
        self.outbox = Outbox()
        self.sent: int | None = None
        self.behind = False
        self.state: Wire | None = None
        self.heard_at = time.monotonic()
        self.spoke_at = time.monotonic()
        self.room: Room | None = None
        self.closing: int | None = None
        self._acks: list[tuple[int, bytes]] = []
        self._unanswered = 0
        self._tokens = BURST
        self._tokens_at = time.monotonic()
        self._presence_at = 0.0
        self._view: View | None = None
        self.document_id: UUID
        self.credentials: Credentials
        self.actor: Actor
        self.grant: Grant
        self.person: Wire = {"id": ""}

    async def run(self) -> None:
        """Live from handshake to close."""
        await self._receive()
        self.credentials = credentials_of(self.scope)
        if self.credentials.refused:
            await self._send({"type": "websocket.close", "code": 4403})
            return
        await self._send({"type": "websocket.accept", "subprotocol": self.credentials.subprotocol})
        try:
            await self._admit()
            await self._live()
        except Closing as closing:
            await self._close(closing.code)
        finally:
            if self.room is not None:
                rooms.hub().leave(self.room, self)

    async def _admit(self) -> None:
        try:
            self.document_id = id_from_path(self.scope["url_route"]["kwargs"]["id"])
            self.actor, self.grant = await in_thread(self._judge)
        except Problem as problem:
            raise Closing(CLOSED.get(problem.status, 4403)) from None
        except DatabaseError:
            raise Closing(1012) from None
        person = self.grant.person
        self.person = {"id": str(person.id), "name": person.name, "color": person.color, "guest": person.guest}

    def _judge(self) -> tuple[Actor, Grant]:
        actor = actor_of_socket(self.credentials)
        if actor is None:
            raise NotSignedIn("This token opens nothing.")
        return actor, self.kind.grant(actor, self.document_id)

    async def _live(self) -> None:
        reading = asyncio.create_task(self._read())
        writing = asyncio.create_task(self._write())
        done, pending = await asyncio.wait({reading, writing}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for task in done:
            error = task.exception()
            if isinstance(error, Closing):
                raise error
            if isinstance(error, DatabaseError):
                raise Closing(1012) from error
            if error is not None and not isinstance(error, OSError):
                raise error

    async def _close(self, code: int) -> None:
        try:
            await self._send({"type": "websocket.close", "code": code})
        except (OSError, RuntimeError):
            # The other end was quicker.
            log.debug("socket was closed already")

    # Out

    async def _write(self) -> None:
        while True:
            await self.outbox.woken.wait()
            self.outbox.woken.clear()
            while True:
                frame = self.outbox.take()
                if frame is not None:
                    await self._send({"type": "websocket.send", "text": frame.decode()})
                    self.spoke_at = time.monotonic()
                elif self.behind:
                    await self._read_log()
                elif self.closing is not None:
                    raise Closing(self.closing)
                else:
                    break

    async def _read_log(self) -> None:
        """A reader that fell behind is served from the log until nothing is missing."""
        room, sent = self.room, self.sent
        if room is None or sent is None or room.seq is None:
            self.behind = False
            return
        lines = room.lines_after(sent)
        if lines is None:
            entries = await in_thread(entries_after, self.document_id, sent)
            lines = [(entry.seq, encode(entry.as_wire()), entry) for entry in entries]
        for line in lines:
            # Never past the room: what it has not handed out waits for a look at everybody's rights.
            if line[0] == self.sent_to + 1 and line[0] <= room.seq and not self.outbox.is_full:
                self._put(line)
        if lines and lines[0][0] > sent + 1:
            # The log does not reach back that far any more.
            self.reload("state")
        self.behind = self.closing is None and self.sent_to < room.seq and bool(lines)
        self._release_acks()

    @property
    def sent_to(self) -> int:
        return -1 if self.sent is None else self.sent

    def offer(self, line: Line) -> None:
        """The room's next change, or one of several: taken if it is the next for this socket."""
        if self.sent is None or line[0] <= self.sent:
            return
        if self.behind or line[0] != self.sent + 1 or self.outbox.is_full:
            self.behind = True
            self.outbox.woken.set()
            return
        self._put(line)
        self._release_acks()

    def _put(self, line: Line) -> None:
        seq, message, entry = line
        if self._view is None:
            self.outbox.put(message)
        else:
            self._put_view(entry, self._view)
        if self.closing is None:
            self.sent = seq

    def _put_view(self, entry: Entry, view: View) -> None:
        ops = view(orjson.loads(entry.ops))
        if ops is None:
            self.reload("state")
            return
        self.outbox.put(encode(entry.as_wire() | {"ops": ops}))

    def offer_message(self, message: bytes) -> None:
        if self.sent is not None:
            self.outbox.put(message)

    def offer_presence(self, frames: Sequence[Frame]) -> None:
        if self.sent is None or self.behind:
            return
        # A state may name what is hidden from this reader: then they only learn who is here.
        bare = self._view is not None
        others = [(frame.person, frame.bare if bare else frame.whole) for frame in frames]
        self.outbox.put_presence([item for item in others if item[0] != self.person["id"]])

    def reload(self, what: str) -> None:
        """Tell the browser to start anew, then close."""
        if self.closing is None:
            self.outbox.put(encode({"type": "reload", "what": what}))
            self.closing = 1012
            self.sent = None

    def beat(self, now: float) -> None:
        """Called every two seconds: close what is over, say something to who heard nothing."""
        if self.grant.ends_at is not None and time.time() >= self.grant.ends_at:
            self._end(4403)
        elif self.sent is not None and now - self.spoke_at > QUIET and not self.behind:
            self._pong()

    def _pong(self) -> None:
        self.outbox.put(encode({"type": "pong", "seq": self.sent_to}))

    def _end(self, code: int) -> None:
        if self.closing is None:
            self.closing = code
            self.outbox.waiting.clear()
            self.sent = None
            self.outbox.woken.set()

    async def look_again(self) -> None:
        """Some right on the document changed: may this one still be here, and as what?"""
        try:
            _, grant = await in_thread(self._judge)
        except Problem:
            self._end(4403)
            return
        changed = _rights(grant) != _rights(self.grant)
        self.grant = grant
        if changed:
            self.reload("state")

    # In

    async def _read(self) -> None:
        while True:
            event = await self._receive()
            if event["type"] == "websocket.disconnect":
                return
            self.heard_at = time.monotonic()
            for message in self._messages(event.get("text") or event.get("bytes") or b""):
                await self._take(message)

    def _messages(self, frame: str | bytes) -> Iterable[Any]:
        size = len(frame) if isinstance(frame, bytes) or frame.isascii() else len(frame.encode(errors="surrogatepass"))
        if size > MOST_FRAME:
            raise Closing(1009)
        try:
            data = decode(frame, most=MOST_FRAME)
        except Problem:
            return self._salvage(frame)
        if not isinstance(data, list):
            return self._light_enough(data, size)
        if size <= MOST_MESSAGE:
            return data
        return chain.from_iterable(self._light_enough(message, len(encode(message))) for message in data)

    def _light_enough(self, message: Any, size: int) -> list[Any]:
        if size <= MOST_MESSAGE:
            return [message]
        self._refuse(message, TooLarge("A message may be at most 256 KB; split it into several changes."))
        return []

    def _salvage(self, frame: str | bytes) -> Iterable[Any]:
        """A frame that is not clean JSON: a change in it with a readable key is still answered."""
        try:
            # The standard library's reader takes half surrogate pairs, too.
            data = json.loads(frame)
        except (ValueError, RecursionError):
            raise Closing(4400) from None
        problem = BadRequest("The message is nested too deeply, or holds a NUL character or half a surrogate pair.")
        for message in data if isinstance(data, list) else [data]:
            self._refuse(message, problem)
        return []

    def _refuse(self, message: Any, problem: Problem) -> None:
        """Answer a change that cannot be read whole; Closing where nothing in it can be answered."""
        key = canonical(message.get("key")) if isinstance(message, dict) else None
        if key is None or message.get("type") not in {"change", "undo", "redo"}:
            raise Closing(4400)
        self._reject(key, problem)

    async def _take(self, message: Any) -> None:
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise Closing(4400)
        self._spend()
        kind = message["type"]
        if kind == "hello":
            await self._hello(message)
        elif self.sent is None:
            if self.closing is None and kind in {"change", "undo", "redo", "presence", "ping"}:
                self._refuse(message, BadRequest("Say hello first."))
        elif kind in {"change", "undo", "redo"}:
            self._change(message)
        elif kind == "presence":
            self._presence(message)
        elif kind == "ping":
            self._pong()

    def _spend(self) -> None:
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._tokens_at) * REFILL) - 1
        self._tokens_at = now
        if self._tokens < 0:
            raise Closing(4429)

    async def _hello(self, message: Wire) -> None:
        if self.room is not None:
            raise Closing(4400)
        if message.get("v") != PROTOCOL:
            raise Closing(4409)
        since, log_id = message.get("since"), canonical(message.get("log"))
        if since is not None and (type(since) is not int or since < 0):
            raise Closing(4400)
        self.room = await rooms.hub().enter(self.document_id, self.kind, self)
        try:
            start, grant = await in_thread(self._start, since, log_id)
        except Problem as problem:
            raise Closing(CLOSED.get(problem.status, 4403)) from None
        if _rights(grant) != _rights(self.grant):
            raise Closing(1012)
        self._begin(self.room, start)

    def _start(self, since: int | None, log_id: str | None) -> tuple[Welcome, Grant]:
        """What to start from, and the rights as they are once it was read: the handshake may be long ago."""
        start = welcome(self.kind, self.document_id, self.grant, since=since, log=log_id)
        return start, self._judge()[1]

    def _begin(self, room: Room, start: Welcome) -> None:
        others = [pair for key, pair in room.people().items() if key != self.person["id"]]
        people = [person | {"state": {} if start.view else state} for person, state in others]
        hello = {"type": "welcome", "seq": start.seq, "log": start.log, "you": self.person}
        hello |= {"role": self.grant.role.slug, "people": people} | start.body
        self._view = start.view
        self.outbox.put(encode(hello))
        if start.derived is not None:
            self.outbox.put(encode(start.derived))
        self.sent = start.seq
        self.state = {}
        room.moved[self.person["id"]] = (self.person, self.state)
        if room.seq is not None and room.seq > start.seq:
            self.behind = True
            self.outbox.woken.set()

    def _change(self, message: Wire) -> None:
        key = canonical(message.get("key"))
        if key is None:
            raise Closing(4400)
        if self._unanswered >= MOST_UNANSWERED:
            raise Closing(4429)
        try:
            request = self._request(message)
        except Problem as problem:
            self._reject(key, problem)
            return
        self._unanswered += 1
        loop = asyncio.get_running_loop()
        future = writer().enqueue(self.document_id, request)
        future.add_done_callback(lambda done: loop.call_soon_threadsafe(self._answer, key, done))

    def _request(self, message: Wire) -> Request:
        if message["type"] == "change":
            return change_request(self.kind, message, actor=self.actor, origin="socket")
        return undo_request(message, actor=self.actor, redo=message["type"] == "redo")

    def _answer(self, key: str, future: Future[Outcome]) -> None:
        self._unanswered -= 1
        error = future.exception()
        if isinstance(error, Problem):
            self._reject(key, error)
        elif error is not None:
            if not isinstance(error, DatabaseError):
                log.error("a change failed", exc_info=error)
            self._end(1012)
        else:
            self._acknowledge(key, future.result())

    def _acknowledge(self, key: str, outcome: Outcome) -> None:
        """A change made just now is acknowledged by its own `change` message; all else by `ack`, in its turn."""
        if not (outcome.noop or outcome.repeated or outcome.left_alone):
            return
        ack: Wire = {"type": "ack", "key": key, "seq": outcome.seq, "noop": outcome.noop}
        if outcome.left_alone:
            ack["left_alone"] = outcome.left_alone
        self._acks.append((outcome.seq, encode(ack)))
        self._release_acks()

    def _release_acks(self) -> None:
        if self.sent is None:
            return
        ready = [message for seq, message in self._acks if seq <= self.sent]
        self._acks = [(seq, message) for seq, message in self._acks if seq > self.sent_to]
        for message in ready:
            self.outbox.put(message)

    def _reject(self, key: str, problem: Problem) -> None:
        body = {"type": "rejected", "key": key, "error": problem.code, "message": problem.message, "op": problem.op}
        self.outbox.put(encode(body | {"fields": problem.fields} | problem.extra))

    def _presence(self, message: Wire) -> None:
        state = message.get("state")
        if not isinstance(state, dict) or set(state) - PRESENCE_KEYS or len(encode(state)) > MOST_PRESENCE:
            return
        now = time.monotonic()
        if self.room is None or now - self._presence_at < PRESENCE_EVERY / 4:
            return
        self._presence_at = now
        self.state = (self.state or {}) | state
        self.room.moved[self.person["id"]] = (self.person, self.state)


def _rights(grant: Grant) -> tuple[object, ...]:
    """What of a grant, changed, makes another reader of somebody."""
    return grant.role, grant.hidden, grant.may_download, grant.ends_at

"""What REST offers of any document: its log, changes, undo and versions; maps and personas share it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request as Asked
from rest_framework.response import Response

from journeymap.accounts.actors import Actor
from journeymap.core.errors import BadRequest, Expired, TooLarge
from journeymap.core.ids import parse_id
from journeymap.core.rest import body_of, encode
from journeymap.core.snapshot import one_snapshot
from journeymap.sync.changes import Outcome
from journeymap.sync.log import PAGE, entries_after
from journeymap.sync.models import Document
from journeymap.sync.records import DocumentKind
from journeymap.sync.requests import MOST_MESSAGE, change_request, undo_request
from journeymap.sync.writer import apply


def read_log(document_id: UUID, query: Any) -> Response:
    """`{log, seq, items, next}`: the changes after `since`; Expired where the log does not reach, or is another."""
    with one_snapshot():
        return _read_log(document_id, query)


def _read_log(document_id: UUID, query: Any) -> Response:
    head = Document.objects.values("seq", "log", "floor").get(pk=document_id)
    since = whole_number(query.get("since", "0"), name="since")
    if query.get("cursor") is not None:
        since = whole_number(query["cursor"], name="cursor")
    if query.get("log") is not None and parse_id(query["log"], name="log") != head["log"]:
        raise Expired("This document has another history since; read it anew.", code="other_log")
    if not head["floor"] <= since <= head["seq"]:
        raise Expired("The log does not reach there; read the document anew.", code="out_of_log")
    entries = entries_after(document_id, since)
    items = [_item(entry.as_wire()) for entry in entries]
    more = len(entries) == PAGE and entries[-1].seq < head["seq"]
    following = str(entries[-1].seq) if more else None
    return Response({"log": head["log"], "seq": head["seq"], "items": items, "next": following})


def post_change(kind: DocumentKind, document_id: UUID, request: Asked, actor: Actor) -> Response:
    """201 with the change, 200 for a key seen before or where nothing had to change."""
    if _size_of(request) > MOST_MESSAGE:
        raise TooLarge("A change may be at most 256 KB; split it into several of one group.")
    return answer(apply(document_id, change_request(kind, body_of(request.data), actor=actor, origin="rest")))


def _size_of(request: Asked) -> int:
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isdecimal() else len(encode(request.data))


def post_undo(document_id: UUID, request: Asked, actor: Actor, *, redo: bool) -> Response:
    """Like a change; `left_alone` says what others changed since and was not touched."""
    return answer(apply(document_id, undo_request(body_of(request.data), actor=actor, redo=redo)))


def whole_number(text: str, *, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest(f"“{name}” must be a whole number.", fields={name: "a whole number"})
    return int(text)


def answer(outcome: Outcome) -> Response:
    if outcome.entry is None:
        body: dict[str, Any] = {"key": outcome.key, "seq": outcome.seq}
        if outcome.noop:
            body["noop"] = True
    else:
        body = _item(outcome.entry.as_wire())
    if outcome.left_alone:
        body["left_alone"] = outcome.left_alone
    fresh = outcome.entry is not None and not outcome.repeated
    return Response(body, status=201 if fresh else 200)


def _item(wire: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wire.items() if name != "type"}

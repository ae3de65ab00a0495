"""Writes of single records as ordinary resources: each is one change, with one operation."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import orjson
from rest_framework.request import Request

from journeymap.accounts.actors import Actor
from journeymap.core.errors import NotFound
from journeymap.core.ids import new_id, parse_id
from journeymap.core.rest import body_of
from journeymap.sync.changes import Outcome
from journeymap.sync.plan import visible
from journeymap.sync.requests import change_request
from journeymap.sync.source import load_records
from journeymap.sync.writer import apply
from maps.records import KIND, TYPES

Wire = dict[str, Any]


def insert_record(request: Request, actor: Actor, map_id: UUID, type_: str) -> tuple[str, Outcome]:
    """Insert what the body says (`id` and `after` may be among its keys); gives the record's id."""
    body = dict(body_of(request.data))
    id_ = str(parse_id(body.pop("id"), name="id")) if body.get("id") is not None else _id_by_key(request)
    op: Wire = {"op": "insert", "type": type_, "id": id_}
    if "after" in body:
        op["after"] = body.pop("after")
    outcome = _apply(request, actor, map_id, op | {"fields": body})
    if outcome.entry is not None and outcome.entry.same_as:
        id_ = orjson.loads(outcome.entry.same_as).get(id_, id_)
    return id_, outcome


def set_fields(request: Request, actor: Actor, map_id: UUID, type_: str, id_: str) -> Outcome:
    """Set the fields that the body says; `after` moves the record."""
    body = dict(body_of(request.data))
    op: Wire = {"op": "set", "type": type_, "id": id_}
    if "after" in body:
        op["after"] = body.pop("after")
    return _apply(request, actor, map_id, op | {"fields": body})


def delete_record(request: Request, actor: Actor, map_id: UUID, type_: str, id_: str) -> Outcome:
    return _apply(request, actor, map_id, {"op": "delete", "type": type_, "id": id_})


def one_record(map_id: UUID, type_: str, id_: str) -> Wire:
    """The record as it travels; NotFound if it is not on this map."""
    found = load_records(TYPES[type_], pk=id_, map_id=map_id)
    if not found:
        raise NotFound(f"There is no such {type_} on this map.")
    return visible(found[0])


def _id_by_key(request: Request) -> str:
    """A new id; the same again for a repeated request, so that it is the same change."""
    header = request.headers.get("Idempotency-Key")
    return str(uuid5(parse_id(header, name="Idempotency-Key"), "record")) if header else str(new_id())


def _apply(request: Request, actor: Actor, map_id: UUID, op: Wire) -> Outcome:
    # The header's key is the change's key: repeated, the write path itself answers as the first time.
    header = request.headers.get("Idempotency-Key")
    key = parse_id(header, name="Idempotency-Key") if header else new_id()
    asked = {"key": str(key), "ops": [op]}
    return apply(map_id, change_request(KIND, asked, actor=actor, origin="rest"))

"""The one write path: every change of every document goes through here, whichever door it came in by."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from journeymap.accounts.actors import Actor
from journeymap.core.errors import Conflict, NotFound, Problem
from journeymap.sync.log import COLUMNS, Entry, entry_at, text_deltas
from journeymap.sync.models import Alias, Change, ChangeKey, Document
from journeymap.sync.ops import Op
from journeymap.sync.plan import Plan, Planner
from journeymap.sync.records import DocumentKind, Grant, kind_named
from journeymap.sync.rows import write
from journeymap.sync.source import Rows
from journeymap.sync.text import Delta

log = logging.getLogger(__name__)
Announce = Callable[[UUID, Sequence[Entry]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The operations of a change and, if it takes others back, the key or group of those."""

    ops: list[Op]
    undoes: UUID | None = None


Build = Callable[[DocumentKind, Document, Grant], Built]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A change that somebody asks for; `build` makes its operations under the document's lock."""

    key: UUID
    actor: Actor
    origin: str
    build: Build
    digest: bytes
    group: UUID | None = None
    log: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a change: its line of the log, or that nothing had to change.

    `repeated` says that the key was answered before; `left_alone` what an undo did not touch, and why.
    """

    key: UUID
    seq: int
    noop: bool = False
    repeated: bool = False
    entry: Entry | None = None
    left_alone: list[dict[str, Any]] = field(default_factory=list)


def digest_of(value: Any) -> bytes:
    """A digest of parsed JSON that does not depend on the order of keys."""
    return hashlib.blake2b(orjson.dumps(value, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()


_announce: list[Announce] = []


def on_change(announce: Announce) -> None:
    """Have `announce` called with the new lines of a log, after they are durable."""
    _announce.append(announce)


def commit(document_id: UUID, requests: Sequence[Request]) -> list[Outcome | Problem]:
    """Apply changes to one document in one transaction, each with a seq, key and answer of its own.

    A change that cannot be is answered by its Problem and leaves no trace. If the database refuses the
    transaction, its members are tried one by one. Raises DatabaseError when the database cannot be reached.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            document = _lock(document_id)
            if document is None:
                return [NotFound("There is no such document.") for _ in requests]
            return _apply_all(document, requests)
    except IntegrityError as error:
        if len(requests) > 1:
            return [result for request in requests for result in commit(document_id, [request])]
        log.warning("a change of %s broke a rule of the database: %s", document_id, error)
        return [Conflict("This does not fit together with what is there; nothing was changed.")]


def _lock(document_id: UUID) -> Document | None:
    rows = Document.objects.filter(pk=document_id)
    return (rows.select_for_update(no_key=True) if connection.vendor == "postgresql" else rows).first()


def _apply_all(document: Document, requests: Sequence[Request]) -> list[Outcome | Problem]:
    before = document.seq
    results: list[Outcome | Problem] = []
    for request in requests:
        try:
            results.append(_apply(document, request))
        except Problem as problem:
            results.append(problem)
    fresh = [item.entry for item in results if isinstance(item, Outcome) and item.entry and not item.repeated]
    entries = [replace(entry, epoch=document.epoch) for entry in fresh]
    if document.seq != before:
        Document.objects.filter(pk=document.pk).update(seq=document.seq, changed_at=document.changed_at)
        transaction.on_commit(lambda: _tell(document.pk, entries), robust=True)
    return results


def _tell(document_id: UUID, entries: Sequence[Entry]) -> None:
    for announce in _announce:
        announce(document_id, entries)


def _apply(document: Document, request: Request) -> Outcome:
    answered = ChangeKey.objects.filter(document_id=document.pk, key=request.key).values("seq", "digest").first()
    if answered is not None:
        return _answer_again(document, request, answered)
    if request.log is not None and request.log != document.log:
        raise Conflict("This document has another history since; reload it.", code="other_log")
    kind = kind_named(document.kind)
    grant = kind.grant(request.actor, document.pk)
    _refuse_foreign_group(document, request, grant)
    now = timezone.now()
    planner = Planner(
        Rows(kind, document.pk), grant=grant, now=now, seq=document.seq, deltas=_reader_of_deltas(document)
    )
    built = request.build(kind, document, grant)
    plan = planner.run(built.ops)
    write(kind, document.pk, plan.writes)
    return _record(document, request, grant, plan, now, built.undoes)


def _answer_again(document: Document, request: Request, answered: Mapping[str, Any]) -> Outcome:
    if bytes(answered["digest"]) != request.digest:
        raise Conflict("This key was used for another change.", code="key_in_use")
    if answered["seq"] is None:
        return Outcome(key=request.key, seq=document.seq, noop=True, repeated=True)
    return Outcome(key=request.key, seq=answered["seq"], repeated=True, entry=entry_at(document.pk, answered["seq"]))


def _refuse_foreign_group(document: Document, request: Request, grant: Grant) -> None:
    if request.group is None:
        return
    first = Change.objects.filter(document_id=document.pk, group=request.group).values("user_id", "guest_id").first()
    if first and (first["user_id"], first["guest_id"]) != (grant.user_id, grant.guest_id):
        raise Conflict("This group of changes is somebody else’s.", code="group_in_use")


def _reader_of_deltas(document: Document) -> Callable[[str, str, str, int], list[Delta]]:
    def read(type_: str, id_: str, name: str, base: int) -> list[Delta]:
        if not document.floor <= base <= document.seq:
            raise Conflict("The text was seen too long ago to merge this in.", code="stale_text")
        return [] if base == document.seq else text_deltas(document.pk, type_, id_, name, base)

    return read


def _record(
    document: Document, request: Request, grant: Grant, plan: Plan, now: datetime, undoes: UUID | None
) -> Outcome:
    Alias.objects.bulk_create(
        [Alias(document_id=document.pk, alias=alias, record=record) for alias, record in plan.same_as.items()]
    )
    if not plan.ops and not plan.same_as:
        _remember(document, request, None, undoes)
        return Outcome(key=request.key, seq=document.seq, noop=True, left_alone=plan.left_alone)
    document.seq += 1
    document.changed_at = now
    entry = Entry(
        seq=document.seq,
        key=request.key,
        group=request.group or request.key,
        user_id=grant.user_id,
        guest_id=grant.guest_id,
        actor_name=grant.person.name[:100],
        at=now,
        ops=orjson.dumps(plan.ops).decode(),
        same_as=orjson.dumps(plan.same_as).decode() if plan.same_as else "",
        undoes=undoes,
    )
    _insert(document, request, entry, plan)
    return Outcome(key=request.key, seq=entry.seq, entry=entry, left_alone=plan.left_alone)


def _insert(document: Document, request: Request, entry: Entry, plan: Plan) -> None:
    Change.objects.bulk_create(
        [
            Change(
                document_id=document.pk,
                origin=request.origin,
                inverse=orjson.dumps(plan.inverse).decode(),
                **{name: getattr(entry, name) for name in COLUMNS},
            )
        ]
    )
    _remember(document, request, entry.seq, entry.undoes)


def _remember(document: Document, request: Request, seq: int | None, undoes: UUID | None) -> None:
    ChangeKey.objects.bulk_create(
        [ChangeKey(document_id=document.pk, key=request.key, seq=seq, digest=request.digest, undoes=undoes)]
    )

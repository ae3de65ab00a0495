"""Looks back: a document as it was at any seq, named versions, checkpoints, and a version restored in place."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from journeymap.accounts.actors import Actor
from journeymap.core import jobs
from journeymap.core.errors import Expired
from journeymap.core.ids import new_id, parse_id
from journeymap.core.snapshot import one_snapshot
from journeymap.sync.changes import Built, Outcome, Request, digest_of
from journeymap.sync.log import Entry
from journeymap.sync.models import Change, Checkpoint, Document, Version
from journeymap.sync.ops import Op, stored_op
from journeymap.sync.records import PARTS, DocumentKind, Grant, RecordType, kind_named
from journeymap.sync.replay import Listed, Replay, Shape
from journeymap.sync.writer import apply

CHECKPOINT_EVERY = 500
CHECKPOINT = "checkpoint"
Wire = dict[str, Any]


def shape_of(kind: DocumentKind) -> Shape:
    """How the lists of a kind of document are ordered, for replaying its log."""
    return {name: _listed(kind, type_) for name, type_ in kind.types.items()}


def _listed(kind: DocumentKind, type_: RecordType) -> Listed:
    if type_.single:
        return Listed(type_.plural, single=True)
    if type_.owners is not None:
        return Listed(type_.plural, order=("at",))
    places = tuple(f"@{name}" if type_.fields[name].target in kind.types else name for name in type_.place)
    return Listed(type_.plural, order=(*places, "rank") if type_.ranked else places)


def document_at(kind: DocumentKind, document_id: UUID, seq: int) -> Wire:
    """The document as it was at `seq`, replayed from the nearest checkpoint; Expired above the head or too old."""
    with one_snapshot():
        head = Document.objects.values("seq", "log", "workspace_id").get(pk=document_id)
        if seq > head["seq"]:
            raise Expired("The log does not reach that far.", code="out_of_log")
        start = _checkpoint(kind, document_id, seq) or _blank(kind, document_id, head)
        changes = Change.objects.filter(document_id=document_id, seq__gt=start["seq"], seq__lte=seq).order_by("seq")
        lines = list(changes.values_list("seq", "ops", "same_as"))
    if len(lines) != seq - start["seq"]:
        raise Expired("The log does not reach back that far any more.", code="out_of_log")
    replay = Replay(start, shape=shape_of(kind))
    for at, ops, same_as in lines:
        replay.apply({"seq": at, "ops": orjson.loads(ops), "same_as": orjson.loads(same_as) if same_as else None})
    return replay.document() | {"log": str(head["log"])}


def _checkpoint(kind: DocumentKind, document_id: UUID, seq: int) -> Wire | None:
    row = Checkpoint.objects.filter(document_id=document_id, seq__lte=seq).order_by("-seq").first()
    return orjson.loads(gzip.decompress(bytes(row.body))) if row else None


def _blank(kind: DocumentKind, document_id: UUID, head: Mapping[str, Any]) -> Wire:
    document: Wire = {"seq": 0, "log": str(head["log"])}
    for type_ in kind.types.values():
        if not type_.single:
            document[type_.plural] = []
            continue
        record = {name: value for name, value in type_.blank(str(document_id)).items() if name != PARTS}
        document[type_.plural] = {"id": record["id"], "workspace": str(head["workspace_id"])} | record
    return document


def make_checkpoint(kind: DocumentKind, document_id: UUID) -> None:
    """Keep the document as it is now, so that looking back need not begin at the beginning."""
    with one_snapshot():
        document = kind.snapshot(document_id)
    body = gzip.compress(orjson.dumps(document), compresslevel=3)
    Checkpoint.objects.get_or_create(document_id=document_id, seq=document["seq"], defaults={"body": body})


def keep_checkpoints(document_id: UUID, entries: Sequence[Entry]) -> None:
    """Ask for a checkpoint when a round number of changes has gone by; called after they are durable."""
    if entries[-1].seq // CHECKPOINT_EVERY > (entries[0].seq - 1) // CHECKPOINT_EVERY:
        jobs.enqueue(CHECKPOINT, {"document": str(document_id)})


def work_on_checkpoint(run: jobs.Run) -> None:
    """The job behind `keep_checkpoints`."""
    document = Document.objects.filter(pk=run.payload["document"]).first()
    if document is not None:
        make_checkpoint(kind_named(document.kind), document.pk)


def name_version(kind: DocumentKind, document_id: UUID, *, title: str, by: UUID) -> Version:
    """Name this moment; its checkpoint stays as long as the name does."""
    make_checkpoint(kind, document_id)
    seq = Document.objects.values_list("seq", flat=True).get(pk=document_id)
    return Version.objects.create(document_id=document_id, seq=seq, title=title, made_by_id=by)


def restore(kind: DocumentKind, document_id: UUID, version: Version, *, actor: Actor, key: str | None) -> Outcome:
    """Make the document as it was at `version`, as one change: one undo takes it back."""
    then = document_at(kind, document_id, version.seq)

    def build(kind: DocumentKind, document: Document, grant: Grant) -> Built:
        return Built(ops=list(differences(kind, kind.snapshot(document.pk), then)))

    return apply(
        document_id,
        Request(
            key=parse_id(key, name="key") if key else new_id(),
            actor=actor,
            origin="restore",
            build=build,
            digest=digest_of({"restore": str(version.pk)}),
        ),
    )


def differences(kind: DocumentKind, now: Wire, then: Wire) -> Iterator[Op]:
    """Operations that lead from one document to another: what is missing comes back, what is new goes."""
    types = [type_ for type_ in kind.types.values() if type_.owners is None]
    for type_ in types:
        if type_.alone_in_place:
            # What came back finds its place free.
            yield from _new(kind, type_, now, then)
    for type_ in types:
        yield from _missing(kind, type_, now, then)
    for type_ in types:
        yield from _changed(kind, type_, now, then)
    for type_ in reversed(types):
        if not type_.single and not type_.alone_in_place:
            yield from _new(kind, type_, now, then)


def parts_referred_to(kind: DocumentKind, document: Wire) -> dict[str, set[str]]:
    """The details that records of a document must have because others refer to them, by id."""
    found: dict[str, set[str]] = {}
    for type_ in kind.types.values():
        for name, item in type_.fields.items():
            for record in document[type_.plural] if item.target_part else ():
                value = record[name]
                for id_ in value if isinstance(value, list) else [value] if value else []:
                    found.setdefault(id_, set()).add(str(item.target_part))
    return found


def _new(kind: DocumentKind, type_: RecordType, now: Wire, then: Wire) -> Iterator[Op]:
    ids = {record["id"] for record in then[type_.plural]}
    for record in now[type_.plural]:
        if record["id"] not in ids:
            yield stored_op(kind, {"op": "delete", "type": type_.name, "id": record["id"]})


def _missing(kind: DocumentKind, type_: RecordType, now: Wire, then: Wire) -> Iterator[Op]:
    if type_.single:
        return
    here = {record["id"] for record in now[type_.plural]}
    parts = parts_referred_to(kind, then)
    for record in then[type_.plural]:
        if record["id"] not in here:
            fields = {name: value for name, value in record.items() if name != "id"}
            wire = {"op": "insert", "type": type_.name, "id": record["id"], "fields": fields, "restored": True}
            yield stored_op(kind, wire | {"parts": parts.get(record["id"], ())})


def _changed(kind: DocumentKind, type_: RecordType, now: Wire, then: Wire) -> Iterator[Op]:
    old = [then[type_.plural]] if type_.single else then[type_.plural]
    new = {item["id"]: item for item in ([now[type_.plural]] if type_.single else now[type_.plural])}
    behind: dict[tuple[Any, ...], str | None] = {}
    order = _neighbours(type_, now)
    for record in old:
        place = type_.place_of(record)
        previous, behind[place] = behind.get(place), record["id"]
        current = new.get(record["id"])
        if current is None:
            continue
        fields = {name: record[name] for name in type_.fields if name in record and record[name] != current[name]}
        wire: Wire = {"op": "set", "type": type_.name, "id": record["id"], "fields": fields}
        if type_.ranked and (any(name in fields for name in type_.place) or order.get(record["id"]) != previous):
            wire["after"] = previous
        if fields or "after" in wire:
            yield stored_op(kind, wire)


def _neighbours(type_: RecordType, document: Wire) -> dict[str, str | None]:
    if not type_.ranked:
        return {}
    found: dict[str, str | None] = {}
    last: dict[tuple[Any, ...], str] = {}
    for record in document[type_.plural]:
        place = type_.place_of(record)
        found[record["id"]] = last.get(place)
        last[place] = record["id"]
    return found

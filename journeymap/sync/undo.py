"""Undo and redo: the operations that take back what a change or group wrote, and nothing that others did since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

from journeymap.core.errors import Conflict, NotFound
from journeymap.sync import text
from journeymap.sync.models import Change, ChangeKey, Document
from journeymap.sync.ops import Op, stored_op
from journeymap.sync.records import DocumentKind, Grant
from journeymap.sync.source import Rows

Wire = dict[str, Any]
Spot = tuple[str, str, str]


def latest_of(document_id: UUID, grant: Grant, *, redo: bool) -> UUID:
    """The group to take back when none is named: the actor's latest change (or, to redo, their latest undo)."""
    undone = ChangeKey.objects.filter(document_id=document_id, undoes__isnull=False).values("undoes")
    mine = Change.objects.filter(_by(grant), document_id=document_id).exclude(group__in=undone).exclude(key__in=undone)
    mine = mine.filter(origin="undo") if redo else mine.exclude(origin__in=["undo", "create"])
    group = mine.order_by("-seq").values_list("group", flat=True).first()
    if group is None:
        raise Conflict("There is nothing of yours to redo." if redo else "There is nothing of yours to undo.",
                       code="nothing_to_undo")  # fmt: skip
    return group


def _by(grant: Grant) -> Q:
    return Q(user_id=grant.user_id) if grant.user_id else Q(guest_id=grant.guest_id)


def changes_named(document_id: UUID, name: UUID, *, redo: bool) -> list[Change]:
    """The changes of a group, or the one with this key, newest first; NotFound if there are none."""
    changes = list(Change.objects.filter(document_id=document_id, group=name).order_by("-seq"))
    if not changes:
        changes = list(Change.objects.filter(document_id=document_id, key=name))
    if not changes:
        raise NotFound("There is no such change.")
    if redo and not all(change.origin == "undo" for change in changes):
        raise Conflict("Only an undo can be redone.", code="not_an_undo")
    return changes


def operations(kind: DocumentKind, document: Document, grant: Grant, changes: Sequence[Change]) -> list[Op]:
    """What takes `changes` (newest first) back, as far as nobody changed it since."""
    if min(change.seq for change in changes) <= document.floor:
        raise Conflict("This change is too old to be undone.", code="too_old")
    inverses = {change.seq: orjson.loads(change.inverse) for change in changes}
    _refuse_used_inserts(kind, document, grant, changes, inverses)
    texts = _text_inverses(document, inverses)
    ops: list[Op] = []
    for seq in sorted(inverses, reverse=True):
        for wire in inverses[seq]:
            if wire["op"] != "text":
                ops.append(stored_op(kind, wire))
                continue
            spot = (wire["type"], wire["id"], wire["field"])
            delta = next(texts[spot])
            ops.append(stored_op(kind, wire | {"base": document.seq, "delta": delta}))
    return ops


def _text_inverses(document: Document, inverses: dict[int, list[Wire]]) -> dict[Spot, Iterator[text.Delta]]:
    """For each text, the inverse deltas newest first, each as it must read at the head after the ones before it."""
    spots = {(op["type"], op["id"], op["field"]) for ops in inverses.values() for op in ops if op["op"] == "text"}
    if not spots:
        return {}
    rows = Change.objects.filter(document_id=document.pk, seq__gte=min(inverses)).order_by("-seq")
    history = [(seq, orjson.loads(ops)) for seq, ops in rows.values_list("seq", "ops")]
    return {spot: iter(_rewound(spot, history, inverses)) for spot in spots}


def _rewound(
    spot: Spot, history: Iterable[tuple[int, list[Wire]]], inverses: dict[int, list[Wire]]
) -> list[text.Delta]:
    """Walk back from the head; `later` is what others wrote since, as if what is taken back had never been."""
    later: list[text.Delta] = []
    found: list[text.Delta] = []
    for seq, ops in history:
        if seq not in inverses:
            later = [tuple(op["delta"]) for op in ops if _is_at(op, spot)] + later
            continue
        for op in inverses[seq]:
            if not _is_at(op, spot):
                continue
            delta: text.Delta = tuple(op["delta"])
            moved: list[text.Delta] = []
            for other in later:
                moved.append(text.transform(other, delta, left=True))
                delta = text.transform(delta, other, left=False)
            later = moved
            found.append(delta)
    return found


def _is_at(op: Wire, spot: Spot) -> bool:
    return op["op"] == "text" and (op["type"], op["id"], op["field"]) == spot


def _refuse_used_inserts(
    kind: DocumentKind,
    document: Document,
    grant: Grant,
    changes: Sequence[Change],
    inverses: dict[int, list[Wire]],
) -> None:
    """Undoing an insert in which others have put things would destroy their work: it is refused with a sentence."""
    made = {(op["type"], op["id"]) for ops in inverses.values() for op in ops if op["op"] == "delete"}
    if not made:
        return
    inside = _with_owned(Rows(kind, document.pk), kind, made)
    others = (
        Change.objects.filter(document_id=document.pk, seq__gt=min(inverses))
        .exclude(seq__in=list(inverses))
        .exclude(_by(grant))
    )
    for ops, name in others.values_list("ops", "actor_name"):
        for op in orjson.loads(ops):
            if (op["op"] in {"insert", "text"} and op["id"] in inside) or _moved_in(kind, op, inside):
                raise Conflict(f"{name} has put something in there since, so it stays.", code="used_by_others")


def _moved_in(kind: DocumentKind, op: Wire, inside: set[str]) -> bool:
    owners = kind.types[op["type"]].owned_by
    return op["op"] == "set" and op["id"] in inside and any(name in op["fields"] for name in owners)


def _with_owned(rows: Rows, kind: DocumentKind, made: set[tuple[str, str]]) -> set[str]:
    inside = {id_ for type_, id_ in made if rows.get(type_, id_) is not None}
    level = [(kind.types[type_], id_) for type_, id_ in made if id_ in inside]
    while level:
        below = [pair for type_, id_ in level for pair in rows.owned(type_, [id_])]
        fresh = [(type_, record["id"]) for type_, record in below if record["id"] not in inside]
        inside |= {id_ for _, id_ in fresh}
        level = fresh
    return inside

"""Undo and redo: the operations that take back what a change or group wrote, and nothing that others did since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

from journeymap.accounts.roles import Role
from journeymap.core.errors import Conflict, Forbidden, NotFound
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
    """The changes of a group, or the one with this key, newest first; none where that key had no effect.

    Raises NotFound for a name that was never given.
    """
    changes = list(Change.objects.filter(document_id=document_id, group=name).order_by("-seq"))
    if not changes:
        changes = list(Change.objects.filter(document_id=document_id, key=name))
    if not changes and not ChangeKey.objects.filter(document_id=document_id, key=name).exists():
        raise NotFound("There is no such change.")
    if redo and not all(change.origin == "undo" for change in changes):
        raise Conflict("Only an undo can be redone.", code="not_an_undo")
    return changes


def operations(kind: DocumentKind, document: Document, grant: Grant, changes: Sequence[Change]) -> list[Op]:
    """What takes `changes` (newest first) back, as far as nobody changed it since; nothing if that was done already."""
    _refuse_to_undo_others(grant, changes)
    taken_back = TakenBack(document.pk)
    # What was taken back already is not taken back twice: a deleted word would come back twice.
    changes = [change for change in changes if taken_back.at(change.seq, change.key, change.group) is None]
    if not changes:
        return []
    if min(change.seq for change in changes) <= document.floor:
        raise Conflict("This change is too old to be undone.", code="too_old")
    inverses = {change.seq: orjson.loads(change.inverse) for change in changes}
    _refuse_used_inserts(kind, document, grant, changes, inverses)
    texts = _text_inverses(document, inverses, taken_back)
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


def _refuse_to_undo_others(grant: Grant, changes: Sequence[Change]) -> None:
    """From the history an editor may take back anybody's change; everybody else only their own."""
    mine = (grant.user_id, grant.guest_id)
    if grant.role < Role.EDITOR and any((change.user_id, change.guest_id) != mine for change in changes):
        raise Forbidden("Only an editor may take back what somebody else did.")


class TakenBack:
    """Which changes of a document are taken back just now, and by the change at which seq."""

    def __init__(self, document_id: UUID) -> None:
        self._by: dict[UUID, int] = {}
        undos = Change.objects.filter(document_id=document_id, undoes__isnull=False).order_by("-seq")
        for seq, key, group, undoes in undos.values_list("seq", "key", "group", "undoes"):
            # Newest first: an undo that was itself taken back takes nothing back.
            if undoes is not None and self.at(seq, key, group) is None:
                self._by.setdefault(undoes, seq)

    def at(self, seq: int, key: UUID, group: UUID) -> int | None:
        """The seq of the undo that took this change back, if any; a group may go on after it was taken back."""
        return next((at for at in (self._by.get(key, 0), self._by.get(group, 0)) if at > seq), None)


@dataclass(frozen=True, slots=True)
class Past:
    """A change of the log, seen from the head: what it did, what takes it back, and whether it was taken back."""

    seq: int
    ops: list[Wire]
    inverse: list[Wire]
    taken_back_at: int | None


def _text_inverses(
    document: Document, inverses: dict[int, list[Wire]], taken_back: TakenBack
) -> dict[Spot, Iterator[text.Delta]]:
    """For each text, the inverse deltas newest first, each as it must read at the head after the ones before it."""
    spots = {(op["type"], op["id"], op["field"]) for ops in inverses.values() for op in ops if op["op"] == "text"}
    if not spots:
        return {}
    rows = Change.objects.filter(document_id=document.pk, seq__gte=min(inverses)).order_by("-seq")
    history = [
        Past(seq, orjson.loads(ops), orjson.loads(inverse), taken_back.at(seq, key, group))
        for seq, key, group, ops, inverse in rows.values_list("seq", "key", "group", "ops", "inverse")
    ]
    return {spot: iter(_rewound(spot, history, set(inverses))) for spot in spots}


def _rewound(spot: Spot, history: Sequence[Past], wanted: set[int]) -> list[text.Delta]:
    """Walk back from the head; `later` is what was written since, as if what is taken back had never been."""
    later: list[tuple[int, text.Delta]] = []
    found: list[text.Delta] = []
    for past in history:
        if past.seq not in wanted and past.taken_back_at is None:
            later = [(past.seq, tuple(op["delta"])) for op in past.ops if _is_at(op, spot)] + later
            continue
        for delta in (tuple(op["delta"]) for op in past.inverse if _is_at(op, spot)):
            if past.seq in wanted:
                inverse, later = _carried(delta, later)
                found.append(inverse)
            else:
                later = _cancelled(delta, later, by=past.taken_back_at)
    return found


def _carried(
    delta: text.Delta, later: Sequence[tuple[int, text.Delta]]
) -> tuple[text.Delta, list[tuple[int, text.Delta]]]:
    """An inverse as it reads after what was written since, and that without what the inverse takes back."""
    moved: list[tuple[int, text.Delta]] = []
    for seq, other in later:
        moved.append((seq, text.transform(other, delta, left=True)))
        delta = text.transform(delta, other, left=False)
    return delta, moved


def _cancelled(
    delta: text.Delta, later: Sequence[tuple[int, text.Delta]], *, by: int | None
) -> list[tuple[int, text.Delta]]:
    """What was written since, without something that the change at `by` took back, and without that."""
    at = next((index for index, (seq, _) in enumerate(later) if by is not None and seq >= by), len(later))
    carried, before = _carried(delta, later[:at])
    took_back = carried and at < len(later) and later[at][0] == by
    return [*before, *later[at + 1 if took_back else at :]]


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

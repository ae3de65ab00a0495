"""Reads maps: a whole document in a fixed number of queries, lists of maps, what a miniature needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from journeymap.accounts.models import Membership, User
from journeymap.core.snapshot import one_snapshot
from journeymap.sync.models import Document
from journeymap.sync.plan import visible
from journeymap.sync.records import Record
from journeymap.sync.source import load_records
from maps.documents import MapDocument, Wire, document_from_wire
from maps.models import Map, MapPersona
from maps.records import TYPES
from personas.queries import summaries

LISTS = ("stage", "step", "lane", "card", "emotion", "comment")


def load_document(map_id: UUID) -> MapDocument:
    """The map as it is now, frozen; a fixed number of queries, one snapshot."""
    with one_snapshot():
        return document_from_wire(wire_document(map_id))


def snapshot(map_id: UUID) -> Wire:
    """The map as it is now, as the contract's JSON shape, read in one snapshot."""
    with one_snapshot():
        return wire_document(map_id)


def wire_document(map_id: UUID) -> Wire:
    """The contract's document; whoever calls it sees to the snapshot."""
    document = Document.objects.values("seq", "log", "workspace_id").get(pk=map_id)
    map_ = {"id": "", "workspace": str(document["workspace_id"])} | visible(load_records(TYPES["map"], pk=map_id)[0])
    lists = {name: load_records(TYPES[name], map_id=map_id) for name in LISTS}
    wire: Wire = {"seq": document["seq"], "log": str(document["log"]), "map": map_}
    wire |= in_display_order(lists)
    wire["personas"] = personas_of(map_id)
    return wire


def roles_of(user_id: UUID) -> dict[UUID, str]:
    """The role somebody has, by workspace."""
    return dict(Membership.objects.filter(user_id=user_id).values_list("workspace_id", "role"))


def maps_in(
    workspace_ids: Iterable[UUID], *, kind: str | None = None, status: str | None = None, words: str = ""
) -> QuerySet[Map]:
    """The maps of some workspaces that are not in the trash; every one of `words` must be in the title."""
    rows = Map.objects.filter(document__workspace_id__in=list(workspace_ids), document__trashed_at=None)
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    for word in words.split()[:10]:
        rows = rows.filter(title__icontains=word[:100])
    return rows.select_related("document")


def trashed_maps(workspace_ids: Iterable[UUID]) -> QuerySet[Map]:
    """The maps in the trash, latest first."""
    rows = Map.objects.filter(document__workspace_id__in=list(workspace_ids), document__trashed_at__isnull=False)
    return rows.select_related("document").order_by("-document__trashed_at")


def map_row(map_id: UUID) -> Map:
    return Map.objects.select_related("document").get(pk=map_id)


def own_fields(map_id: UUID, *, hidden: bool) -> dict[str, Any]:
    """The map's own fields as they travel; a reader with hidden lanes does not get the notes."""
    record = visible(load_records(TYPES["map"], pk=map_id)[0])
    return record | {"notes": ""} if hidden else record


def personas_by_map(map_ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What a list shows of the personas of several maps."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = MapPersona.objects.filter(map_id__in=list(map_ids)).select_related("persona").order_by("position")
    for row in rows:
        found.setdefault(row.map_id, []).append({"name": row.persona.name, "color": row.persona.color})
    return found


def names_of(user_ids: Iterable[UUID]) -> dict[UUID | None, str]:
    return {user.pk: user.shown_name for user in User.objects.filter(pk__in=list(user_ids))}


def personas_of(map_id: UUID) -> list[dict[str, Any]]:
    """The derived list of a map's personas, in the map's order."""
    ids = MapPersona.objects.filter(map_id=map_id).order_by("position").values_list("persona_id", flat=True)
    return summaries(list(ids))


def in_display_order(lists: Mapping[str, list[Record]]) -> Wire:
    """The lists of a document as a reader meets them; ranks compare by code point, ties by id."""
    stages = _ranked(lists["stage"])
    stage_at = _positions(stages)
    steps = sorted(lists["step"], key=lambda item: (stage_at[item["stage"]], item["rank"], item["id"]))
    lanes = _ranked(lists["lane"])
    step_at, lane_at = _positions(steps), _positions(lanes)
    cards = sorted(
        lists["card"], key=lambda item: (lane_at[item["lane"]], step_at[item["step"]], item["rank"], item["id"])
    )
    emotions = sorted(
        lists["emotion"],
        key=lambda item: (
            lane_at[item["lane"]],
            step_at[item["step"]],
            item["persona"] or "",
            item["state"],
            item["id"],
        ),
    )
    comments = sorted(lists["comment"], key=lambda item: (item["at"], item["id"]))
    ordered = {"stages": stages, "steps": steps, "lanes": lanes, "cards": cards, "emotions": emotions}
    return {name: [visible(item) for item in items] for name, items in (ordered | {"comments": comments}).items()}


def _ranked(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda item: (item["rank"], item["id"]))


def _positions(records: Iterable[Record]) -> dict[str, int]:
    return {item["id"]: at for at, item in enumerate(records)}

"""Makes, copies, shares and discards maps; what stands on a map changes through the engine only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from journeymap.accounts.access import workspace_for
from journeymap.accounts.actors import Actor
from journeymap.accounts.models import Guest, Membership
from journeymap.accounts.roles import Role
from journeymap.accounts.tokens import digest, link_token
from journeymap.core.errors import BadRequest, NotFound
from journeymap.core.ids import new_id
from journeymap.sync import checks
from journeymap.sync.history import parts_referred_to
from journeymap.sync.models import Document
from journeymap.sync.ops import parse_ops, stored_op
from journeymap.sync.requests import own_request
from journeymap.sync.rights import raise_epoch
from journeymap.sync.writer import apply
from maps.drafts import DraftPersona, MapDraft, draft_ops
from maps.kinds import template_for
from maps.models import GuestPass, Map, ShareLink
from maps.records import KIND
from maps.words import MAP_KINDS
from personas.edits import copy_persona, create_persona

Wire = dict[str, Any]
SHARE = "share"
IN_TRASH = timedelta(days=30)


def create_map(
    actor: Actor, *, workspace_id: UUID, title: str, kind: str = "current_state", draft: MapDraft | None = None
) -> UUID:
    """A new map in a workspace, filled from `draft` or from the template of its kind; its creation is change 1."""
    workspace_for(actor, workspace_id, need=Role.EDITOR)
    if kind not in MAP_KINDS:
        raise BadRequest("There is no such kind of map.", fields={"kind": f"one of {', '.join(MAP_KINDS)}"})
    draft = draft or template_for(kind)
    map_id = new_id()
    with transaction.atomic():
        Document.objects.create(pk=map_id, kind="map", workspace_id=workspace_id)
        Map.objects.create(document_id=map_id)
        personas = _personas_of(actor, workspace_id, draft)
        head = {"title": title or draft.title or "Untitled map", "kind": kind, "owner": str(actor.user_id)}
        ops = [{"op": "set", "type": "map", "id": str(map_id), "fields": head}]
        ops += draft_ops(draft, persona_ids=personas, people=_people_of(actor, workspace_id), map_id=str(map_id))
        apply(map_id, own_request(parse_ops(KIND, ops, most=None), actor=actor, origin="create"))
    return map_id


def import_into(actor: Actor, map_id: UUID, draft: MapDraft) -> None:
    """Add a draft's stages, lanes and cards to a map, as one change."""
    workspace_id = Document.objects.values_list("workspace_id", flat=True).get(pk=map_id)
    with transaction.atomic():
        personas = _personas_of(actor, workspace_id, draft)
        ops = draft_ops(draft, persona_ids=personas, people=_people_of(actor, workspace_id))
        fields: Wire = {"personas": {"add": [personas[each.name] for each in draft.personas]}} if personas else {}
        if draft.notes:
            notes = Map.objects.values_list("notes", flat=True).get(pk=map_id)
            fields["notes"] = f"{notes}\n{draft.notes}".strip("\n")
        if fields:
            ops.append({"op": "set", "type": "map", "id": str(map_id), "fields": fields})
        if ops:
            apply(map_id, own_request(parse_ops(KIND, ops, most=None), actor=actor, origin="import"))


def empty_draft() -> MapDraft:
    """A map with nothing on it: for programs that bring their own content."""
    return MapDraft(title="")


def _people_of(actor: Actor, workspace_id: UUID) -> dict[str, str]:
    """Whom a draft's cards may be assigned to: members by their id, “owner” for whoever brings the draft."""
    members = Membership.objects.filter(workspace_id=workspace_id).values_list("user_id", flat=True)
    return {"owner": str(actor.user_id), **{str(user): str(user) for user in members}}


def _personas_of(actor: Actor, workspace_id: UUID, draft: MapDraft) -> dict[str, str]:
    """The ids of the draft's personas by name; who is not in the library yet is added to it."""
    from personas.models import Persona

    known = {
        name: str(pk)
        for name, pk in Persona.objects.filter(
            document__workspace_id=workspace_id, document__trashed_at=None, name__in=[p.name for p in draft.personas]
        ).values_list("name", "pk")
    }
    for persona in draft.personas:
        if persona.name not in known:
            known[persona.name] = str(create_persona(actor, workspace_id=workspace_id, fields=_fields_of(persona)))
    return known


def _fields_of(persona: DraftPersona) -> Wire:
    fields = {name: value for name, value in asdict(persona).items() if value}
    fields |= {name: list(fields[name]) for name in ("channels", "skills", "sections") if name in fields}
    return fields | {name: fields[name][: checks.MOST_TITLE] for name in ("name", "role") if name in fields}


def trash_map(map_id: UUID, *, by: UUID) -> None:
    """Put a map into the trash, where it stays for 30 days; whoever has it open is sent away."""
    Document.objects.filter(pk=map_id, trashed_at=None).update(trashed_at=timezone.now(), trashed_by=by)
    raise_epoch(map_id)


def take_out_of_trash(map_id: UUID) -> None:
    Document.objects.filter(pk=map_id).update(trashed_at=None, trashed_by=None)
    raise_epoch(map_id)


def empty_trash(*, now: datetime | None = None) -> int:
    """Delete for ever what has been in the trash for 30 days; gives how many maps that were."""
    over = Document.objects.filter(kind="map", trashed_at__lt=(now or timezone.now()) - IN_TRASH)
    ids = list(over.values_list("pk", flat=True)[:100])
    for map_id in ids:
        delete_map_forever(map_id)
    return len(ids)


def delete_map_forever(map_id: UUID) -> None:
    """Delete a map with its whole history. There is no way back."""
    Document.objects.filter(pk=map_id).delete()


def copy_map(actor: Actor, source: Wire, *, workspace_id: UUID, title: str, as_template: bool) -> UUID:
    """A copy of a document's JSON as a new map, with new ids; without comments and, as a template, without owner."""
    workspace_for(actor, workspace_id, need=Role.EDITOR)
    map_id = new_id()
    with transaction.atomic():
        Document.objects.create(pk=map_id, kind="map", workspace_id=workspace_id)
        Map.objects.create(document_id=map_id, is_template=as_template)
        personas = {}
        if source["map"]["workspace"] != str(workspace_id):
            personas = _copied_personas(actor, source, workspace_id)
        wire = copying_ops(source, map_id, title=title, owner=str(actor.user_id), personas=personas)
        apply(map_id, own_request([stored_op(KIND, op) for op in wire], actor=actor, origin="create"))
    return map_id


def _copied_personas(actor: Actor, source: Wire, workspace_id: UUID) -> dict[str, str]:
    """New ids, in the other workspace, of everybody a map is about or draws a curve for."""
    ids = dict.fromkeys([*source["map"]["personas"], *(item["persona"] for item in source["emotions"])])
    return {id_: str(copy_persona(actor, UUID(id_), workspace_id=workspace_id)) for id_ in ids if id_}


def copying_ops(
    source: Wire, map_id: UUID, *, title: str, owner: str | None, personas: Mapping[str, str]
) -> list[Wire]:
    """Operations that make a document's content anew under new ids; what cannot come along is left out."""
    ids = {
        item["id"]: str(new_id()) for name in ("stages", "steps", "lanes", "cards", "emotions") for item in source[name]
    }
    ids |= personas
    parts = parts_referred_to(KIND, source)
    head = {name: _renamed(value, ids) for name, value in source["map"].items() if name in KIND.types["map"].fields}
    head |= {"title": title, "owner": owner}
    ops: list[Wire] = [{"op": "set", "type": "map", "id": str(map_id), "fields": head}]
    for type_ in ("stage", "step", "lane", "card", "emotion"):
        table = KIND.types[type_]
        for item in source[table.plural]:
            fields = {name: _renamed(item[name], ids) for name in table.fields if name in item}
            ops.append({"op": "insert", "type": type_, "id": ids[item["id"]], "fields": fields,
                        "restored": True, "parts": parts.get(item["id"], ())})  # fmt: skip
    return ops


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, list):
        return [_renamed(item, ids) for item in value]
    return value


def create_share(actor: Actor, map_id: UUID, fields: Wire) -> ShareLink:
    """A new share link from parsed fields: role, password, expires_at, may_download, hidden_lanes."""
    id_ = new_id()
    return ShareLink.objects.create(
        id=id_,
        map_id=map_id,
        role=fields.get("role", "view"),
        digest=digest(link_token(SHARE, id_, 1)),
        password=make_password(fields["password"]) if fields.get("password") else "",
        expires_at=fields.get("expires_at"),
        may_download=fields.get("may_download", True),
        hidden_lanes=fields.get("hidden_lanes", []),
        made_by_id=actor.user_id,
    )


def revoke_share(link: ShareLink) -> None:
    """Close a link at once for everybody who came in by it."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    raise_epoch(link.map_id)


def token_of(link: ShareLink) -> str:
    return link_token(SHARE, link.pk, link.generation)


def link_for_token(token: str) -> ShareLink:
    """The open link that a token names; NotFound for a wrong, revoked or expired one alike."""
    link = (
        ShareLink.objects.filter(digest=digest(token), revoked_at=None)
        .select_related("map__document__workspace")
        .first()
    )
    if link is None or link.map.document.trashed_at is not None:
        raise NotFound("This link does not lead anywhere (any more). Ask who sent it for a new one.", state="revoked")
    if link.expires_at is not None and link.expires_at <= timezone.now():
        raise NotFound("This link has expired. Ask who sent it for a new one.", state="expired")
    return link


def password_fits(link: ShareLink, password: str) -> bool:
    return not link.password or check_password(password, link.password)


def let_in(link: ShareLink, *, name: str) -> Guest:
    """A new guest who came in by a link."""
    guest = Guest.objects.create(name=name.strip()[:100] or "Guest")
    GuestPass.objects.create(guest=guest, link=link, generation=link.generation)
    return guest


def note_first_welcome(guest_id: UUID, seq: int) -> None:
    """Remember the seq below which this guest reads no changes."""
    GuestPass.objects.filter(guest_id=guest_id, since=None).update(since=seq)

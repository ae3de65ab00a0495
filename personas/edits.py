"""Makes personas; what they say changes through the engine only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from journeymap.accounts.access import workspace_for
from journeymap.accounts.actors import Actor
from journeymap.accounts.roles import Role
from journeymap.core.errors import BadRequest
from journeymap.core.ids import new_id
from journeymap.sync.models import Document
from journeymap.sync.ops import parse_ops
from journeymap.sync.requests import own_request
from journeymap.sync.rights import raise_epoch
from journeymap.sync.writer import apply
from personas import portraits
from personas.models import Persona
from personas.records import KIND, LISTS


def create_persona(actor: Actor, *, workspace_id: UUID, fields: dict[str, Any]) -> UUID:
    """A new persona in a workspace's library; its creation is change 1.

    `fields` are those of the persona, beside `skills` and `sections`: lists of the fields of each.
    """
    workspace_for(actor, workspace_id, need=Role.EDITOR)
    persona_id = new_id()
    ops = parse_ops(KIND, _first_ops(persona_id, fields))
    with transaction.atomic():
        Document.objects.create(pk=persona_id, kind="persona", workspace_id=workspace_id)
        Persona.objects.create(document_id=persona_id)
        apply(persona_id, own_request(ops, actor=actor, origin="create"))
    return persona_id


def _first_ops(persona_id: UUID, fields: dict[str, Any]) -> list[dict[str, Any]]:
    own = {name: value for name, value in fields.items() if name not in {"skills", "sections"}}
    ops = [{"op": "set", "type": "persona", "id": str(persona_id), "fields": {"name": "New persona"} | own}]
    for type_ in LISTS:
        items = fields.get(type_.plural, [])
        if not isinstance(items, list):
            raise BadRequest(f"“{type_.plural}” must be a list.", fields={type_.plural: "must be a list"})
        ops += [{"op": "insert", "type": type_.name, "fields": item} for item in items]
    return ops


def copy_persona(actor: Actor, persona_id: UUID, *, workspace_id: UUID) -> UUID:
    """The same persona in the library of another workspace; its portrait stays behind."""
    source = KIND.snapshot(persona_id)
    fields = {name: source["persona"][name] for name, item in KIND.head.fields.items() if not item.read_only}
    for type_ in LISTS:
        fields[type_.plural] = [{name: item[name] for name in type_.fields} for item in source[type_.plural]]
    return create_persona(actor, workspace_id=workspace_id, fields=fields)


def discard_persona(persona_id: UUID, *, by: UUID) -> bool:
    """Take a persona out of the library; True if it is used and therefore only archived."""
    persona = Persona.objects.get(pk=persona_id)
    used = persona.map_personas.exists() or persona.emotions.exists()
    if used:
        Document.objects.filter(pk=persona_id, trashed_at=None).update(trashed_at=timezone.now(), trashed_by=by)
    else:
        _delete_persona_forever(persona_id)
    return used


def _delete_persona_forever(persona_id: UUID) -> None:
    names = portraits.names_in_history(persona_id)
    with transaction.atomic():
        raise_epoch(persona_id)
        Document.objects.filter(pk=persona_id).delete()
        transaction.on_commit(lambda: portraits.delete_files(names))


def take_out_of_archive(persona_id: UUID) -> None:
    """Show an archived persona in the library again."""
    Document.objects.filter(pk=persona_id).update(trashed_at=None, trashed_by=None)

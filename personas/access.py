"""From an actor and an id to a persona, with the right that is needed."""

from __future__ import annotations

from uuid import UUID

from journeymap.accounts.access import require_account, role_in
from journeymap.accounts.actors import Actor, Person
from journeymap.accounts.roles import Role
from journeymap.core.errors import Forbidden, NotFound
from journeymap.sync.models import Document
from journeymap.sync.records import Grant


def persona_grant(actor: Actor, persona_id: UUID) -> Grant:
    """What the actor may do with a persona; NotSignedIn, or NotFound where its existence is none of their business."""
    user_id = require_account(actor)
    document = Document.objects.filter(pk=persona_id, kind="persona").values("workspace_id").first()
    role = role_in(actor, document["workspace_id"]) if document else None
    if role is None:
        raise NotFound("There is no such persona.")
    return Grant(role=role, person=Person(id=user_id, name=actor.name), user_id=user_id)


def persona_for(actor: Actor, persona_id: UUID, *, need: Role) -> Grant:
    """Access to a persona with at least the role `need`."""
    grant = persona_grant(actor, persona_id)
    if grant.role < need:
        raise Forbidden(f"This needs the role {need.slug} or higher; yours is {grant.role.slug}.")
    return grant

"""From an actor and an id to a workspace: the only way, with the right that is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from journeymap.accounts.actors import Actor, actor_of
from journeymap.accounts.models import Membership, User
from journeymap.accounts.roles import Role
from journeymap.core.errors import Forbidden, NotFound, NotSignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceAccess:
    """What an actor may do in a workspace."""

    workspace_id: UUID
    user_id: UUID
    role: Role


def require_account(actor: Actor) -> UUID:
    """The id of the actor's account; NotSignedIn without one."""
    if actor.user_id is None:
        raise NotSignedIn("Sign in, or send a valid token.")
    return actor.user_id


def require_user(request: Any) -> User:
    """The account behind a request, Django's or DRF's; NotSignedIn without one."""
    require_account(actor_of(request))
    user: User = request.user
    return user


def role_in(actor: Actor, workspace_id: UUID) -> Role | None:
    """The actor's role in a workspace, None if they do not belong to it."""
    if actor.user_id is None:
        return None
    slug = (
        Membership.objects.filter(workspace_id=workspace_id, user_id=actor.user_id, user__is_active=True)
        .values_list("role", flat=True)
        .first()
    )
    return Role.of(slug) if slug else None


def workspace_for(actor: Actor, workspace_id: UUID, *, need: Role) -> WorkspaceAccess:
    """Access to a workspace with at least the role `need`.

    Raises NotSignedIn without an account, NotFound for who does not belong, Forbidden for too low a role.
    """
    user_id = require_account(actor)
    role = role_in(actor, workspace_id)
    if role is None:
        raise NotFound("There is no such workspace.")
    if role < need:
        raise Forbidden(f"This needs the role {need.slug} or higher; yours is {role.slug}.")
    return WorkspaceAccess(workspace_id=workspace_id, user_id=user_id, role=role)

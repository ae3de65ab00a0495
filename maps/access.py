"""From an actor and an id to a map: the only way, by membership or by a share link, with the right that is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from journeymap.accounts.access import role_in
from journeymap.accounts.actors import Actor, Person
from journeymap.accounts.roles import Role
from journeymap.core.errors import Forbidden, NotFound, NotSignedIn
from journeymap.sync.models import Document
from journeymap.sync.records import Grant
from maps.models import GuestPass

LINK_ROLE = {"view": Role.VIEWER, "comment": Role.COMMENTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAccess:
    """What an actor may do with a map, and as whom they appear there."""

    map_id: UUID
    workspace_id: UUID
    role: Role
    person: Person
    user_id: UUID | None = None
    guest_id: UUID | None = None
    link_id: UUID | None = None
    hidden_lanes: frozenset[str] = frozenset()
    may_download: bool = True
    since: int = 0
    ends_at: datetime | None = None

    @property
    def is_member(self) -> bool:
        return self.user_id is not None

    @property
    def grant(self) -> Grant:
        return Grant(
            role=self.role,
            person=self.person,
            user_id=self.user_id,
            guest_id=self.guest_id,
            hidden=self.hidden_lanes,
            may_download=self.may_download,
            since=self.since,
            ends_at=self.ends_at.timestamp() if self.ends_at else None,
        )


def map_for(actor: Actor, map_id: UUID, *, need: Role, trashed: bool = False) -> MapAccess:
    """Access to a map with at least the role `need`; `trashed` also finds it in the trash.

    Raises NotSignedIn for somebody unknown, NotFound where the map must stay unknown, Forbidden for too low a role.
    """
    document = Document.objects.filter(pk=map_id, kind="map").values("workspace_id", "trashed_at").first()
    found = None
    if document and (document["trashed_at"] is None or trashed):
        found = _as_member(actor, map_id, document["workspace_id"])
        if found is None and document["trashed_at"] is None:
            found = _as_guest(actor, map_id, document["workspace_id"])
    if found is None:
        raise (
            NotFound("There is no such map.")
            if actor.is_signed_in or actor.guests
            else NotSignedIn("Sign in, or open the map by a link you were given.")
        )
    if found.role < need:
        raise Forbidden(f"This needs the role {need.slug} or higher; yours is {found.role.slug}.")
    return found


def map_grant(actor: Actor, map_id: UUID) -> Grant:
    """What the actor may do with the map, for the write path and the sockets."""
    return map_for(actor, map_id, need=Role.VIEWER).grant


def member_of(access: MapAccess) -> UUID:
    """The member's account; Forbidden for guests, who may not do this."""
    if access.user_id is None:
        raise Forbidden("This is for members of the workspace.")
    return access.user_id


def _as_member(actor: Actor, map_id: UUID, workspace_id: UUID) -> MapAccess | None:
    role = role_in(actor, workspace_id)
    if role is None or actor.user_id is None:
        return None
    person = Person(id=actor.user_id, name=actor.name)
    return MapAccess(map_id=map_id, workspace_id=workspace_id, role=role, person=person, user_id=actor.user_id)


def _as_guest(actor: Actor, map_id: UUID, workspace_id: UUID) -> MapAccess | None:
    if not actor.guests:
        return None
    now = timezone.now()
    passes = GuestPass.objects.filter(guest_id__in=actor.guests, link__map_id=map_id, ended_at=None)
    open_passes = [item for item in passes.select_related("guest", "link") if is_open(item, now)]
    if not open_passes:
        return None
    best = max(open_passes, key=lambda item: (LINK_ROLE[item.link.role], item.guest.created_at))
    return _by_pass(best, map_id, workspace_id)


def is_open(item: GuestPass, now: datetime) -> bool:
    """Whether a pass still lets its guest in: link not revoked, not over, and not made anew since."""
    link = item.link
    over = link.expires_at is not None and link.expires_at <= now
    return link.revoked_at is None and not over and link.generation == item.generation


def _by_pass(item: GuestPass, map_id: UUID, workspace_id: UUID) -> MapAccess:
    hidden: Any = item.link.hidden_lanes
    return MapAccess(
        map_id=map_id,
        workspace_id=workspace_id,
        role=LINK_ROLE[item.link.role],
        person=Person(id=item.guest_id, name=item.guest.name, guest=True),
        guest_id=item.guest_id,
        link_id=item.link_id,
        hidden_lanes=frozenset(hidden),
        may_download=item.link.may_download,
        since=item.since or 0,
        ends_at=item.link.expires_at,
    )

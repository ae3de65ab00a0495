"""What pages and REST ask of people and workspaces; each a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from journeymap.accounts.models import ApiToken, Invitation, Membership, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWorkspace:
    """A workspace as one of its members sees it in a list."""

    id: UUID
    name: str
    role: str
    members: int
    is_demo: bool


def homes_of(user_id: UUID) -> list[HomeWorkspace]:
    """The workspaces a person belongs to, by name."""
    rows = memberships_of(user_id).annotate(members=Count("workspace__memberships")).order_by("workspace__name", "pk")
    return [
        HomeWorkspace(
            id=row.workspace_id,
            name=row.workspace.name,
            role=row.role,
            members=row.members,
            is_demo=row.workspace.is_demo,
        )
        for row in rows
    ]


def memberships_of(user_id: UUID) -> QuerySet[Membership]:
    """A person's memberships with their workspaces."""
    return Membership.objects.select_related("workspace").filter(user_id=user_id)


def workspaces_of(user_id: UUID) -> QuerySet[Workspace]:
    """The workspaces a person belongs to."""
    return Workspace.objects.filter(memberships__user_id=user_id)


def members_of(workspace_id: UUID) -> QuerySet[Membership]:
    """The members of a workspace with their accounts."""
    return Membership.objects.select_related("user").filter(workspace_id=workspace_id)


def open_invitations_of(workspace_id: UUID) -> QuerySet[Invitation]:
    """Invitations that can still be followed, newest first."""
    return (
        Invitation.objects.select_related("invited_by")
        .filter(workspace_id=workspace_id, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .order_by("-created_at", "pk")
    )


def tokens_of(user_id: UUID) -> QuerySet[ApiToken]:
    """A person's API tokens that still work, newest first."""
    return ApiToken.objects.filter(user_id=user_id, revoked_at=None).order_by("-created_at", "pk")

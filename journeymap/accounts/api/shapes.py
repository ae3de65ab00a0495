"""The shapes of people and workspaces on the wire: what REST answers, and how the OpenAPI document tells it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from journeymap.accounts.invitations import path_of
from journeymap.accounts.models import ApiToken, Invitation, Membership, User
from journeymap.accounts.roles import ROLE_SLUGS

INVITED_ROLES = tuple(slug for slug in ROLE_SLUGS if slug != "owner")


def workspace(row: Membership) -> dict[str, Any]:
    """A workspace as its member sees it."""
    return {
        "id": row.workspace_id,
        "name": row.workspace.name,
        "role": row.role,
        "created_at": row.workspace.created_at,
    }


def member(row: Membership) -> dict[str, Any]:
    """A member of a workspace."""
    return {
        "id": row.pk,
        "user": row.user_id,
        "name": row.user.shown_name,
        "email": row.user.email,
        "color": row.user.color,
        "role": row.role,
        "active": row.user.is_active,
        "joined_at": row.created_at,
    }


def invitation(row: Invitation, *, site: str) -> dict[str, Any]:
    """An invitation with its address; `email` is null for a link that anybody may follow."""
    return {
        "id": row.pk,
        "email": row.email or None,
        "role": row.role,
        "url": site + path_of(row),
        "invited_by": row.invited_by_id,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
    }


def me(user: User, memberships: list[Membership]) -> dict[str, Any]:
    """The account behind the request and its workspaces."""
    return {
        "id": user.pk,
        "name": user.shown_name,
        "email": user.email,
        "color": user.color,
        "workspaces": [workspace(row) for row in memberships],
    }


def token(row: ApiToken) -> dict[str, Any]:
    """An API token without its text."""
    return {
        "id": row.pk,
        "name": row.name,
        "prefix": row.prefix,
        "created_at": row.created_at,
        "last_used_at": row.last_used_at,
    }


class WorkspaceShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.ChoiceField(ROLE_SLUGS, help_text="The caller's role.")
    created_at = serializers.DateTimeField()


class WorkspaceFields(serializers.Serializer[Any]):
    name = serializers.CharField(min_length=1, max_length=200)


class MemberShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    user = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    color = serializers.CharField()
    role = serializers.ChoiceField(ROLE_SLUGS)
    active = serializers.BooleanField()
    joined_at = serializers.DateTimeField()


class MemberFields(serializers.Serializer[Any]):
    role = serializers.ChoiceField(ROLE_SLUGS)


class InvitationShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    email = serializers.EmailField(allow_null=True)
    role = serializers.ChoiceField(INVITED_ROLES)
    url = serializers.URLField()
    invited_by = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationFields(serializers.Serializer[Any]):
    role = serializers.ChoiceField(INVITED_ROLES)
    email = serializers.EmailField(required=False, allow_null=True)


class TokenShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class NewTokenShape(TokenShape):
    token = serializers.CharField(allow_null=True, help_text="Shown this once; null in a repeated answer.")


class TokenFields(serializers.Serializer[Any]):
    name = serializers.CharField(min_length=1, max_length=100)


class MeShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    color = serializers.CharField()
    workspaces = WorkspaceShape(many=True)

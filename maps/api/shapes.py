"""The shapes of maps on the wire, for the OpenAPI document and for answers that are not documents."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from journeymap.sync.models import Version
from maps.models import Map, ShareLink
from maps.words import MAP_KINDS, MAP_STATUSES


def anything() -> serializers.DictField:
    """An object whose keys the protocol describes in words."""
    return serializers.DictField(child=serializers.JSONField())


class MapFields(serializers.Serializer[Any]):
    """What a new map is made from."""

    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    workspace = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=list(MAP_KINDS), required=False)
    template = serializers.ChoiceField(choices=["none"], required=False)


class MapShape(serializers.Serializer[Any]):
    """A map in a list."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(MAP_KINDS))
    status = serializers.ChoiceField(choices=list(MAP_STATUSES))
    owner = serializers.UUIDField(allow_null=True)
    seq = serializers.IntegerField()
    changed_at = serializers.DateTimeField()
    role = serializers.CharField()


class ChangeFields(serializers.Serializer[Any]):
    """A change: operations as in the protocol."""

    key = serializers.UUIDField()
    ops = serializers.ListField(child=anything(), min_length=1, max_length=500)
    group = serializers.UUIDField(required=False)
    log = serializers.UUIDField(required=False)


class ChangeShape(serializers.Serializer[Any]):
    """A change as it took effect, or that nothing had to change."""

    key = serializers.UUIDField()
    seq = serializers.IntegerField()
    noop = serializers.BooleanField(required=False)
    group = serializers.UUIDField(required=False)
    actor = anything()
    at = serializers.DateTimeField(required=False)
    ops = serializers.ListField(child=anything(), required=False)


class UndoFields(serializers.Serializer[Any]):
    """What to take back; without `change` the caller's latest."""

    key = serializers.UUIDField()
    change = serializers.UUIDField(required=False)


class VersionFields(serializers.Serializer[Any]):
    """A name for this moment."""

    title = serializers.CharField(max_length=200)


class VersionShape(serializers.Serializer[Any]):
    """A named moment of a document's history."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    title = serializers.CharField()
    made_by = serializers.UUIDField(allow_null=True)
    made_at = serializers.DateTimeField()


class ShareFields(serializers.Serializer[Any]):
    """A share link to be made."""

    role = serializers.ChoiceField(choices=["view", "comment"], required=False)
    password = serializers.CharField(max_length=200, required=False)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)
    may_download = serializers.BooleanField(required=False)
    hidden_lanes = serializers.ListField(child=serializers.UUIDField(), required=False)


class ShareShape(serializers.Serializer[Any]):
    """A share link with its address."""

    id = serializers.UUIDField()
    role = serializers.CharField()
    url = serializers.CharField()
    has_password = serializers.BooleanField()
    expires_at = serializers.DateTimeField(allow_null=True)
    may_download = serializers.BooleanField()
    hidden_lanes = serializers.ListField(child=serializers.UUIDField())
    made_at = serializers.DateTimeField()


class CopyFields(serializers.Serializer[Any]):
    """Where a copy goes and what it is called."""

    title = serializers.CharField(max_length=200, required=False)
    workspace = serializers.UUIDField(required=False)
    as_template = serializers.BooleanField(required=False)


class ImportFields(serializers.Serializer[Any]):
    """Text to make a map of; a file goes as multipart under `file`."""

    text = serializers.CharField()
    workspace = serializers.UUIDField()
    map = serializers.UUIDField(required=False)
    dry_run = serializers.BooleanField(required=False)


class ImportShape(serializers.Serializer[Any]):
    """What was understood, what was not, and the map that came of it."""

    map = serializers.UUIDField(allow_null=True)
    understood = serializers.DictField(child=serializers.IntegerField())
    left_over = serializers.ListField(child=serializers.CharField())
    draft = anything()


class DocumentShape(serializers.Serializer[Any]):
    """A whole document at one seq."""

    seq = serializers.IntegerField()
    log = serializers.UUIDField()


SINCE = OpenApiParameter("since", int, description="The seq after which changes are wanted.")
LOG = OpenApiParameter("log", {"type": "string", "format": "uuid"}, description="The log that `since` belongs to.")


def map_item(row: Map, *, role: str) -> dict[str, Any]:
    """A map in a list."""
    return {
        "id": row.pk,
        "workspace": row.document.workspace_id,
        "title": row.title,
        "kind": row.kind,
        "status": row.status,
        "owner": row.owner_id,
        "seq": row.document.seq,
        "changed_at": row.document.changed_at,
        "role": role,
    }


def version_item(row: Version) -> dict[str, Any]:
    return {"id": row.pk, "seq": row.seq, "title": row.title, "made_by": row.made_by_id, "made_at": row.made_at}


def share_item(row: ShareLink, *, url: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "role": row.role,
        "url": url,
        "has_password": bool(row.password),
        "expires_at": row.expires_at,
        "may_download": row.may_download,
        "hidden_lanes": row.hidden_lanes,
        "made_at": row.made_at,
    }

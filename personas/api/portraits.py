"""REST of a persona's portrait: send a picture, take it away; and an archived persona comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.actors import actor_of
from journeymap.accounts.roles import Role
from journeymap.core.errors import BadRequest, TooLarge
from journeymap.core.ids import new_id, parse_id
from journeymap.core.rest import JSONParser, body_of, only
from journeymap.core.shapes import IDEMPOTENCY_KEY, errors
from journeymap.sync.changes import Outcome
from personas import edits, portraits
from personas.access import persona_for
from personas.models import Persona

PICTURE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}


class PortraitShape(serializers.Serializer[Any]):
    """Where the portrait lies now, and the change that put it there; an undo names its `key`."""

    portrait = serializers.CharField(allow_null=True)
    key = serializers.UUIDField()
    seq = serializers.IntegerField()


class Portrait(APIView):
    """The portrait of a persona."""

    parser_classes = [MultiPartParser, JSONParser]

    @extend_schema(
        operation_id="set_persona_portrait",
        parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": PICTURE},
        responses={200: PortraitShape, **errors(400, 401, 403, 404, 409, 413, 415, 422, 503)},
    )
    def post(self, request: Request, persona_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        return _shown(persona_id, portraits.set_portrait(actor, persona_id, _picture(request), key=_key(request)))

    @extend_schema(
        operation_id="remove_persona_portrait",
        parameters=[IDEMPOTENCY_KEY],
        responses={200: PortraitShape, **errors(400, 401, 403, 404, 409, 503)},
    )
    def delete(self, request: Request, persona_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        return _shown(persona_id, portraits.remove_portrait(actor, persona_id, key=_key(request)))


class OutOfArchive(APIView):
    """An archived persona that is wanted in the library again."""

    @extend_schema(
        operation_id="take_persona_out_of_archive",
        request=None,
        responses={200: {"type": "object"}, **errors(400, 401, 403, 404)},
    )
    def post(self, request: Request, persona_id: UUID) -> Response:
        persona_for(actor_of(request), persona_id, need=Role.EDITOR)
        edits.take_out_of_archive(persona_id)
        return Response({"id": persona_id, "archived": False})


def _picture(request: Request) -> bytes:
    if not (request.content_type or "").startswith("multipart/"):
        raise BadRequest("Send the picture as a form, under “file”.", fields={"file": "needed"})
    only(body_of(request.data), "file")
    upload = request.FILES.get("file")
    if upload is None:
        raise BadRequest("Send the picture under “file”.", fields={"file": "needed"})
    if upload.size is None or upload.size > portraits.MOST_BYTES:
        raise TooLarge("A portrait may be at most 5 MB. Nothing was changed.")
    data: bytes = upload.read()
    return data


def _key(request: Request) -> UUID:
    header = request.headers.get("Idempotency-Key")
    return parse_id(header, name="Idempotency-Key") if header else new_id()


def _shown(persona_id: UUID, outcome: Outcome) -> Response:
    portrait = Persona.objects.values_list("portrait", flat=True).get(pk=persona_id)
    return Response({"portrait": portrait, "key": outcome.key, "seq": outcome.seq})

"""REST of the persona library; each persona is a document like a map."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.access import require_account, workspace_for
from journeymap.accounts.actors import actor_of
from journeymap.accounts.models import Membership
from journeymap.accounts.roles import Role
from journeymap.core import fields
from journeymap.core.errors import NotFound
from journeymap.core.idempotency import idempotent
from journeymap.core.ids import new_id, parse_id
from journeymap.core.lists import page_of
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of
from journeymap.core.snapshot import one_snapshot
from journeymap.sync import doors, history
from journeymap.sync.models import Version
from journeymap.sync.requests import change_request
from journeymap.sync.writer import apply
from personas import edits, queries
from personas.access import persona_for
from personas.models import Persona
from personas.records import KIND, LISTS, snapshot

Wire = dict[str, Any]
ANYTHING = {"application/json": {"type": "object", "additionalProperties": True}}
OBJECT = {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}}
WRITE_ERRORS = errors(400, 401, 403, 404, 409, 413, 415, 503)


class PersonaShape(serializers.Serializer[Any]):
    """A persona in the library."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    color = serializers.CharField()
    portrait = serializers.CharField(allow_null=True)


class PersonaVersionShape(serializers.Serializer[Any]):
    """A named moment of a persona's history."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    title = serializers.CharField()


class Personas(APIView):
    """The personas of one's workspaces."""

    @extend_schema(
        operation_id="list_personas",
        parameters=[OpenApiParameter("workspace", {"type": "string", "format": "uuid"}), CURSOR, LIMIT],
        responses={200: list_of(PersonaShape, name="PersonaList"), **errors(400, 401)},
    )
    def get(self, request: Request) -> Response:
        user_id = require_account(actor_of(request))
        workspaces = Membership.objects.filter(user_id=user_id).values_list("workspace_id", flat=True)
        wanted = request.query_params.get("workspace")
        if wanted is not None:
            workspaces = workspaces.filter(workspace_id=parse_id(wanted, name="workspace"))
        rows = Persona.objects.filter(document__workspace__in=list(workspaces), document__trashed_at=None)
        page = page_of(rows.select_related("document"), request.query_params, shown=_item)
        return Response(page)

    @extend_schema(
        operation_id="create_persona",
        parameters=[IDEMPOTENCY_KEY],
        request=ANYTHING,
        responses={201: OBJECT, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        require_account(actor)
        body = dict(body_of(request.data))
        workspace_id = parse_id(body.pop("workspace", None), name="workspace")
        workspace_for(actor, workspace_id, need=Role.EDITOR)
        persona_id = edits.create_persona(actor, workspace_id=workspace_id, fields=body)
        return Response(_shown(persona_id), status=201)


class OnePersona(APIView):
    """A persona."""

    @extend_schema(operation_id="get_persona", responses={200: OBJECT, **errors(401, 404)})
    def get(self, request: Request, persona_id: UUID) -> Response:
        persona_for(actor_of(request), persona_id, need=Role.VIEWER)
        return Response(_shown(persona_id) | {"maps": queries.maps_of(persona_id)})

    @extend_schema(
        operation_id="change_persona",
        parameters=[IDEMPOTENCY_KEY],
        request=ANYTHING,
        responses={200: OBJECT, **WRITE_ERRORS},
    )
    def patch(self, request: Request, persona_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        header = request.headers.get("Idempotency-Key")
        key = parse_id(header, name="Idempotency-Key") if header else new_id()
        op = {"op": "set", "type": "persona", "id": str(persona_id), "fields": body_of(request.data)}
        apply(persona_id, change_request(KIND, {"key": str(key), "ops": [op]}, actor=actor, origin="rest"))
        return Response(_shown(persona_id))

    @extend_schema(
        operation_id="discard_persona",
        parameters=[IDEMPOTENCY_KEY],
        responses={200: OBJECT, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, persona_id: UUID) -> Response:
        grant = persona_for(actor_of(request), persona_id, need=Role.EDITOR)
        archived = edits.discard_persona(persona_id, by=grant.person.id)
        return Response({"archived": archived})


class Document(APIView):
    """A whole persona with its seq."""

    @extend_schema(operation_id="get_persona_document", responses={200: OBJECT, **errors(400, 401, 404, 410)})
    def get(self, request: Request, persona_id: UUID) -> Response:
        persona_for(actor_of(request), persona_id, need=Role.VIEWER)
        if "seq" in request.query_params:
            seq = doors.whole_number(request.query_params["seq"], name="seq")
            return Response(history.document_at(KIND, persona_id, seq))
        with one_snapshot():
            return Response(snapshot(persona_id))


class Changes(APIView):
    """A persona's log."""

    @extend_schema(operation_id="list_persona_changes", responses={200: OBJECT, **errors(400, 401, 404, 410)})
    def get(self, request: Request, persona_id: UUID) -> Response:
        persona_for(actor_of(request), persona_id, need=Role.VIEWER)
        return doors.read_log(persona_id, request.query_params)

    @extend_schema(
        operation_id="post_persona_change", request=ANYTHING, responses={200: OBJECT, 201: OBJECT, **WRITE_ERRORS}
    )
    def post(self, request: Request, persona_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        return doors.post_change(KIND, persona_id, request, actor)


class Undo(APIView):
    """Take a change of a persona back."""

    @extend_schema(
        operation_id="undo_persona_change", request=ANYTHING, responses={200: OBJECT, 201: OBJECT, **WRITE_ERRORS}
    )
    def post(self, request: Request, persona_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        return doors.post_undo(persona_id, request, actor, redo=False)


class Redo(APIView):
    """Take an undo of a persona's change back."""

    @extend_schema(
        operation_id="redo_persona_change", request=ANYTHING, responses={200: OBJECT, 201: OBJECT, **WRITE_ERRORS}
    )
    def post(self, request: Request, persona_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        return doors.post_undo(persona_id, request, actor, redo=True)


class Versions(APIView):
    """The named moments of a persona."""

    @extend_schema(
        operation_id="list_persona_versions",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(PersonaVersionShape, name="PersonaVersionList"), **errors(400, 401, 404)},
    )
    def get(self, request: Request, persona_id: UUID) -> Response:
        persona_for(actor_of(request), persona_id, need=Role.VIEWER)
        rows = Version.objects.filter(document_id=persona_id)
        return Response(page_of(rows, request.query_params, shown=_version, newest_first=True))

    @extend_schema(
        operation_id="name_persona_version",
        parameters=[IDEMPOTENCY_KEY],
        request=ANYTHING,
        responses={201: PersonaVersionShape, **WRITE_ERRORS},
    )
    @idempotent()
    def post(self, request: Request, persona_id: UUID) -> Response:
        grant = persona_for(actor_of(request), persona_id, need=Role.EDITOR)
        body = body_of(request.data)
        only(body, "title")
        row = history.name_version(KIND, persona_id, title=fields.text(body, "title"), by=grant.person.id)
        return Response(_version(row), status=201)


class Restore(APIView):
    """Make a persona as it was at a version."""

    @extend_schema(
        operation_id="restore_persona_version",
        parameters=[IDEMPOTENCY_KEY],
        request=ANYTHING,
        responses={200: OBJECT, 201: OBJECT, **WRITE_ERRORS},
    )
    def post(self, request: Request, persona_id: UUID, version_id: UUID) -> Response:
        actor = actor_of(request)
        persona_for(actor, persona_id, need=Role.EDITOR)
        version = Version.objects.filter(pk=version_id, document_id=persona_id).first()
        if version is None:
            raise NotFound("There is no such version of this persona.")
        body = body_of(request.data or {})
        only(body, "key")
        key = body.get("key") or request.headers.get("Idempotency-Key")
        return doors.answer(history.restore(KIND, persona_id, version, actor=actor, key=key))


def _item(row: Persona) -> Wire:
    return {
        "id": row.pk,
        "workspace": row.document.workspace_id,
        "name": row.name,
        "role": row.role,
        "color": row.color,
        "portrait": row.portrait,
    }


def _shown(persona_id: UUID) -> Wire:
    document = snapshot(persona_id)
    persona: Wire = document["persona"]
    return persona | {type_.plural: document[type_.plural] for type_ in LISTS}


def _version(row: Version) -> Wire:
    return {"id": row.pk, "seq": row.seq, "title": row.title, "made_by": row.made_by_id, "made_at": row.made_at}

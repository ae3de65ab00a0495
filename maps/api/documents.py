"""REST of a map as a document: read whole, changed by operations, undone, named, restored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.actors import actor_of
from journeymap.accounts.roles import Role
from journeymap.core import fields
from journeymap.core.errors import NotFound
from journeymap.core.idempotency import idempotent
from journeymap.core.ids import parse_id
from journeymap.core.lists import page_of
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of
from journeymap.sync import doors, history
from journeymap.sync.models import Version
from maps import queries
from maps.access import map_for, member_of
from maps.api import shapes
from maps.hiding import hide
from maps.records import KIND

WRITE_ERRORS = errors(400, 401, 403, 404, 409, 413, 415, 503)


class Document(APIView):
    """A whole map, now or as it was."""

    @extend_schema(
        operation_id="get_document",
        parameters=[
            OpenApiParameter("version", {"type": "string", "format": "uuid"}),
            OpenApiParameter("seq", {"type": "integer", "minimum": 0}),
        ],
        responses={200: shapes.DocumentShape, **errors(400, 401, 403, 404, 410)},
    )
    def get(self, request: Request, map_id: UUID) -> Response:
        access = map_for(actor_of(request), map_id, need=Role.VIEWER)
        query = request.query_params
        if "version" not in query and "seq" not in query:
            return Response(hide(queries.snapshot(map_id), access.grant))
        member_of(access)
        if "version" in query:
            seq = _version(map_id, parse_id(query["version"], name="version")).seq
        else:
            seq = doors.whole_number(query["seq"], name="seq")
        return Response(history.document_at(KIND, map_id, seq) | {"personas": queries.personas_of(map_id)})


class Changes(APIView):
    """A map's log."""

    @extend_schema(
        operation_id="list_changes",
        parameters=[shapes.SINCE, shapes.LOG, CURSOR],
        responses={200: list_of(shapes.ChangeShape, name="ChangeList"), **errors(400, 401, 403, 404, 410)},
    )
    def get(self, request: Request, map_id: UUID) -> Response:
        member_of(map_for(actor_of(request), map_id, need=Role.VIEWER))
        return doors.read_log(map_id, request.query_params)

    @extend_schema(
        operation_id="post_change",
        request=shapes.ChangeFields,
        responses={200: shapes.ChangeShape, 201: shapes.ChangeShape, **WRITE_ERRORS},
    )
    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.COMMENTER)
        return doors.post_change(KIND, map_id, request, actor)


class Undo(APIView):
    """Take a change or group back."""

    @extend_schema(
        operation_id="undo_change",
        request=shapes.UndoFields,
        responses={200: shapes.ChangeShape, 201: shapes.ChangeShape, **WRITE_ERRORS},
    )
    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.COMMENTER)
        return doors.post_undo(map_id, request, actor, redo=False)


class Redo(APIView):
    """Take an undo back."""

    @extend_schema(
        operation_id="redo_change",
        request=shapes.UndoFields,
        responses={200: shapes.ChangeShape, 201: shapes.ChangeShape, **WRITE_ERRORS},
    )
    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.COMMENTER)
        return doors.post_undo(map_id, request, actor, redo=True)


class Versions(APIView):
    """The named moments of a map."""

    @extend_schema(
        operation_id="list_versions",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(shapes.VersionShape, name="VersionList"), **errors(400, 401, 403, 404)},
    )
    def get(self, request: Request, map_id: UUID) -> Response:
        member_of(map_for(actor_of(request), map_id, need=Role.VIEWER))
        rows = Version.objects.filter(document_id=map_id)
        return Response(page_of(rows, request.query_params, shown=shapes.version_item, newest_first=True))

    @extend_schema(
        operation_id="name_version",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.VersionFields,
        responses={201: shapes.VersionShape, **WRITE_ERRORS},
    )
    @idempotent()
    def post(self, request: Request, map_id: UUID) -> Response:
        access = map_for(actor_of(request), map_id, need=Role.EDITOR)
        body = body_of(request.data)
        only(body, "title")
        row = history.name_version(KIND, map_id, title=fields.text(body, "title"), by=member_of(access))
        return Response(shapes.version_item(row), status=201)


class Restore(APIView):
    """Make a map as it was at a version, as one change that can be undone."""

    @extend_schema(
        operation_id="restore_version",
        request={"application/json": {"type": "object", "properties": {"key": {"type": "string", "format": "uuid"}}}},
        parameters=[IDEMPOTENCY_KEY],
        responses={200: shapes.ChangeShape, 201: shapes.ChangeShape, **WRITE_ERRORS},
    )
    def post(self, request: Request, map_id: UUID, version_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.EDITOR)
        body: dict[str, Any] = body_of(request.data or {})
        only(body, "key")
        key = body.get("key") or request.headers.get("Idempotency-Key")
        version = _version(map_id, version_id)
        return doors.answer(history.restore(KIND, map_id, version, actor=actor, key=key))


def _version(map_id: UUID, version_id: UUID) -> Version:
    row = Version.objects.filter(pk=version_id, document_id=map_id).first()
    if row is None:
        raise NotFound("There is no such version of this map.")
    return row

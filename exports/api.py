"""REST of exports: ask for a file, follow it, fetch it, cancel it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exports import edits
from exports.models import Export
from exports.needs import require_libraries
from exports.options import FORMATS, read_format, read_options
from exports.press import press
from journeymap.accounts.actors import actor_of
from journeymap.accounts.roles import Role
from journeymap.core.errors import Conflict, Forbidden, Gone, NotFound
from journeymap.core.idempotency import idempotent
from journeymap.core.lists import page_of
from journeymap.core.models import JobStatus
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of
from maps.access import MapAccess, map_for


class RequesterShape(serializers.Serializer[Any]):
    """Who asked for a file."""

    name = serializers.CharField()
    guest = serializers.BooleanField()


class ExportFields(serializers.Serializer[Any]):
    """What to make."""

    format = serializers.ChoiceField(choices=list(FORMATS))
    options = serializers.DictField(required=False, help_text="Paper, direction, lanes and the like.")


class ExportShape(serializers.Serializer[Any]):
    """A file, made or being made."""

    id = serializers.UUIDField()
    map = serializers.UUIDField()
    status = serializers.ChoiceField(choices=JobStatus.choices)
    progress = serializers.IntegerField(min_value=0, max_value=100)
    message = serializers.CharField(help_text="Why it failed, in a sentence for a person.")
    seq = serializers.IntegerField(help_text="The change up to which the file shows the map.")
    format = serializers.ChoiceField(choices=list(FORMATS))
    options = serializers.DictField()
    name = serializers.CharField(help_text="What the file is called.")
    bytes = serializers.IntegerField(allow_null=True)
    warnings = serializers.ListField(child=serializers.CharField())
    requested_by = RequesterShape()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    file = serializers.CharField(allow_null=True, help_text="Where the file is, once it is made.")


class MapExports(APIView):
    """The files of a map."""

    @extend_schema(
        operation_id="list_exports",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(ExportShape, name="ExportList"), **errors(400, 401, 403, 404)},
    )
    def get(self, request: Request, map_id: UUID) -> Response:
        access = _reader(request, map_id)
        rows = Export.objects.filter(map_id=map_id).select_related("job").defer("document")
        if not access.is_member:
            rows = rows.filter(guest=access.guest_id)
        press.warm()  # whoever looks at the list is about to ask for a file
        return Response(page_of(rows, request.query_params, shown=edits.as_json, newest_first=True))

    @extend_schema(
        operation_id="create_export",
        parameters=[IDEMPOTENCY_KEY],
        request=ExportFields,
        responses={202: ExportShape, **errors(400, 401, 403, 404, 409, 413, 415, 429, 503)},
    )
    @idempotent()
    def post(self, request: Request, map_id: UUID) -> Response:
        access = _reader(request, map_id)
        data = body_of(request.data)
        only(data, "format", "options")
        format_, options = read_format(data.get("format")), read_options(data.get("options", {}))
        require_libraries()
        return Response(edits.as_json(edits.request_export(access, format_=format_, options=options)), status=202)


class OneExport(APIView):
    """A file of a map."""

    @extend_schema(operation_id="get_export", responses={200: ExportShape, **errors(401, 403, 404)})
    def get(self, request: Request, export_id: UUID) -> Response:
        return Response(edits.as_json(_export(request, export_id)[0]))

    @extend_schema(
        operation_id="delete_export",
        parameters=[IDEMPOTENCY_KEY],
        responses={204: None, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, export_id: UUID) -> Response:
        export, access = _export(request, export_id)
        is_mine = access.user_id is not None and export.requested_by_id == access.user_id
        is_mine |= access.guest_id is not None and export.guest_id == access.guest_id
        if not is_mine and access.role < Role.EDITOR:
            raise Forbidden("Only who asked for a file, or an editor of the map, may remove it.")
        edits.delete_export(export)
        return Response(status=204)


class ExportFile(APIView):
    """The file itself."""

    @extend_schema(
        operation_id="get_export_file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **errors(401, 403, 404, 409)},
    )
    def get(self, request: Request, export_id: UUID) -> HttpResponse:
        export, _ = _export(request, export_id)
        if export.job.status in {JobStatus.FAILED, JobStatus.CANCELLED}:
            raise Conflict(export.job.message or "There is no file: it could not be made.")
        if not export.file:
            raise Conflict("The file is not ready yet.", code="not_ready")
        try:
            with export.file.open("rb") as file:
                response = HttpResponse(file.read(), content_type=FORMATS[export.format])
        except FileNotFoundError as error:
            raise Gone("The file has been cleared away; export the map again.") from error
        response["Content-Disposition"] = content_disposition_header(True, export.filename)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response


def _reader(request: Request, map_id: UUID) -> MapAccess:
    access = map_for(actor_of(request), map_id, need=Role.VIEWER)
    if not access.may_download:
        raise Forbidden("This link does not allow downloads; ask who gave it to you.")
    return access


def _export(request: Request, export_id: UUID) -> tuple[Export, MapAccess]:
    """The export, if the caller may know of it: members all of a map's, guests their own (lanes may be hidden)."""
    export = Export.objects.filter(pk=export_id).select_related("job").defer("document").first()
    if export is None:
        # The same answer as for a map that must stay unknown, signed in or not.
        map_for(actor_of(request), export_id, need=Role.VIEWER)
        raise NotFound("There is no such export.")
    access = _reader(request, export.map_id)
    if not access.is_member and export.guest_id != access.guest_id:
        raise NotFound("There is no such export.")
    return export, access

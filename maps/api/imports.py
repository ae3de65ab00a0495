"""REST of importing: text or a file in, a map out; a dry run only says what was understood."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.access import workspace_for
from journeymap.accounts.actors import Actor, actor_of
from journeymap.accounts.roles import Role
from journeymap.core import fields
from journeymap.core.errors import BadRequest, TooLarge
from journeymap.core.idempotency import idempotent
from journeymap.core.ids import parse_id
from journeymap.core.rest import JSONParser, body_of, only
from journeymap.core.shapes import IDEMPOTENCY_KEY, errors
from maps import edits
from maps.access import map_for, member_of
from maps.api import shapes
from maps.drafts import MapDraft
from maps.imports import read_file, read_text

Wire = dict[str, Any]
MOST_BYTES = 2 * 1024 * 1024


class Imports(APIView):
    """Make a map of text or a file."""

    parser_classes = [JSONParser, MultiPartParser]

    @extend_schema(
        operation_id="import_map",
        parameters=[IDEMPOTENCY_KEY],
        request={
            "application/json": shapes.ImportFields,
            "multipart/form-data": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}},
        },
        responses={
            200: shapes.ImportShape,
            201: shapes.ImportShape,
            **errors(400, 401, 403, 404, 409, 413, 415, 422),
        },
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        body = _body(request)
        workspace_id = parse_id(body.get("workspace"), name="workspace")
        workspace_for(actor, workspace_id, need=Role.EDITOR)
        into = _target(actor, body)
        draft = _draft(body)
        if body.get("dry_run"):
            return Response(_report(None, draft))
        if into is not None:
            edits.import_into(actor, into, draft)
            return Response(_report(into, draft), status=201)
        map_id = edits.create_map(actor, workspace_id=workspace_id, title="", kind=draft.kind, draft=draft)
        return Response(_report(map_id, draft), status=201)


def _body(request: Request) -> Wire:
    if not request.content_type or not request.content_type.startswith("multipart/"):
        body = body_of(request.data)
        only(body, "text", "workspace", "map", "dry_run")
        if type(body.get("dry_run", False)) is not bool:
            raise fields.wrong("dry_run", "must be true or false")
        return body
    form: Any = request.data
    only(form, "file", "workspace", "map", "dry_run")
    body = {name: form.get(name) or None for name in ("workspace", "map")}
    upload = request.FILES.get("file")
    if upload is None:
        raise BadRequest("Send the file under “file”.", fields={"file": "needed"})
    if upload.size is None or upload.size > MOST_BYTES:
        raise TooLarge("A file may be at most 2 MB. Nothing was imported.")
    dry_run = str(form.get("dry_run", "")).lower() in {"1", "true", "on"}
    return body | {"file": (str(upload.name), upload.read()), "dry_run": dry_run}


def _target(actor: Actor, body: Wire) -> UUID | None:
    if body.get("map") is None:
        return None
    access = map_for(actor, parse_id(body["map"], name="map"), need=Role.EDITOR)
    member_of(access)
    return access.map_id


def _draft(body: Wire) -> MapDraft:
    if "file" in body:
        name, data = body["file"]
        return read_file(name, data)
    text = body.get("text")
    if not isinstance(text, str):
        raise fields.wrong("text", "must be a text")
    return read_text(text)


def _report(map_id: UUID | None, draft: MapDraft) -> Wire:
    return {
        "map": map_id,
        "understood": draft.counts(),
        "left_over": list(draft.left_over),
        "draft": asdict(draft),
    }

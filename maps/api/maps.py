"""REST of maps themselves: list, create, read, change, discard, copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.access import require_account
from journeymap.accounts.actors import Actor, actor_of
from journeymap.accounts.roles import Role
from journeymap.core import fields
from journeymap.core.errors import BadRequest
from journeymap.core.idempotency import idempotent
from journeymap.core.ids import parse_id
from journeymap.core.lists import page_of
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of
from journeymap.sync.ops import parse_fields
from maps import edits, queries
from maps.access import map_for, member_of
from maps.api import shapes
from maps.api.writes import set_fields
from maps.records import TYPES
from maps.words import MAP_KINDS, MAP_STATUSES

FILTERS = [
    OpenApiParameter("workspace", {"type": "string", "format": "uuid"}),
    OpenApiParameter("kind", {"type": "string", "enum": list(MAP_KINDS)}),
    OpenApiParameter("status", {"type": "string", "enum": list(MAP_STATUSES)}),
    OpenApiParameter("q", str, description="Words of the title."),
]


class Maps(APIView):
    """The maps of one's workspaces."""

    @extend_schema(
        operation_id="list_maps",
        parameters=[*FILTERS, CURSOR, LIMIT],
        responses={200: list_of(shapes.MapShape, name="MapList"), **errors(400, 401)},
    )
    def get(self, request: Request) -> Response:
        user_id = require_account(actor_of(request))
        query = request.query_params
        roles = queries.roles_of(user_id)
        rows = queries.maps_in(
            _wanted_workspaces(query.get("workspace"), roles),
            kind=_choice(query.get("kind"), "kind", MAP_KINDS),
            status=_choice(query.get("status"), "status", MAP_STATUSES),
            words=query.get("q", ""),
        )
        page = page_of(rows, query, newest_first=True,
                       shown=lambda row: shapes.map_item(row, role=roles[row.document.workspace_id]))  # fmt: skip
        return Response(page)

    @extend_schema(
        operation_id="create_map",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.MapFields,
        responses={201: shapes.MapShape, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        require_account(actor)
        body = body_of(request.data)
        only(body, "title", "workspace", "kind", "template")
        title = parse_fields(TYPES["map"], {"title": body.get("title", "")}, listed=False)["title"]
        if body.get("template", "none") != "none":
            raise BadRequest("“template” may be none.", fields={"template": "none"})
        map_id = edits.create_map(
            actor,
            workspace_id=parse_id(body.get("workspace"), name="workspace"),
            title=title,
            kind=fields.one_of(body, "kind", MAP_KINDS) if "kind" in body else "current_state",
            draft=edits.empty_draft() if body.get("template") == "none" else None,
        )
        return Response(_shown(actor, map_id), status=201)


class OneMap(APIView):
    """A map's own fields."""

    @extend_schema(operation_id="get_map", responses={200: shapes.MapShape, **errors(401, 404)})
    def get(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.VIEWER)
        return Response(_shown(actor, map_id))

    @extend_schema(
        operation_id="change_map",
        parameters=[IDEMPOTENCY_KEY],
        request={"application/json": {"type": "object", "additionalProperties": True}},
        responses={200: shapes.MapShape, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    def patch(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.EDITOR)
        set_fields(request, actor, map_id, "map", str(map_id))
        return Response(_shown(actor, map_id))

    @extend_schema(
        operation_id="trash_map",
        parameters=[IDEMPOTENCY_KEY],
        responses={204: None, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, map_id: UUID) -> Response:
        access = map_for(actor_of(request), map_id, need=Role.EDITOR)
        edits.trash_map(map_id, by=member_of(access))
        return Response(status=204)


class Restored(APIView):
    """A map out of the trash."""

    @extend_schema(
        operation_id="take_map_out_of_trash",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={200: shapes.MapShape, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=Role.EDITOR, trashed=True)
        edits.take_out_of_trash(map_id)
        return Response(_shown(actor, map_id))


class Copies(APIView):
    """Copies of a map."""

    @extend_schema(
        operation_id="copy_map",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.CopyFields,
        responses={201: shapes.MapShape, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    @idempotent()
    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        access = map_for(actor, map_id, need=Role.VIEWER)
        member_of(access)
        body = body_of(request.data or {})
        only(body, "title", "workspace", "as_template")
        source = queries.snapshot(map_id)
        title = fields.text(body, "title") if "title" in body else f"{source['map']['title']} (copy)"[-200:]
        workspace = parse_id(body["workspace"], name="workspace") if "workspace" in body else access.workspace_id
        if type(body.get("as_template", False)) is not bool:
            raise fields.wrong("as_template", "must be true or false")
        copy_id = edits.copy_map(
            actor, source, workspace_id=workspace, title=title, as_template=body.get("as_template", False)
        )
        return Response(_shown(actor, copy_id), status=201)


def _shown(actor: Actor, map_id: UUID) -> dict[str, Any]:
    access = map_for(actor, map_id, need=Role.VIEWER)
    item = shapes.map_item(queries.map_row(map_id), role=access.role.slug)
    return item | queries.own_fields(map_id, hidden=bool(access.hidden_lanes))


def _wanted_workspaces(text: str | None, roles: dict[UUID, str]) -> list[UUID]:
    if text is None:
        return list(roles)
    wanted = parse_id(text, name="workspace")
    return [wanted] if wanted in roles else []


def _choice(value: str | None, name: str, choices: dict[str, str]) -> str | None:
    if value is not None and value not in choices:
        raise fields.wrong(name, f"must be one of {', '.join(choices)}")
    return value

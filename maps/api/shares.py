"""REST of a map's share links."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.actors import actor_of
from journeymap.accounts.roles import Role
from journeymap.core import fields
from journeymap.core.addresses import site_address
from journeymap.core.errors import NotFound
from journeymap.core.idempotency import idempotent
from journeymap.core.ids import parse_id
from journeymap.core.lists import page_of
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of
from maps import edits
from maps.access import map_for, member_of
from maps.api import shapes
from maps.models import Lane, ShareLink
from maps.models.sharing import LINK_ROLES

Wire = dict[str, Any]


class Shares(APIView):
    """The open share links of a map."""

    @extend_schema(
        operation_id="list_shares",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(shapes.ShareShape, name="ShareList"), **errors(400, 401, 403, 404)},
    )
    def get(self, request: Request, map_id: UUID) -> Response:
        member_of(map_for(actor_of(request), map_id, need=Role.EDITOR))
        rows = ShareLink.objects.filter(map_id=map_id, revoked_at=None)
        return Response(page_of(rows, request.query_params, shown=lambda row: _shown(request, row)))

    @extend_schema(
        operation_id="create_share",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.ShareFields,
        responses={201: shapes.ShareShape, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    @idempotent(hide=("url",), restore=lambda request, body: body | {"url": _url(request, _link(UUID(body["id"])))})
    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        member_of(map_for(actor, map_id, need=Role.EDITOR))
        link = edits.create_share(actor, map_id, share_fields(body_of(request.data or {}), map_id))
        return Response(_shown(request, link), status=201)


class OneShare(APIView):
    """A share link."""

    @extend_schema(
        operation_id="revoke_share",
        parameters=[IDEMPOTENCY_KEY],
        responses={204: None, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, map_id: UUID, share_id: UUID) -> Response:
        member_of(map_for(actor_of(request), map_id, need=Role.EDITOR))
        link = ShareLink.objects.filter(pk=share_id, map_id=map_id).first()
        if link is None:
            raise NotFound("There is no such link.")
        edits.revoke_share(link)
        return Response(status=204)


def share_fields(body: Wire, map_id: UUID) -> Wire:
    """The parsed fields of a new link; BadRequest naming the one that is wrong."""
    only(body, "role", "password", "expires_at", "may_download", "hidden_lanes")
    parsed: Wire = {}
    if "role" in body:
        parsed["role"] = fields.one_of(body, "role", LINK_ROLES)
    if body.get("password") not in (None, ""):
        parsed["password"] = fields.text(body, "password", least=4)
    if body.get("expires_at") is not None:
        parsed["expires_at"] = _moment(body["expires_at"])
    if "may_download" in body:
        if type(body["may_download"]) is not bool:
            raise fields.wrong("may_download", "must be true or false")
        parsed["may_download"] = body["may_download"]
    if "hidden_lanes" in body:
        parsed["hidden_lanes"] = _lanes(body["hidden_lanes"], map_id)
    return parsed


def _moment(value: Any) -> datetime:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise fields.wrong("expires_at", "must be a time such as 2026-12-31T18:00:00Z")
    if moment <= timezone.now():
        raise fields.wrong("expires_at", "must lie in the future")
    return moment


def _lanes(value: Any, map_id: UUID) -> list[str]:
    if not isinstance(value, list) or len(value) > 500:
        raise fields.wrong("hidden_lanes", "must be a list of lanes")
    ids = [parse_id(item, name="hidden_lanes") for item in value]
    if Lane.objects.filter(map_id=map_id, pk__in=ids).count() != len(set(ids)):
        raise fields.wrong("hidden_lanes", "must name lanes of this map")
    return sorted({str(id_) for id_ in ids})


def _link(id_: UUID) -> ShareLink:
    return ShareLink.objects.get(pk=id_)


def _shown(request: Request, link: ShareLink) -> Wire:
    return shapes.share_item(link, url=_url(request, link))


def _url(request: Request, link: ShareLink) -> str:
    return f"{site_address(request._request)}/s/{edits.token_of(link)}/"  # noqa: SLF001 - it wants Django's request

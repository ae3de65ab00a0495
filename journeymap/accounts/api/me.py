"""REST of one's own account: who am I, my tokens."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts import edits, queries
from journeymap.accounts.access import require_account, require_user
from journeymap.accounts.actors import actor_of
from journeymap.accounts.api import shapes
from journeymap.accounts.tokens import create_api_token
from journeymap.core import fields
from journeymap.core.errors import Forbidden
from journeymap.core.idempotency import idempotent
from journeymap.core.lists import page_of
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of


class Me(APIView):
    """The account behind the request."""

    @extend_schema(operation_id="get_me", responses={200: shapes.MeShape, **errors(401)})
    def get(self, request: Request) -> Response:
        user = require_user(request)
        memberships = list(queries.memberships_of(user.pk).order_by("workspace__name", "pk"))
        return Response(shapes.me(user, memberships))


class Tokens(APIView):
    """One's API tokens."""

    @extend_schema(
        operation_id="list_tokens",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(shapes.TokenShape, name="TokenList"), **errors(400, 401)},
    )
    def get(self, request: Request) -> Response:
        rows = queries.tokens_of(require_account(actor_of(request)))
        return Response(page_of(rows, request.query_params, shown=shapes.token))

    @extend_schema(
        operation_id="create_token",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.TokenFields,
        responses={201: shapes.NewTokenShape, **errors(400, 401, 403, 409, 413, 415)},
        description="Only from a signed-in browser: a token makes no further tokens, so revoking it ends it.",
    )
    @idempotent(hide=("token",))
    def post(self, request: Request) -> Response:
        user = require_user(request)
        if actor_of(request).kind == "token":
            raise Forbidden("A token makes no further tokens. Make one in your settings, or with create_token.")
        data = body_of(request.data)
        only(data, "name")
        row, text = create_api_token(user, name=fields.text(data, "name", most=100))
        return Response({**shapes.token(row), "token": text}, status=201)


class OneToken(APIView):
    """One of one's API tokens."""

    @extend_schema(
        operation_id="revoke_token",
        parameters=[IDEMPOTENCY_KEY],
        responses={204: None, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, token_id: UUID) -> Response:
        edits.revoke_token(actor_of(request), token_id)
        return Response(status=204)

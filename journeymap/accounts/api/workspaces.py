"""REST of workspaces, their members and invitations."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts import edits, invitations, queries
from journeymap.accounts.access import require_account, require_user, workspace_for
from journeymap.accounts.actors import actor_of
from journeymap.accounts.api import shapes
from journeymap.accounts.mails import allow_invitation_mail, mail_invitation
from journeymap.accounts.models import Invitation, Membership
from journeymap.accounts.roles import ROLE_SLUGS, Role
from journeymap.core import fields
from journeymap.core.addresses import site_address
from journeymap.core.errors import NotFound
from journeymap.core.idempotency import idempotent
from journeymap.core.lists import page_of
from journeymap.core.rest import body_of, only
from journeymap.core.shapes import CURSOR, IDEMPOTENCY_KEY, LIMIT, errors, list_of


class Workspaces(APIView):
    """The workspaces one belongs to."""

    @extend_schema(
        operation_id="list_workspaces",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(shapes.WorkspaceShape, name="WorkspaceList"), **errors(400, 401)},
    )
    def get(self, request: Request) -> Response:
        rows = queries.memberships_of(require_account(actor_of(request)))
        return Response(page_of(rows, request.query_params, shown=shapes.workspace))

    @extend_schema(
        operation_id="create_workspace",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.WorkspaceFields,
        responses={201: shapes.WorkspaceShape, **errors(400, 401, 403, 409, 413, 415)},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        user_id = require_account(actor)
        workspace = edits.create_workspace(actor, name=_name(request))
        return Response(_workspace(user_id, workspace.pk), status=201)


class OneWorkspace(APIView):
    """A workspace."""

    @extend_schema(
        operation_id="get_workspace",
        responses={200: shapes.WorkspaceShape, **errors(401, 404)},
    )
    def get(self, request: Request, workspace_id: UUID) -> Response:
        access = workspace_for(actor_of(request), workspace_id, need=Role.VIEWER)
        return Response(_workspace(access.user_id, workspace_id))

    @extend_schema(
        operation_id="rename_workspace",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.WorkspaceFields,
        responses={200: shapes.WorkspaceShape, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    @idempotent()
    def patch(self, request: Request, workspace_id: UUID) -> Response:
        actor = actor_of(request)
        access = workspace_for(actor, workspace_id, need=Role.ADMIN)
        edits.rename_workspace(actor, workspace_id, name=_name(request))
        return Response(_workspace(access.user_id, workspace_id))


class Members(APIView):
    """The members of a workspace."""

    @extend_schema(
        operation_id="list_members",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(shapes.MemberShape, name="MemberList"), **errors(400, 401, 404)},
    )
    def get(self, request: Request, workspace_id: UUID) -> Response:
        access = workspace_for(actor_of(request), workspace_id, need=Role.VIEWER)
        return Response(page_of(queries.members_of(access.workspace_id), request.query_params, shown=shapes.member))


class OneMember(APIView):
    """A member of a workspace, by the id of the membership or of the person."""

    @extend_schema(
        operation_id="change_role",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.MemberFields,
        responses={200: shapes.MemberShape, **errors(400, 401, 403, 404, 409, 413, 415)},
    )
    @idempotent()
    def patch(self, request: Request, workspace_id: UUID, member_id: UUID) -> Response:
        actor = actor_of(request)
        workspace_for(actor, workspace_id, need=Role.ADMIN)
        data = body_of(request.data)
        only(data, "role")
        role = Role.of(fields.one_of(data, "role", ROLE_SLUGS))
        return Response(shapes.member(edits.change_role(actor, workspace_id, member_id, role=role)))

    @extend_schema(
        operation_id="remove_member",
        parameters=[IDEMPOTENCY_KEY],
        responses={204: None, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, workspace_id: UUID, member_id: UUID) -> Response:
        edits.remove_member(actor_of(request), workspace_id, member_id)
        return Response(status=204)


def _with_link(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    row = Invitation.objects.filter(pk=body["id"]).first()
    return body | {"url": site_address(request) + invitations.path_of(row)} if row else body


class Invitations(APIView):
    """The open invitations into a workspace; each answers with its link."""

    @extend_schema(
        operation_id="list_invitations",
        parameters=[CURSOR, LIMIT],
        responses={200: list_of(shapes.InvitationShape, name="InvitationList"), **errors(400, 401, 403, 404)},
    )
    def get(self, request: Request, workspace_id: UUID) -> Response:
        access = workspace_for(actor_of(request), workspace_id, need=Role.ADMIN)
        site = site_address(request)
        rows = queries.open_invitations_of(access.workspace_id)
        return Response(page_of(rows, request.query_params, shown=lambda row: shapes.invitation(row, site=site)))

    @extend_schema(
        operation_id="invite",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.InvitationFields,
        responses={201: shapes.InvitationShape, **errors(400, 401, 403, 404, 409, 413, 415, 429)},
        description="With `email` for that person, who gets a mail; without, a link for whoever follows it.",
    )
    @idempotent(hide=("url",), restore=_with_link)
    def post(self, request: Request, workspace_id: UUID) -> Response:
        actor = actor_of(request)
        workspace_for(actor, workspace_id, need=Role.ADMIN)
        role, email = _invited(request)
        if email:
            allow_invitation_mail(require_user(request), workspace_id)
        row = invitations.invite(actor, workspace_id, role=role, email=email)
        site = site_address(request)
        transaction.on_commit(partial(mail_invitation, row, site=site))
        return Response(shapes.invitation(row, site=site), status=201)


class OneInvitation(APIView):
    """An invitation into a workspace."""

    @extend_schema(
        operation_id="revoke_invitation",
        parameters=[IDEMPOTENCY_KEY],
        responses={204: None, **errors(400, 401, 403, 404, 409)},
    )
    @idempotent()
    def delete(self, request: Request, workspace_id: UUID, invitation_id: UUID) -> Response:
        invitations.revoke_invitation(actor_of(request), workspace_id, invitation_id)
        return Response(status=204)


def _name(request: Request) -> str:
    data = body_of(request.data)
    only(data, "name")
    return fields.text(data, "name", most=200)


def _invited(request: Request) -> tuple[Role, str]:
    data = body_of(request.data)
    only(data, "role", "email")
    role = Role.of(fields.one_of(data, "role", ROLE_SLUGS))
    email = "" if data.get("email") is None else fields.text(data, "email", most=254)
    return role, email


def _workspace(user_id: UUID, workspace_id: UUID) -> dict[str, Any]:
    row: Membership | None = queries.memberships_of(user_id).filter(workspace_id=workspace_id).first()
    if row is None:  # removed between the two statements
        raise NotFound("There is no such workspace.")
    return shapes.workspace(row)

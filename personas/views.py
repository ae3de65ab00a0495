"""The pages of the persona library and of one persona."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from journeymap.accounts.access import require_account
from journeymap.accounts.actors import actor_of
from journeymap.accounts.models import Membership
from journeymap.accounts.roles import Role
from personas import queries
from personas.access import persona_for
from personas.records import snapshot


@login_required
@require_GET
@ensure_csrf_cookie
def library(request: HttpRequest) -> HttpResponse:
    """The personas of the workspace that the address names, or of the first."""
    user_id = require_account(actor_of(request))
    rows = Membership.objects.filter(user_id=user_id).select_related("workspace").order_by("workspace__name")
    workspaces = [{"id": row.workspace_id, "name": row.workspace.name, "role": row.role} for row in rows]
    named = [item for item in workspaces if str(item["id"]) == request.GET.get("workspace")]
    workspace = next(iter(named or workspaces), None)
    context = {
        "workspace": workspace,
        "workspaces": workspaces,
        "can_create": workspace is not None and Role.of(str(workspace["role"])) >= Role.EDITOR,
        "personas": queries.library(UUID(str(workspace["id"]))) if workspace else [],
    }
    return render(request, "personas/library.html", context)


@login_required
@require_GET
@ensure_csrf_cookie
def persona(request: HttpRequest, persona_id: UUID) -> HttpResponse:
    """One persona: the builder for who may edit, the same page to read for others."""
    grant = persona_for(actor_of(request), persona_id, need=Role.VIEWER)
    context = {
        "persona": snapshot(persona_id)["persona"],
        "role": grant.role.slug,
        "may_edit": grant.role >= Role.EDITOR,
        "maps": queries.maps_of(persona_id),
    }
    return render(request, "personas/persona.html", context)

"""The pages of the persona library and of one persona, and the portraits they show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_safe

from journeymap.accounts.access import require_account
from journeymap.accounts.actors import actor_of
from journeymap.accounts.models import Membership
from journeymap.accounts.roles import Role
from journeymap.accounts.tokens import user_of_token
from journeymap.core.errors import NotFound, NotSignedIn
from personas import queries
from personas.access import persona_for
from personas.models import Persona
from personas.portraits import read_portrait

FOR_A_YEAR = "private, max-age=31536000, immutable"


@login_required
@require_GET
@ensure_csrf_cookie
def library(request: HttpRequest) -> HttpResponse:
    """The personas of the workspace that the address names, or of the first; with `?archived=1` those put away."""
    context = _workspaces(request, request.GET.get("workspace", ""))
    archived = request.GET.get("archived") == "1"
    workspace_id = UUID(str(context["workspace"]["id"])) if context["workspace"] else None
    context["archived"] = archived
    context["personas"] = queries.library(workspace_id, archived=archived) if workspace_id else []
    context["archive_count"] = queries.archived_count(workspace_id) if workspace_id and not archived else 0
    return render(request, "personas/library.html", context)


@login_required
@require_GET
@ensure_csrf_cookie
def persona(request: HttpRequest, persona_id: UUID) -> HttpResponse:
    """One persona: the builder for who may edit, the same page to read for others. Its words come by the socket."""
    grant = persona_for(actor_of(request), persona_id, need=Role.VIEWER)
    row = Persona.objects.select_related("document").get(pk=persona_id)
    context = _workspaces(request, str(row.document.workspace_id)) | {
        "persona": row,
        "role": grant.role.slug,
        "maps": queries.maps_of(persona_id),
        "archived": row.document.trashed_at is not None,
    }
    return render(request, "personas/persona.html", context)


@require_safe
def portrait(request: HttpRequest, name: str) -> HttpResponse:
    """A stored portrait, for accounts and for guests with a pass; its name has 128 bits that nobody can guess."""
    if not _may_look(request):
        raise NotSignedIn("Sign in to see this picture.")
    content = read_portrait(name)
    if content is None:
        raise NotFound("There is no such picture.")
    headers = {
        "Cache-Control": FOR_A_YEAR,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type="image/webp", headers=headers)


def _may_look(request: HttpRequest) -> bool:
    actor = actor_of(request)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return user_of_token(token.strip()) is not None
    return actor.is_signed_in or bool(actor.guests)


def _workspaces(request: HttpRequest, wanted: str) -> dict[str, Any]:
    """The workspace that is meant (or the first), the others, and whether personas may be made there."""
    user_id = require_account(actor_of(request))
    rows = Membership.objects.filter(user_id=user_id).select_related("workspace").order_by("workspace__name")
    workspaces: list[dict[str, Any]] = [
        {"id": row.workspace_id, "name": row.workspace.name, "role": row.role} for row in rows
    ]
    workspace = next((item for item in workspaces if str(item["id"]) == wanted), workspaces[0] if workspaces else None)
    may_make = workspace is not None and Role.of(str(workspace["role"])) >= Role.EDITOR
    return {"section": "personas", "workspace": workspace, "workspaces": workspaces, "can_create": may_make}

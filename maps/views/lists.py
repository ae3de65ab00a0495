"""The start page, the list of maps, the trash, and the gallery from which a new map is made."""

from __future__ import annotations

from typing import Any
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
from maps import edits, queries
from maps.kinds import template_for
from maps.miniatures import summaries, summary_of_draft
from maps.models import Map
from maps.words import MAP_KINDS, MAP_KINDS_ABOUT, MAP_STATUSES

MOST_SHOWN = 500
ORDERS = {"updated": "-document__changed_at", "title": "title", "kind": "kind"}


@require_GET
@ensure_csrf_cookie
def home(request: HttpRequest) -> HttpResponse:
    """Signed out: what this is. Signed in: my maps, filtered by `q`, `kind`, `status`, `workspace`, `sort`."""
    actor = actor_of(request)
    if not actor.is_signed_in:
        return render(request, "start.html", {})
    context = _workspace_context(request, require_account(actor))
    filters = {name: request.GET.get(name, "") for name in ("q", "kind", "status", "sort")}
    rows = queries.maps_in(
        [context["workspace"]["id"]] if context["workspace"] else [],
        kind=filters["kind"] if filters["kind"] in MAP_KINDS else None,
        status=filters["status"] if filters["status"] in MAP_STATUSES else None,
        words=filters["q"].replace("\x00", ""),
    )
    shown = list(rows.order_by(ORDERS.get(filters["sort"], ORDERS["updated"]), "pk")[:MOST_SHOWN])
    context |= {
        "maps": _items(shown, can_edit=context["can_create"]),
        "kinds": MAP_KINDS.items(),
        "statuses": MAP_STATUSES.items(),
        "filters": filters,
        "trash_count": queries.trashed_maps([context["workspace"]["id"]]).count() if context["workspace"] else 0,
        "welcome": not shown and not any(filters.values()),
    }
    return render(request, "maps/list.html", context)


@login_required
@require_GET
def trash(request: HttpRequest) -> HttpResponse:
    """The maps in the trash of a workspace, where they stay for 30 days."""
    context = _workspace_context(request, require_account(actor_of(request)))
    rows = queries.trashed_maps([context["workspace"]["id"]])[:MOST_SHOWN] if context["workspace"] else []
    context["maps"] = [
        {
            "id": row.pk,
            "title": row.title,
            "kind_label": MAP_KINDS[row.kind],
            "trashed_at": row.document.trashed_at,
            "gone_on": (row.document.trashed_at or row.document.changed_at) + edits.IN_TRASH,
            "can_edit": context["can_create"],
        }
        for row in rows
    ]
    return render(request, "maps/trash.html", context)


@login_required
@require_GET
@ensure_csrf_cookie
def new(request: HttpRequest) -> HttpResponse:
    """The gallery of kinds, with pasting and files beside it; the map itself is made over REST."""
    context = _workspace_context(request, require_account(actor_of(request)))
    context["kinds"] = [
        {"id": kind, "label": label, "about": MAP_KINDS_ABOUT[kind], "summary": summary_of_draft(template_for(kind))}
        for kind, label in MAP_KINDS.items()
    ]
    return render(request, "maps/new.html", context)


def _workspace_context(request: HttpRequest, user_id: UUID) -> dict[str, Any]:
    """The workspace that the address names (or the first), the others, and whether maps may be made there."""
    rows = Membership.objects.filter(user_id=user_id).select_related("workspace").order_by("workspace__name")
    workspaces = [{"id": row.workspace_id, "name": row.workspace.name, "role": row.role} for row in rows]
    named = [item for item in workspaces if str(item["id"]) == request.GET.get("workspace")]
    workspace = next(iter(named or workspaces), None)
    can_create = workspace is not None and Role.of(str(workspace["role"])) >= Role.EDITOR
    return {"workspace": workspace, "workspaces": workspaces, "can_create": can_create}


def _items(rows: list[Map], *, can_edit: bool) -> list[dict[str, Any]]:
    ids = [row.pk for row in rows]
    drawn, people = summaries(ids), queries.personas_by_map(ids)
    names = queries.names_of({row.owner_id for row in rows if row.owner_id})
    return [
        {
            "id": row.pk,
            "title": row.title,
            "kind": row.kind,
            "kind_label": MAP_KINDS[row.kind],
            "status": row.status,
            "status_label": MAP_STATUSES[row.status],
            "updated_at": row.document.changed_at,
            "owner_name": names.get(row.owner_id, ""),
            "personas": people.get(row.pk, []),
            "review_on": row.review_on,
            "summary": drawn[row.pk],
            "can_edit": can_edit,
        }
        for row in rows
    ]

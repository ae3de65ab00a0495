"""The start page, the list of maps, the trash, and the gallery from which a new map is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journeymap.accounts.access import require_account
from journeymap.accounts.actors import Actor, actor_of
from journeymap.accounts.models import Membership
from journeymap.accounts.roles import Role
from journeymap.core.ids import parse_id
from maps import edits, queries
from maps.access import map_for, member_of
from maps.kinds import template_for
from maps.miniatures import summaries
from maps.models import Map
from maps.words import MAP_KINDS, MAP_STATUSES

MOST_SHOWN = 500
ORDERS = {"changed": "-document__changed_at", "title": "title", "made": "-document__created_at"}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Signed out: what this is. Signed in: my maps, filtered by `q`, `kind`, `status`, `workspace`, `sort`."""
    actor = actor_of(request)
    if not actor.is_signed_in:
        return render(request, "start.html", {})
    user_id = require_account(actor)
    roles = queries.roles_of(user_id)
    chosen = {name: request.GET.get(name, "") for name in ("q", "kind", "status", "workspace", "sort")}
    rows = queries.maps_in(
        _chosen_workspaces(chosen["workspace"], roles),
        kind=chosen["kind"] if chosen["kind"] in MAP_KINDS else None,
        status=chosen["status"] if chosen["status"] in MAP_STATUSES else None,
        words=chosen["q"].replace("\x00", ""),
    )
    shown = rows.order_by(ORDERS.get(chosen["sort"], ORDERS["changed"]), "pk")[:MOST_SHOWN]
    return render(request, "maps/list.html", _list_context(list(shown), user_id, roles, chosen))


@login_required
@require_GET
def trash(request: HttpRequest) -> HttpResponse:
    """The maps in the trash of one's workspaces."""
    user_id = require_account(actor_of(request))
    roles = queries.roles_of(user_id)
    rows = list(queries.trashed_maps(roles)[:MOST_SHOWN])
    return render(request, "maps/trash.html", _list_context(rows, user_id, roles, {}))


@login_required
@require_POST
def put_into_trash(request: HttpRequest, map_id: UUID) -> HttpResponse:
    access = map_for(actor_of(request), map_id, need=Role.EDITOR)
    edits.trash_map(map_id, by=member_of(access))
    return redirect("home")


@login_required
@require_POST
def take_out_of_trash(request: HttpRequest, map_id: UUID) -> HttpResponse:
    map_for(actor_of(request), map_id, need=Role.EDITOR, trashed=True)
    edits.take_out_of_trash(map_id)
    return redirect("trash")


@login_required
@require_POST
def duplicate(request: HttpRequest, map_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    access = map_for(actor, map_id, need=Role.EDITOR)
    member_of(access)
    source = queries.snapshot(map_id)
    title = f"{source['map']['title'][:190]} (copy)"
    edits.copy_map(actor, source, workspace_id=access.workspace_id, title=title, as_template=False)
    return redirect("home")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The gallery; posting `kind`, `title` and `workspace` makes the map and opens it."""
    actor = actor_of(request)
    if request.method == "POST":
        return redirect("map-page", _create(actor, request.POST))
    gallery = [
        {"kind": kind, "label": label, "draft": template_for(kind)} for kind, label in MAP_KINDS.items()
    ]
    return render(request, "maps/new.html", {"gallery": gallery, "workspaces": _editable(require_account(actor))})


def _create(actor: Actor, form: Any) -> UUID:
    workspace_id = parse_id(form.get("workspace", ""), name="workspace")
    title = form.get("title", "").replace("\x00", "")[:200]
    return edits.create_map(actor, workspace_id=workspace_id, title=title, kind=form.get("kind", "current_state"))


def _list_context(
    rows: list[Map], user_id: UUID, roles: dict[UUID, str], chosen: dict[str, str]
) -> dict[str, Any]:
    drawn = summaries([row.pk for row in rows])
    people = queries.personas_by_map([row.pk for row in rows])
    names = queries.names_of({row.owner_id for row in rows if row.owner_id})
    maps = [
        {
            "id": row.pk,
            "title": row.title,
            "kind": row.kind,
            "kind_label": MAP_KINDS[row.kind],
            "status": row.status,
            "status_label": MAP_STATUSES[row.status],
            "updated_at": row.document.changed_at,
            "trashed_at": row.document.trashed_at,
            "owner_name": names.get(row.owner_id, ""),
            "personas": people.get(row.pk, []),
            "role": roles.get(row.document.workspace_id, ""),
            "may_edit": Role.of(roles.get(row.document.workspace_id, "viewer")) >= Role.EDITOR,
            "review_on": row.review_on,
            "summary": drawn[row.pk],
        }
        for row in rows
    ]
    return {
        "maps": maps,
        "workspaces": _memberships(user_id),
        "kinds": MAP_KINDS.items(),
        "statuses": MAP_STATUSES.items(),
        "chosen": chosen,
        "may_make": bool(_editable(user_id)),
    }


def _memberships(user_id: UUID) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user_id=user_id).select_related("workspace").order_by("workspace__name")
    return [{"id": row.workspace_id, "name": row.workspace.name, "role": row.role} for row in rows]


def _editable(user_id: UUID) -> list[dict[str, Any]]:
    return [item for item in _memberships(user_id) if Role.of(item["role"]) >= Role.EDITOR]


def _chosen_workspaces(text: str, roles: dict[UUID, str]) -> list[UUID]:
    chosen = [id_ for id_ in roles if str(id_) == text]
    return chosen or list(roles)

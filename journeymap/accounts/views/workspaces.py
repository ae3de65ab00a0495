"""Pages of workspaces: the list, the settings, members and invitations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journeymap.accounts import edits, invitations, queries
from journeymap.accounts.access import WorkspaceAccess, require_account, workspace_for
from journeymap.accounts.actors import actor_of
from journeymap.accounts.forms import NameForm
from journeymap.accounts.mails import allow_invitation_mail, mail_invitation
from journeymap.accounts.models import Membership
from journeymap.accounts.roles import ROLE_SLUGS, Role
from journeymap.accounts.views.frame import ROLES, SignedInRequest, attempt, frame, keep_private, signed_in
from journeymap.core import fields
from journeymap.core.addresses import site_address


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The workspaces one belongs to."""
    return render(request, "accounts/workspaces.html", frame(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Starting another workspace."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        workspace = edits.create_workspace(actor_of(request), name=form.cleaned_data["name"])
        return redirect("workspace_members", workspace.pk)
    return render(request, "accounts/workspace_new.html", frame(request, form=form))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """A workspace's settings; a POST renames it."""
    actor = actor_of(request)
    access = workspace_for(actor, workspace_id, need=Role.VIEWER)
    if request.method == "POST":
        form = NameForm(request.POST)
        if form.is_valid():
            edits.rename_workspace(actor, workspace_id, name=form.cleaned_data["name"])
            return redirect("workspace", workspace_id)
    else:
        form = NameForm(initial={"name": _name_of(access)})
    context = frame(request, workspace_id=workspace_id, form=form, access=access, tab="workspace")
    return render(request, "accounts/workspace.html", context)


@signed_in
@require_GET
def members(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Who belongs to a workspace, and, for its admins, the open invitations."""
    access = workspace_for(actor_of(request), workspace_id, need=Role.VIEWER)
    may_invite = access.role >= Role.ADMIN
    rows = sorted(queries.members_of(workspace_id), key=_by_role_and_name)
    context = frame(
        request,
        workspace_id=workspace_id,
        tab="members",
        access=access,
        may_invite=may_invite,
        members=[{"row": row, "may_change": _may_change(access, row)} for row in rows],
        roles=[role for role in ROLES if Role.of(role[0]) <= access.role],
        all_roles=ROLES,
        invited_roles=[role for role in ROLES if Role.of(role[0]) <= min(access.role, Role.ADMIN)],
        invitations=_open_invitations(request, workspace_id) if may_invite else [],
    )
    return keep_private(render(request, "accounts/members.html", context))


@signed_in
@require_POST
def change_role(request: HttpRequest, workspace_id: UUID, member_id: UUID) -> HttpResponse:
    """Give a member another role."""
    actor = actor_of(request)
    workspace_for(actor, workspace_id, need=Role.ADMIN)
    role = Role.of(fields.one_of(request.POST, "role", ROLE_SLUGS))
    attempt(
        request,
        lambda: edits.change_role(actor, workspace_id, member_id, role=role),
        done=_("The role was changed."),
    )
    return redirect("workspace_members", workspace_id)


@signed_in
@require_POST
def remove(request: HttpRequest, workspace_id: UUID, member_id: UUID) -> HttpResponse:
    """Take a member out."""
    actor = actor_of(request)
    workspace_for(actor, workspace_id, need=Role.ADMIN)
    attempt(
        request,
        lambda: edits.remove_member(actor, workspace_id, member_id),
        done=_("The member was removed. Open invitation links have a new address."),
    )
    return redirect("workspace_members", workspace_id)


@signed_in
@require_POST
def leave(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """Take oneself out."""
    actor = actor_of(request)
    workspace_for(actor, workspace_id, need=Role.VIEWER)
    left = attempt(request, lambda: edits.leave_workspace(actor, workspace_id), done=_("You have left the workspace."))
    return redirect("workspaces") if left else redirect("workspace", workspace_id)


@signed_in
@require_POST
def invite(request: SignedInRequest, workspace_id: UUID) -> HttpResponse:
    """Invite by mail (with an address) or by link (without)."""
    actor = actor_of(request)
    workspace_for(actor, workspace_id, need=Role.ADMIN)
    role = Role.of(fields.one_of(request.POST, "role", ROLE_SLUGS))
    email = request.POST.get("email", "").strip()
    site = site_address(request)

    def act() -> None:
        if email:
            allow_invitation_mail(request.user, workspace_id)
        mail_invitation(invitations.invite(actor, workspace_id, role=role, email=email), site=site)

    done = _("The invitation is on its way; you can also hand on its link.") if email else _("The link is ready.")
    attempt(request, act, done=done)
    return redirect("workspace_members", workspace_id)


@signed_in
@require_POST
def revoke_invitation(request: HttpRequest, workspace_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    actor = actor_of(request)
    invitations.revoke_invitation(actor, workspace_id, invitation_id)
    return redirect("workspace_members", workspace_id)


@signed_in
@require_POST
def renew_invitation(request: HttpRequest, workspace_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Give an invitation a new link."""
    actor = actor_of(request)
    workspace_for(actor, workspace_id, need=Role.ADMIN)
    site = site_address(request)
    attempt(
        request,
        lambda: mail_invitation(invitations.renew_invitation(actor, workspace_id, invitation_id), site=site),
        done=_("There is a new link; the old one no longer works."),
    )
    return redirect("workspace_members", workspace_id)


def _name_of(access: WorkspaceAccess) -> str:
    row = queries.memberships_of(access.user_id).get(workspace_id=access.workspace_id)
    return row.workspace.name


def _by_role_and_name(row: Membership) -> tuple[int, str]:
    return (-Role.of(row.role), row.user.shown_name.casefold())


def _may_change(access: WorkspaceAccess, row: Membership) -> bool:
    return access.role >= Role.ADMIN and Role.of(row.role) <= access.role and row.user_id != access.user_id


def _open_invitations(request: HttpRequest, workspace_id: UUID) -> list[dict[str, object]]:
    require_account(actor_of(request))
    site = site_address(request)
    rows = queries.open_invitations_of(workspace_id)
    return [{"row": row, "url": site + invitations.path_of(row)} for row in rows]

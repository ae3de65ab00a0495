"""Everything that changes workspaces, memberships and accounts."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from journeymap.accounts.access import WorkspaceAccess, require_account, workspace_for
from journeymap.accounts.actors import Actor
from journeymap.accounts.invitations import lock_workspace, renew_links_of
from journeymap.accounts.models import ApiToken, Invitation, Membership, User, Workspace
from journeymap.accounts.roles import Role
from journeymap.accounts.signals import rights_changed
from journeymap.core.errors import BadRequest, Conflict, Forbidden, NotFound


def create_workspace(actor: Actor, *, name: str) -> Workspace:
    """A new workspace that the actor owns."""
    return _new_workspace(require_account(actor), name=_checked(name, most=200))


def ensure_home(user: User) -> Workspace | None:
    """A first workspace for who belongs to none; None if there is one already."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if Membership.objects.filter(user=user).exists():
            return None
        return _new_workspace(user.pk, name=f"{user.shown_name[:180]}'s workspace")


def rename_workspace(actor: Actor, workspace_id: UUID, *, name: str) -> None:
    """Give the workspace another name."""
    access = workspace_for(actor, workspace_id, need=Role.ADMIN)
    Workspace.objects.filter(pk=access.workspace_id).update(name=_checked(name, most=200))


def change_role(actor: Actor, workspace_id: UUID, member_id: UUID, *, role: Role) -> Membership:
    """Give a member (by membership or user id) another role.

    Nobody gives or takes more than their own role; the last owner stays one.
    """
    with transaction.atomic():
        lock_workspace(workspace_id)
        access = workspace_for(actor, workspace_id, need=Role.ADMIN)
        row = _member(workspace_id, member_id)
        _check_reach(access, row, role)
        if Role.of(row.role) is Role.OWNER and role is not Role.OWNER:
            _check_another_owner(row)
        if row.role != role.slug:
            row.role = role.slug
            row.save(update_fields=["role"])
            rights_changed.send(Membership, workspace_id=workspace_id, user_id=row.user_id)
    return row


def remove_member(actor: Actor, workspace_id: UUID, member_id: UUID) -> None:
    """Take a member out of the workspace; everybody may take out themselves.

    Open invitation links get a new address, and mailed invitations to the same person end.
    """
    with transaction.atomic():
        lock_workspace(workspace_id)
        access = workspace_for(actor, workspace_id, need=Role.VIEWER)
        row = _member(workspace_id, member_id)
        if row.user_id != access.user_id:
            _check_may_remove(access, row)
        if Role.of(row.role) is Role.OWNER:
            _check_another_owner(row)
        row.delete()
        if row.user_id != access.user_id:
            _close_ways_back(workspace_id, row.user.email)
        rights_changed.send(Membership, workspace_id=workspace_id, user_id=row.user_id)


def leave_workspace(actor: Actor, workspace_id: UUID) -> None:
    """Take oneself out of the workspace."""
    remove_member(actor, workspace_id, require_account(actor))


def rename_person(user: User, *, name: str) -> None:
    """Give a person another name, as everybody sees it."""
    user.name = _checked(name, most=100)
    user.save(update_fields=["name"])


def end_sessions(user: User) -> None:
    """Sign the person out everywhere: no session opened until now is good any more. Tokens stay."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(sessions_generation=F("sessions_generation") + 1)
        rights_changed.send(User, workspace_id=None, user_id=user.pk)
    user.refresh_from_db(fields=["sessions_generation"])


def deactivate(user: User) -> None:
    """Close an account: nobody signs in with it, its tokens and sessions end. What it made stays."""
    with transaction.atomic():
        _check_leaves_no_workspace_alone(user)
        User.objects.filter(pk=user.pk).update(is_active=False, sessions_generation=F("sessions_generation") + 1)
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
        rights_changed.send(User, workspace_id=None, user_id=user.pk)
    user.refresh_from_db(fields=["is_active", "sessions_generation"])


def revoke_token(actor: Actor, token_id: UUID) -> None:
    """End one of the actor's own API tokens; revoking it again changes nothing."""
    user_id = require_account(actor)
    with transaction.atomic():
        row = ApiToken.objects.filter(pk=token_id, user_id=user_id).first()
        if row is None:
            raise NotFound("There is no such token.")
        if row.revoked_at is None:
            row.revoked_at = timezone.now()
            row.save(update_fields=["revoked_at"])
            rights_changed.send(ApiToken, workspace_id=None, user_id=user_id)


def _new_workspace(owner_id: UUID, *, name: str) -> Workspace:
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name)
        Membership.objects.create(workspace=workspace, user_id=owner_id, role=Role.OWNER.slug)
    return workspace


def _checked(name: str, *, most: int) -> str:
    if not name.strip() or len(name) > most or "\x00" in name:
        raise BadRequest(f"A name has 1 to {most} characters.", fields={"name": f"1 to {most} characters"})
    return name


def _member(workspace_id: UUID, member_id: UUID) -> Membership:
    rows = Membership.objects.select_related("user").filter(workspace_id=workspace_id)
    row = rows.filter(pk=member_id).first() or rows.filter(user_id=member_id).first()
    if row is None:
        raise NotFound("There is no such member.")
    return row


def _check_reach(access: WorkspaceAccess, row: Membership, role: Role) -> None:
    if Role.of(row.role) > access.role:
        raise Forbidden("Only an owner may change what an owner is.")
    if role > access.role:
        raise Forbidden(f"You may give roles up to your own, {access.role.slug}.")


def _check_may_remove(access: WorkspaceAccess, row: Membership) -> None:
    if access.role < Role.ADMIN:
        raise Forbidden(f"This needs the role {Role.ADMIN.slug} or higher; yours is {access.role.slug}.")
    if Role.of(row.role) > access.role:
        raise Forbidden("Only an owner may remove an owner.")


def _check_another_owner(row: Membership) -> None:
    others = Membership.objects.filter(
        workspace_id=row.workspace_id, role=Role.OWNER.slug, user__is_active=True
    ).exclude(pk=row.pk)
    if not others.exists():
        raise Conflict("A workspace keeps at least one owner. Make somebody else an owner first.", code="last_owner")


def _check_leaves_no_workspace_alone(user: User) -> None:
    owned = Membership.objects.select_related("workspace").filter(user=user, role=Role.OWNER.slug)
    for row in owned.order_by("workspace_id"):
        lock_workspace(row.workspace_id)
        if Membership.objects.filter(workspace_id=row.workspace_id).exclude(pk=row.pk).exists():
            _check_another_owner(row)


def _close_ways_back(workspace_id: UUID, email: str) -> None:
    renew_links_of(workspace_id)
    Invitation.objects.filter(workspace_id=workspace_id, email=email, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )

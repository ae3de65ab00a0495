"""Invitations: making them, their addresses, following them."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from journeymap.accounts.access import workspace_for
from journeymap.accounts.actors import Actor
from journeymap.accounts.models import Invitation, Membership, User, Workspace
from journeymap.accounts.roles import Role
from journeymap.accounts.tokens import link_token
from journeymap.core.errors import BadRequest, Conflict, Expired, Forbidden, NotFound

LASTS = timedelta(days=14)


def invite(actor: Actor, workspace_id: UUID, *, role: Role, email: str = "") -> Invitation:
    """An invitation into a workspace: for the person at `email`, or, without one, for whoever has the link.

    Inviting an address again gives the open invitation a new role, a new link and a new end.
    Raises Forbidden above the inviter's own role, Conflict for who already belongs to the workspace.
    """
    email = _clean_email(email)
    with transaction.atomic():
        lock_workspace(workspace_id)
        access = workspace_for(actor, workspace_id, need=Role.ADMIN)
        if role is Role.OWNER:
            raise BadRequest("Owners are made from members, not invited.", fields={"role": "not by invitation"})
        if role > access.role:
            raise Forbidden(f"You may invite up to your own role, {access.role.slug}.")
        if email and _belongs(workspace_id, email):
            raise Conflict("This person is already a member.", fields={"email": "already a member"})
        return _open_invitation(workspace_id, email, role=role, by=access.user_id)


def revoke_invitation(actor: Actor, workspace_id: UUID, invitation_id: UUID) -> None:
    """End an invitation; revoking it again changes nothing."""
    with transaction.atomic():
        row = _invitation_for(actor, workspace_id, invitation_id)
        Invitation.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now())


def renew_invitation(actor: Actor, workspace_id: UUID, invitation_id: UUID) -> Invitation:
    """Give an open or expired invitation a new link and a new end; the old link stops working."""
    with transaction.atomic():
        row = _invitation_for(actor, workspace_id, invitation_id)
        if row.revoked_at or row.accepted_at:
            raise Conflict("This invitation has ended. Make a new one.")
        row.generation += 1
        row.expires_at = timezone.now() + LASTS
        row.save(update_fields=["generation", "expires_at"])
        return row


def renew_links_of(workspace_id: UUID) -> None:
    """Give every open link a new address, so that who was removed cannot walk in again through an old one."""
    for row in Invitation.objects.filter(workspace_id=workspace_id, email="", revoked_at=None):
        Invitation.objects.filter(pk=row.pk).update(generation=row.generation + 1)


def path_of(invitation: Invitation) -> str:
    """The path of the invitation's page: its id, and a code only this server can make."""
    place = base64.urlsafe_b64encode(invitation.pk.bytes).rstrip(b"=").decode()
    return f"/invitations/{place}{link_token('invitation', invitation.pk, invitation.generation)}/"


def invitation_at(token: str) -> Invitation:
    """The invitation that a link's token opens.

    Raises NotFound for a token that is none, Expired for one that was accepted, revoked, renewed or ran out.
    """
    try:
        id_ = UUID(bytes=base64.urlsafe_b64decode(token[:22] + "=="))
    except ValueError as error:
        raise NotFound("There is no such invitation. Is the address complete?") from error
    row = Invitation.objects.select_related("workspace", "invited_by").filter(pk=id_).first()
    if row is None or not token.isascii():
        raise NotFound("There is no such invitation. Is the address complete?")
    if not _is_of_any_generation(row, token[22:]):
        raise NotFound("There is no such invitation. Is the address complete?")
    if not hmac.compare_digest(token[22:], link_token("invitation", row.pk, row.generation)):
        raise Expired("This link was replaced by a newer one. Ask who invited you for it.")
    _check_is_open(row, timezone.now())
    return row


def accept(user: User, token: str) -> Workspace:
    """Make `user` a member of the workspace that `token` invites to. A member stays what they are.

    Raises what `invitation_at` raises, and Forbidden if the invitation is for somebody else's address.
    """
    with transaction.atomic():
        lock_workspace(invitation_at(token).workspace_id)
        row = invitation_at(token)
        if not may_accept(user, row):
            raise Forbidden(f"This invitation is for {row.email}. Sign in with that address, or ask for another.")
        Membership.objects.get_or_create(workspace_id=row.workspace_id, user=user, defaults={"role": row.role})
        if row.email:
            Invitation.objects.filter(pk=row.pk).update(accepted_at=timezone.now(), accepted_by=user)
        return row.workspace


def may_accept(user: User, invitation: Invitation) -> bool:
    """Whether the invitation is open to `user`: a link to anybody, a mailed one to who has that address."""
    if not invitation.email or invitation.email == user.email:
        return True
    return bool(EmailAddress.objects.filter(user_id=user.pk, email=invitation.email, verified=True).exists())


def lock_workspace(workspace_id: UUID) -> None:
    """Hold the workspace's row until the transaction ends: changes of its members happen one after another."""
    rows = Workspace.objects.select_for_update(no_key=True).filter(pk=workspace_id)
    if rows.values_list("pk", flat=True).first() is None:
        raise NotFound("There is no such workspace.")


def _clean_email(email: str) -> str:
    email = email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise BadRequest("This is not an e-mail address.", fields={"email": "not an e-mail address"}) from error
        if len(email) > 254:
            raise BadRequest("This address is too long.", fields={"email": "at most 254 characters"})
    return email


def _belongs(workspace_id: UUID, email: str) -> bool:
    return Membership.objects.filter(workspace_id=workspace_id, user__email=email).exists()


def _open_invitation(workspace_id: UUID, email: str, *, role: Role, by: UUID) -> Invitation:
    ends = timezone.now() + LASTS
    if email:
        row = Invitation.objects.filter(
            workspace_id=workspace_id, email=email, accepted_at=None, revoked_at=None
        ).first()
        if row:
            row.role, row.expires_at, row.generation, row.invited_by_id = role.slug, ends, row.generation + 1, by
            row.save(update_fields=["role", "expires_at", "generation", "invited_by"])
            return row
    return Invitation.objects.create(
        workspace_id=workspace_id, email=email, role=role.slug, expires_at=ends, invited_by_id=by
    )


def _invitation_for(actor: Actor, workspace_id: UUID, invitation_id: UUID) -> Invitation:
    lock_workspace(workspace_id)
    access = workspace_for(actor, workspace_id, need=Role.ADMIN)
    row = Invitation.objects.filter(pk=invitation_id, workspace_id=access.workspace_id).first()
    if row is None:
        raise NotFound("There is no such invitation.")
    return row


def _is_of_any_generation(row: Invitation, code: str) -> bool:
    # An old link deserves an honest answer; a guessed one learns nothing. Old generations are few.
    newest = range(row.generation, max(0, row.generation - 20), -1)
    return any(hmac.compare_digest(code, link_token("invitation", row.pk, each)) for each in newest)


def _check_is_open(row: Invitation, now: datetime) -> None:
    if row.revoked_at:
        raise Expired("This invitation was withdrawn. Ask who invited you for a new one.")
    if row.accepted_at:
        raise Expired("This invitation was accepted already. Sign in to go on.")
    if row.expires_at <= now:
        raise Expired("This invitation has run out. Ask who invited you for a new one.")

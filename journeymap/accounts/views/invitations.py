"""The page behind an invitation link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journeymap.accounts.invitations import accept, invitation_at, may_accept
from journeymap.accounts.models import Invitation, Membership, User
from journeymap.accounts.pending import forget_invitation, remember_invitation
from journeymap.accounts.views.frame import ROLES, keep_private
from journeymap.core.errors import NotFound, NotSignedIn
from journeymap.core.limits import allow, client_address, network_of


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Tells what the invitation is to; a POST by who is signed in accepts it."""
    row = _found(request, token)
    if request.method == "POST":
        return _join(request, row, token)
    user = request.user if isinstance(request.user, User) else None
    if user is None:
        remember_invitation(request, token)
    elif Membership.objects.filter(workspace_id=row.workspace_id, user=user).exists():
        forget_invitation(request)
        return redirect(f"/?workspace={row.workspace_id}")
    return keep_private(render(request, "accounts/invitation.html", _facts(row, user, request.path)))


def _found(request: HttpRequest, token: str) -> Invitation:
    try:
        return invitation_at(token)
    except NotFound:
        # Codes have 256 bits and cannot be guessed; this only keeps the trying quiet.
        allow(f"wrong-invitation:{network_of(client_address(request.META))}", limit=30, seconds=60)
        raise


def _join(request: HttpRequest, row: Invitation, token: str) -> HttpResponse:
    if not isinstance(request.user, User):
        raise NotSignedIn(_("Sign in first, then follow the invitation again."))
    workspace = accept(request.user, token)
    forget_invitation(request)
    messages.success(request, _("You are now a member of “%(name)s”.") % {"name": workspace.name})
    return redirect(f"/?workspace={row.workspace_id}")


def _facts(row: Invitation, user: User | None, path: str) -> dict[str, object]:
    label, may = next((label, may) for slug, label, may in ROLES if slug == row.role)
    return {
        "invitation": row,
        "role_label": label,
        "role_may": may,
        "open_to_me": user is None or may_accept(user, row),
        "here": path,
        "may_sign_up": settings.SIGN_UP == "open" or user is None,
    }

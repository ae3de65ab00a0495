"""What every page of people and workspaces has in common: who looks at it, and answers after a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from journeymap.accounts.models import User
from journeymap.accounts.queries import homes_of
from journeymap.accounts.roles import Role
from journeymap.core.errors import Problem

signed_in = login_required

ROLES = (
    (Role.VIEWER.slug, _("Viewer"), _("reads maps and downloads them")),
    (Role.COMMENTER.slug, _("Commenter"), _("reads and comments")),
    (Role.EDITOR.slug, _("Editor"), _("makes and edits maps and personas")),
    (Role.ADMIN.slug, _("Admin"), _("also invites people and changes their roles")),
    (Role.OWNER.slug, _("Owner"), _("everything, also who else is an owner")),
)


class SignedInRequest(HttpRequest):
    """A request behind `signed_in`: its user is an account."""

    user: User


def frame(request: HttpRequest, *, workspace_id: UUID | None = None, **more: Any) -> dict[str, Any]:
    """The context of a page: the workspaces for the menu, the one it is about, and whatever is named."""
    homes = homes_of(request.user.pk) if isinstance(request.user, User) else []
    here = next((home for home in homes if home.id == workspace_id), homes[0] if homes else None)
    return {"workspaces": homes, "workspace": here, **more}


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do what a form asked for and say so on the next page: that it is done, or why it is not."""
    try:
        act()
    except Problem as problem:
        messages.error(request, problem.message)
        return False
    messages.success(request, done)
    return True


def keep_private(response: HttpResponse) -> HttpResponse:
    """For pages whose address or content is a secret: no cache, no referrer, no index."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response

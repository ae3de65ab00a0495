"""The page of a map: the editor, or the same board to read, by role; share links lead here too."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods

from journeymap.accounts.actors import actor_of, remember_guest
from journeymap.accounts.roles import Role
from journeymap.core.errors import NotFound, NotSignedIn, Problem
from journeymap.core.limits import allow, client_address, is_used_up
from maps import edits, queries
from maps.access import MapAccess, map_for
from maps.models import ShareLink

WRONG_TRIES = 20
TRY_WINDOW = 600


@require_GET
@never_cache
@ensure_csrf_cookie
def board(request: HttpRequest, map_id: UUID) -> HttpResponse:
    """The editor for who may edit; otherwise the same board, read-only."""
    try:
        access = map_for(actor_of(request), map_id, need=Role.VIEWER)
    except NotSignedIn:
        return redirect(f"/accounts/login/?next={request.path}")
    response = render(request, "maps/editor.html", _context(access))
    return response if access.is_member else _private(response)


@require_http_methods(["GET", "POST"])
@never_cache
def share(request: HttpRequest, token: str) -> HttpResponse:
    """A share link: a page with “Continue”, whose POST makes the guest and goes on without the token."""
    try:
        link = _link(request, token)
    except NotFound as problem:
        return _private(render(request, "maps/share.html", {"state": problem.extra["state"]}, status=404))
    if request.method == "GET":
        return _share_page(request, link)
    if not _password_fits(request, link):
        return _share_page(request, link, error=str(_("That is not the password. Look again, or ask for it.")))
    if not _is_in_already(request, link):
        name = request.POST.get("name", "").replace("\x00", "")[:60]
        guest = edits.let_in(link, name=name or actor_of(request).name)
        remember_guest(request.session, guest.pk)
    return _private(redirect("map-page", link.map_id))


def _link(request: HttpRequest, token: str) -> ShareLink:
    """The link, with wrong tokens counted per address: 60 guests with a right one are no trouble."""
    address = client_address(request.META)
    key = f"share-token:{address}"
    if is_used_up(key, limit=WRONG_TRIES, seconds=TRY_WINDOW):
        allow(key, limit=WRONG_TRIES, seconds=TRY_WINDOW)
    try:
        return edits.link_for_token(token)
    except Problem:
        allow(key, limit=WRONG_TRIES, seconds=TRY_WINDOW)
        raise


def _password_fits(request: HttpRequest, link: ShareLink) -> bool:
    if not link.password:
        return True
    key = f"share-password:{link.pk}:{client_address(request.META)}"
    if is_used_up(key, limit=WRONG_TRIES, seconds=TRY_WINDOW):
        allow(key, limit=WRONG_TRIES, seconds=TRY_WINDOW)
    fits = edits.password_fits(link, request.POST.get("password", ""))
    if not fits:
        allow(key, limit=WRONG_TRIES, seconds=TRY_WINDOW)
    return fits


def _is_in_already(request: HttpRequest, link: ShareLink) -> bool:
    """Whether this browser sees the map anyway: as a member, or by this very link."""
    try:
        access = map_for(actor_of(request), link.map_id, need=Role.VIEWER)
    except Problem:
        return False
    return access.is_member or access.link_id == link.pk


def _share_page(request: HttpRequest, link: ShareLink, *, error: str = "") -> HttpResponse:
    hides = bool(link.password)
    context = {
        "state": "open",
        # Behind a password not even the title is anybody's business.
        "map_title": str(_("A journey map")) if hides else link.map.title,
        "workspace_name": link.map.document.workspace.name,
        "role": link.role,
        "needs_password": hides,
        "asks_name": not actor_of(request).is_signed_in,
        "error": error,
    }
    return _private(render(request, "maps/share.html", context, status=403 if error else 200))


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _context(access: MapAccess) -> dict[str, object]:
    row = queries.map_row(access.map_id)
    return {
        "map_id": access.map_id,
        "workspace_id": access.workspace_id,
        "title": row.title,
        "kind": row.kind,
        "role": access.role.slug,
        "may_edit": access.role >= Role.EDITOR,
        "may_comment": access.role >= Role.COMMENTER,
        "may_download": access.may_download,
        "is_guest": access.person.guest,
        "you": {"id": str(access.person.id), "name": access.person.name, "color": access.person.color},
    }

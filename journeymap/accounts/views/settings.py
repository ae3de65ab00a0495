"""Pages of one's own account: name, API tokens, sessions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from journeymap.accounts import edits, queries
from journeymap.accounts.actors import actor_of
from journeymap.accounts.forms import NameForm
from journeymap.accounts.tokens import create_api_token
from journeymap.accounts.views.frame import SignedInRequest, frame, keep_private, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """One's name; the way to address and password."""
    form = NameForm(request.POST or None, initial={"name": request.user.name}, most=100)
    if request.method == "POST" and form.is_valid():
        edits.rename_person(request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name was changed."))
        return redirect("settings")
    context = frame(request, form=form)
    return render(request, "accounts/profile.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """One's API tokens; a POST makes one and shows it this once."""
    form = NameForm(request.POST or None, most=100)
    text = None
    if request.method == "POST" and form.is_valid():
        text = create_api_token(request.user, name=form.cleaned_data["name"])[1]
        form = NameForm(most=100)
    rows = queries.tokens_of(request.user.pk)
    context = frame(request, form=form, tokens=rows, new_token=text)
    return keep_private(render(request, "accounts/tokens.html", context))


@signed_in
@require_POST
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token."""
    edits.revoke_token(actor_of(request), token_id)
    messages.success(request, _("The token no longer works."))
    return redirect("tokens")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: SignedInRequest) -> HttpResponse:
    """Signing out everywhere else."""
    if request.method == "POST":
        edits.end_sessions(request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, _("You are signed out everywhere but here."))
        return redirect("sessions")
    return render(request, "accounts/sessions.html", frame(request))

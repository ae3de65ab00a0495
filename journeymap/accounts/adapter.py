"""How signing up, in and out with django-allauth fits this site."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from journeymap.accounts import networks
from journeymap.accounts.demo import is_demo
from journeymap.accounts.edits import ensure_home
from journeymap.accounts.invitations import accept, may_accept
from journeymap.accounts.models import User
from journeymap.accounts.pending import forget_invitation, pending_invitation
from journeymap.accounts.signals import rights_changed
from journeymap.core.errors import Forbidden, Problem, Unavailable
from journeymap.core.limits import allow, client_address, is_used_up, network_of

log = logging.getLogger(__name__)

# Failures of one account from networks that never signed in to it: slows a guesser who has many addresses,
# and cannot lock the owner out, whose own network is known.
STRANGE_FAILURES = 100
HOUR = 3600


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The places where allauth asks the site."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGN_UP == "open" or pending_invitation(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def post_login(self, request: HttpRequest, user: User, *, signup: bool, **rest: Any) -> HttpResponse:
        """Whoever signs up by an invitation is at home where it leads; everybody else has a workspace."""
        if signup:
            _accept_pending(request, user)
        ensure_home(user)
        networks.remember(user.email, self.get_client_ip(request))
        response: HttpResponse = super().post_login(request, user, signup=signup, **rest)
        return response

    def logout(self, request: HttpRequest) -> None:
        user_id = request.user.pk
        with transaction.atomic():
            super().logout(request)
            rights_changed.send(User, workspace_id=None, user_id=user_id)

    def set_password(self, user: User, password: str) -> None:
        """Another password ends every session (its fingerprint holds the password) and what hangs on them."""
        if is_demo(user):
            raise Forbidden(_("The demo account has no password."))
        with transaction.atomic():
            super().set_password(user, password)
            rights_changed.send(User, workspace_id=None, user_id=user.pk)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        account = _account(credentials)
        if not networks.knows(account, self.get_client_ip(request)) and is_used_up(
            f"sign-in:{account}", limit=STRANGE_FAILURES, seconds=HOUR
        ):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        account = _account(credentials)
        if not networks.knows(account, self.get_client_ip(request)):
            # The last try before the limit may still fail by itself; the next is refused before the password.
            allow(f"sign-in:{account}", limit=STRANGE_FAILURES + 1, seconds=HOUR)

    def get_client_ip(self, request: HttpRequest) -> str:
        return network_of(client_address(request.META))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.exception("the mail server did not take a mail")
            raise Unavailable(_("The mail could not be sent just now. Please try again in a few minutes.")) from error

    def format_email_subject(self, subject: str) -> str:
        return force_str(subject)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Per account *and* address: a stranger's wrong guesses must not shut out the owner.
        return f"{_account(credentials)} {self.get_client_ip(request)}"


def _accept_pending(request: HttpRequest, user: User) -> None:
    pending = pending_invitation(request)
    if pending is None or not may_accept(user, pending.invitation):
        return
    try:
        workspace = accept(user, pending.token)
    except Problem:  # it ended in this very moment: the person still has an account
        return
    forget_invitation(request)
    messages.success(request, _("You are now a member of “%(name)s”.") % {"name": workspace.name})


def _account(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", credentials.get("username", ""))).strip().lower()

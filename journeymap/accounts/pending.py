"""The invitation that a browser followed before its person had signed up or in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from journeymap.accounts.invitations import invitation_at
from journeymap.accounts.models import Invitation
from journeymap.core.errors import Problem

KEY = "invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An open invitation and the token it was followed with."""

    token: str
    invitation: Invitation


def remember_invitation(request: HttpRequest, token: str) -> None:
    """Keep the invitation for when the person has an account."""
    request.session[KEY] = token


def forget_invitation(request: HttpRequest) -> None:
    """The invitation was followed, or given up."""
    request.session.pop(KEY, None)


def pending_invitation(request: HttpRequest) -> Pending | None:
    """The remembered invitation if it is still open."""
    token = request.session.get(KEY)
    if not isinstance(token, str):
        return None
    try:
        return Pending(token=token, invitation=invitation_at(token))
    except Problem:
        return None

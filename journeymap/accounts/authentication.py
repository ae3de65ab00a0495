"""How REST learns who asks: a bearer token, or the browser's session with its CSRF token."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from journeymap.accounts.models import User
from journeymap.accounts.tokens import user_of_token
from journeymap.core.errors import Forbidden


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        user = user_of_token(token.strip())
        if user is None:
            raise AuthenticationFailed
        return user, "bearer"

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(BaseAuthentication):
    """The session cookie; with it, what changes something must carry the CSRF token, for guests too."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, None] | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None  # nobody a forged request could speak for
        # DRF's own view wrapper is csrf_exempt, so the check is made here, for everybody with a cookie.
        check = CSRFCheck(_never_called)
        check.process_request(request._request)  # noqa: SLF001 - the middleware wants Django's own request
        reason = check.process_view(request._request, _never_called, (), {})  # noqa: SLF001 - likewise
        if reason:
            raise Forbidden("The request lacks a valid CSRF token.", code="csrf")
        user: Any = getattr(request._request, "user", None)  # noqa: SLF001 - likewise
        return (user, None) if isinstance(user, User) and user.is_active else None


def _never_called(_: HttpRequest) -> HttpResponse:
    """Stands where a view would: of the middleware only its check is used."""
    raise NotImplementedError

"""Who opens a socket: the session cookie with an allowed Origin, or a bearer token as header or subprotocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

from journeymap.accounts.actors import Actor, actor_for, guests_of, signed_in_user
from journeymap.accounts.tokens import user_of_token

Scope = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a handshake carried; `refused` says that it must not even be accepted."""

    token: str | None = None
    session_key: str | None = None
    subprotocol: str | None = None
    refused: bool = False


def credentials_of(scope: Scope) -> Credentials:
    """Read a handshake. One that carries a cookie needs an allowed Origin, one with a bearer token does not."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    offered = list(scope.get("subprotocols", []))
    if len(offered) == 2 and offered[0] == "bearer":
        return Credentials(token=offered[1], subprotocol="bearer")
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return Credentials(token=token.strip())
    if not is_allowed_origin(headers.get("origin"), headers.get("host", ""), secure=scope.get("scheme") == "wss"):
        return Credentials(refused="cookie" in headers)
    return Credentials(session_key=_session_key(headers.get("cookie", "")))


def is_allowed_origin(origin: str | None, host: str, *, secure: bool) -> bool:
    """Whether a page from `origin` may speak for the person whose cookie comes along."""
    if not origin or origin == "null":
        return False
    if settings.PUBLIC_URL and origin == settings.PUBLIC_URL:
        return True
    try:
        parts = urlsplit(origin)
        name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or (parts.scheme == "http" and settings.BEHIND_TLS):
        return False
    # The page came from this very host and port, and the host is one that we answer to.
    return origin.lower() == f"{parts.scheme}://{host}".lower() and validate_host(name, settings.ALLOWED_HOSTS)


def actor_of_socket(credentials: Credentials) -> Actor | None:
    """The actor behind a handshake; None for a token that opens nothing. Reads the database."""
    if credentials.token is not None:
        user = user_of_token(credentials.token)
        return actor_for(user, by_token=True) if user else None
    if credentials.session_key is None:
        return Actor()
    store = import_module(settings.SESSION_ENGINE).SessionStore(credentials.session_key)
    user = signed_in_user(SimpleNamespace(session=store))
    return actor_for(user, guests=guests_of(store))


def _session_key(cookie: str) -> str | None:
    try:
        found = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    return found.value if found else None

"""Secrets in addresses and headers: made from ids where they must be shown again, kept as digests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from journeymap.accounts.models import ApiToken, User
from journeymap.core.errors import BadRequest

USE_IS_NOTED_EVERY = timedelta(minutes=5)


def link_token(purpose: str, id_: UUID, generation: int) -> str:
    """The 256-bit token of a link, base64url without padding; the same each time, never stored."""
    message = f"{purpose}:{id_}:{generation}".encode()
    return _base64url(hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest())


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hex. Enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_api_token(user: User, *, name: str) -> tuple[ApiToken, str]:
    """A new API token of `user` and, this once, its text."""
    if not name.strip() or len(name) > 100:
        raise BadRequest("Give the token a name of at most 100 characters.", fields={"name": "1 to 100 characters"})
    text = _base64url(secrets.token_bytes(32))
    row = ApiToken.objects.create(user=user, name=name, prefix=text[:6], digest=digest(text))
    return row, text


def user_of_token(text: str) -> User | None:
    """The active account a token opens, or None."""
    if not 20 <= len(text) <= 100:
        return None
    row = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest(text), revoked_at=None, user__is_active=True)
        .first()
    )
    if row is None:
        return None
    _note_use(row, timezone.now())
    return row.user


def _note_use(row: ApiToken, now: datetime) -> None:
    if row.last_used_at is None or now - row.last_used_at > USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

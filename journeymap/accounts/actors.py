"""Who is asking: made once at the edge, passed in everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.contrib.auth import get_user

from journeymap.accounts.models import User
from journeymap.accounts.roles import color_for

Kind = Literal["anonymous", "member", "token", "system"]
GUESTS_KEY = "guests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or program at the door: an account, perhaps by token, and the guest passes its browser holds.

    `guests` are ids of Guest rows from this browser's session; which of them counts depends on the document.
    """

    kind: Kind = "anonymous"
    user_id: UUID | None = None
    name: str = ""
    guests: tuple[UUID, ...] = field(default=())

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """How somebody appears to the others on a document."""

    id: UUID
    name: str
    guest: bool = False

    @property
    def color(self) -> str:
        return color_for(self.id.int)


ANONYMOUS = Actor()


def actor_of(request: Any) -> Actor:
    """The actor behind an HTTP request, Django's or DRF's."""
    user = getattr(request, "user", None)
    by_token = getattr(request, "auth", None) is not None
    session = getattr(request, "session", None)
    guests = () if by_token or session is None else guests_of(session)
    return actor_for(user if isinstance(user, User) else None, by_token=by_token, guests=guests)


def actor_for(user: User | None, *, by_token: bool = False, guests: tuple[UUID, ...] = ()) -> Actor:
    """The actor for an account (or None) and the guest passes it carries."""
    if user is None or not user.is_active:
        return Actor(guests=guests)
    return Actor(kind="token" if by_token else "member", user_id=user.pk, name=user.shown_name, guests=guests)


def guests_of(session: Any) -> tuple[UUID, ...]:
    """The guest ids that a session holds."""
    return tuple(UUID(text) for text in session.get(GUESTS_KEY, []))


def remember_guest(session: Any, guest_id: UUID) -> None:
    """Put a guest into a session; only the newest twenty are kept."""
    session[GUESTS_KEY] = [*session.get(GUESTS_KEY, []), str(guest_id)][-20:]


def signed_in_user(session_request: Any) -> User | None:
    """The account a session is signed in to, or None."""
    user = get_user(session_request)
    return user if isinstance(user, User) else None

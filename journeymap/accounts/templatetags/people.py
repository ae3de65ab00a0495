"""`{{ user|sticky }}`: the colour of a person's avatar; `{{ user|is_demo }}`: whether it is the demo account."""

from __future__ import annotations

from django import template

from journeymap.accounts import demo
from journeymap.accounts.models import User
from journeymap.accounts.roles import PALETTE

register = template.Library()
NEAREST = ("violet", "pink", "teal", "orange", "violet", "green", "yellow", "red", "blue", "green")


@register.filter
def sticky(person: object) -> str:
    """The sticky colour that comes nearest to the `color` of a person or guest."""
    color = getattr(person, "color", "")
    return NEAREST[PALETTE.index(color)] if color in PALETTE else "grey"


@register.filter
def is_demo(user: object) -> bool:
    """Whether this is the account without a password that anybody on this machine may use."""
    return isinstance(user, User) and demo.is_demo(user)

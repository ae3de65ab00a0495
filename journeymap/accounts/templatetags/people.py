"""`{{ user|sticky }}`: the design system's colour that comes nearest to a person's own, for their avatar."""

from __future__ import annotations

from django import template

from journeymap.accounts.roles import PALETTE

register = template.Library()
NEAREST = ("violet", "pink", "teal", "orange", "violet", "green", "yellow", "red", "blue", "green")


@register.filter
def sticky(person: object) -> str:
    """The name of a sticky colour for anything with a `color` of the people's palette."""
    color = getattr(person, "color", "")
    return NEAREST[PALETTE.index(color)] if color in PALETTE else "grey"

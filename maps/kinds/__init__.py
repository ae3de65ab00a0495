"""What a new map of each kind begins with: stages, steps and lanes that fit it, and no invented cards."""

from maps.kinds.templates import template_for

__all__ = ["template_for"]

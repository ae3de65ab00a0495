"""`{% icon "plus" %}`: one icon of the sprite, invisible to screen readers; `{% icons_url %}` for the scripts."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """An `<svg>` that shows the symbol `name` of `static/icons/icons.svg`."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        static("icons/icons.svg"),
        name,
    )


@register.simple_tag
def icons_url() -> str:
    """Where the sprite is served, so that scripts draw the same icons."""
    return static("icons/icons.svg")


@register.filter
def initials(name: str) -> str:
    """Two letters that stand for a person where there is no picture: first and last word, or the first two letters."""
    words = str(name).split()
    if not words:
        return "?"
    return (words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]).upper()

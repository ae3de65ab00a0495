"""Reads one field of a JSON body: the value in its type, or BadRequest that names the field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from journeymap.core.errors import BadRequest


def text(data: Mapping[str, Any], name: str, *, least: int = 1, most: int = 200) -> str:
    """The text under `name`, `least` to `most` characters long; blanks alone count as nothing, none are trimmed."""
    value = data.get(name)
    if not isinstance(value, str):
        raise wrong(name, "must be a text")
    if "\x00" in value:
        raise wrong(name, "must not hold a NUL character")
    if len(value.strip()) < least or len(value) > most:
        raise wrong(name, f"must be {least} to {most} characters long")
    return value.replace("\r\n", "\n").replace("\r", "\n")


def one_of(data: Mapping[str, Any], name: str, choices: Collection[str]) -> str:
    """The word under `name`, which must be one of `choices`."""
    value = data.get(name)
    if not isinstance(value, str) or value not in choices:
        raise wrong(name, f"must be one of {', '.join(choices)}")
    return value


def wrong(name: str, what: str) -> BadRequest:
    """The error for the field `name`."""
    return BadRequest(f"“{name}” {what}.", fields={name: what})

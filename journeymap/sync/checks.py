"""Checks of inbound values: each gives the stored form or raises ValueError with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from journeymap.core.ids import canonical

MOST_TEXT = 10_000
MOST_TITLE = 200
MOST_ITEMS = 200
Check = Callable[[Any], Any]


def clean_text(value: Any, *, most: int = MOST_TEXT) -> str:
    """A text of at most `most` code points, line ends as \\n; nothing is trimmed."""
    if not isinstance(value, str):
        raise ValueError("must be a text")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > most:
        raise ValueError(f"must be at most {most:,} characters long")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("holds a NUL character or half a surrogate pair")
    return text


def text(most: int = MOST_TEXT) -> Check:
    return lambda value: clean_text(value, most=most)


def optional(check: Check) -> Check:
    """Null, or what `check` takes."""
    return lambda value: None if value is None else check(value)


def one_of(words: Collection[str]) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return value

    return check


def whole(least: int, most: int) -> Check:
    def check(value: Any) -> Any:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return value

    return check


def truth(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("must be true or false")
    return value


def reference(value: Any) -> str:
    id_ = canonical(value)
    if id_ is None:
        raise ValueError("must be a UUID in canonical text")
    return id_


def day(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("must be a date such as 2026-11-30")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError("must be a date such as 2026-11-30") from None


def web_address(value: Any) -> str:
    """An http, https or mailto address; anything that could run is refused."""
    address = clean_text(value, most=2000)
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        raise ValueError("must be a web address") from None
    if scheme not in {"http", "https", "mailto"} or any(letter.isspace() for letter in address):
        raise ValueError("must be a web address that starts with https://, http:// or mailto:")
    return address


def items(check: Check, *, most: int = MOST_ITEMS) -> Check:
    """A list of at most `most` different items, in order; each as `check` takes it."""

    def check_all(value: Any) -> Any:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        if len(value) > most:
            raise ValueError(f"must hold at most {most} items")
        return list(dict.fromkeys(check(item) for item in value))

    return check_all


def shaped(shape: dict[str, Check], *, required: Collection[str] = ()) -> Check:
    """An object with the keys of `shape` and no others."""

    def check(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("must be an object")
        unknown = sorted(set(value) - set(shape))
        missing = [name for name in required if name not in value]
        if unknown or missing:
            raise ValueError(f"must be an object of {', '.join(shape)}")
        return {name: shape[name](item) for name, item in value.items()}

    return check


def list_of(check: Check, *, most: int) -> Check:
    """A list of at most `most` items that may repeat."""

    def check_all(value: Any) -> Any:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(f"must be a list of at most {most} items")
        return [check(item) for item in value]

    return check_all

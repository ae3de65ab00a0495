"""Every door of the site, read from the URLconf itself: nobody has to remember to list one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

VERBS = ("GET", "POST", "PATCH", "DELETE", "PUT")


def doors() -> list[str]:
    """Every door as `VERB route`, with a route's parameters in angle brackets, sorted."""
    found = {f"{verb} {route}" for route, view in _routes(get_resolver().url_patterns) for verb in verbs_of(view)}
    return sorted(found)


def path_of(door: str, ids: dict[str, str]) -> str:
    """The address behind a door, its parameters filled with the ids of one place."""
    route = door.split(" ", 1)[1]
    return "/" + re.sub(r"<(\w+)>", lambda match: _id(match[1], route, ids), route)


def _id(name: str, route: str, ids: dict[str, str]) -> str:
    if name == "token":
        link = ids["invitation_link"] if route.startswith("invitations/") else ids["view_link"]
        return link.rstrip("/").rsplit("/", 1)[1]
    if name == "record_id":
        plural = route.split("<map_id>/")[1].split("/", maxsplit=1)[0]
        return ids["spare" if plural == "steps" else plural.removesuffix("s")]
    if name == "version_id":
        return ids["persona_version" if "<persona_id>" in route else "version"]
    return ids.get(name.removesuffix("_id"), "x")


def verbs_of(view: Callable[..., Any]) -> list[str]:
    """Which verbs a view answers: its methods if it is a class, otherwise what its decorators let through."""
    found = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if found is None:
        return sorted(_allowed(view) or {"GET"})
    # Django's form views answer PUT as they answer POST; that is one door, not two.
    names = [verb for verb in VERBS if hasattr(found, verb.lower())]
    return [verb for verb in names if verb != "PUT" or found.__module__.startswith(("journeymap", "maps", "personas"))]


def _routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        route = before + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def _readable(pattern: str) -> str:
    named = re.sub(r"\(\?P(<\w+>)(?:[^()\[\]]|\[[^\]]*\])*\)", r"\1", pattern.removeprefix("^").removesuffix("$"))
    return re.sub(r"<\w+:(\w+)>", r"<\1>", named)


def _allowed(view: Callable[..., Any] | None) -> set[str]:
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            content = cell.cell_contents
            if isinstance(content, list) and content and set(content) <= {*VERBS, "HEAD", "OPTIONS"}:
                return set(content) & set(VERBS)
        view = getattr(view, "__wrapped__", None)
    return set()

"""What every template may know of the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from journeymap import __version__


def site(request: HttpRequest) -> dict[str, Any]:
    """The version, and whether strangers may sign up or try the demo from where this request comes."""
    return {
        "version": __version__,
        "sign_up_open": settings.SIGN_UP == "open",
        "demo_open": settings.DEMO and is_loopback(request),
    }


def is_loopback(request: HttpRequest) -> bool:
    """Whether the request came from this machine itself, with no proxy in between."""
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return not forwarded and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}

"""The address under which this site is reached, for links that leave it by mail or clipboard."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """Scheme and host without a trailing slash: PUBLIC_URL, or what the browser itself used (a checked host)."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"

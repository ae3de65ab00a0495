"""How often something may be tried: counters in the cache, and whose address a request comes from."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache

from journeymap.core.errors import TooFast

log = logging.getLogger(__name__)
UNKNOWN = "unknown"


def allow(key: str, *, limit: int, seconds: int, message: str = "Too many tries; wait a moment.") -> None:
    """Count one try of `key`; more than `limit` in one window of `seconds` raise TooFast with `retry_after`."""
    if _count(_window(key, seconds), seconds) > limit:
        raise TooFast(message, retry_after=_seconds_left(seconds))


def is_used_up(key: str, *, limit: int, seconds: int) -> bool:
    """Whether the next `allow` of `key` would raise; counts nothing."""
    try:
        return int(cache.get(_window(key, seconds), 0)) >= limit
    except Exception:  # see _count
        log.exception("the cache cannot be read; nothing is limited")
        return False


def network_of(address: str) -> str:
    """What is counted for `address`: itself, or the /64 network that an IPv6 customer has to choose from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network(f"{parsed}/64", strict=False).network_address)
    return str(parsed)


def client_address(meta: Mapping[str, Any]) -> str:
    """The address that a request comes from, given Django's META (or a dict with its two keys).

    Behind TRUSTED_PROXIES = n it is the n-th last entry of X-Forwarded-For: what stands left of it, the client
    may have written itself. A shorter header came around a proxy, so then only the peer itself is believed.
    """
    peer = str(meta.get("REMOTE_ADDR", "")) or UNKNOWN
    hops = [hop.strip() for hop in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies or len(hops) < proxies:
        return peer
    return hops[-proxies] if _is_address(hops[-proxies]) else peer


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _window(key: str, seconds: int) -> str:
    # A digest, because keys hold addresses and whatever people type; caches refuse odd characters.
    return f"limit:{sha256(key.encode()).hexdigest()}:{seconds}:{int(time.time()) // seconds}"


def _seconds_left(seconds: int) -> int:
    return seconds - int(time.time()) % seconds


def _count(window: str, seconds: int) -> int:
    try:
        cache.add(window, 0, seconds + 1)
        return int(cache.incr(window))
    except ValueError:  # the window ended between the two calls
        return 1
    except Exception:
        # Losing the cache must cost limits, not work: whoever runs the server reads it in the log.
        log.exception("the cache cannot be reached; nothing is limited")
        return 0

"""From which networks an account was signed in to: there its owner is never shut out by a stranger's guesses."""

from __future__ import annotations

import logging
from hashlib import sha256

from django.core.cache import cache

log = logging.getLogger(__name__)
LASTS = 90 * 24 * 3600


def remember(account: str, network: str) -> None:
    """Somebody signed in to `account` from `network`."""
    try:
        cache.set(_key(account, network), 1, LASTS)
    except Exception:
        log.exception("the cache cannot be reached; the network of a sign-in is not remembered")


def knows(account: str, network: str) -> bool:
    """Whether somebody signed in to `account` from `network` in the last 90 days."""
    try:
        return bool(cache.get(_key(account, network)))
    except Exception:
        log.exception("the cache cannot be reached; no network is known")
        return False


def _key(account: str, network: str) -> str:
    # Digests, so that the cache holds no list of people and where they are.
    return "signed-in:" + sha256(f"{account} {network}".encode()).hexdigest()

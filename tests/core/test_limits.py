"""Counting tries, and believing no address that a client may have written itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from journeymap.core.errors import TooFast
from journeymap.core.limits import allow, client_address, is_used_up, network_of


def test_the_try_after_the_last_is_too_fast_and_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000_030.0
    monkeypatch.setattr("journeymap.core.limits.time.time", lambda: now)
    for _ in range(3):
        allow("door", limit=3, seconds=60)
    assert is_used_up("door", limit=3, seconds=60)
    with pytest.raises(TooFast) as caught:
        allow("door", limit=3, seconds=60)
    assert caught.value.as_json()["retry_after"] == 60 - 1_000_000_030 % 60
    allow("another door", limit=3, seconds=60)
    now += 60
    allow("door", limit=3, seconds=60)


def test_losing_the_cache_costs_limits_and_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", away)
    monkeypatch.setattr(cache, "get", away)
    for _ in range(10):
        allow("door", limit=1, seconds=60)
    assert not is_used_up("door", limit=1, seconds=60)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.0.0.1"),
        (0, "203.0.113.5", "10.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.7", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "<script>", "10.0.0.1"),
        (1, "203.0.113.5:4711", "10.0.0.1"),
    ],
)
def test_whose_address_it_is(settings: Any, proxies: int, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_what_is_counted_for_an_address(address: str, network: str) -> None:
    assert network_of(address) == network

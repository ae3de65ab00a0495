"""Which literal addresses this machine answers at, for the address that colleagues can open."""

from __future__ import annotations

import socket
from contextlib import suppress


def own_addresses() -> list[str]:
    """This machine's host name and IPv4 addresses; nothing is sent to find them."""
    name = socket.gethostname()
    addresses = {name, f"{name}.local"}
    with suppress(OSError):
        addresses |= {str(info[4][0]) for info in socket.getaddrinfo(name, None, socket.AF_INET)}
    route = _address_of_default_route()
    if route:
        addresses.add(route)
    return sorted(addresses)


def _address_of_default_route() -> str | None:
    # Connecting a datagram socket only picks a route; 192.0.2.1 is reserved for documents.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])

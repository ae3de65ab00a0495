"""`python -m journeymap.core.healthy` ends with 0 when the web process on PORT answers: a container's health check."""

from __future__ import annotations

import os
import sys
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    """Ask as a proxy would, with the public name in Host: the server answers to no other."""
    port = os.environ.get("PORT") or "8000"
    host = urlsplit(os.environ.get("PUBLIC_URL", "")).netloc or f"127.0.0.1:{port}"
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4):  # noqa: S310 - a fixed loopback address
            return 0
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())

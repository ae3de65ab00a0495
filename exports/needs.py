"""What drawing needs from the system, looked at without loading WeasyPrint."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

from exports.press import CANNOT
from journeymap.core.errors import Unavailable

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1")


@cache
def missing_libraries() -> tuple[str, ...]:
    """The shared libraries that PDF and PNG need and this system does not have.

    Elsewhere than on Linux they have other names; there the rendering process finds out.
    """
    if sys.platform != "linux":
        return ()
    return tuple(name for name in LIBRARIES if not _loads(name))


def require_libraries() -> None:
    """Raise Unavailable, in a sentence that names the package, where files cannot be drawn."""
    if missing_libraries():
        raise Unavailable(CANNOT)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True

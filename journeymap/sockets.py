"""Every socket address of the site, and who may open one."""

from __future__ import annotations

from channels.routing import URLRouter

live = URLRouter([])

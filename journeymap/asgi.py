"""The server's two doors: HTTP by Django, sockets by Channels."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journeymap.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

http = get_asgi_application()

from journeymap.sockets import live  # Django must be set up before anything that touches models.

from channels.routing import ProtocolTypeRouter

from journeymap.core.statics import with_static_files

if not settings.DEBUG:
    http = with_static_files(http, root=settings.STATIC_ROOT, prefix=f"/{settings.STATIC_URL.strip('/')}/")

application = ProtocolTypeRouter({"http": http, "websocket": live})

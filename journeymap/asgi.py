"""The server's two doors: HTTP by Django, sockets by Channels."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journeymap.settings")

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

from journeymap.core.statics import Application, with_static_files

# This sets Django up, which must come before anything that touches models.
http: Application = get_asgi_application()
if not settings.DEBUG:
    # The many small files of a page never reach Django's thread.
    http = with_static_files(http, root=settings.STATIC_ROOT, prefix=f"/{settings.STATIC_URL.strip('/')}/")

from journeymap.sockets import live  # noqa: E402 - for the reason above

application = ProtocolTypeRouter({"http": http, "websocket": live})

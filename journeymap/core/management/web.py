"""Runs the ASGI application in this process: one place for the server's limits, used by both stacks."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn
from django.conf import settings

MESSAGE_BYTES = 1024 * 1024
# Open sockets get 1012 at once; a request in flight gets this long. Ten seconds is what a supervisor grants.
FINISH_SECONDS = 8


class Server(uvicorn.Server):
    """uvicorn, with a call at the moment the port answers."""

    def __init__(self, config: uvicorn.Config, *, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self.on_ready()


def run_server(listener: socket.socket, *, on_ready: Callable[[], None]) -> None:
    """Serve on `listener` until SIGTERM or SIGINT; ends the process with status 0 after a clean stop."""
    # uvicorn raises the signal again after it has shut down; by then it means: done.
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    config = uvicorn.Config(
        "journeymap.asgi:application",
        lifespan="off",
        ws="websockets-sansio",
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
        # Whose X-Forwarded-For counts is decided by TRUSTED_PROXIES, in one place.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level=None if settings.DEBUG else "warning",
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    Server(config, on_ready=on_ready).run(sockets=[listener])


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; OSError when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener

"""Serves the embedded stack: one process that prepares its own data, then answers pages, sockets and jobs."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from journeymap.core.holding import AlreadyServed, hold_data
from journeymap.core.hosts import own_addresses

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with HOST


class Command(BaseCommand):
    """`./run`: see the module."""

    help = "Start the server on HOST and PORT, with its data in DATA_DIR."
    # The settings refuse what is unsafe; the full checks run in ./run lint and before each migration.
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        from journeymap.core.management.preparation import prepare
        from journeymap.core.management.web import listen, run_server

        # The database and uploads are nobody else's on this machine.
        os.umask(0o077)
        try:
            held = hold_data(settings.DATA_DIR)
            listener = listen(settings.HOST, settings.PORT)
        except AlreadyServed as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {settings.HOST} port {settings.PORT}: {error.strerror}. "
                "Choose another one, for instance: PORT=8001 ./run"
            ) from error
        with held:
            prepare()
            start_jobs()
            run_server(listener, on_ready=say_where)


def start_jobs() -> None:
    """Without Redis there is no worker: jobs run inside this server."""
    if not settings.REDIS_URL:
        from journeymap.core.jobs import start_runner

        start_runner()


def say_where() -> None:
    """Print the addresses to open; the demo's sign-in is shown for this machine only."""
    own, *others = addresses()
    print(
        f"\n  Journeymap is open at  {own}",
        *(f"  For colleagues:        {other}" for other in others),
        sep="\n",
    )
    print("  Stop it with Ctrl-C.\n")
    sys.stdout.flush()


def addresses() -> list[str]:
    """What to type into a browser: on this machine first, then what colleagues in the same network can open."""
    if settings.HOST not in EVERYWHERE:
        host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
        return [settings.PUBLIC_URL or f"http://{host}:{settings.PORT}/"]
    literal = [name for name in own_addresses() if name[0].isdigit() and not name.startswith("127.")]
    network = [settings.PUBLIC_URL] if settings.PUBLIC_URL else [f"http://{name}:{settings.PORT}/" for name in literal]
    return [f"http://127.0.0.1:{settings.PORT}/", *network]

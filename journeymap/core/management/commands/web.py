"""Serves pages and sockets only: one web process of the team stack, beside others like it."""

from __future__ import annotations

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py web`: prepares nothing, so that many can start at once."""

    help = "Run one web process on HOST and PORT, or on a listening socket handed over by a supervisor."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fd", type=int, help="file descriptor of a socket that already listens")

    def handle(self, *_args: Any, **options: Any) -> None:
        from journeymap.core.management.web import listen, run_server

        number: int | None = options["fd"]
        listener = listen(settings.HOST, settings.PORT) if number is None else socket.socket(fileno=number)
        run_server(listener, on_ready=lambda: None)

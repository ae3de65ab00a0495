"""`manage close_account EMAIL`: nobody signs in with it any more; what it made stays."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journeymap.accounts.edits import deactivate
from journeymap.accounts.models import User
from journeymap.core.errors import Problem


class Command(BaseCommand):
    help = "Close the account with this address: its sessions, sockets and tokens end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        try:
            deactivate(user)
        except Problem as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(f"Closed the account {email}.")

"""`manage create_token EMAIL`: prints a new API token of an existing account, and nothing else."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journeymap.accounts.models import User
from journeymap.accounts.tokens import create_api_token


class Command(BaseCommand):
    help = "Print a new API token of the account with this address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="made with create_token", help="What the token is for.")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email}. Sign up first, or run create_user.")
        if not user.is_active:
            raise CommandError(f"The account {email} is closed.")
        self.stdout.write(create_api_token(user, name=name)[1])

"""`manage create_user EMAIL`: an account with a workspace of its own, for installations that are closed to sign-up."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from journeymap.accounts.edits import ensure_home
from journeymap.accounts.models import User


class Command(BaseCommand):
    help = "Make an account with a workspace of its own. The address counts as confirmed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="What the others see.")
        parser.add_argument("--password-stdin", action="store_true", help="Read the password from standard input.")

    def handle(self, *args: Any, email: str, name: str, password_stdin: bool, **options: Any) -> None:
        email = email.strip().lower()
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else getpass.getpass()
        try:
            validate_email(email)
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(email=email).exists():
            raise CommandError(f"There is an account {email} already.")
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=" ".join(name.split())[:100])
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            ensure_home(user)
        self.stdout.write(f"Made the account {email}.")

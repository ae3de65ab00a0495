"""Migrates and collects static files: what must be done once before web and worker processes start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py prepare`: see the module."""

    help = "Bring the database and the static files up to date; on a new database make the demo if DEMO is set."

    def handle(self, *_args: Any, **_options: Any) -> None:
        from journeymap.core.management.preparation import prepare

        prepare()

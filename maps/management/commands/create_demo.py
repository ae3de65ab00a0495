"""Makes the demo workspace with its people, personas and one complete map, unless it has a map already."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from journeymap.accounts.actors import actor_for
from journeymap.accounts.demo import demo_user, demo_workspace
from maps.demo import demo_draft
from maps.edits import create_map
from maps.models import Map


class Command(BaseCommand):
    """`./run manage create_demo`."""

    help = "Make the demo workspace with one complete example map."

    def handle(self, *_args: Any, **_options: Any) -> None:
        workspace = demo_workspace()
        if Map.objects.filter(document__workspace=workspace).exists():
            return
        draft = demo_draft()
        create_map(actor_for(demo_user()), workspace_id=workspace.pk, title=draft.title, kind=draft.kind, draft=draft)
        self.stdout.write(f"Made the demo map “{draft.title}”.")

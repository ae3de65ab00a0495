"""Raises the epoch of documents whose rights changed, so that open sockets are looked at again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from journeymap.accounts.models import Membership
from journeymap.accounts.signals import rights_changed
from journeymap.sync.models import Document
from journeymap.sync.rooms import nudge


def raise_epoch(document_id: UUID) -> None:
    """Some right on this document changed: whoever has it open is asked again, at once where we can."""
    Document.objects.filter(pk=document_id).update(epoch=F("epoch") + 1)
    transaction.on_commit(lambda: nudge([document_id]))


def listen() -> None:
    """Hear of changed memberships and ended sessions from the app below."""
    rights_changed.connect(_on_rights_changed, dispatch_uid="sync.rights")


def _on_rights_changed(sender: Any, *, workspace_id: UUID | None, user_id: UUID | None, **_: Any) -> None:
    if workspace_id is not None:
        touched = Document.objects.filter(workspace_id=workspace_id)
    else:
        members = Membership.objects.all() if user_id is None else Membership.objects.filter(user_id=user_id)
        workspaces = members.values("workspace_id")
        touched = Document.objects.filter(workspace_id__in=workspaces)
    touched.update(epoch=F("epoch") + 1)
    transaction.on_commit(lambda: nudge(None))

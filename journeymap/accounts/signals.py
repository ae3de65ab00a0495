"""What the apps above may want to know of people: that somebody's rights are no longer what they were."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that changes a right, with `workspace_id` (None: any workspace) and `user_id`
# (None: anybody). A role changed, a member left, an account was closed, sessions ended: whoever keeps a door
# open for such a person must look again.
rights_changed = Signal()

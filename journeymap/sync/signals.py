"""The one signal across apps: a document has changed, and the change is durable."""

from django.dispatch import Signal

# Sent with `document_id`, `kind` and `entries` (lines of the log, oldest first), in the thread that committed.
change_applied = Signal()

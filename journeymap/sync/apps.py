"""The Django app of documents and their logs."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "journeymap.sync"
    label = "sync"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Documents"

    def ready(self) -> None:
        from journeymap.core import jobs
        from journeymap.sync import changes, history, rights, rooms

        rights.listen()
        changes.on_change(rooms.announce)
        changes.on_change(history.keep_checkpoints)
        jobs.register(history.CHECKPOINT, history.work_on_checkpoint)

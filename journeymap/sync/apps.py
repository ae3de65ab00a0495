"""The Django app of documents and their logs."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "journeymap.sync"
    label = "sync"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Documents"

    def ready(self) -> None:
        from journeymap.sync import rights

        rights.listen()

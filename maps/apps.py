"""The Django app of journey maps."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "maps"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from journeymap.core import jobs
        from maps import edits, records, signals

        records.register()
        signals.listen()
        jobs.register_chore(edits.empty_trash)

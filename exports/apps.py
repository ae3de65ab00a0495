"""The Django app of exported files."""

from django.apps import AppConfig
from django.conf import settings


class ExportsConfig(AppConfig):
    name = "exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Exports"

    def ready(self) -> None:
        from exports import edits
        from exports.clearing import clear_away
        from exports.press import press
        from journeymap.core import jobs

        jobs.register_chore(clear_away)
        jobs.register(edits.KIND, edits.make_file, queue=edits.QUEUE, gave_up=edits.drop_document)
        if settings.REDIS_URL:
            from celery.signals import worker_ready

            worker_ready.connect(lambda **_: press.warm(), weak=False)

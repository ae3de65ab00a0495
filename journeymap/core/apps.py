"""The Django app of what every other app builds on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "journeymap.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Core"

"""The Django app of exported files."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Exports"

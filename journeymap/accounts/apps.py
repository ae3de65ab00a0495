"""The Django app of people and workspaces."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "journeymap.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Accounts"

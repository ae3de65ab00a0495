"""Addresses of personas below /api/v1/."""

from __future__ import annotations

from django.urls import path

from personas.api import portraits, views

PERSONA = "personas/<uuid:persona_id>"

urlpatterns = [
    path("personas/", views.Personas.as_view(), name="personas-api"),
    path(f"{PERSONA}/", views.OnePersona.as_view(), name="persona-api"),
    path(f"{PERSONA}/portrait/", portraits.Portrait.as_view(), name="persona-portrait"),
    path(f"{PERSONA}/restore/", portraits.OutOfArchive.as_view(), name="persona-restore"),
    path(f"{PERSONA}/document/", views.Document.as_view(), name="persona-document"),
    path(f"{PERSONA}/changes/", views.Changes.as_view(), name="persona-changes"),
    path(f"{PERSONA}/undo/", views.Undo.as_view(), name="persona-undo"),
    path(f"{PERSONA}/redo/", views.Redo.as_view(), name="persona-redo"),
    path(f"{PERSONA}/versions/", views.Versions.as_view(), name="persona-versions"),
    path(f"{PERSONA}/versions/<uuid:version_id>/restore/", views.Restore.as_view(), name="persona-version-restore"),
]

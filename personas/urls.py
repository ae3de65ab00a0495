"""Addresses of the pages of personas."""

from django.urls import path

from personas import views

urlpatterns = [
    path("personas/", views.library, name="personas"),
    path("personas/<uuid:persona_id>/", views.persona, name="persona"),
]

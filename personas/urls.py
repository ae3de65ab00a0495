"""Addresses of the pages of personas."""

from django.urls import path, re_path

from personas import views
from personas.portraits import NAME

urlpatterns = [
    path("personas/", views.library, name="personas"),
    path("personas/<uuid:persona_id>/", views.persona, name="persona"),
    re_path(rf"^media/portraits/(?P<name>{NAME})$", views.portrait, name="portrait"),
]

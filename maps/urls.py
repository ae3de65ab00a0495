"""Addresses of the pages of maps."""

from __future__ import annotations

from django.urls import path

from maps.views import board, lists

urlpatterns = [
    path("", lists.home, name="home"),
    path("maps/new/", lists.new, name="new-map"),
    path("maps/trash/", lists.trash, name="trash"),
    path("maps/<uuid:map_id>/", board.board, name="map-page"),
    path("s/<str:token>/", board.share, name="share"),
]

"""Addresses of maps below /api/v1/."""

from __future__ import annotations

from django.urls import path

from maps.api import documents, imports, maps, shares
from maps.api.resources import views_of
from maps.records import TYPES

MAP = "maps/<uuid:map_id>"

urlpatterns = [
    path("maps/", maps.Maps.as_view(), name="maps"),
    path(f"{MAP}/", maps.OneMap.as_view(), name="map"),
    path(f"{MAP}/restore/", maps.Restored.as_view(), name="map-restore"),
    path(f"{MAP}/copy/", maps.Copies.as_view(), name="map-copy"),
    path(f"{MAP}/document/", documents.Document.as_view(), name="map-document"),
    path(f"{MAP}/changes/", documents.Changes.as_view(), name="map-changes"),
    path(f"{MAP}/undo/", documents.Undo.as_view(), name="map-undo"),
    path(f"{MAP}/redo/", documents.Redo.as_view(), name="map-redo"),
    path(f"{MAP}/versions/", documents.Versions.as_view(), name="map-versions"),
    path(f"{MAP}/versions/<uuid:version_id>/restore/", documents.Restore.as_view(), name="map-version-restore"),
    path(f"{MAP}/shares/", shares.Shares.as_view(), name="map-shares"),
    path(f"{MAP}/shares/<uuid:share_id>/", shares.OneShare.as_view(), name="map-share"),
    path("imports/", imports.Imports.as_view(), name="imports"),
]

for name, table in TYPES.items():
    if not table.single:
        many, one = views_of(name)
        urlpatterns += [
            path(f"{MAP}/{table.plural}/", many, name=f"map-{table.plural}"),
            path(f"{MAP}/{table.plural}/<uuid:record_id>/", one, name=f"map-{name}"),
        ]

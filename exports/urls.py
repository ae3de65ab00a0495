"""Addresses of exports, below `/api/v1/`."""

from django.urls import path

from exports.api import ExportFile, MapExports, OneExport

urlpatterns = [
    path("maps/<uuid:map_id>/exports/", MapExports.as_view(), name="map-exports"),
    path("exports/<uuid:export_id>/", OneExport.as_view(), name="export"),
    path("exports/<uuid:export_id>/file/", ExportFile.as_view(), name="export-file"),
]

"""Exports: who asked for which file of a map, the map as it was then, and the file."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exports.options import FORMATS
from journeymap.accounts.models import Guest, User
from journeymap.core.ids import new_id
from journeymap.core.models import Job
from maps.models import Map

FOLDER = "exports"


def file_path(export: Export, name: str) -> str:
    """Where the file lies in the storage; the name tells nothing of the map."""
    return f"{FOLDER}/{export.created_at:%Y/%m}/{export.id}.{export.format}"


class Export(models.Model):
    """One file of a map. `document` is the frozen map until the file is made, then it is dropped.

    `requested_by` or `guest` is who asked; both may be gone, `requester` keeps the name.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="exports")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="export")
    seq = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=8)
    options = models.JSONField(default=dict)
    document = models.BinaryField(null=True)
    requested_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="exports")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="exports")
    requester = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to=file_path, max_length=200, blank=True)
    bytes = models.PositiveBigIntegerField(null=True)
    warnings = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(format__in=list(FORMATS)), name="export_has_a_known_format"),
            models.CheckConstraint(condition=Q(file="") | Q(bytes__isnull=False), name="exported_file_knows_its_size"),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True) | Q(guest__isnull=True), name="one_requester_of_an_export"
            ),
        ]
        indexes = [models.Index(fields=["map", "created_at"], name="export_by_map_and_age")]

    def __str__(self) -> str:
        return f"{self.format} of {self.map_id} at {self.seq}"

    @property
    def filename(self) -> str:
        """What a person's file is called: the map's title, and which change it shows."""
        kept = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else " " for letter in self.title)
        return f"{' '.join(kept.split())[:80].strip('. ') or 'Journey map'} ({self.seq}).{self.format}"


def packed(wire: dict[str, Any]) -> bytes:
    """A document's JSON as it is kept in a row."""
    return gzip.compress(orjson.dumps(wire), 3)


def unpacked(data: bytes) -> bytes:
    """The document's JSON again."""
    return gzip.decompress(data)

"""Clearing away files that are old, and what a deleted map leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from exports.models import FOLDER, Export
from journeymap.core.models import ENDS, Job

KEPT_DAYS = 30
GRACE = timedelta(days=1)  # a file may lie there before its row says so
AT_ONCE = 200


def clear_away() -> int:
    """Remove exports older than thirty days, files no row knows and jobs no export has; gives how many in all."""
    from exports.edits import KIND, delete_export

    now = timezone.now()
    old = Export.objects.filter(created_at__lt=now - timedelta(days=KEPT_DAYS), job__status__in=ENDS)
    cleared = 0
    for export in old.select_related("job").defer("document")[:AT_ONCE]:
        delete_export(export)
        cleared += 1
    orphans = Job.objects.filter(kind=KIND, export=None, created_at__lt=now - GRACE, status__in=ENDS)
    cleared += orphans.delete()[0]
    for name in _unknown_files(default_storage):
        with suppress(OSError):
            default_storage.delete(name)
            cleared += 1
    return cleared


def _unknown_files(storage: Storage) -> Iterator[str]:
    """Files below our folder whose export is gone: its map was deleted."""
    before = timezone.now() - GRACE
    for name in _files(storage, FOLDER):
        if not Export.objects.filter(file=name).exists() and storage.get_modified_time(name) < before:
            yield name


def _files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for each in folders:
        yield from _files(storage, f"{folder}/{each}")
    for each in files:
        if _is_id(each.split(".")[0][:36]):
            yield f"{folder}/{each}"


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

"""Old files go, and what a deleted map leaves behind goes too."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from exports.clearing import clear_away
from exports.edits import KEPT_PER_MAP, forget_old
from exports.models import Export, file_path
from journeymap.core.models import Job
from maps.edits import create_map, delete_map_forever, empty_draft
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def map_id(cast: Cast) -> UUID:
    return create_map(cast.actor(cast.edith), workspace_id=cast.workspace.pk, title="Bikes", draft=empty_draft())


def made(map_id: UUID, *, days_ago: float = 0) -> Export:
    """An export whose file was made so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    job = Job.objects.create(kind="export", status="done", created_at=at, ended_at=at)
    export = Export(map_id=map_id, job=job, seq=1, format="pdf", bytes=4, created_at=at)
    export.file = default_storage.save(file_path(export, ""), ContentFile(b"%PDF"))
    export.save()
    path = Path(settings.MEDIA_ROOT) / export.file.name
    os.utime(path, (at.timestamp(), at.timestamp()))
    return export


def test_files_older_than_thirty_days_go(map_id: UUID) -> None:
    old, fresh = made(map_id, days_ago=31), made(map_id, days_ago=29)
    assert clear_away() == 1
    assert [export.pk for export in Export.objects.all()] == [fresh.pk]
    assert not default_storage.exists(str(old.file.name))
    assert default_storage.exists(str(fresh.file.name))
    assert Job.objects.count() == 1


def test_a_deleted_maps_files_and_jobs_go_a_day_later(map_id: UUID) -> None:
    export, recent = made(map_id, days_ago=2), made(map_id)
    delete_map_forever(map_id)
    clear_away()
    assert not default_storage.exists(str(export.file.name))
    assert default_storage.exists(str(recent.file.name)), "it may be a file whose row is being written"
    assert [job.pk for job in Job.objects.all()] == [recent.job_id]


def test_a_map_keeps_its_newest_files(map_id: UUID) -> None:
    exports = [made(map_id, days_ago=number / 10) for number in range(KEPT_PER_MAP + 2)]
    forget_old(map_id)
    assert {export.pk for export in Export.objects.all()} == {export.pk for export in exports[:KEPT_PER_MAP]}

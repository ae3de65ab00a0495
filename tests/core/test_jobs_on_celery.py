"""On the team stack a real worker does the jobs, and killing it loses none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from exports.edits import request_export
from exports.models import Export
from exports.options import Options
from journeymap.accounts.roles import Role
from journeymap.core import jobs, team
from journeymap.core.models import Job
from maps.access import map_for
from maps.edits import create_map, empty_draft
from tests.cast import Cast

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as the team stack starts it, on this test's database; its whole group ends with the block."""
    address = urlsplit(os.environ["DATABASE_URL"])
    url = urlunsplit(address._replace(path="/" + str(connection.settings_dict["NAME"])))
    command = [sys.executable, "-m", "celery", "-A", "journeymap", "worker", "--pool", "threads", "--concurrency", "2"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--queues", "default,exports", "--without-gossip", "--without-mingle"],
            env={**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder)},
            cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def export(cast: Cast, tmp_path: Path) -> Export:
    """Edith asked for a file; its message is on its way."""
    settings.MEDIA_ROOT = tmp_path / "media"
    map_id = create_map(cast.actor(cast.edith), workspace_id=cast.workspace.pk, title="Bikes", draft=empty_draft())
    access = map_for(cast.actor(cast.edith), map_id, need=Role.VIEWER)
    return request_export(access, format_="pdf", options=Options())


def test_a_worker_makes_the_file(export: Export, tmp_path: Path) -> None:
    with worker(tmp_path):
        job = ended(export, within=60)
    assert (job.status, job.attempts) == ("done", 1), (tmp_path / "worker.log").read_text(encoding="utf-8")[-2000:]
    assert len(list(tmp_path.glob("media/exports/**/*.pdf"))) == 1


def test_a_killed_worker_loses_no_job(export: Export, tmp_path: Path) -> None:
    with worker(tmp_path) as first:
        until(lambda: Job.objects.get(pk=export.job_id).status != "queued", within=60)
        kill_group(first)
    # Whatever the kill left (held by the dead, or done just before), the next worker's sweeper brings it to its end.
    Job.objects.filter(pk=export.job_id, status="done").update(
        status="running", claim=export.pk, ended_at=None, attempts=1
    )
    with worker(tmp_path):
        job = ended(export, within=90)
    assert (job.status, job.attempts) == ("done", 2), (tmp_path / "worker.log").read_text(encoding="utf-8")[-2000:]
    assert len(list(tmp_path.glob("media/exports/**/*.pdf"))) == 1


def test_a_lost_message_is_made_up_for(export: Export, tmp_path: Path) -> None:
    time.sleep(0.5)  # the postman's thread has put the message on Redis
    with team.celery_app().connection_for_write() as broker:
        channel: Any = broker.default_channel
        channel.client.flushdb()
    Job.objects.filter(pk=export.job_id).update(queued_at=export.created_at - jobs.FORGOTTEN_AFTER)
    with worker(tmp_path):
        assert ended(export, within=60).status == "done"


def ended(export: Export, *, within: float) -> Job:
    until(lambda: Job.objects.get(pk=export.job_id).ended, within=within)
    return Job.objects.get(pk=export.job_id)


def until(is_so: object, *, within: float) -> None:
    assert callable(is_so)
    end = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < end, f"not within {within} s"
        time.sleep(0.1)

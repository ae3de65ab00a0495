"""A job is done once, whoever runs it: through failure, death, cancelling and lost messages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from journeymap.core import jobs
from journeymap.core.errors import Unprocessable
from journeymap.core.ids import new_id
from journeymap.core.models import Job, JobStatus

Work = Callable[[jobs.Run], None]


@pytest.fixture
def work() -> Iterator[Callable[[Work], list[UUID]]]:
    """Says what jobs of the kind “bake” do; gives the list of those that were given up."""

    def choose(function: Work) -> list[UUID]:
        given_up: list[UUID] = []
        jobs.register("bake", function, gave_up=given_up.append)
        return given_up

    yield choose
    jobs.stop_runner()


def bake(**payload: Any) -> Job:
    return jobs.enqueue("bake", payload)


@pytest.mark.django_db
def test_a_job_runs_once_and_says_so(work: Callable[[Work], list[UUID]]) -> None:
    seen: list[Any] = []
    work(lambda run: seen.append(run.payload["cake"]))
    job = bake(cake="plum")
    assert (job.status, job.progress) == ("queued", 0)
    assert jobs.run(job.id)
    assert not jobs.run(job.id), "a message that comes twice finds nothing to claim"
    job.refresh_from_db()
    assert (seen, job.status, job.progress, job.attempts) == (["plum"], "done", 100, 1)
    assert job.ended


@pytest.mark.django_db
def test_a_problem_becomes_the_sentence_that_the_person_reads(work: Callable[[Work], list[UUID]]) -> None:
    def burn(run: jobs.Run) -> None:
        raise Unprocessable("The oven is too small.")

    given_up = work(burn)
    job = bake()
    jobs.run(job.id)
    job.refresh_from_db()
    assert (job.status, job.message) == ("failed", "The oven is too small.")
    assert given_up == [job.id]


@pytest.mark.django_db
def test_a_bug_becomes_a_general_sentence_and_a_line_in_the_log(
    work: Callable[[Work], list[UUID]], caplog: pytest.LogCaptureFixture
) -> None:
    work(lambda run: run.payload["no such key"])
    job = bake()
    jobs.run(job.id)
    job.refresh_from_db()
    assert (job.status, job.message) == ("failed", jobs.WENT_WRONG)
    assert "no such key" in caplog.text


@pytest.mark.django_db
def test_what_asks_for_it_is_tried_once_more(work: Callable[[Work], list[UUID]]) -> None:
    tries: list[int] = []

    def shaky(run: jobs.Run) -> None:
        tries.append(1)
        if len(tries) < int(run.payload["passes_at"]):
            raise jobs.TryAgain(Unprocessable("It fell again."))

    work(shaky)
    second, third = bake(passes_at=2), bake(passes_at=9)
    jobs.run(second.id)
    assert Job.objects.get(pk=second.id).status == "done"
    tries.clear()
    jobs.run(third.id)
    third.refresh_from_db()
    assert (len(tries), third.status, third.message) == (2, "failed", "It fell again.")


@pytest.mark.django_db
def test_what_a_dead_run_held_is_done_by_another(work: Callable[[Work], list[UUID]]) -> None:
    work(lambda run: None)
    job = bake()
    hold(job, since=timedelta(seconds=60))
    fresh = bake()
    hold(fresh, since=timedelta(seconds=1))
    jobs.sweep()
    assert Job.objects.get(pk=job.id).status == "queued"
    assert Job.objects.get(pk=fresh.id).status == "running", "who gave a sign of life keeps the job"
    assert jobs.run_next()
    assert Job.objects.get(pk=job.id).status == "done"


@pytest.mark.django_db
def test_a_job_under_which_every_run_dies_is_given_up(work: Callable[[Work], list[UUID]]) -> None:
    given_up = work(lambda run: None)
    job = bake()
    for _ in range(jobs.MOST_ATTEMPTS):
        hold(job, since=timedelta(seconds=60))
        Job.objects.filter(pk=job.id).update(attempts=Job.objects.get(pk=job.id).attempts + 1)
        jobs.sweep()
    job.refresh_from_db()
    assert (job.status, job.message, given_up) == ("failed", jobs.GIVEN_UP, [job.id])


@pytest.mark.django_db
def test_a_forgotten_job_is_handed_over_again(
    work: Callable[[Work], list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    work(lambda run: None)
    told: list[UUID] = []
    monkeypatch.setattr(jobs, "hand_over", lambda job_id, queue: told.append(job_id))
    old, new = bake(), bake()
    Job.objects.filter(pk=old.id).update(queued_at=timezone.now() - timedelta(minutes=1))
    told.clear()
    jobs.sweep()
    jobs.sweep()
    assert told == [old.id], "once, then it has its time again"
    assert Job.objects.get(pk=new.id).status == "queued"


@pytest.mark.django_db
def test_a_run_that_lost_its_job_stops_and_changes_nothing(work: Callable[[Work], list[UUID]]) -> None:
    def cancelled_meanwhile(run: jobs.Run) -> None:
        run.progress(10)
        assert jobs.cancel(run.job_id)
        time.sleep(0.25)
        run.progress(50)
        raise AssertionError("it went on")

    given_up = work(cancelled_meanwhile)
    job = bake()
    jobs.run(job.id)
    job.refresh_from_db()
    assert (job.status, job.progress, given_up) == ("cancelled", 10, [job.id])
    assert not jobs.cancel(job.id)


@pytest.mark.django_db(transaction=True)
def test_the_servers_own_runner_does_jobs_as_they_come(work: Callable[[Work], list[UUID]]) -> None:
    if not settings.REDIS_URL:
        done = threading.Event()
        work(lambda run: done.set())
        left_over = bake()
        hold(left_over, since=timedelta(seconds=0))
        jobs.start_runner()
        assert done.wait(5), "what “ran” when the server stopped is done first"
        assert jobs.is_alive()
        waits = []
        for _ in range(4):
            done.clear()
            began = time.monotonic()
            job = bake()
            assert done.wait(10)
            waits.append(time.monotonic() - began)
        assert min(waits) < 1.5, "it wakes at once, it does not wait for the next look"
        wait_for_end(job)
        assert Job.objects.get(pk=job.id).status == "done"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_the_job_once(work: Callable[[Work], list[UUID]]) -> None:
    counted: list[int] = []
    work(lambda run: counted.append(1))
    job = bake()

    def run() -> None:
        jobs.run(job.id)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == [1]


def hold(job: Job, *, since: timedelta) -> None:
    """Make it look as if a run held the job that gave its last sign of life so long ago."""
    Job.objects.filter(pk=job.id).update(
        status=JobStatus.RUNNING, claim=new_id(), beat_at=timezone.now() - since, started_at=timezone.now()
    )


def wait_for_end(job: Job) -> None:
    for _ in range(100):
        if Job.objects.get(pk=job.id).ended:
            return
        time.sleep(0.05)

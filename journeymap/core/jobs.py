"""Jobs from the row to the end: enqueue, claim, run with a heartbeat, cancel, sweep up after the dead.

A job is a row first. What hands it over (a thread in the server, or a message to a worker) only says “look”:
losing or repeating that message changes nothing, because a run begins by claiming the row.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import Error as DatabaseErrors
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from journeymap.core.errors import Problem
from journeymap.core.ids import new_id
from journeymap.core.models import ENDS, Job, JobStatus

log = logging.getLogger(__name__)

BEAT_EVERY = 4.0  # seconds between two signs of life of a run
DEAD_AFTER = timedelta(seconds=20)  # without a sign of life a run counts as dead
FORGOTTEN_AFTER = timedelta(seconds=15)  # a queued row that nobody claimed: its message was lost
MOST_ATTEMPTS = 5  # runs that may die under one job before it is given up

WENT_WRONG = (
    "Something went wrong while this was being made. "
    "Please try again; if it fails again, tell whoever runs this server."
)
GIVEN_UP = "This was started several times and the server stopped each time. It has been given up."


class Stopped(BaseException):
    """The run no longer holds its job (cancelled, or taken over): leave everything and return.

    Not an Exception, so that no `except Exception` on the way swallows it.
    """


class TryAgain(Exception):
    """What failed may pass at a second try; after that `problem` is what the person reads."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass
class Run:
    """One run of a job, as its function sees it."""

    job_id: UUID
    payload: Mapping[str, Any]
    claim: UUID
    lost: threading.Event = field(default_factory=threading.Event)
    _told: int = 0
    _told_at: float = 0.0

    def progress(self, percent: int) -> None:
        """Say how far it is; raises Stopped if the job was cancelled or taken over meanwhile."""
        if self.lost.is_set():
            raise Stopped
        percent = max(self._told, min(99, percent))
        if percent == self._told or time.monotonic() - self._told_at < 0.2:
            return
        self._told, self._told_at = percent, time.monotonic()
        if not self.beat(progress=percent):
            raise Stopped

    def beat(self, **fields: Any) -> bool:
        """A sign of life; False (and `lost` set) if the job is no longer this run's."""
        held = bool(_held(self).update(beat_at=timezone.now(), **fields))
        if not held:
            self.lost.set()
        return held


Work = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of job: its function, its queue, what to do when it ends without success."""

    work: Work
    queue: str
    gave_up: Callable[[UUID], None] | None


_kinds: dict[str, Kind] = {}
_chores: list[Callable[[], object]] = []
_chores_done_at: float | None = None
CHORES_EVERY = 3600.0


def register(kind: str, work: Work, *, queue: str = "default", gave_up: Callable[[UUID], None] | None = None) -> None:
    """Name the function that does jobs of this kind; called in the apps' `ready()`.

    `work` must be idempotent by job id: a run may die after its last write and be repeated.
    `gave_up` is called with the job's id after it failed or was cancelled.
    """
    _kinds[kind] = Kind(work, queue, gave_up)


def register_chore(work: Callable[[], object]) -> None:
    """Have `work` done about once an hour by whoever sweeps; it must not mind being done twice."""
    _chores.append(work)


def do_chores(*, now: float | None = None) -> None:
    """Do the chores unless they were done within the hour by this process; one that fails leaves the others be."""
    global _chores_done_at  # noqa: PLW0603 - one clock per process
    at = time.monotonic() if now is None else now
    if _chores_done_at is not None and at - _chores_done_at < CHORES_EVERY:
        return
    _chores_done_at = at
    for work in _chores:
        try:
            work()
        except Exception:
            log.exception("a chore failed and is tried again in an hour")


def enqueue(kind: str, payload: Mapping[str, Any]) -> Job:
    """Write the row now and hand the job over once the transaction around it is committed."""
    job = Job.objects.create(kind=kind, payload=dict(payload), queue=_kinds[kind].queue)
    transaction.on_commit(partial(hand_over, job.id, queue=job.queue), robust=True)
    return job


def hand_over(job_id: UUID, *, queue: str) -> None:
    """Tell whoever runs jobs that there is one; never waits. The sweeper makes up for a lost word."""
    if settings.REDIS_URL:
        from journeymap.core import team

        team.post(job_id, queue=queue)
    else:
        runner.wake()


def cancel(job_id: UUID) -> bool:
    """End a job that has not ended; its run notices within a heartbeat. False if it had ended."""
    ended = _end(Job.objects.filter(pk=job_id).exclude(status__in=ENDS), JobStatus.CANCELLED, "Cancelled.")
    if ended:
        _tell_gave_up(job_id)
    return ended


def run(job_id: UUID) -> bool:
    """Claim the job and run it to its end; False if it was not there to be claimed."""
    claim = new_id()
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, status=JobStatus.QUEUED).update(
        status=JobStatus.RUNNING,
        claim=claim,
        attempts=F("attempts") + 1,
        started_at=now,
        beat_at=now,
        progress=0,
    )
    if not claimed:
        return False
    job = Job.objects.get(pk=job_id)
    with _heartbeat(Run(job.id, job.payload, claim)) as this:
        _work(job, this)
    return True


def run_next(queues: tuple[str, ...] | None = None) -> bool:
    """Run the job that has waited longest; False if none waits."""
    waiting = Job.objects.filter(status=JobStatus.QUEUED, kind__in=_kinds).order_by("created_at", "id")
    if queues is not None:
        waiting = waiting.filter(queue__in=queues)
    job_id = waiting.values_list("id", flat=True).first()
    return job_id is not None and run(job_id)


def sweep(*, everything: bool = False) -> None:
    """Queue again what a dead run held, give up what killed too many, hand over again what was forgotten.

    `everything` treats every running job as held by the dead: right only where no other process runs jobs.
    """
    now = timezone.now()
    held = Job.objects.filter(status=JobStatus.RUNNING)
    if not everything:
        held = held.filter(beat_at__lt=now - DEAD_AFTER)
    for job in held:
        _take_back(job)
    forgotten = Job.objects.filter(status=JobStatus.QUEUED, queued_at__lt=now - FORGOTTEN_AFTER)
    for job_id, queue in list(forgotten.order_by("created_at").values_list("id", "queue")[:200]):
        Job.objects.filter(pk=job_id, status=JobStatus.QUEUED).update(queued_at=now)
        hand_over(job_id, queue=queue)
    do_chores()


def is_alive() -> bool:
    """Whether somebody takes jobs up: the runner here, or workers that leave nothing waiting for a minute."""
    if not settings.REDIS_URL:
        return runner.alive
    late = Job.objects.filter(status=JobStatus.QUEUED, created_at__lt=timezone.now() - timedelta(minutes=1))
    return not late.exists()


def _take_back(job: Job) -> None:
    mine = Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING, claim=job.claim)
    if job.attempts >= MOST_ATTEMPTS:
        if _end(mine, JobStatus.FAILED, GIVEN_UP):
            _tell_gave_up(job.pk)
        return
    now = timezone.now()
    if mine.update(status=JobStatus.QUEUED, claim=None, progress=0, queued_at=now):
        log.warning("job %s (%s) was held by a dead run; queued again", job.pk, job.kind)
        hand_over(job.pk, queue=job.queue)


def _work(job: Job, this: Run) -> None:
    """Do the job, once more if it asks for that, and write how it ended."""
    try:
        try:
            _kinds[job.kind].work(this)
        except TryAgain as first:
            log.warning("job %s (%s) is tried again: %s", job.pk, job.kind, first)
            _kinds[job.kind].work(this)
    except Stopped:
        return
    except TryAgain as second:
        _fail(this, second.problem.message)
    except Problem as problem:
        _fail(this, problem.message)
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(this, WENT_WRONG)
    else:
        _end(_held(this), JobStatus.DONE, "", progress=100)


def _fail(this: Run, message: str) -> None:
    if _end(_held(this), JobStatus.FAILED, message):
        _tell_gave_up(this.job_id)


def _tell_gave_up(job_id: UUID) -> None:
    kind = _kinds.get(Job.objects.values_list("kind", flat=True).get(pk=job_id))
    if kind is not None and kind.gave_up is not None:
        kind.gave_up(job_id)


def _held(this: Run) -> Any:
    return Job.objects.filter(pk=this.job_id, claim=this.claim, status=JobStatus.RUNNING)


def _end(rows: Any, status: JobStatus, message: str, **fields: Any) -> bool:
    now = timezone.now()
    return bool(rows.update(status=status, message=message, ended_at=now, claim=None, **fields))


class _heartbeat:  # noqa: N801 - a context manager that reads as a verb
    """Beats from a thread of its own while the block runs, so that long silent work stays alive."""

    def __init__(self, this: Run) -> None:
        self.this = this
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name=f"beat of job {this.job_id}", daemon=True)

    def __enter__(self) -> Run:
        self.thread.start()
        return self.this

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(BEAT_EVERY):
                try:
                    if not self.this.beat():
                        return
                except DatabaseErrors:
                    log.warning("no heartbeat for job %s: the database is away", self.this.job_id)
        finally:
            connection.close()


class Runner:
    """The one thread that runs jobs inside the server, where there is no worker beside it."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def wake(self) -> None:
        """There is a job: look at once."""
        self._wake.set()

    def start(self) -> None:
        """Begin; without effect on the team stack, or when it runs already."""
        if settings.REDIS_URL or self.alive:
            return
        self._stop.clear()
        self._wake.set()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self, *, wait: float = 5.0) -> None:
        """Finish the job in hand and end; a job that takes longer is found by the next start."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(wait)
            self._thread = None

    def _run(self) -> None:
        first = True
        try:
            while not self._stop.is_set():
                self._wake.clear()
                try:
                    # At the start, whatever “runs” was held by a server that is gone: there is only one.
                    sweep(everything=first)
                    first = False
                    while not self._stop.is_set() and run_next():
                        pass
                except Exception:
                    # The database is away, most likely; whatever it is, this thread is the only one there is.
                    log.exception("jobs wait a moment")
                    connection.close()
                    self._stop.wait(1.0)
                self._wake.wait(2.0)
        finally:
            connection.close()


runner = Runner()
start_runner = runner.start
stop_runner = runner.stop

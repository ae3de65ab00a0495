"""Jobs: work that goes on behind the answer, each a row before it is anything else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from journeymap.core.ids import new_id


class JobStatus(models.TextChoices):
    """Where a job stands; the last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDS = (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)


class Job(models.Model):
    """One piece of work: `kind` names the function that does it, `payload` is what that is given.

    `claim` is the secret of the run that holds the job: a run that finds another claim here has lost it and
    must stop. `beat_at` says when that run was last alive, `attempts` how many runs there were.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=20, default="default")
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=JobStatus.values), name="job_has_a_known_status"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.RUNNING) | Q(claim__isnull=False, beat_at__isnull=False),
                name="running_job_is_held_by_a_run",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDS, ended_at__isnull=False)
                | Q(status__in=[JobStatus.QUEUED, JobStatus.RUNNING], ended_at__isnull=True),
                name="job_that_ended_says_when",
            ),
        ]
        indexes = [models.Index(fields=["status", "queued_at"], name="job_by_status_and_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.status})"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to this job."""
        return self.status in ENDS


class IdempotentAnswer(models.Model):
    """What a write answered the first time its `Idempotency-Key` came, so that a repetition does nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    actor = models.CharField(max_length=80)
    route = models.CharField(max_length=300)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "route", "key"], name="one_answer_per_key_and_caller"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"

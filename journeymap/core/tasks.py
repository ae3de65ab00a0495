"""The one Celery task: run the job that a message names."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import close_old_connections

from journeymap.core import jobs


@shared_task(name="journeymap.core.tasks.run_job", acks_late=True, reject_on_worker_lost=True)
def run_job(job_id: str) -> None:
    """Claim and run; a message that comes twice, or too late, finds nothing to claim."""
    close_old_connections()
    try:
        jobs.run(UUID(job_id))
    finally:
        close_old_connections()

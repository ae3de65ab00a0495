"""The team stack's way of handing jobs over: Celery on Redis, with settings that lose nothing."""

from __future__ import annotations

import logging
import queue as queues
import threading
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from celery import Celery
from django.conf import settings

from journeymap.core import jobs

log = logging.getLogger(__name__)

QUEUES = ("default", "exports")
SWEEP_EVERY = 5.0

_outbox: queues.SimpleQueue[tuple[UUID, str]] = queues.SimpleQueue()


@cache
def celery_app() -> Celery:
    """The Celery application: late acknowledgement, one job in hand, nothing kept but the rows.

    Defaults lost jobs of a killed worker; these finish them. Remote control is off because an idle
    subscription is what a Redis client drops first.
    """
    app = Celery("journeymap", set_as_current=True)
    app.conf.update(
        broker_url=settings.REDIS_URL,
        broker_transport_options={
            "visibility_timeout": 120,
            "socket_connect_timeout": 2,
            "socket_timeout": 10,
            "socket_keepalive": True,
            "health_check_interval": 10,
        },
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_default_queue="default",
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        imports=["journeymap.core.tasks"],
    )
    return app


def post(job_id: UUID, *, queue: str) -> None:
    """Send “look at this job” to the workers, without waiting: a frozen Redis must not hold up an answer."""
    _outbox.put((job_id, queue))
    _start_postman()


@cache
def _start_postman() -> None:
    threading.Thread(target=_carry, name="jobs to the workers", daemon=True).start()


def _carry() -> None:
    while True:
        job_id, queue = _outbox.get()
        try:
            celery_app().send_task("journeymap.core.tasks.run_job", [str(job_id)], queue=queue, retry=False)
        except Exception as error:  # noqa: BLE001 - whatever the broker does, the row stays and the sweeper finds it
            log.warning("job %s could not be posted (%s); a sweeper will find it", job_id, error)


def sign_of_life() -> Path:
    """The file whose age tells a container's health check that its worker lives and reaches the database."""
    return Path(settings.DATA_DIR) / "worker.alive"


def start_sweeper(*_: Any, **__: Any) -> None:
    """Sweep from a thread of each worker, for as long as the worker lives."""
    threading.Thread(target=_sweep_forever, name="sweeper", daemon=True).start()


def _sweep_forever() -> None:
    from django.db import close_old_connections

    pause = threading.Event()
    while not pause.wait(SWEEP_EVERY):
        try:
            close_old_connections()
            jobs.sweep()
            sign_of_life().touch()
        except Exception:
            log.exception("the sweeper met an error and goes on")

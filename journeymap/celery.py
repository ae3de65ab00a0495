"""The Celery application for `celery -A journeymap worker`: Django set up, a sweeper in each worker."""

import os

import django
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journeymap.settings")
django.setup()

from journeymap.core.team import celery_app, start_sweeper  # noqa: E402 - needs the settings above

app = celery_app()
worker_ready.connect(start_sweeper, weak=False)

"""The jobs table."""

import django.utils.timezone
from django.db import migrations, models

import journeymap.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journeymap.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("queue", models.CharField(default="default", max_length=20)),
                ("payload", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("message", models.TextField(blank=True, default="")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.UUIDField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("beat_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "queued_at"], name="job_by_status_and_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "running", "done", "failed", "cancelled"])),
                        name="job_has_a_known_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="job_progress_is_a_percentage"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "running"), _negated=True),
                            models.Q(("beat_at__isnull", False), ("claim__isnull", False)),
                            _connector="OR",
                        ),
                        name="running_job_is_held_by_a_run",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("status__in", ("done", "failed", "cancelled"))),
                            models.Q(("ended_at__isnull", True), ("status__in", ["queued", "running"])),
                            _connector="OR",
                        ),
                        name="job_that_ended_says_when",
                    ),
                ],
            },
        ),
    ]

"""The exports table."""

import django.db.models.deletion
import django.utils.timezone
import exports.models
import journeymap.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_people"),
        ("core", "0002_idempotent_answers"),
        ("maps", "0001_maps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journeymap.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.PositiveBigIntegerField()),
                ("title", models.CharField(blank=True, max_length=200)),
                ("format", models.CharField(max_length=8)),
                ("options", models.JSONField(default=dict)),
                ("document", models.BinaryField(null=True)),
                ("requester", models.CharField(blank=True, max_length=200)),
                ("file", models.FileField(blank=True, max_length=200, upload_to=exports.models.file_path)),
                ("bytes", models.PositiveBigIntegerField(null=True)),
                ("warnings", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="exports",
                        to="accounts.guest",
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="export", to="core.job"
                    ),
                ),
                (
                    "map",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exports", to="maps.map"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["map", "created_at"], name="export_by_map_and_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["pdf", "png"])), name="export_has_a_known_format"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("bytes__isnull", False), _connector="OR"),
                        name="exported_file_knows_its_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("requested_by__isnull", True), ("guest__isnull", True), _connector="OR"),
                        name="one_requester_of_an_export",
                    ),
                ],
            },
        ),
    ]

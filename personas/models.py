"""The record of a persona; its text changes only through the engine, like a map's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journeymap.core.colors import COLOR_CHOICES
from journeymap.sync.models import Document

TEXTS = ("demographics", "background", "goals", "needs", "frustrations", "motivations", "jobs_to_be_done")


class Persona(models.Model):
    """A person a team works for, drawn from what is known of many; lives in the workspace, used on many maps."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.CASCADE, related_name="persona")
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    motto = models.TextField(blank=True)
    color = models.CharField(max_length=10, choices=COLOR_CHOICES, default="violet")
    portrait = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - null is the wire's "none"
    demographics = models.TextField(blank=True)
    background = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    frustrations = models.TextField(blank=True)
    motivations = models.TextField(blank=True)
    jobs_to_be_done = models.TextField(blank=True)
    channels = models.JSONField(default=list, blank=True)
    skills = models.JSONField(default=list, blank=True)
    sections = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(color__in=[slug for slug, _ in COLOR_CHOICES]), name="persona_color_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""The records of a persona; what they say changes only through the engine, like a map's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from journeymap.core.colors import COLOR_CHOICES
from journeymap.core.ids import new_id
from journeymap.sync.models import Document

TEXTS = ("demographics", "background", "goals", "needs", "frustrations", "motivations", "jobs_to_be_done")
RANK_LENGTH = 255


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

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(color__in=[slug for slug, _ in COLOR_CHOICES]), name="persona_color_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """How much of something a persona has, from 0 to 100, in the team's own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="skills")
    name = models.CharField(max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(default=50)
    rank = models.CharField(max_length=RANK_LENGTH)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(rank=""), name="skill_has_a_place"),
            models.CheckConstraint(condition=models.Q(level__lte=100), name="skill_level_is_within_a_hundred"),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A part of a persona's page that the team has added, under its own title."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    rank = models.CharField(max_length=RANK_LENGTH)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(rank=""), name="section_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.title

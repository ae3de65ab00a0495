"""The record of a map and the personas it is about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from journeymap.accounts.models import User
from journeymap.sync.models import Document
from maps.words import MAP_KINDS, MAP_STATUSES
from personas.models import Persona


class Map(models.Model):
    """A journey map's own fields; what stands on it refers to it."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.CASCADE, related_name="map")
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=list(MAP_KINDS.items()), default="current_state")
    scenario = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    scope_start = models.TextField(blank=True)
    scope_end = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=list(MAP_STATUSES.items()), default="draft")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="maps_owned")
    review_on = models.DateField(null=True, blank=True)
    is_template = models.BooleanField(default=False)

    personas: models.ManyToManyField[Persona, MapPersona] = models.ManyToManyField(
        Persona, through="MapPersona", related_name="maps"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=list(MAP_KINDS)), name="map_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=list(MAP_STATUSES)), name="map_status_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


class MapPersona(models.Model):
    """That a map is about a persona, and which comes first."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="map_personas")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="map_personas")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["map", "persona"], name="a_map_names_a_persona_once"),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} on {self.map_id}"

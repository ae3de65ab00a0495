"""What stands on a map: stages, steps, lanes, cards with their details, emotions and comments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from journeymap.accounts.models import Guest, User
from journeymap.core.colors import COLOR_CHOICES, COLORS
from journeymap.core.ids import new_id
from maps.models.journey import Map
from maps.words import COMMENT_TARGETS, LANE_KINDS, OPPORTUNITY_STATUSES, QUALITIES
from personas.models import Persona

RANK_LENGTH = 255
ONE_TO_FIVE = list(range(1, 6))


class Stage(models.Model):
    """A phase of the journey: a group of columns, ordered in time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="stages")
    title = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=RANK_LENGTH)
    color = models.CharField(max_length=10, choices=COLOR_CHOICES, default="grey")
    goal = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(rank=""), name="stage_has_a_place"),
            models.CheckConstraint(condition=Q(color__in=COLORS), name="stage_color_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """A column inside a stage."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="steps")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=RANK_LENGTH)
    duration = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(rank=""), name="step_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.title


class Lane(models.Model):
    """A row, whose kind decides what its cells hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="lanes")
    kind = models.CharField(max_length=20, choices=list(LANE_KINDS.items()))
    title = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=RANK_LENGTH)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(rank=""), name="lane_has_a_place"),
            models.CheckConstraint(condition=Q(kind__in=list(LANE_KINDS)), name="lane_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Card(models.Model):
    """A sticky note in a cell, in order; it may stretch over the steps to its right."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="cards")
    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="cards")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="cards")
    rank = models.CharField(max_length=RANK_LENGTH)
    span = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    color = models.CharField(max_length=10, choices=COLOR_CHOICES, default="yellow")
    tags = models.JSONField(default=list, blank=True)
    assignee = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    metric = models.JSONField(null=True, blank=True)
    image = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001 - null is the wire's "none"
    url = models.CharField(max_length=2000, null=True, blank=True)  # noqa: DJ001 - null is the wire's "none"

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(rank=""), name="card_has_a_place"),
            models.CheckConstraint(condition=Q(span__gte=1), name="card_covers_a_step"),
            models.CheckConstraint(condition=Q(color__in=COLORS), name="card_color_is_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["lane", "step"], name="card_by_cell")]

    def __str__(self) -> str:
        return self.text[:60]


class Touchpoint(models.Model):
    """What a card tells of an encounter; kept when the card moves to another lane."""

    card = models.OneToOneField(Card, primary_key=True, on_delete=models.CASCADE, related_name="touchpoint")
    channel = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - null is the wire's "none"
    quality = models.CharField(  # noqa: DJ001 - null is the wire's "none"
        max_length=4, null=True, blank=True, choices=[(quality, quality) for quality in QUALITIES]
    )
    moment_of_truth = models.BooleanField(default=False)
    missing = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(quality__isnull=True) | Q(quality__in=QUALITIES), name="touchpoint_quality_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"touchpoint {self.card_id}"


class PainPoint(models.Model):
    """What a card tells of a pain: how bad, how often, at which touchpoint it hurts."""

    card = models.OneToOneField(Card, primary_key=True, on_delete=models.CASCADE, related_name="pain_point")
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    frequency = models.PositiveSmallIntegerField(null=True, blank=True)
    hurts_at = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="pain_points"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__in=ONE_TO_FIVE), name="severity_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(frequency__isnull=True) | Q(frequency__in=ONE_TO_FIVE), name="frequency_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"pain point {self.card_id}"


class Opportunity(models.Model):
    """What a card tells of an opportunity, and the pain points it answers."""

    card = models.OneToOneField(Card, primary_key=True, on_delete=models.CASCADE, related_name="opportunity")
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    effort = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(  # noqa: DJ001 - null is the wire's "none"
        max_length=12, null=True, blank=True, choices=[(status, status) for status in OPPORTUNITY_STATUSES]
    )

    answers: models.ManyToManyField[PainPoint, Answer] = models.ManyToManyField(
        PainPoint, through="Answer", related_name="answered_by"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(impact__isnull=True) | Q(impact__in=ONE_TO_FIVE), name="impact_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(effort__isnull=True) | Q(effort__in=ONE_TO_FIVE), name="effort_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__in=OPPORTUNITY_STATUSES),
                name="opportunity_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"opportunity {self.card_id}"


class Answer(models.Model):
    """That an opportunity answers a pain point, and in which order it lists them."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="answer_rows")
    pain_point = models.ForeignKey(PainPoint, on_delete=models.CASCADE, related_name="answer_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["opportunity", "pain_point"], name="an_opportunity_answers_a_pain_once"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} answers {self.pain_point_id}"


class Emotion(models.Model):
    """A point of the curve: how a persona feels at a step, from -100 to +100."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="emotions")
    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="emotions")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="emotions")
    persona = models.ForeignKey(Persona, null=True, blank=True, on_delete=models.SET_NULL, related_name="emotions")
    state = models.CharField(max_length=20, default="today")
    valence = models.SmallIntegerField(default=0)
    feeling = models.CharField(max_length=200, blank=True)
    emoji = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    moment_of_truth = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valence__gte=-100) & Q(valence__lte=100), name="valence_is_within_a_hundred"
            ),
            models.UniqueConstraint(
                fields=["lane", "step", "persona", "state"],
                condition=Q(persona__isnull=False),
                name="one_emotion_per_place_and_persona",
            ),
            models.UniqueConstraint(
                fields=["lane", "step", "state"],
                condition=Q(persona__isnull=True),
                name="one_emotion_per_place_without_persona",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feeling or self.valence}"


class Comment(models.Model):
    """A remark on something of the map, or an answer to one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="comments")
    on = models.CharField(max_length=10, choices=[(target, target) for target in COMMENT_TARGETS])
    target = models.UUIDField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    author_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    author_guest = models.ForeignKey(Guest, null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)
    resolved = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(on__in=COMMENT_TARGETS), name="comment_target_is_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["map", "target"], name="comment_by_target")]

    def __str__(self) -> str:
        return self.text[:60]

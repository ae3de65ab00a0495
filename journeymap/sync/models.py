"""The records of the engine: documents, their changes, the keys ever seen, versions and checkpoints."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from journeymap.accounts.models import Guest, User, Workspace
from journeymap.core.ids import new_id


class Document(models.Model):
    """Something that changes by operations and has a log of its own: a map or a persona.

    `seq` counts its changes under this row's lock; `log` names the history that `seq` belongs to; changes at or
    below `floor` may be gone; `epoch` rises with every change of a right on it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="documents")
    seq = models.PositiveBigIntegerField(default=0)
    log = models.UUIDField(default=new_id)
    floor = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveBigIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    trashed_at = models.DateTimeField(null=True, blank=True)
    trashed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(floor__lte=F("seq")), name="floor_lies_below_the_head"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "kind", "-changed_at"], name="document_by_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} at {self.seq}"


class ChangeKey(models.Model):
    """A key that was answered, kept for ever: with its change's seq, or None where nothing had to change."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="keys")
    key = models.UUIDField()
    seq = models.PositiveBigIntegerField(null=True)
    digest = models.BinaryField(max_length=16)
    undoes = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "key"], name="a_key_is_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.seq}"


class Change(models.Model):
    """One edit: its operations as they took effect, and those that take it back.

    `ops`, `inverse` and `before` are JSON texts as they travel: encoded once, sent many times.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="changes")
    seq = models.PositiveBigIntegerField()
    key = models.UUIDField()
    group = models.UUIDField()
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    guest = models.ForeignKey(Guest, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=100)
    origin = models.CharField(max_length=20)
    at = models.DateTimeField()
    ops = models.TextField()
    inverse = models.TextField()
    same_as = models.TextField(default="", blank=True)
    undoes = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "seq"], name="seq_is_given_once"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="changes_count_from_one"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["document", "group"], name="change_by_group"),
        ]

    def __str__(self) -> str:
        return f"change {self.seq} of {self.document_id}"


class Alias(models.Model):
    """That a record is also known by another id, for ever (`same_as`)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="aliases")
    alias = models.UUIDField()
    record = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "alias"], name="an_alias_names_one_record"),
        ]

    def __str__(self) -> str:
        return f"{self.alias} is {self.record}"


class Checkpoint(models.Model):
    """A whole document as it stood at one seq, gzipped JSON: where a replay may begin."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="checkpoints")
    seq = models.PositiveBigIntegerField()
    body = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "seq"], name="one_checkpoint_per_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} at {self.seq}"


class Version(models.Model):
    """A moment of a document's history that somebody named."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    seq = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="version_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.seq})"

"""Share links of a map and the guests they let in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from journeymap.accounts.models import Guest, User
from journeymap.core.ids import new_id
from maps.models.journey import Map

LINK_ROLES = {"view": "Can view", "comment": "Can comment"}


class ShareLink(models.Model):
    """A link that lets a guest view or comment; its address is made from the id and generation.

    Only a digest of the token is kept, to find the link by it; a raised generation makes older addresses void.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="share_links")
    role = models.CharField(max_length=8, choices=list(LINK_ROLES.items()), default="view")
    generation = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    may_download = models.BooleanField(default=True)
    hidden_lanes = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=list(LINK_ROLES)), name="share_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"link to {self.map_id}"


class GuestPass(models.Model):
    """That a guest came in by a link; `since` is the seq of the first welcome, below which they read no changes."""

    guest = models.OneToOneField(Guest, primary_key=True, on_delete=models.CASCADE, related_name="link_pass")
    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="passes")
    generation = models.PositiveIntegerField()
    since = models.PositiveBigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.guest_id} by {self.link_id}"

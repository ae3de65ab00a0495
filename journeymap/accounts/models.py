"""The records of people: users, workspaces, who belongs to which, invitations, guests and API tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from journeymap.accounts.roles import ROLE_CHOICES, ROLE_SLUGS, color_for
from journeymap.core.ids import new_id


class People(BaseUserManager["User"]):
    """Makes users; the one place where an address is put into its stored form."""

    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A saved user; without a password nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by an e-mail address in lower case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    # Part of every session's fingerprint: raising it ends all sessions of this person at once.
    sessions_generation = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[People] = People()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(email=""), name="user_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        known = f"{self.password}:{self.sessions_generation}"
        return salted_hmac("journeymap.accounts.session", known, secret=secret, algorithm="sha256").hexdigest()

    @property
    def shown_name(self) -> str:
        """What others see: the name, or the part of the address before the @."""
        return self.name or self.email.split("@")[0]

    @property
    def color(self) -> str:
        return color_for(self.id.int)


class Workspace(models.Model):
    """A team's home: its maps, personas and members."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    members: models.ManyToManyField[User, Membership] = models.ManyToManyField(
        User, through="Membership", related_name="workspaces"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="workspace_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person belongs to a workspace, and with which role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=ROLE_CHOICES)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_per_person_and_workspace"),
            models.CheckConstraint(condition=Q(role__in=ROLE_SLUGS), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.workspace_id}: {self.role}"


class Invitation(models.Model):
    """A way into a workspace; its address is made from the id and generation, never stored.

    With an e-mail address it is for that person and ends when they accept. Without one it is a link for
    whoever holds it, as often as it is followed, until it is revoked or expires.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True, max_length=254)
    role = models.CharField(max_length=10, choices=ROLE_CHOICES)
    generation = models.PositiveIntegerField(default=1)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invitations_sent")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations_accepted"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=ROLE_SLUGS), name="invitation_role_is_known"),
            models.CheckConstraint(condition=~Q(role="owner"), name="nobody_is_invited_as_owner"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(email="") | Q(accepted_at=None), name="only_mailed_invitations_end"),
            models.UniqueConstraint(
                fields=["workspace", "email"],
                condition=Q(accepted_at=None, revoked_at=None) & ~Q(email=""),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.workspace_id} as {self.role}"


class Guest(models.Model):
    """A person with a link and a name, without an account; never merged with one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} (guest)"

    @property
    def color(self) -> str:
        return color_for(self.id.int)


class ApiToken(models.Model):
    """A person's key for programs: shown once, kept only as a digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"

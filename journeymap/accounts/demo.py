"""The demo account: a person without a password, two colleagues, and the workspace they share."""

from __future__ import annotations

from django.db import transaction

from journeymap.accounts.models import Membership, User, Workspace
from journeymap.accounts.roles import Role

# .invalid can never receive mail (RFC 2606), so nobody can reset a password for these addresses.
DEMO_EMAIL = "demo@journeymap.invalid"
PEOPLE = (
    (DEMO_EMAIL, "Robin Park", Role.OWNER),
    ("amara@journeymap.invalid", "Amara Diallo", Role.EDITOR),
    ("jonas@journeymap.invalid", "Jonas Lindqvist", Role.COMMENTER),
)
WORKSPACE = "Demo workspace"


def is_demo(user: User) -> bool:
    """Whether this is the account that anybody on this machine may use."""
    return user.email == DEMO_EMAIL


def demo_user() -> User:
    """The demo account, made if it is missing."""
    demo_workspace()
    return User.objects.get(email=DEMO_EMAIL)


def demo_workspace() -> Workspace:
    """The demo workspace with its three people, made if it is missing; whatever is there stays as it is."""
    with transaction.atomic():
        workspace, is_new = Workspace.objects.get_or_create(is_demo=True, defaults={"name": WORKSPACE})
        for email, name, role in PEOPLE:
            user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
            if is_new or email == DEMO_EMAIL:
                Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": role.slug})
    return workspace

"""One world for all doors: each walk through one takes back what it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.rights.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, made once for a module and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def as_the_embedded_stack_starts(settings: Any) -> None:
    """Open to sign-up, with a demo: on the other stack the same doors are shut for everybody alike."""
    settings.SIGN_UP, settings.DEMO, settings.ACCOUNT_EMAIL_VERIFICATION = "open", True, "optional"

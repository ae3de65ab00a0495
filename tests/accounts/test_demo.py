"""The demo account: one click at this machine, out of reach from everywhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from journeymap.accounts.demo import DEMO_EMAIL, demo_user, demo_workspace
from journeymap.accounts.models import Membership, User, Workspace

pytestmark = pytest.mark.django_db


def test_one_click_signs_in_to_a_workspace_with_two_colleagues(settings: Any) -> None:
    settings.DEMO = True
    browser = Client()
    assert browser.post("/demo/").status_code == 302
    page = browser.get(f"/workspaces/{demo_workspace().pk}/members/").content.decode()
    assert all(name in page for name in ("Robin Park", "Amara Diallo", "Jonas Lindqvist"))


def test_the_demo_is_not_there_for_other_machines_or_when_it_is_off(settings: Any) -> None:
    settings.DEMO = True
    assert Client(REMOTE_ADDR="192.0.2.1").post("/demo/").status_code == 404
    assert Client(headers={"X-Forwarded-For": "127.0.0.1"}).post("/demo/").status_code == 404
    assert Client().get("/demo/").status_code == 405
    settings.DEMO = False
    assert Client().post("/demo/").status_code == 404
    assert not User.objects.exists()


def test_nobody_signs_in_to_the_demo_with_a_password_or_gives_it_one(settings: Any) -> None:
    settings.DEMO = True
    assert not demo_user().has_usable_password()
    browser = Client()
    browser.post("/demo/")
    new = "a bicycle made for two"
    browser.post("/accounts/password/set/", {"password1": new, "password2": new})
    browser.post("/accounts/email/", {"action_add": "", "email": "mallory@example.org"})
    robin = User.objects.get(email=DEMO_EMAIL)
    assert not robin.has_usable_password()


def test_making_the_demo_twice_changes_nothing() -> None:
    first = demo_workspace()
    Membership.objects.filter(user__name="Jonas Lindqvist").delete()
    assert demo_workspace() == first
    assert Workspace.objects.count() == 1
    assert not Membership.objects.filter(user__name="Jonas Lindqvist").exists()

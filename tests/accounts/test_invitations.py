"""Invitations: by mail and by link, followed by people with and without an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from journeymap.accounts.models import Invitation, Membership, User
from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def no_confirmation(settings: Any) -> None:
    """As the embedded stack starts: an address may be confirmed later."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"


def invite(cast: Cast, by: User | None = None, **body: Any) -> Any:
    answer = cast.api_of(by or cast.olive).post(f"workspaces/{cast.workspace.pk}/invitations/", body)
    assert answer.status == 201, answer.body
    return answer.body


def path_of(url: str) -> str:
    assert url.startswith("http://testserver/invitations/")
    return url.removeprefix("http://testserver")


def role_of(cast: Cast, email: str) -> str | None:
    return Membership.objects.filter(workspace=cast.workspace, user__email=email).values_list("role", flat=True).first()


def sign_up(client: Client, email: str, **more: str) -> Any:
    fields = {"name": "Nora", "email": email, "password1": PASSWORD, **more}
    return client.post("/accounts/signup/", fields, follow=True)


def test_a_mailed_invitation_lets_its_person_in_once(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = invite(cast, email="Stan@Example.org", role="commenter")
    assert made["email"] == "stan@example.org"
    [sent] = mail.outbox
    assert sent.to == ["stan@example.org"]
    assert "Olive" in sent.subject
    assert made["url"] in sent.body
    stan = cast.client_of(cast.stan)
    assert "Bikes" in stan.get(path_of(made["url"])).content.decode()
    assert stan.post(path_of(made["url"])).status_code == 302
    assert role_of(cast, "stan@example.org") == "commenter"
    cast.api_of(cast.olive).delete(f"workspaces/{cast.workspace.pk}/members/{cast.stan.pk}/")
    assert stan.post(path_of(made["url"])).status_code == 410


def test_an_invitation_for_somebody_else_is_not_open_to_stan(cast: Cast) -> None:
    made = invite(cast, email="nora@example.org", role="admin")
    stan = cast.client_of(cast.stan)
    assert "is for nora@example.org" in stan.get(path_of(made["url"])).content.decode()
    assert stan.post(path_of(made["url"])).status_code == 403
    assert role_of(cast, "stan@example.org") is None


def test_a_link_lets_in_whoever_has_it_until_it_is_withdrawn(cast: Cast) -> None:
    made = invite(cast, role="viewer")
    assert made["email"] is None
    assert cast.client_of(cast.stan).post(path_of(made["url"])).status_code == 302
    newcomer = Client()
    assert "Create an account" in newcomer.get(path_of(made["url"])).content.decode()
    sign_up(newcomer, "nora@example.org")
    assert role_of(cast, "nora@example.org") == "viewer"
    cast.api_of(cast.adam).delete(f"workspaces/{cast.workspace.pk}/invitations/{made['id']}/")
    assert Client().get(path_of(made["url"])).status_code == 410


def test_an_invitation_lets_in_when_sign_up_is_closed(cast: Cast, settings: Any) -> None:
    settings.SIGN_UP = "closed"
    closed = Client().get("/accounts/signup/")
    assert "By invitation only" in closed.content.decode()
    assert sign_up(Client(), "mallory@example.org").status_code == 200
    assert not User.objects.filter(email="mallory@example.org").exists()

    made = invite(cast, email="nora@example.org", role="editor")
    nora = Client()
    nora.get(path_of(made["url"]))
    sign_up(nora, "nora@example.org")
    assert role_of(cast, "nora@example.org") == "editor"


def test_who_signs_up_by_an_invitation_needs_no_workspace_of_their_own(cast: Cast) -> None:
    made = invite(cast, role="viewer")
    nora = Client()
    nora.get(path_of(made["url"]))
    sign_up(nora, "nora@example.org")
    assert [row.workspace for row in Membership.objects.filter(user__email="nora@example.org")] == [cast.workspace]


def test_an_invitation_never_raises_who_is_a_member_already(cast: Cast) -> None:
    made = invite(cast, role="admin")
    victor = cast.client_of(cast.victor)
    assert victor.get(path_of(made["url"])).status_code == 302
    victor.post(path_of(made["url"]))
    assert role_of(cast, "victor@example.org") == "viewer"


def test_a_new_link_ends_the_old_one(cast: Cast) -> None:
    made = invite(cast, role="viewer")
    cast.client_of(cast.olive).post(f"/workspaces/{cast.workspace.pk}/invitations/{made['id']}/renew/")
    answer = Client().get(path_of(made["url"]))
    assert answer.status_code == 410
    assert "replaced by a newer one" in answer.content.decode()


def test_inviting_an_address_again_renews_the_one_open_invitation(cast: Cast) -> None:
    first = invite(cast, email="nora@example.org", role="viewer")
    second = invite(cast, email="nora@example.org", role="editor")
    assert first["id"] == second["id"]
    assert first["url"] != second["url"]
    assert second["role"] == "editor"


def test_who_was_removed_cannot_walk_in_again_through_an_open_link(cast: Cast) -> None:
    made = invite(cast, role="editor")
    cast.api_of(cast.olive).delete(f"workspaces/{cast.workspace.pk}/members/{cast.edith.pk}/")
    assert cast.client_of(cast.edith).post(path_of(made["url"])).status_code == 410
    assert role_of(cast, "edith@example.org") is None


def test_an_invitation_runs_out(cast: Cast) -> None:
    made = invite(cast, role="viewer")
    past = timezone.now() - timedelta(days=30)
    Invitation.objects.filter(pk=made["id"]).update(created_at=past, expires_at=past + timedelta(days=14))
    assert cast.client_of(cast.stan).post(path_of(made["url"])).status_code == 410
    assert cast.api_of(cast.olive).get(f"workspaces/{cast.workspace.pk}/invitations/").body["items"] == []


def test_only_admins_invite_and_only_up_to_their_own_role(cast: Cast) -> None:
    path = f"workspaces/{cast.workspace.pk}/invitations/"
    assert cast.api_of(cast.adam).post(path, {"role": "admin"}).status == 201
    assert cast.api_of(cast.edith).post(path, {"role": "viewer"}).status == 403
    assert cast.api_of(cast.edith).get(path).status == 403
    assert cast.api_of(cast.stan).post(path, {"role": "viewer"}).status == 404
    assert cast.api_of(cast.olive).post(path, {"role": "owner"}).body["fields"] == {"role": "not by invitation"}


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "role"),
        ({"role": "king"}, 400, "role"),
        ({"role": 3}, 400, "role"),
        ({"role": "viewer", "email": "nora"}, 400, "email"),
        ({"role": "viewer", "email": 7}, 400, "email"),
        ({"role": "viewer", "email": "a@example.org\nBcc: all@example.org"}, 400, "email"),
        ({"role": "viewer", "workspace": "…"}, 400, "workspace"),
        ({"role": "viewer", "email": "edith@example.org"}, 409, "email"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_by_field(
    cast: Cast, body: dict[str, object], status: int, field: str
) -> None:
    refused = cast.api_of(cast.olive).post(f"workspaces/{cast.workspace.pk}/invitations/", body)
    assert refused.status == status
    assert field in refused.body["fields"]


@pytest.mark.parametrize("token", ["x", "x" * 65, "é" * 65, "A" * 22 + "B" * 43, "%00", "a" * 5000])
def test_a_guessed_link_opens_nothing(cast: Cast, token: str) -> None:
    assert cast.client_of(cast.stan).get(f"/invitations/{token}/").status_code == 404


def test_the_page_of_an_invitation_keeps_its_address_to_itself(cast: Cast) -> None:
    made = invite(cast, role="viewer")
    page = Client().get(path_of(made["url"]))
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]


def test_invitation_mails_are_limited_and_links_are_not(cast: Cast) -> None:
    path = f"workspaces/{cast.workspace.pk}/invitations/"
    olive = cast.api_of(cast.olive)
    answers = [olive.post(path, {"role": "viewer", "email": f"n{number}@example.org"}) for number in range(61)]
    assert [answer.status for answer in answers].count(201) == 60
    assert answers[-1].status == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert olive.post(path, {"role": "viewer"}).status == 201


def test_the_members_page_shows_every_open_link(cast: Cast) -> None:
    olive = cast.client_of(cast.olive)
    olive.post(f"/workspaces/{cast.workspace.pk}/invitations/", {"role": "editor", "email": "nora@example.org"})
    assert len(mail.outbox) == 1
    page = olive.get(f"/workspaces/{cast.workspace.pk}/members/").content.decode()
    [url] = re.findall(r"http://testserver/invitations/[\w-]+/", page)
    assert url in str(mail.outbox[0].body)
    assert (
        "/invitations/"
        not in cast.client_of(cast.edith).get(f"/workspaces/{cast.workspace.pk}/members/").content.decode()
    )

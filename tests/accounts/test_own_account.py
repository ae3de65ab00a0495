"""One's own account: name, tokens, sessions, and closing it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from journeymap.accounts.edits import deactivate
from journeymap.accounts.models import ApiToken, Membership, User
from journeymap.core.errors import Conflict
from tests.cast import PASSWORD, Api, Cast


def printed(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_who_am_i(cast: Cast) -> None:
    me = cast.api_by_token(cast.edith).get("me/").body
    assert (me["name"], me["email"]) == ("Edith", "edith@example.org")
    assert [(each["name"], each["role"]) for each in me["workspaces"]] == [("Bikes", "editor")]
    nobody = cast.api_of(None).get("me/")
    assert (nobody.status, nobody.body["error"]) == (401, "not_signed_in")
    assert nobody.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_shown_once_and_kept_as_a_digest(cast: Cast) -> None:
    made = cast.api_of(cast.edith).post("me/tokens/", {"name": "nightly import"})
    assert made.status == 201
    text = made.body["token"]
    assert not ApiToken.objects.filter(digest=text).exists()
    [listed] = cast.api_of(cast.edith).get("me/tokens/").body["items"]
    assert "token" not in listed
    assert listed["prefix"] == text[:6]


def test_a_revoked_token_opens_nothing(cast: Cast) -> None:
    by_token = cast.api_by_token(cast.edith)
    [row] = by_token.get("me/tokens/").body["items"]
    assert cast.api_of(cast.colin).delete(f"me/tokens/{row['id']}/").status == 404
    assert by_token.delete(f"me/tokens/{row['id']}/").status == 204
    assert by_token.get("me/").status == 401


def test_a_token_makes_no_further_tokens(cast: Cast) -> None:
    assert cast.api_by_token(cast.edith).post("me/tokens/", {"name": "another"}).status == 403


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "Bearer " + "x" * 43, "Bearer é", "bearer  "])
def test_a_wrong_token_is_not_anonymous_but_refused(cast: Cast, header: str) -> None:
    answer = cast.client_of(None).get("/api/v1/me/", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_token_beside_a_session_counts_alone(cast: Cast) -> None:
    olive = cast.client_of(cast.olive)
    answer = olive.get("/api/v1/me/", headers={"Authorization": f"Bearer {cast.token_of(cast.victor)}"})
    assert answer.json()["name"] == "Victor"


def test_create_token_prints_the_token_alone(cast: Cast) -> None:
    text = printed("create_token", "EDITH@example.org").strip()
    answer = cast.client_of(None).get("/api/v1/me/", headers={"Authorization": f"Bearer {text}"})
    assert answer.json()["name"] == "Edith"
    assert "=" not in text
    with pytest.raises(CommandError, match="no account nobody@example"):
        printed("create_token", "nobody@example.org")
    with pytest.raises(CommandError, match="closed"):
        printed("create_token", "dora@example.org")


@pytest.mark.django_db
def test_create_user_makes_an_account_with_a_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    printed("create_user", "nora@example.org", name="Nora", password_stdin=True)
    user = User.objects.get(email="nora@example.org")
    assert user.check_password(PASSWORD)
    assert Membership.objects.get(user=user).role == "owner"
    for password, said in (("short\n", "too short"), (f"{PASSWORD}\n", "already")):
        monkeypatch.setattr("sys.stdin", io.StringIO(password))
        with pytest.raises(CommandError, match=said):
            printed("create_user", "nora@example.org", password_stdin=True)


def test_a_closed_account_keeps_nothing_open(cast: Cast) -> None:
    browser, by_token = cast.client_of(cast.edith), cast.api_by_token(cast.edith)
    printed("close_account", "edith@example.org")
    assert browser.get("/settings/").status_code == 302
    assert by_token.get("me/").status == 401
    with pytest.raises(CommandError, match="at least one owner"):
        printed("close_account", "olive@example.org")


def test_closing_the_account_of_an_only_owner_is_refused_while_others_are_there(cast: Cast) -> None:
    with pytest.raises(Conflict):
        deactivate(cast.olive)
    deactivate(cast.stan)
    cast.stan.refresh_from_db()
    assert cast.stan.is_active is False


def test_signing_out_everywhere_else_leaves_only_this_browser(cast: Cast) -> None:
    here, phone, script = cast.client_of(cast.olive), cast.client_of(cast.olive), cast.api_by_token(cast.olive)
    here.post("/settings/sessions/")
    assert here.get("/settings/").status_code == 200
    assert phone.get("/settings/").status_code == 302
    assert script.get("me/").status == 200


def test_one_may_have_another_name(cast: Cast) -> None:
    olive = cast.client_of(cast.olive)
    assert "Olive Oak" in olive.post("/settings/", {"name": " Olive \n Oak "}, follow=True).content.decode()
    assert "required" in olive.post("/settings/", {"name": " "}).content.decode()
    assert User.objects.get(pk=cast.olive.pk).name == "Olive Oak"


def test_tokens_are_made_and_revoked_on_a_page_that_nothing_keeps(cast: Cast) -> None:
    olive = cast.client_of(cast.olive)
    page = olive.post("/settings/tokens/", {"name": "nightly"})
    assert "no-store" in page["Cache-Control"]
    row = ApiToken.objects.get(user=cast.olive)
    assert row.prefix in page.content.decode()
    assert "Your new token" not in olive.get("/settings/tokens/").content.decode()
    olive.post(f"/settings/tokens/{row.pk}/revoke/")
    assert "No tokens yet" in olive.get("/settings/tokens/").content.decode()


def test_pages_send_strangers_to_the_sign_in_and_back(cast: Cast) -> None:
    for path in ("/settings/", "/settings/tokens/", "/settings/sessions/", "/workspaces/", "/workspaces/new/"):
        answer = cast.client_of(None).get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


def test_a_browsers_writes_need_the_csrf_token_and_a_scripts_do_not(cast: Cast) -> None:
    trains = {"name": "Trains"}
    browser, script, nobody = cast.client_of(cast.olive), Client(), Client()
    for client in (browser, script, nobody):
        client.handler.enforce_csrf_checks = True
    refused = Api(browser, {}).post("workspaces/", trains)
    assert (refused.status, refused.body["error"]) == (403, "csrf")
    browser.get("/settings/")
    assert Api(browser, {"X-CSRFToken": browser.cookies["csrftoken"].value}).post("workspaces/", trains).status == 201
    bearer = {"Authorization": f"Bearer {cast.token_of(cast.olive)}"}
    assert Api(script, bearer).post("workspaces/", trains).status == 201
    assert Api(nobody, {}).post("workspaces/", trains).status == 401

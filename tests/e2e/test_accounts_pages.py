"""The pages of people and workspaces in a browser: joining by a link, members, tokens; accessible in every dress."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.e2e.axe import assert_accessible
from tests.e2e.people import PASSWORD, Account, another_page, make_account, sign_in
from tests.stack.servers import Server

SIGNED_IN = [
    "/settings/",
    "/settings/tokens/",
    "/settings/sessions/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/workspaces/",
    "/workspaces/new/",
]
SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/x/",
    "/accounts/inactive/",
    "/nothing-here/",
]


@pytest.fixture(scope="module")
def olive(server: Server) -> Account:
    return make_account(server, "Olive")


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page that the browser has nothing to say against."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 404" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield page
    assert heard == []


def invite(olive: Account, **body: Any) -> str:
    return str(olive.call("POST", f"workspaces/{olive.workspace}/invitations/", body)["url"])


def in_every_dress(page: Page, path: str) -> None:
    """Light and dark pass axe, and a phone does not scroll sideways."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
    page.set_viewport_size({"width": 1440, "height": 900})


def test_the_pages_before_one_is_in_are_for_everybody(quiet: Page, olive: Account) -> None:
    for path in [*SIGNED_OUT, invite(olive, role="viewer").removeprefix(olive.server.url)]:
        in_every_dress(quiet, path)


def test_the_pages_of_ones_own_account_are_for_everybody(quiet: Page, olive: Account) -> None:
    sign_in(quiet, olive)
    invite(olive, role="editor", email="somebody@example.org")
    for path in [*SIGNED_IN, f"/workspaces/{olive.workspace}/", f"/workspaces/{olive.workspace}/members/"]:
        in_every_dress(quiet, path)


def test_a_newcomer_follows_a_link_and_is_at_home_in_the_workspace(quiet: Page, olive: Account) -> None:
    quiet.goto(invite(olive, role="editor"))
    expect(quiet.get_by_role("heading", level=1)).to_contain_text("Olive's workspace")
    quiet.get_by_role("link", name="Create an account").click()
    quiet.get_by_label("Your name").fill("Nora Nord")
    quiet.get_by_label("E-mail").fill(f"nora.{uuid.uuid4().hex[:8]}@example.org")
    quiet.get_by_label("Password").fill(PASSWORD)
    quiet.get_by_role("button", name="Create account").click()
    expect(quiet.get_by_text("You are now a member of “Olive's workspace”.")).to_be_visible()
    quiet.goto("/workspaces/")
    expect(quiet.locator(".list-row")).to_have_count(1)
    expect(quiet.get_by_role("link", name="Olive's workspace")).to_be_visible()


def test_an_invitation_for_somebody_else_says_whose_it_is(quiet: Page, olive: Account, server: Server) -> None:
    stan = make_account(server, "Stan")
    sign_in(quiet, stan)
    quiet.goto(invite(olive, role="viewer", email="nora@example.org"))
    expect(quiet.get_by_text("This invitation is for nora@example.org")).to_be_visible()
    expect(quiet.get_by_role("button", name="Join")).to_have_count(0)
    assert_accessible(quiet)


def test_olive_invites_lowers_and_removes_and_who_is_removed_is_out(
    quiet: Page, browser: Browser, server: Server, olive: Account
) -> None:
    sign_in(quiet, olive)
    quiet.goto(f"/workspaces/{olive.workspace}/members/")
    quiet.get_by_label("Anybody with a link joins as").select_option("editor")
    quiet.get_by_role("button", name="Make a link").click()
    link = quiet.get_by_label("Invitation link: Editor").first.input_value()

    ediths = another_page(browser, server)
    edith = make_account(server, "Edith")
    sign_in(ediths, edith)
    ediths.goto(link)
    ediths.get_by_role("button", name="Join").click()
    expect(ediths.get_by_text("You are now a member")).to_be_visible()

    quiet.reload()
    quiet.get_by_label("Role of Edith").select_option("viewer")
    quiet.locator(".list-row", has_text=edith.email).get_by_role("button", name="Change").click()
    expect(quiet.get_by_text("The role was changed.")).to_be_visible()
    quiet.get_by_role("button", name="Remove Edith").click()
    assert_accessible(quiet)
    quiet.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(quiet.get_by_text("The member was removed.")).to_be_visible()
    ediths.goto(f"/workspaces/{olive.workspace}/members/")
    expect(ediths.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    ediths.goto(link)
    expect(ediths.get_by_text("replaced by a newer one")).to_be_visible()


def test_a_token_is_shown_once_and_works_until_it_is_revoked(quiet: Page, olive: Account) -> None:
    sign_in(quiet, olive)
    quiet.goto("/settings/tokens/")
    quiet.get_by_label("Name").fill("nightly import")
    quiet.get_by_role("button", name="Make a token").click()
    token = quiet.get_by_label("The new token").input_value()
    assert_accessible(quiet)
    script = Account(olive.server, olive.email, token)
    assert script.call("GET", "me/")["email"] == olive.email
    quiet.goto("/settings/tokens/")
    expect(quiet.get_by_label("The new token")).to_have_count(0)
    quiet.get_by_role("button", name="Revoke the token nightly import").click()
    expect(quiet.get_by_text("The token no longer works.")).to_be_visible()

"""People with browsers: Olive makes a map, Edith edits it with her, and how they come in."""

from __future__ import annotations

import json
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from tests.stack.servers import Server

PASSWORD = "a bicycle made for two"
OUTLINE = """Buying a bike

Stage: Discover
Actions: Old bike breaks down; Searches for a city bike
Touchpoints: Street, Search results
Emotions: annoyed
Pain points: Sizes are not comparable

Stage: Compare
Actions: Walks into the shop
Touchpoints: Shop floor, Test ride
Emotions: delighted
Pain points: Waits 14 minutes

Stage: Buy
Actions: Pays with a voucher
Touchpoints: Counter
Emotions: impatient
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account, a token and a workspace of their own."""

    server: Server
    email: str
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """What REST answers."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the test's own server
            f"{self.server.url}/api/v1/{path}", data=data, method=method, headers=headers
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the test's own server
            return json.loads(answer.read() or b"null")

    @property
    def workspace(self) -> str:
        return str(self.call("GET", "workspaces/")["items"][0]["id"])

    def import_map(self, text: str = OUTLINE) -> str:
        """The id of a new map read from text."""
        made = self.call("POST", "imports/", {"text": text, "workspace": self.workspace})
        return str(made["map"] if isinstance(made["map"], str) else made["map"]["id"])

    def document(self, map_id: str) -> Any:
        return self.call("GET", f"maps/{map_id}/document/")


def make_account(server: Server, name: str) -> Account:
    """A new account called `name`, made as an administrator makes one."""
    email = f"{name.lower()}.{uuid.uuid4().hex[:8]}@example.org"
    server.manage("create_user", email, "--name", name, "--password-stdin", stdin=f"{PASSWORD}\n")
    token = server.manage("create_token", email).strip().splitlines()[-1].split()[-1]
    return Account(server, email, token)


def sign_in(page: Page, account: Account) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).first.fill(account.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    page.wait_for_url("**/")


def join(page: Page, account: Account, *, host: Account, role: str = "editor") -> None:
    """Sign in and accept an invitation to the host's workspace."""
    invitation = host.call("POST", f"workspaces/{host.workspace}/invitations/", {"role": role})
    sign_in(page, account)
    page.goto(invitation["url"])
    page.get_by_role("button", name="Join").click()
    page.wait_for_load_state()


def open_board(page: Page, map_id: str) -> None:
    page.goto(f"/maps/{map_id}/")
    page.locator(".card").first.wait_for()


def another_page(browser: Browser, server: Server, **options: Any) -> Page:
    """A page of another person: a browser context of its own."""
    context = browser.new_context(base_url=server.url, **{"viewport": {"width": 1280, "height": 800}, **options})
    return context.new_page()

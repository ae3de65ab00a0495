"""The pages that somebody sees who is not signed in: accessible, and quiet in the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.e2e.axe import assert_accessible

PAGES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nothing-here/"]


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Errors and warnings of the console, a refusal by the Content-Security-Policy among them."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # The browser itself reports the status of a page that is meant to be missing.
        if message.type in {"error", "warning"} and "status of 404" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("path", PAGES)
def test_a_door_is_accessible_and_breaks_no_rule_of_ours(page: Page, complaints: list[str], path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    assert complaints == []


def test_a_phone_shows_the_doors_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

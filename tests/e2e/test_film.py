"""The whole main job as a film: an outline is pasted, two people edit it live, a third downloads the PDF on a phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import Account, another_page, join, make_account, open_board, sign_in
from tests.stack.servers import Server

OUTLINE = Path(__file__).resolve().parent.parent / "samples" / "imports" / "marketing-automation.txt"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def keep(page: Page, name: str) -> None:
    """A picture of the scene, kept with the test's results."""
    folder = Path(os.environ.get("DATA_DIR") or "var") / "test-results" / "film" / os.environ.get("STACK", "embedded")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


def cell(page: Page, kind: str, column: int) -> str:
    return f".lane[data-kind={kind}] .cell >> nth={column}"


def paste_the_outline(page: Page, olive: Account) -> str:
    """Olive signs in, pastes what she has, looks at what was understood and makes the map."""
    sign_in(page, olive)
    page.goto("/maps/new/")
    page.locator("[data-open=paste]").click()
    page.locator("#text").fill(OUTLINE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Read it").first.click()
    expect(page.locator("[data-preview]")).to_contain_text("63")
    keep(page, "1-understood")
    page.locator("[data-create]").click()
    page.wait_for_url("**/maps/*-*/")
    page.locator(".card").first.wait_for()
    keep(page, "2-pasted-map")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def edit_together(olive: Page, edith: Page, map_id: str) -> None:
    """Edith joins; each sees the other's cards as they are written, and one comes back from no network whole."""
    open_board(edith, map_id)
    edith.locator(cell(edith, "pain_points", 0)).locator(".card").first.click()
    edith.keyboard.press("Escape")
    expect(olive.locator("[data-person]").or_(olive.get_by_text("Edith")).first).to_be_attached()
    write(edith, "opportunities", 1, "Show three offers side by side")
    expect(olive.locator(cell(olive, "opportunities", 1))).to_contain_text("Show three offers side by side")
    write(olive, "touchpoints", 2, "A call from somebody who listens")
    expect(edith.locator(cell(edith, "touchpoints", 2))).to_contain_text("A call from somebody who listens")
    keep(olive, "3-two-people-olive")
    keep(edith, "4-two-people-edith")
    edith.context.set_offline(True)
    write(edith, "opportunities", 2, "Written without a network")
    write(olive, "opportunities", 3, "Written meanwhile")
    edith.context.set_offline(False)
    expect(olive.locator(cell(olive, "opportunities", 2))).to_contain_text("Written without a network", timeout=20_000)
    expect(edith.locator(cell(edith, "opportunities", 3))).to_contain_text("Written meanwhile", timeout=20_000)
    edith.reload()
    expect(edith.locator(cell(edith, "opportunities", 2))).to_contain_text("Written without a network")


def write(page: Page, kind: str, column: int, words: str) -> None:
    """A new card at the end of a cell, by the button that stands there."""
    place = page.locator(cell(page, kind, column))
    place.hover()
    place.get_by_role("button", name="Add a card here").click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def share(olive: Page) -> str:
    """Olive makes a link with a password and gives its address."""
    olive.get_by_role("button", name="Share").click()
    olive.get_by_label("Password (optional)").fill("spring")
    olive.get_by_role("button", name="Create and copy link").click()
    field = olive.get_by_label("Address of the link").first
    field.wait_for()
    keep(olive, "5-share")
    address = field.input_value()
    olive.keyboard.press("Escape")
    return address


def download_as_a_guest(guest: Page, address: str) -> bytes:
    """Gus opens the link on his phone, sees the live map without a sign-in, and takes the PDF home."""
    guest.goto(address)
    guest.get_by_label("Password").fill("winter")
    guest.get_by_role("button", name="Continue").click()
    expect(guest.get_by_role("alert")).to_be_visible()
    guest.get_by_label("Password").fill("spring")
    guest.get_by_label("Your name").fill("Gus")
    guest.get_by_role("button", name="Continue").click()
    guest.locator(".card").first.wait_for()
    assert "/s/" not in guest.url
    assert guest.locator("textarea").count() == 0
    keep(guest, "6-guest-on-a-phone")
    open_export(guest)
    guest.get_by_role("button", name="Make the file").click()
    link = guest.get_by_role("link", name="Download").first
    link.wait_for(timeout=90_000)
    keep(guest, "7-file-is-there")
    with guest.expect_download() as downloading:
        link.click()
    return downloading.value.path().read_bytes()


def open_export(page: Page) -> None:
    """On a phone the button may stand in the menu."""
    button = page.get_by_role("button", name="Export").first
    if not button.is_visible():
        page.get_by_label("More").first.click()
        button = page.get_by_role("menuitem", name="Export").or_(page.get_by_role("button", name="Export")).first
    button.click()


@pytest.mark.pdf
def test_two_people_edit_the_pasted_map_and_a_third_takes_the_pdf_home(
    page: Page, browser: Browser, server: Server
) -> None:
    page.set_default_timeout(60_000)
    olive, edith = make_account(server, "Olive"), make_account(server, "Edith")
    map_id = paste_the_outline(page, olive)
    other = another_page(browser, server)
    join(other, edith, host=olive)
    edit_together(page, other, map_id)
    guest = another_page(browser, server, **PHONE)
    pdf = download_as_a_guest(guest, share(page))
    assert pdf.startswith(b"%PDF")
    assert olive.document(map_id)["seq"] >= 5
    assert "Traceback" not in server.log

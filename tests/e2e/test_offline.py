"""No word is lost: without a network, in a closed tab, after a reload, and while an input method composes."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import Account, another_page, make_account, open_board, sign_in
from tests.stack.servers import Server


@pytest.fixture(scope="module")
def olive(server: Server) -> Account:
    return make_account(server, "Olive")


@pytest.fixture
def page(browser: Browser, server: Server, olive: Account) -> Page:
    page = another_page(browser, server)
    sign_in(page, olive)
    return page


@pytest.fixture
def map_id(olive: Account) -> str:
    return olive.import_map()


def state(page: Page) -> str:
    return str(page.locator(".save-state").get_attribute("data-state"))


def start_writing(page: Page, card: str) -> None:
    """The card's text is open and the caret stands behind it."""
    page.locator(f"[data-card='{card}']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("textarea.card-input")).to_be_focused()
    page.keyboard.press("Control+End")


def first_card(olive: Account, map_id: str) -> tuple[str, str]:
    card = olive.document(map_id)["cards"][0]
    return card["id"], card["text"]


def colleague_writes_in_front(olive: Account, map_id: str, card: str, words: str) -> None:
    op = {"op": "text", "type": "card", "id": card, "field": "text", "delta": [words]}
    base = olive.document(map_id)["seq"]
    olive.call("POST", f"maps/{map_id}/changes/", {"key": str(uuid.uuid4()), "ops": [op | {"base": base}]})


def text_at_the_server(olive: Account, map_id: str, card: str) -> str:
    return str(next(item["text"] for item in olive.document(map_id)["cards"] if item["id"] == card))


def test_words_written_offline_arrive_after_the_tab_was_closed(page: Page, olive: Account, map_id: str) -> None:
    card, words = first_card(olive, map_id)
    open_board(page, map_id)
    page.context.set_offline(True)
    start_writing(page, card)
    page.keyboard.type(" and writes on, offline")
    expect(page.locator(".save-state")).to_have_attribute("data-state", "offline", timeout=20_000)
    colleague_writes_in_front(olive, map_id, card, "Meanwhile: ")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    open_board(again, map_id)
    wanted = f"Meanwhile: {words} and writes on, offline"
    expect(again.locator(f"[data-card='{card}'] .card-text")).to_have_text(wanted, timeout=20_000)
    expect(again.locator(".save-state")).to_have_attribute("data-state", "saved")
    assert text_at_the_server(olive, map_id, card) == wanted


def test_words_written_offline_survive_a_reload_and_can_be_undone(page: Page, olive: Account, map_id: str) -> None:
    card, words = first_card(olive, map_id)
    open_board(page, map_id)
    page.context.set_offline(True)
    start_writing(page, card)
    page.keyboard.type(", twice")
    expect(page.locator(".save-state")).to_have_attribute("data-state", "offline", timeout=20_000)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(f"[data-card='{card}'] .card-text")).to_have_text(f"{words}, twice")
    expect(page.locator(".save-state")).to_have_attribute("data-state", "saved")
    page.locator(f"[data-card='{card}']").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(f"[data-card='{card}'] .card-text")).to_have_text(words)


def test_a_colleagues_words_stay_while_an_input_method_composes(page: Page, olive: Account, map_id: str) -> None:
    card, words = first_card(olive, map_id)
    open_board(page, map_id)
    start_writing(page, card)
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "か", "selectionStart": 1, "selectionEnd": 1})
    colleague_writes_in_front(olive, map_id, card, "He: ")
    page.wait_for_timeout(600)
    assert page.locator("textarea.card-input").input_value() == f"{words}か", "the composition is not disturbed"
    keyboard.send("Input.imeSetComposition", {"text": "かな", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "仮名"})
    expect(page.locator("textarea.card-input")).to_have_value(f"He: {words}仮名")
    page.keyboard.type("!")
    page.keyboard.press("Escape")
    expect(page.locator(".save-state")).to_have_attribute("data-state", "saved")
    assert text_at_the_server(olive, map_id, card) == f"He: {words}仮名!"

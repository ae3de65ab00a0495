"""The board in a real browser: writing, moving, the curve, undo, panels, two people at once, and axe over it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.e2e.axe import assert_accessible
from tests.e2e.people import Account, another_page, join, make_account, open_board, sign_in
from tests.stack.servers import Server


@pytest.fixture(scope="module")
def olive(server: Server) -> Account:
    return make_account(server, "Olive")


@pytest.fixture
def map_id(olive: Account) -> str:
    return olive.import_map()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, server: Server, olive: Account) -> list[Any]:
    """Olive's cookies: she signs in once for all stories."""
    page = another_page(browser, server)
    sign_in(page, olive)
    cookies = list(page.context.cookies())
    page.context.close()
    return cookies


@pytest.fixture
def board(page: Page, signed_in: list[Any], map_id: str) -> Iterator[Page]:
    """Olive in front of her map; a complaint of the browser fails the story."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.context.add_cookies(signed_in)
    open_board(page, map_id)
    yield page
    assert complaints == []


def cell(page: Page, kind: str, column: int) -> Locator:
    return page.locator(f".lane[data-kind={kind}] .cell").nth(column)


def texts(page: Page, kind: str, column: int) -> list[str]:
    return cell(page, kind, column).locator(".card-text").all_inner_texts()


def box_of(what: Locator) -> Any:
    """Where it is on the screen; it must be there."""
    box = what.bounding_box()
    assert box is not None
    return box


def saved(page: Page) -> None:
    expect(page.locator(".save-state")).to_contain_text("Saved")


def drag(page: Page, what: Locator, to: Locator, *, at: tuple[float, float] = (0.5, 0.9)) -> None:
    """By mouse, in steps as a hand does it."""
    start, end = box_of(what), box_of(to)
    page.mouse.move(start["x"] + 24, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 34, start["y"] + 22, steps=3)
    page.mouse.move(end["x"] + end["width"] * at[0], end["y"] + end["height"] * at[1], steps=8)
    page.mouse.up()


def test_the_keyboard_alone_writes_cards_in_cell_after_cell(board: Page, olive: Account, map_id: str) -> None:
    cell(board, "pain_points", 2).focus()
    board.keyboard.press("Enter")
    board.keyboard.type("The reader fails")
    board.keyboard.press("Control+Enter")
    expect(board.locator("textarea.card-input")).to_have_value("")
    board.keyboard.type("Three signatures")
    board.keyboard.press("Enter")
    expect(board.locator(".card:focus")).to_contain_text("Three signatures")
    expect(cell(board, "pain_points", 2).locator(".card-text")).to_have_text(["The reader fails", "Three signatures"])
    saved(board)
    board.reload()
    expect(cell(board, "pain_points", 2).locator(".card-text")).to_have_text(["The reader fails", "Three signatures"])
    assert {"The reader fails", "Three signatures"} <= {card["text"] for card in olive.document(map_id)["cards"]}


def test_a_click_in_an_empty_cell_starts_a_card_and_no_word_leaves_nothing(board: Page) -> None:
    cell(board, "pain_points", 2).click()
    expect(board.locator("textarea.card-input")).to_be_focused()
    board.keyboard.press("Escape")
    expect(board.locator("textarea.card-input")).to_have_count(0)
    expect(cell(board, "pain_points", 2).locator(".card")).to_have_count(0)
    expect(cell(board, "pain_points", 2)).to_be_focused()


def test_several_pasted_lines_become_several_cards_and_one_step_of_undo(board: Page) -> None:
    cell(board, "pain_points", 2).focus()
    board.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "- one\\n- two\\n\\n- three");
          const options = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )
    expect(cell(board, "pain_points", 2).locator(".card-text")).to_have_text(["one", "two", "three"])
    board.keyboard.press("Control+z")
    expect(cell(board, "pain_points", 2).locator(".card")).to_have_count(0)


def test_a_card_is_dragged_to_another_cell_and_escape_leaves_it_where_it_was(board: Page) -> None:
    card = board.locator(".card", has_text="Pays with a voucher")
    start, end = box_of(card), box_of(cell(board, "actions", 0))
    board.mouse.move(start["x"] + 20, start["y"] + 10)
    board.mouse.down()
    board.mouse.move(end["x"] + 40, end["y"] + 20, steps=6)
    expect(board.locator(".ghost")).to_be_visible()
    expect(board.locator(".drop-mark")).to_be_visible()
    board.keyboard.press("Escape")
    board.mouse.up()
    expect(board.locator(".ghost")).to_have_count(0)
    assert texts(board, "actions", 2) == ["Pays with a voucher"]
    drag(board, card, cell(board, "actions", 0), at=(0.5, 0.95))
    expect(cell(board, "actions", 0).locator(".card-text").last).to_have_text("Pays with a voucher")
    expect(cell(board, "actions", 2).locator(".card")).to_have_count(0)


def test_every_drag_of_a_card_has_a_keyboard_twin(board: Page) -> None:
    card = board.locator(".card", has_text="Walks into the shop")
    card.focus()
    board.keyboard.press("Control+ArrowRight")
    expect(cell(board, "actions", 2).locator(".card-text")).to_have_text(["Pays with a voucher", "Walks into the shop"])
    expect(card).to_be_focused()
    board.keyboard.press("Control+ArrowUp")
    expect(cell(board, "actions", 2).locator(".card-text")).to_have_text(["Walks into the shop", "Pays with a voucher"])
    expect(board.locator("#live")).to_contain_text("Moved")
    board.keyboard.press("m")
    dialog = board.get_by_role("dialog")
    dialog.get_by_label("Lane").select_option(label="Pain points")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(cell(board, "pain_points", 2).locator(".card-text")).to_have_text(["Walks into the shop"])


def test_arrows_go_through_the_whole_grid_from_one_tab_stop(board: Page) -> None:
    assert board.locator(".board [tabindex='0']").count() == 1
    cell(board, "touchpoints", 1).focus()
    board.keyboard.press("ArrowDown")
    expect(cell(board, "touchpoints", 1).locator(".card").first).to_be_focused()
    board.keyboard.press("ArrowDown")
    expect(cell(board, "touchpoints", 1).locator(".card").nth(1)).to_be_focused()
    board.keyboard.press("ArrowRight")
    expect(cell(board, "touchpoints", 2).locator(".card").first).to_be_focused()
    board.keyboard.press("Home")
    expect(board.locator(".lane[data-kind=touchpoints] .lane-head")).to_be_focused()
    assert board.locator(".board [tabindex='0']").count() == 1


def test_a_face_is_dragged_and_pushed_by_keys(board: Page, olive: Account, map_id: str) -> None:
    face = board.locator(".point").first
    face.scroll_into_view_if_needed()
    before = int(face.get_attribute("aria-valuenow") or 0)
    box = box_of(face.locator(".point-dot"))
    board.mouse.move(box["x"] + 8, box["y"] + 8)
    board.mouse.down()
    board.mouse.move(box["x"] + 8, box["y"] - 22, steps=6)
    board.mouse.up()
    dragged = int(face.get_attribute("aria-valuenow") or 0)
    assert dragged > before + 20
    face.focus()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Shift+ArrowUp")
    expect(face).to_have_attribute("aria-valuenow", str(dragged - 9))
    saved(board)
    assert dragged - 9 in [point["valence"] for point in olive.document(map_id)["emotions"]]


def test_undo_says_what_it_undid_and_redo_brings_it_back(board: Page) -> None:
    board.locator(".card", has_text="Waits 14 minutes").focus()
    board.keyboard.press("Delete")
    expect(board.locator(".card", has_text="Waits 14 minutes")).to_have_count(0)
    board.keyboard.press("Control+z")
    expect(board.locator(".card", has_text="Waits 14 minutes")).to_be_visible()
    expect(board.locator(".toast").last).to_contain_text("Undid: deleted a card")
    board.keyboard.press("Control+Shift+z")
    expect(board.locator(".card", has_text="Waits 14 minutes")).to_have_count(0)


def test_the_inspector_changes_the_card_as_it_is_changed(board: Page, olive: Account, map_id: str) -> None:
    board.locator(".card", has_text="Waits 14 minutes").click()
    panel = board.get_by_role("complementary", name="Details")
    panel.get_by_role("radio", name="4", exact=True).first.check(force=True)
    panel.get_by_label("Hurts at").select_option(label="Shop floor")
    panel.get_by_role("button", name="orange").click()
    panel.get_by_label("Text").press("End")
    panel.get_by_label("Text").press_sequentially(" on Saturdays")
    card = board.locator(".card", has_text="Waits 14 minutes on Saturdays")
    expect(card).to_have_attribute("data-color", "orange")
    expect(card.locator(".dots i[data-on]")).to_have_count(4)
    saved(board)
    stored = next(each for each in olive.document(map_id)["cards"] if each["text"].startswith("Waits 14"))
    assert (stored["severity"], stored["color"], stored["text"]) == (4, "orange", "Waits 14 minutes on Saturdays")
    assert stored["hurts_at"]


def test_the_scaffold_grows_is_renamed_and_moves(board: Page) -> None:
    board.get_by_role("button", name="Add a stage at the end").click()
    board.keyboard.type("Ride")
    board.keyboard.press("Enter")
    stages = board.locator(".stage-title")
    expect(stages).to_have_text(["Discover", "Compare", "Buy", "Ride"])
    drag(board, board.locator(".stage").nth(3), board.locator(".stage").nth(0), at=(0.1, 0.5))
    expect(stages).to_have_text(["Ride", "Discover", "Compare", "Buy"])
    board.get_by_role("button", name="Add lane").click()
    board.get_by_role("dialog").get_by_role("button", name="Questions").click()
    lane = board.locator(".lane[data-kind=questions] .lane-head")
    expect(lane).to_be_focused()
    board.keyboard.press("Control+ArrowUp")
    expect(board.locator(".lane").nth(-2)).to_have_attribute("data-kind", "questions")


def test_find_dims_what_does_not_match_and_the_palette_runs_commands(board: Page) -> None:
    board.locator(".card").first.focus()
    board.keyboard.press("/")
    board.keyboard.type("voucher")
    expect(board.get_by_role("search")).to_contain_text("1 card")
    expect(board.locator(".card", has_text="Walks into the shop")).to_have_attribute("data-dim", "true")
    board.keyboard.press("Escape")
    board.keyboard.press("Control+k")
    board.get_by_role("dialog").wait_for()
    board.keyboard.type("outline")
    board.keyboard.press("Enter")
    expect(board.locator(".outline")).to_contain_text("Discover")


def test_two_people_write_in_one_card_and_both_keep_their_words(
    board: Page, browser: Browser, server: Server, olive: Account, map_id: str
) -> None:
    edith = another_page(browser, server)
    join(edith, make_account(server, "Edith"), host=olive)
    open_board(edith, map_id)
    edith.locator(".card", has_text="Walks into the shop").click()
    ring = board.locator(".card", has_text="Walks into the shop")
    expect(ring).to_have_attribute("data-ring", "Edith")
    expect(board.get_by_role("button", name="Go to Edith")).to_be_visible()
    for page in (board, edith):
        page.locator(".card", has_text="Walks into the shop").dblclick()
        page.locator("textarea.card-input").wait_for()
    board.keyboard.press("Home")
    board.keyboard.type("Marta: ")
    edith.keyboard.press("End")
    edith.keyboard.type(" on Saturday")
    for page in (board, edith):
        expect(page.locator("textarea.card-input")).to_have_value("Marta: Walks into the shop on Saturday")
    expect(edith.locator("textarea.card-input")).to_be_focused()
    board.keyboard.press("Escape")
    board.locator(".card", has_text="Counter").focus()
    board.keyboard.press("Control+ArrowLeft")
    expect(edith.locator("#live")).to_contain_text("Olive moved “Counter”")
    edith.context.close()


def test_a_guest_reads_on_a_phone_and_only_the_board_scrolls(
    board: Page, browser: Browser, server: Server, olive: Account, map_id: str
) -> None:
    board.get_by_role("button", name="Share", exact=True).click()
    dialog = board.get_by_role("dialog")
    dialog.get_by_label("Password (optional)").fill("hush")
    dialog.get_by_role("button", name="Create and copy link").click()
    link = dialog.get_by_label("Address of the link").input_value()
    guest = another_page(browser, server, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    guest.goto(link)
    guest.get_by_label("Password").fill("hush")
    guest.get_by_role("button", name="Continue").click()
    guest.locator(".card").first.wait_for()
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert guest.locator(".add-card, .more, .add-between").count() == 0
    guest.locator(".card").first.tap()
    expect(guest.locator("textarea.card-input")).to_have_count(0)
    assert_accessible(guest)
    guest.context.close()


def swipe(phone: CDPSession, points: list[tuple[float, float]], *, hold: Callable[[], None] | None = None) -> None:
    """A finger put down, held as long as `hold` takes, moved along the points and lifted."""
    (x, y), *rest = points
    phone.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    if hold:
        hold()
    for x, y in rest:
        phone.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    phone.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


# A swipe runs on for a while after the finger is gone: still means at the top for half a second.
BACK_AND_STILL = """node => new Promise((done) => {
  let still = 0;
  const look = () => {
    still = node.scrollTop === 0 ? still + 1 : 0;
    node.scrollTo(0, 0);
    if (still > 5) done();
    else setTimeout(look, 100);
  };
  look();
})"""


def test_on_a_touch_screen_a_swipe_scrolls_and_a_long_press_drags(
    browser: Browser, server: Server, signed_in: list[Any], map_id: str
) -> None:
    phone = another_page(browser, server, viewport={"width": 600, "height": 480}, has_touch=True)
    phone.context.add_cookies(signed_in)
    open_board(phone, map_id)
    fingers = phone.context.new_cdp_session(phone)
    card = phone.locator(".card", has_text="Old bike breaks down")
    box, target = box_of(card), box_of(cell(phone, "actions", 1))
    x, y = box["x"] + 40, box["y"] + 12
    swipe(fingers, [(x, y), *((x, y - step * 10) for step in range(1, 9))])
    assert phone.locator(".board").evaluate("node => node.scrollTop") > 0
    assert texts(phone, "actions", 0)[0] == "Old bike breaks down"
    phone.locator(".board").evaluate(BACK_AND_STILL)
    path = [(x + (target["x"] + 40 - x) * step / 6, target["y"] + 20) for step in range(1, 7)]
    swipe(fingers, [(x, y), *path], hold=lambda: expect(phone.locator(".ghost")).to_be_visible())
    expect(cell(phone, "actions", 1).locator(".card", has_text="Old bike breaks down")).to_be_visible()
    phone.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_board_list_and_dialogs_are_accessible(board: Page, scheme: Literal["light", "dark"]) -> None:
    # Without motion: a colour on its way from one theme to the other has no contrast to speak of.
    board.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert_accessible(board)
    board.locator(".card", has_text="Waits 14 minutes").click()
    board.get_by_role("complementary", name="Details").wait_for()
    assert_accessible(board)
    board.keyboard.press("?")
    board.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    assert_accessible(board)
    board.keyboard.press("Escape")
    expect(board.get_by_role("dialog")).to_have_count(0)
    for name in ("Share", "Export"):
        board.locator(".header-actions").get_by_role("button", name=name, exact=True).click()
        board.get_by_role("dialog").wait_for()
        assert_accessible(board)
        board.keyboard.press("Escape")
        expect(board.get_by_role("dialog")).to_have_count(0)
    board.keyboard.press("o")
    board.locator(".outline").wait_for()
    assert_accessible(board)
    for path in ("/", "/maps/new/", "/maps/trash/"):
        board.goto(path)
        assert_accessible(board)

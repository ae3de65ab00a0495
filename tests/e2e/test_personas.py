"""Personas in real browsers: the library, and a sheet that two people write on at once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, WebSocketRoute, expect

from tests.e2e.axe import assert_accessible
from tests.e2e.people import Account, another_page, join, make_account, sign_in
from tests.stack.servers import Server


@pytest.fixture(scope="module")
def olive(server: Server) -> Account:
    return make_account(server, "Olive")


@pytest.fixture
def mary(olive: Account) -> str:
    """The id of a persona with something in every corner."""
    made = olive.call(
        "POST",
        "personas/",
        {
            "workspace": olive.workspace,
            "name": "Mary Miller",
            "role": "Rides to work",
            "motto": "Rain or shine.",
            "goals": "Be on time\nArrive dry",
            "channels": ["web", "Shop"],
            "skills": [{"name": "Riding", "level": 80}, {"name": "Repairing", "level": 20}],
            "sections": [{"title": "A day", "text": "Up at six."}, {"title": "Quotes", "text": "to ride"}],
        },
    )
    return str(made["id"])


@pytest.fixture
def olives(page: Page, olive: Account, mary: str) -> Iterator[Page]:
    """Olive in front of Mary's sheet; a complaint of the browser fails the story."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(page, olive)
    open_sheet(page, mary)
    yield page
    assert complaints == []


@pytest.fixture(scope="module")
def edith(browser: Browser, server: Server, olive: Account) -> Account:
    """Somebody who edits in Olive's workspace."""
    account = make_account(server, "Edith")
    page = another_page(browser, server)
    join(page, account, host=olive)
    page.context.close()
    return account


@pytest.fixture
def ediths(browser: Browser, server: Server, edith: Account, mary: str) -> Iterator[Page]:
    """Edith in front of the same sheet."""
    page = another_page(browser, server)
    sign_in(page, edith)
    open_sheet(page, mary)
    yield page
    page.context.close()


def open_sheet(page: Page, persona: str) -> None:
    page.goto(f"/personas/{persona}/")
    page.locator(".sheet-head").wait_for()


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def saved(page: Page) -> None:
    expect(page.locator(".save-state")).to_contain_text("Saved")


def document(olive: Account, persona: str) -> Any:
    return olive.call("GET", f"personas/{persona}/document/")


def a_picture(form: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(out, form)
    return out.getvalue()


def test_a_new_persona_is_made_named_and_found_again(page: Page, server: Server) -> None:
    nora = make_account(server, "Nora")
    sign_in(page, nora)
    page.goto("/personas/")
    expect(page.get_by_role("heading", name="Who are your maps about?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="New persona").click()
    expect(field(page, "Name")).to_be_focused()
    page.keyboard.type("Mary Miller")
    field(page, "Role").fill("Rides to work")
    field(page, "Motto").fill("Rain or shine.")
    saved(page)
    page.get_by_role("link", name="Back to all personas").click()
    card = page.locator(".persona-card")
    expect(card).to_contain_text("Mary Miller")
    expect(card).to_contain_text("Rides to work")
    expect(card).to_contain_text("Rain or shine.")
    expect(card).to_contain_text("On no map yet")


def test_two_people_in_one_field_keep_both_their_words(olives: Page, ediths: Page, olive: Account, mary: str) -> None:
    expect(olives.get_by_role("button", name="Go to Edith")).to_be_visible()
    field(olives, "Background").click()
    expect(ediths.locator(".words-box[data-person=Olive]")).to_be_visible()
    field(ediths, "Background").click()
    for letter in "Mary lives by the river. ":
        olives.keyboard.type(letter)
        ediths.keyboard.press("End")
        ediths.keyboard.type("x")
    saved(olives)
    saved(ediths)
    text = document(olive, mary)["persona"]["background"]
    assert text.replace("x", "") == "Mary lives by the river. "
    assert text.count("x") == len("Mary lives by the river. ")
    for page in (olives, ediths):
        expect(field(page, "Background")).to_have_value(text)


def test_the_caret_stays_with_its_words_while_a_colleague_writes_above(olives: Page, ediths: Page) -> None:
    field(olives, "Goals").click()
    olives.keyboard.press("Control+End")
    field(ediths, "Goals").click()
    ediths.keyboard.press("Control+Home")
    ediths.keyboard.type("Stay healthy\n")
    expect(field(olives, "Goals")).to_have_value("Stay healthy\nBe on time\nArrive dry")
    olives.keyboard.type(" and warm")
    expect(field(ediths, "Goals")).to_have_value("Stay healthy\nBe on time\nArrive dry and warm")


def test_undo_takes_back_what_i_did_and_not_what_she_did(olives: Page, ediths: Page) -> None:
    field(olives, "Needs").fill("A lock")
    expect(field(ediths, "Needs")).to_have_value("A lock")
    field(ediths, "Frustrations").fill("Potholes")
    expect(field(olives, "Frustrations")).to_have_value("Potholes")
    olives.keyboard.press("Control+z")
    expect(field(olives, "Needs")).to_have_value("")
    expect(field(ediths, "Needs")).to_have_value("")
    expect(field(olives, "Frustrations")).to_have_value("Potholes")
    expect(olives.locator(".toast")).to_contain_text("Undid: writing in “Needs”.")
    olives.keyboard.press("Control+Shift+z")
    expect(field(ediths, "Needs")).to_have_value("A lock")


def test_channels_come_and_go_as_chips(olives: Page, ediths: Page) -> None:
    box = olives.get_by_role("combobox", name="Channels")
    box.fill("Phone")
    box.press("Enter")
    box.fill("Leaflet, Bus stop")
    box.blur()
    chips = ediths.locator(".channel-chip")
    expect(chips).to_have_text(["web", "Shop", "Phone", "Leaflet", "Bus stop"])
    ediths.get_by_role("button", name="Remove Leaflet").click()
    expect(olives.locator(".channel-chip")).to_have_text(["web", "Shop", "Phone", "Bus stop"])


def test_skills_slide_by_keyboard_and_one_undo_takes_the_slide_back(olives: Page, ediths: Page) -> None:
    level = olives.get_by_role("slider", name="Level of Repairing")
    level.focus()
    for _ in range(4):
        olives.keyboard.press("ArrowRight")
    theirs = ediths.get_by_role("slider", name="Level of Repairing")
    expect(theirs).to_have_value("40")
    olives.get_by_role("button", name="Undo", exact=True).click()
    expect(theirs).to_have_value("20")


def test_a_skill_is_added_named_and_removed(olives: Page, ediths: Page) -> None:
    olives.get_by_role("button", name="Add a skill").click()
    olives.keyboard.type("Patience")
    expect(ediths.get_by_role("slider", name="Level of Patience")).to_have_value("50")
    olives.get_by_label("Menu of Patience").click()
    olives.get_by_role("button", name="Remove", exact=True).click()
    expect(ediths.get_by_role("slider")).to_have_count(2)
    olives.locator(".toast").get_by_role("button", name="Undo").click()
    expect(ediths.get_by_role("slider", name="Level of Patience")).to_be_visible()


def test_own_sections_are_added_renamed_moved_and_written_in_together(
    olives: Page, ediths: Page, olive: Account, mary: str
) -> None:
    olives.get_by_text("Add a section").click()
    olives.get_by_role("button", name="Tools they use").click()
    olives.keyboard.type("A pump")
    expect(field(ediths, "Tools they use")).to_have_value("A pump")
    field(ediths, "Title of the section").nth(2).fill("Tools at home")
    olives.get_by_label("Menu of Tools at home").click()
    olives.get_by_role("button", name="Move up").click()
    expect(ediths.locator(".own-section .section-title textarea").nth(1)).to_have_value("Tools at home")
    field(ediths, "Quotes").click()
    ediths.keyboard.press("Home")
    ediths.keyboard.type("I just want ")
    field(olives, "Quotes").click()
    olives.keyboard.press("Control+End")
    olives.keyboard.type(", please")
    saved(olives)
    saved(ediths)
    sections = {section["title"]: section["text"] for section in document(olive, mary)["sections"]}
    assert sections == {"A day": "Up at six.", "Tools at home": "A pump", "Quotes": "I just want to ride, please"}


def test_what_is_written_without_a_connection_arrives(page: Page, ediths: Page, olive: Account, mary: str) -> None:
    wire = Wire(page)
    sign_in(page, olive)
    open_sheet(page, mary)
    saved(page)
    wire.cut()
    field(page, "Motivations").fill("Fresh air")
    expect(page.locator(".save-state")).to_contain_text("Offline, 1 unsent")
    field(ediths, "Motivations").fill("Money saved. ")
    saved(ediths)
    wire.mend()
    saved(page)
    for one in (page, ediths):
        expect(field(one, "Motivations")).to_have_value("Money saved. Fresh air")


class Wire:
    """The live connection of a page, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._whole = True
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/ws/personas/"), self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        if not self._whole:
            socket.close()
            return
        socket.connect_to_server()
        self._sockets.append(socket)

    def cut(self) -> None:
        self._whole = False
        for socket in self._sockets:
            socket.close()

    def mend(self) -> None:
        self._whole = True


def test_the_colour_is_everybodys(olives: Page, ediths: Page) -> None:
    olives.locator(".portrait").hover()
    olives.locator("summary[aria-label=Colour]").click()
    olives.get_by_role("button", name="teal").click()
    expect(ediths.locator(".sheet")).to_have_attribute("data-color", "teal")


def test_a_portrait_is_put_up_seen_and_taken_back(olives: Page, ediths: Page) -> None:
    for page in (olives, ediths):
        expect(page.get_by_role("img", name="No portrait yet")).to_be_visible()
    picture = FilePayload(name="mary.png", mimeType="image/png", buffer=a_picture())
    olives.locator("input[type=file]").set_input_files(picture)
    theirs = ediths.get_by_role("img", name="Portrait of Mary Miller")
    expect(theirs).to_be_visible()
    assert theirs.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    olives.get_by_role("button", name="Undo", exact=True).click()
    expect(ediths.get_by_role("img", name="No portrait yet")).to_be_visible()


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(page: Page, olive: Account, mary: str) -> None:
    sign_in(page, olive)
    open_sheet(page, mary)
    page.locator("input[type=file]").set_input_files(FilePayload(name="m.png", mimeType="image/png", buffer=b"no"))
    expect(page.locator(".toast")).to_contain_text("This is no picture we can read: send a PNG, JPEG or WebP.")


def test_a_viewer_reads_what_is_there_and_is_offered_nothing(
    browser: Browser, server: Server, olive: Account, mary: str, tmp_path: Any
) -> None:
    page = another_page(browser, server)
    join(page, make_account(server, "Victor"), host=olive, role="viewer")
    open_sheet(page, mary)
    expect(page.locator(".save-state")).to_have_text("View only")
    expect(page.get_by_role("heading", name="Mary Miller")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Arrive dry")).to_be_visible()
    expect(page.get_by_role("heading", name="Needs")).to_have_count(0)
    for role in ("textbox", "combobox"):
        expect(page.locator("main").get_by_role(role)).to_have_count(0)
    expect(page.get_by_role("slider", name="Level of Riding")).to_be_disabled()
    assert_accessible(page)
    page.context.close()


def test_a_map_leads_to_its_personas_and_they_lead_back(page: Page, olive: Account, mary: str) -> None:
    map_id = olive.import_map()
    op = {"op": "set", "type": "map", "id": map_id, "fields": {"personas": [mary]}}
    olive.call("POST", f"maps/{map_id}/changes/", {"key": str(uuid.uuid4()), "ops": [op]})
    sign_in(page, olive)
    page.goto(f"/maps/{map_id}/")
    page.locator(".persona-chip", has_text="Mary Miller").click()
    page.locator(".sheet-head").wait_for()
    page.get_by_role("link", name="Buying a bike").click()
    page.wait_for_url(f"**/maps/{map_id}/")


def test_a_used_persona_is_archived_and_an_unused_one_deleted_and_both_say_so(page: Page, server: Server) -> None:
    nora = make_account(server, "Nora")
    ids = [nora.call("POST", "personas/", {"workspace": nora.workspace, "name": name})["id"] for name in ("Una", "Ute")]
    map_id = nora.import_map()
    op = {"op": "set", "type": "map", "id": map_id, "fields": {"personas": [ids[1]]}}
    nora.call("POST", f"maps/{map_id}/changes/", {"key": str(uuid.uuid4()), "ops": [op]})
    sign_in(page, nora)
    page.goto("/personas/")
    cards = page.locator(".persona-card")
    cards.filter(has_text="Una").hover()
    page.get_by_label("Menu of Una").click()
    page.get_by_role("button", name="Delete…").click()
    expect(page.get_by_role("dialog")).to_contain_text("No map uses “Una”.")
    page.get_by_role("button", name="Delete for good").click()
    expect(cards).to_have_count(1)
    cards.hover()
    page.get_by_label("Menu of Ute").click()
    page.get_by_role("button", name="Archive…").click()
    expect(page.get_by_role("dialog")).to_contain_text("“Ute” is used on a map.")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(cards).to_have_count(0)
    page.locator(".toast", has_text="in the archive").get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(1)


def test_whoever_has_a_deleted_persona_open_is_told(ediths: Page, olive: Account, mary: str) -> None:
    olive.call("DELETE", f"personas/{mary}/")
    expect(ediths.locator(".toast")).to_contain_text("This persona was deleted", timeout=15_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_light(page: Page, olive: Account, mary: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, olive)
    for path in ("/personas/", f"/personas/{mary}/"):
        page.goto(path)
        page.locator(".sheet-head, .persona-card").first.wait_for()
        assert_accessible(page)


def test_a_phone_shows_both_pages_without_scrolling_sideways(page: Page, olive: Account, mary: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, olive)
    for path in ("/personas/", f"/personas/{mary}/"):
        page.goto(path)
        page.locator(".sheet-head, .persona-card").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert_accessible(page)

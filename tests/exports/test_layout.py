"""What stands where on a drawn map, told by its primitives."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest

from exports.layout import Facts, lay_out
from exports.layout.canvas import CARD
from exports.options import Options
from exports.palette import grey, sticky
from exports.primitives import Bookmark, Box, Drawing, Face, Icon, Link, Page, Rule, Shape, Text
from exports.typeset import Typesetter
from journeymap.core.errors import Unprocessable
from maps.documents import MapDocument
from tests.exports import boards


def draw(document: MapDocument, **options: object) -> Drawing:
    return page_of(document, **options).drawing


def page_of(document: MapDocument, **options: object) -> Page:
    return lay_out(document, Options(**options), Typesetter(), Facts(date="3 October 2026"))[0]  # type: ignore[arg-type]  # options by name


def texts(drawing: Drawing, name: str) -> list[str]:
    return [text.words for text in drawing.texts() if text.place[:1] == (name,)]


def find(drawing: Drawing, words: str) -> Text:
    return next(text for text in drawing.texts() if text.words == words)


def card_around(drawing: Drawing, text: Text) -> Box:
    """The smallest box with an edge around a text."""
    x, y, _ = text.lines[0]
    edged = [item for item in drawing.items if isinstance(item, Box) and item.line]
    around = [box for box in edged if 0 <= x - box.x <= box.width and 0 <= y - box.y <= box.height]
    return min(around, key=lambda box: box.width * box.height)


def test_the_sheet_says_what_it_is() -> None:
    drawing = draw(boards.bike())
    assert texts(drawing, "title") == ["Buying a bike for the way to work"]
    assert "Current state" in texts(drawing, "about")
    assert texts(drawing, "persona") == ["Marta", "34, commuter", "Jonas", "51, colleague"]
    assert texts(drawing, "date") == ["3 October 2026"]
    assert texts(drawing, "stage")[:2] == ["Discover", "Goal: get to work again"]
    assert texts(drawing, "step")[:3] == ["Feels the need", "Searches", "Visits a shop"]
    assert texts(drawing, "lane") == ["Actions", "Touchpoints", "Emotions", "Thoughts", "Pain points", "Opportunities"]


def test_every_word_of_the_map_is_on_the_sheet() -> None:
    document = boards.bike()
    said = " ".join(text.words for text in draw(document).texts())
    for card in document.cards:
        assert card.text in said
    for emotion in document.emotions:
        assert emotion.feeling in said
        assert emotion.note in said


def test_cards_stand_in_their_colours_with_their_details() -> None:
    drawing = draw(boards.bike())
    for words, color in (("Waits for assembly", "yellow"), ("Counter", "blue"), ("“Not again.”", "white")):
        assert card_around(drawing, find(drawing, words)).fill == sticky(color).fill
    cell = [text.words for text in drawing.texts() if text.place == ("cell", 1, 2)]
    assert cell == ["Shop floor", "store", "moment of truth"]
    pain = [text.words for text in drawing.texts() if text.place == ("cell", 4, 2)]
    assert pain == ["Waits 14 minutes before anyone helps", "Severity", "How often"]
    missing = card_around(drawing, find(drawing, "Live order status"))
    assert missing.dash, "a touchpoint that should exist has a broken edge"


def test_a_row_is_as_tall_as_its_tallest_cell_and_nothing_overlaps() -> None:
    drawing = draw(boards.crowd(300))
    cards = [item for item in drawing.items if isinstance(item, Box) and item.radius == 6 and item.line]
    assert len(cards) == 300
    columns: dict[float, list[Box]] = {}
    for card in cards:
        columns.setdefault(card.x, []).append(card)
    for column in columns.values():
        column.sort(key=lambda box: box.y)
        for above, below in itertools.pairwise(column):
            assert above.y + above.height < below.y
    for item in drawing.texts():
        for x, y, line in item.lines:
            assert 0 <= x <= drawing.width - line.width + 1, item.words
            assert 0 < y < drawing.height, item.words


def test_a_card_that_stretches_covers_its_steps_and_pushes_others_down() -> None:
    drawing = draw(boards.blueprint())
    wide = card_around(drawing, find(drawing, "Doorman carries the luggage all the way to the room"))
    below = card_around(drawing, find(drawing, "Receptionist checks in"))
    assert wide.width > 2.5 * below.width
    assert below.y > wide.y + wide.height
    system = card_around(drawing, find(drawing, "Booking system"))
    assert system.x + system.width < drawing.width, "past the last step it is drawn shorter"


def test_a_blueprint_has_its_three_lines() -> None:
    drawing = draw(boards.blueprint())
    assert texts(drawing, "border") == ["Line of interaction", "Line of visibility", "Line of internal interaction"]


def test_each_persona_has_a_line_of_its_own_colour_and_dash() -> None:
    drawing = draw(boards.bike())
    lines = [item for item in drawing.items if isinstance(item, Shape) and item.line]
    assert len(lines) == 2
    assert len({line.line for line in lines}) == 2
    assert len({line.dash for line in lines}) == 2
    faces = [item for item in drawing.items if isinstance(item, Face) and item.radius == 11]
    assert [face.valence for face in faces][::-1] == [-40, -5, -45, 35, 85, -32, -55, -2, 68]
    happy, sad = (next(face for face in faces if face.valence == value) for value in (85, -55))
    assert happy.y < sad.y
    assert happy.color != sad.color
    star = next(item for item in drawing.items if isinstance(item, Icon) and item.size == 13)
    assert abs(star.x + star.size / 2 - happy.x) < 1


def test_feelings_do_not_stand_on_each_other() -> None:
    emotions = ({0: (10, "first feeling"), 1: (10, "next")}, 0, "today"), ({0: (8, "other feeling")}, 1, "today")
    drawing = draw(
        boards.board(
            "Two", {"A": ["", ""]}, [("emotions", "E", {})], personas=({"name": "M"}, {"name": "J"}), emotions=emotions
        )
    )
    first, other = find(drawing, "first feeling"), find(drawing, "other feeling")
    assert abs(first.lines[0][1] - other.lines[0][1]) >= 11


def test_a_feeling_of_many_words_moves_below_the_curve_whole() -> None:
    feeling = "relieved that it is over and at the same time ashamed of having waited for so long before calling"
    line = ({0: (10, feeling), 1: (10, "short")}, None, "today")
    drawing = draw(boards.board("Long", {"A": [""] * 8}, [("emotions", "E", {})], emotions=(line,)))
    assert find(drawing, feeling).style.italic


def test_arabic_maps_are_read_from_the_right() -> None:
    drawing = draw(boards.arabic())
    assert drawing.rtl
    lane, title = find(drawing, "الأفعال"), find(drawing, "رحلة حجز موعد في العيادة")
    assert lane.lines[0][0] > drawing.width - 160
    assert title.lines[0][0] > drawing.width / 2
    first, last = find(drawing, "ملاحظة الأعراض"), find(drawing, "الاستشارة")
    assert first.lines[0][0] > last.lines[0][0]
    guest = find(drawing, "Opens the clinic’s page")
    card = card_around(drawing, guest)
    assert guest.lines[0][0] == pytest.approx(card.x + 10, abs=0.5), "Latin words stand at the left of their card"
    assert not draw(boards.arabic(), direction="ltr").rtl


def test_the_chosen_stages_lanes_and_curves_are_drawn_and_no_others() -> None:
    document = boards.bike()
    drawing = draw(
        document,
        stages=(document.stages[2].id,),
        lanes=(document.lanes[0].id, document.lanes[2].id),
        personas=(document.personas[1].id,),
    )
    assert texts(drawing, "stage")[0] == "Buy"
    assert texts(drawing, "lane") == ["Actions", "Emotions"]
    assert "Pays with a work scheme voucher" in texts(drawing, "cell")
    assert "Opens eleven tabs" not in texts(drawing, "cell")
    assert len([item for item in drawing.items if isinstance(item, Shape) and item.line]) == 1
    assert "Marta" not in texts(drawing, "persona")


def test_grey_means_grey() -> None:
    for item in draw(boards.bike(), grey=True).items:
        for name in ("fill", "line", "color"):
            color = getattr(item, name, None)
            assert not isinstance(color, str) or color == grey(color)


def test_only_addresses_of_the_web_become_links() -> None:
    urls = ["https://example.org/a", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@b.org"]
    cards = {0: [{"text": url, "url": url} for url in urls]}
    drawing = draw(boards.board("Links", {"A": [""]}, [("files", "Files", cards)]))
    assert [item.url for item in drawing.items if isinstance(item, Link)] == ["https://example.org/a", "mailto:a@b.org"]


def test_bookmarks_lead_to_the_stages() -> None:
    marks = [item for item in draw(boards.bike()).items if isinstance(item, Bookmark)]
    assert [(mark.level, mark.label) for mark in marks[:3]] == [
        (1, "Buying a bike for the way to work"), (2, "Discover"), (2, "Compare"),
    ]  # fmt: skip


def test_an_empty_map_says_so() -> None:
    assert "This map has no stages yet." in texts(draw(boards.board("Empty", {}, [])), "about")


def test_a_poster_is_as_large_as_its_map_and_no_larger_than_pdf_allows() -> None:
    page = page_of(boards.bike())
    assert page.scale == 0.75
    assert page.width == pytest.approx(page.drawing.width * 0.75)
    tall = page_of(boards.board("Tall", {"A": [""]}, [("text", "L", {0: ["a card\n" * 30] * 60})]))
    assert tall.height == pytest.approx(14_400)
    assert tall.scale < 0.75


@pytest.mark.parametrize("paper", ["A4", "A3", "A0", "Letter", "Tabloid"])
def test_a_map_fits_its_paper_inside_the_margins(paper: str) -> None:
    page = page_of(boards.bike(), model="fit", paper=paper, margin=15)
    margin = 15 * 72 / 25.4
    assert page.x >= margin - 0.01
    assert page.y >= margin - 0.01
    assert page.x + page.drawing.width * page.scale <= page.width - margin + 0.01
    assert page.y + page.drawing.height * page.scale <= page.height - margin + 0.01
    assert page.scale * CARD.size >= 5


def test_a_paper_too_small_to_read_is_refused_with_the_next_two() -> None:
    with pytest.raises(Unprocessable) as refused:
        page_of(boards.crowd(250, scripts=("latin",)), model="fit", paper="A4")
    assert "too small to read" in refused.value.message
    assert "Choose " in refused.value.message
    assert " or A" in refused.value.message


def test_words_without_end_are_broken_and_cost_little() -> None:
    began = time.process_time()
    drawing = draw(boards.board("Long", {"A": [""]}, [("text", "L", {0: ["x" * 10_000, "word " * 2_000]})]))
    assert time.process_time() - began < 5, "Pango's cost grows with the square of a paragraph; it is fed in pieces"
    endless = next(text for text in drawing.texts() if text.words.startswith("xxx"))
    assert len(endless.lines) > 100
    assert "".join(line.text for _, _, line in endless.lines).replace("\u200b", "") == "x" * 10_000


def test_the_same_map_is_drawn_the_same() -> None:
    document = boards.bike()
    assert draw(document) == draw(document)
    assert draw(document) != draw(replace(document, seq=document.seq + 1)), "the sheet names its change"


def test_rules_mark_where_stages_begin() -> None:
    drawing = draw(boards.bike())
    stages = [text for text in drawing.texts() if text.place[:1] == ("stage",) and not text.words.startswith("Goal")]
    verticals = {round(item.x1, 1) for item in drawing.items if isinstance(item, Rule) and item.x1 == item.x2}
    for stage in stages:
        assert any(0 < stage.lines[0][0] - x <= 12.5 for x in verticals)


def test_sheets_to_tape_together_cover_the_map_once() -> None:
    options = Options(model="tiles", paper="A4", overlap=10)
    index, *pages = lay_out(boards.bike(), options, Typesetter(), Facts())
    overlap = 10 * 72 / 25.4
    assert [text.words for text in index.over if isinstance(text, Text)][1:] == ["A1", "A2", "B1", "B2"]
    covered = set()
    for page in pages:
        assert page.clip is not None
        left, top, width, height = page.clip
        covered.add((round(left - page.x), round(top - page.y)))
        assert left - page.x < page.drawing.width * page.scale, "no sheet is empty"
        assert (width, height) == (page.width - 2 * left, page.height - 2 * top)
    steps = (pages[0].clip or (0, 0, 0, 0))[2] - overlap, (pages[0].clip or (0, 0, 0, 0))[3] - overlap
    assert covered == {(round(x * steps[0]), round(y * steps[1])) for x in (0, 1) for y in (0, 1)}
    names = [text.words for page in pages for text in page.over if isinstance(text, Text)]
    assert names == ["A1 · sheet 1 of 4", "A2 · sheet 2 of 4", "B1 · sheet 3 of 4", "B2 · sheet 4 of 4"]


def test_a_stack_of_paper_that_nobody_tapes_together_is_refused() -> None:
    with pytest.raises(Unprocessable, match="sheets of A4"):
        lay_out(boards.crowd(3000, scripts=("latin",)), Options(model="tiles", paper="A4"), Typesetter(), Facts())

"""The PDF and PNG themselves: well-formed, searchable, with fonts inside, readable aloud, the same by both engines."""

from __future__ import annotations

import shutil
import subprocess
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from exports.layout import Facts
from exports.options import Options
from exports.pdf import About
from exports.render import Rendered, render
from maps.documents import MapDocument
from tests.exports import boards


def make(document: MapDocument, *, format_: str = "pdf", engine: str = "painted", **options: object) -> Rendered:
    return render(
        document,
        format_=format_,
        options=Options(**options),  # type: ignore[arg-type]  # options by name
        facts=Facts(date="3 October 2026"),
        about=About(document.map.title, author="Edith", language="en", created="2026-10-03T12:00:00Z"),
        progress=lambda percent: None,
        engine=engine,
    )


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")


def tool(name: str, *arguments: str) -> str:
    """What a program of the suite's system packages says; its absence is a failure, not a skip."""
    assert shutil.which(name), f"{name} is missing: install poppler-utils and qpdf"
    done = subprocess.run([name, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    return done.stdout


BOARDS: dict[str, Callable[[], MapDocument]] = {
    "bike": boards.bike,
    "arabic": boards.arabic,
    "blueprint": boards.blueprint,
    "crowd": lambda: boards.crowd(120),
}


def test_many_sheets_cost_little_more_than_one(tmp_path: Path) -> None:
    poster, sheets = make(boards.bike(), tagged=False), make(boards.bike(), model="tiles", paper="Letter")
    assert len(sheets.file) < len(poster.file) + 20_000
    path = tmp_path / "sheets.pdf"
    path.write_bytes(sheets.file)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", str(path))
    with pypdfium2.PdfDocument(sheets.file) as document:
        assert len(document) == 5
        corner = document[4].render(scale=1).to_pil().convert("RGB")
    assert (0xD9, 0xF1, 0xED) in {color for _, color in corner.getcolors(1 << 24) or []}, "teal sticky notes"


@pytest.mark.parametrize("name", BOARDS)
def test_the_file_is_well_formed_with_its_fonts_inside(name: str, tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    path.write_bytes(make(BOARDS[name]()).file)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", str(path))
    fonts = tool("pdffonts", str(path)).splitlines()[2:]
    assert any("Inter" in font for font in fonts)
    for font in fonts:
        assert font[37:].split()[-5:-2] == ["yes", "yes", "yes"], f"embedded, subset, with Unicode: {font}"


def test_the_text_is_found_in_reading_order() -> None:
    text = " ".join(text_of(make(boards.bike()).file).split())
    places = [
        text.index(words)
        for words in (
            "Buying a bike for the way to work", "Discover", "Feels the need",
            "Old bike breaks down on the way to work",
            "Waits for assembly", "Search results", "annoyed", "“Not again.”", "Waits 14 minutes before anyone helps",
            "One size guide for every brand", "Second service, half price",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_other_scripts_are_searchable_too() -> None:
    cards = {0: ["顧客は窓口で待っている", "고객이 기다린다", "ждёт у стойки", "Ελλάδα", "straße 😟 naïve"]}
    rendered = make(boards.board("Scripts", {"A": [""]}, [("actions", "L", cards)]))
    text = text_of(rendered.file).replace("\n", "")
    for words in ("顧客は窓口で待っている", "고객이", "ждёт у стойки", "Ελλάδα", "naïve"):
        assert words in text
    assert not rendered.warnings


def test_arabic_is_searchable(tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    path.write_bytes(make(boards.arabic()).file)
    assert "الانتظار" in tool("pdftotext", str(path), "-")


def test_it_says_what_it_is_and_can_be_read_aloud(tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    path.write_bytes(make(boards.bike()).file)
    facts = tool("pdfinfo", str(path))
    for line in ("Title: Buying a bike for the way to work", "Author: Edith", "Creator: Journeymap", "Tagged: yes"):
        assert line in " ".join(facts.split()), facts
    tree = [line.strip() for line in tool("pdfinfo", "-struct-text", str(path)).splitlines()]
    assert tree.count("TR") == 8, "stages, steps, six lanes"
    assert sum(line.startswith("TH") for line in tree) == 4 + 9 + 6
    assert sum(line.startswith("TD") for line in tree) == 2 + 6 * 9
    assert '"Waits 14 minutes before anyone helps"' in tree
    assert b"pdfuaid" in path.read_bytes() or b"pdfuaid" in b"".join(_streams(path.read_bytes()))


def _streams(pdf: bytes) -> list[bytes]:
    found = []
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompress(part.split(b"\nendstream")[0]))
        except zlib.error:
            continue
    return found


def test_the_outline_lists_the_stages_and_links_lead_out(tmp_path: Path) -> None:
    file = make(boards.bike()).file
    with pypdfium2.PdfDocument(file) as document:
        assert [mark.get_title() for mark in document.get_toc()] == [
            "Buying a bike for the way to work", "Discover", "Compare", "Buy", "Ride",
        ]  # fmt: skip
    path = tmp_path / "map.pdf"
    path.write_bytes(file)
    assert "https://example.org/service?a=1&b=2" in tool("pdfinfo", "-url", str(path))


def test_characters_without_a_glyph_are_named() -> None:
    unknown = "\U0001fbf0\U000f1234"
    rendered = make(boards.board("Odd", {"A": [""]}, [("text", "L", {0: f"what {unknown[1]}"})]))
    assert any("U+F1234" in warning for warning in rendered.warnings), rendered.warnings


def test_no_text_can_break_the_file() -> None:
    nasty = [
        "(unbalanced \\", ")) EMC Q Q BT", "</title><script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>",
        "%%EOF", "\u202eright to left", "a\u0301" * 50, "@page{size:1px}</style>", "&amp;&lt;",
    ]  # fmt: skip
    stages = {text: [text] for text in nasty}
    lanes = [("text", "</h1>" + nasty[2], dict(enumerate(nasty)))]
    document = boards.board("</title><style>*{display:none}</style>", stages, lanes)
    text = text_of(make(document).file)
    for words in ("(unbalanced \\", "</title><script>alert(1)</script>", "%%EOF", "&amp;&lt;"):
        assert words.replace(" ", "") in text.replace("\n", "").replace(" ", "")


def test_a_picture_is_the_page_at_the_asked_scale() -> None:
    rendered = make(boards.bike(), format_="png", scale=1.5)
    picture = Image.open(BytesIO(rendered.file))
    poster = make(boards.bike()).file
    with pypdfium2.PdfDocument(poster) as document:
        width, height = document[0].get_size()
    assert picture.format == "PNG"
    assert picture.width == pytest.approx(width * 2, abs=2)
    assert picture.height == pytest.approx(height * 2, abs=2)
    colors = {color for _, color in picture.convert("RGB").getcolors(1 << 24) or []}
    assert (0xFD, 0xF2, 0xC4) in colors, "yellow sticky notes"


def test_a_picture_has_at_most_sixty_megapixels_and_says_so() -> None:
    rendered = make(boards.crowd(900, scripts=("latin",)), format_="png", scale=4)
    picture = Image.open(BytesIO(rendered.file))
    assert picture.width * picture.height <= 60_500_000
    assert any("60 megapixels" in warning for warning in rendered.warnings)


def test_the_plain_table_says_the_same_in_the_same_order() -> None:
    painted = " ".join(text_of(make(boards.bike()).file).split())
    plain = " ".join(text_of(make(boards.bike(), engine="html").file).split())
    for card in boards.bike().cards:
        assert card.text in painted
        assert card.text in plain
    assert plain.index("Discover") < plain.index("Opens eleven tabs") < plain.index("One size guide for every brand")


@pytest.mark.parametrize("name", ["bike", "arabic", "blueprint"])
def test_both_engines_give_the_sheet_the_same_colours(name: str) -> None:
    """The plain form is another layout, so their colours are compared, as shares of all that is not ground."""
    shares = [
        _sticky_shares(make(BOARDS[name](), format_="png", engine=engine, scale=1.0)) for engine in ("painted", "html")
    ]
    for color in shares[0] | shares[1]:
        assert shares[0].get(color, 0) == pytest.approx(shares[1].get(color, 0), abs=0.25), color


def _sticky_shares(picture: Rendered) -> dict[str, float]:
    from exports.palette import STICKIES

    image = Image.open(BytesIO(picture.file)).convert("RGB")
    colors: list[tuple[int, Any]] = image.getcolors(1 << 24) or []
    counts = {"#{:02x}{:02x}{:02x}".format(*color): count for count, color in colors}
    found = {name: counts.get(each.fill, 0) for name, each in STICKIES.items() if name != "white"}
    whole = sum(found.values()) or 1
    return {name: count / whole for name, count in found.items() if count}


def test_where_painting_fails_the_plain_table_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an upgrade of WeasyPrint that moved what the painter leans on."""
    from weasyprint.pdf.stream import Stream

    monkeypatch.delattr(Stream, "add_shading")
    rendered = make(boards.bike())
    assert "Opens eleven tabs" in text_of(rendered.file)
    assert "plain table" in rendered.warnings[0]

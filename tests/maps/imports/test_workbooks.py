"""Excel workbooks: the sheet with stages and lanes is the map; hostile ones are refused before they are unpacked."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from journeymap.core.errors import Problem, TooLarge, Unprocessable
from maps.imports import read_file
from tests.maps.imports.drawing import drawn

TOWN_HALL: Sequence[Sequence[Any]] = (
    ["Visit to the town hall"],
    [],
    ["Persona", "Olga Petrova, 58"],
    [],
    ["Stage", "Before", None, "At the desk"],
    ["Step", "Look up", "Book", "Talk"],
    ["Actions", "Reads the page\nCalls", "Books a slot", "Explains twice"],
    ["Touchpoints", "Website", "Booking page, SMS", "Desk"],
    ["Feelings", "unsure", "relieved 🙂", "annoyed"],
    ["KPI", 0.61, 12.0, None],
    [],
    ["Legend: bold = heard"],
)
BOARD = """\
Visit to the town hall [current_state]
persona: Olga Petrova; background: Olga Petrova, 58
lane: Actions [actions]
lane: Touchpoints [touchpoints]
lane: Feelings [emotions]
lane: KPI [metrics]
== Before
-- Look up
Actions: Reads the page | Calls
Touchpoints: Website
Feelings: Olga Petrova -40 unsure
KPI: 61 %
-- Book
Actions: Books a slot
Touchpoints: Booking page | SMS
Feelings: Olga Petrova +62 relieved 🙂
KPI: 12
== At the desk
-- Talk
Actions: Explains twice
Touchpoints: Desk
Feelings: Olga Petrova -70 annoyed
left over: Legend: bold = heard
left over: Asked on; 2027-03-01
"""


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip that calls itself a workbook, with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file.getvalue()


def test_a_sheet_with_titles_merged_cells_and_figures_is_read() -> None:
    from datetime import date

    book = workbook({"About": [["Asked on", date(2027, 3, 1)]], "Journey": TOWN_HALL})
    book["Journey"].merge_cells("B5:C5")
    book["Journey"]["B10"].number_format = "0%"

    assert drawn(read_file("town-hall.xlsx", saved(book))) == BOARD


def test_hidden_sheets_are_not_read() -> None:
    book = workbook({"Journey": TOWN_HALL, "Secret": [["salary", 1]]})
    book["Secret"].sheet_state = "hidden"

    assert "salary" not in drawn(read_file("town-hall.xlsx", saved(book)))


HOSTILE: dict[str, tuple[bytes, type[Problem]]] = {
    "a bomb": (archive(xl__workbook_dot_xml=b"<x/>", xl__bomb_dot_xml=b"0" * 200_000_000), TooLarge),
    "an archive": (archive(readme_dot_txt=b"hello"), Unprocessable),
    "an empty workbook": (archive(xl__workbook_dot_xml=b"<x/>"), Unprocessable),
    "cut off": (saved(workbook({"Journey": TOWN_HALL}))[:3_000], Unprocessable),
    "only its beginning": (b"PK\x03\x04" + bytes(100), Unprocessable),
    "protected": (b"\xd0\xcf\x11\xe0" + bytes(5_000), Unprocessable),
    "10,000 columns": (saved(workbook({"Wide": [["Stage", *(f"S{n}" for n in range(10_000))]]})), TooLarge),
    "20,000 rows": (saved(workbook({"Long": [["Stage", "A"], *([["Actions", "x"]] * 20_000)]})), TooLarge),
}


@pytest.mark.parametrize(("data", "problem"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_soon(data: bytes, problem: type[Problem]) -> None:
    began = time.process_time()
    with pytest.raises(problem):
        read_file("map.xlsx", data)

    assert time.process_time() - began < 2


def test_entities_in_a_sheet_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode()
    source = zipfile.ZipFile(io.BytesIO(saved(workbook({"Journey": TOWN_HALL}))))
    parts = {name: source.read(name) for name in source.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, bomb if name == "xl/worksheets/sheet1.xml" else data)

    with pytest.raises(Unprocessable):
        read_file("map.xlsx", file.getvalue())

"""Reads Excel workbooks into rows of text, within limits that a bomb cannot pass."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from journeymap.core.errors import TooLarge, Unprocessable
from maps.imports.limits import MOST_BYTES, MOST_CELLS, MOST_LINES, MOST_STEPS

ZIP = b"PK\x03\x04"
MOST_UNPACKED = 20_000_000
MOST_PARTS = 500
Rows = list[list[str]]


def is_zip(data: bytes) -> bool:
    return data.startswith(ZIP)


def sheets_of(data: bytes) -> list[Rows]:
    """The rows of every sheet that shows something.

    Raises Unprocessable for what is no workbook, TooLarge for one that is too large packed, unpacked or in cells.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(f"The file is larger than {MOST_BYTES // 1_000_000} MB, which is the most an import takes in.")
    _check_parts(data)
    # Reading is for few requests; the library costs a tenth of a second that no other start should pay.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [list(_rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except TooLarge:
        raise
    except Exception as error:  # whatever a broken file raises: the library has no error of its own
        raise Unprocessable("The workbook cannot be read: it is broken or protected.") from error
    return [rows for rows in sheets if any(any(row) for row in rows)]


def _check_parts(data: bytes) -> None:
    """Looks at the list of parts before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unprocessable("The file is broken: it begins like a workbook but is none.") from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unprocessable("This is an archive, but no Excel workbook. An import reads .xlsx, CSV, Markdown and text.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge("The workbook is too large when it is unpacked.")


def _rows(sheet: Any) -> Iterator[list[str]]:
    """The rows of a sheet as texts; the size that the file claims for it is not believed."""
    sheet.reset_dimensions()
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in row[: MOST_STEPS * 2]]
        cells += sum(map(bool, texts))
        if sum(map(bool, texts)) > MOST_STEPS:
            raise TooLarge(f"A table of {len(row):,} columns is too wide: a map can hold at most {MOST_STEPS}.")
        if number > MOST_LINES or cells > MOST_CELLS:
            raise TooLarge(f"The sheet is too large: an import takes in at most {MOST_LINES:,} rows.")
        yield texts


def _text(cell: Any) -> str:
    """A cell as somebody sees it, as far as that matters here: whole numbers whole, percentages as such."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        if "%" in str(cell.number_format):
            return f"{round(value * 100, 2):g} %"
        return f"{value:g}" if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")

"""Cuts separated text (`;` `,` tab `|`) into rows, and tells whether a text is that at all."""

from __future__ import annotations

import csv
import io
from collections import Counter

from journeymap.core.errors import TooLarge, Unprocessable
from maps.imports.limits import MOST_CELLS, MOST_LINES, MOST_STEPS

DELIMITERS = ";\t|,"
LOOK_AT = 60_000
csv.field_size_limit(10_000_000)

Rows = list[list[str]]


def rows_of(text: str, *, delimiter: str) -> Rows:
    """The rows of separated text, with line breaks inside quotes kept.

    Raises Unprocessable where a quote is never closed, TooLarge beyond the limits.
    """
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True, skipinitialspace=delimiter == ",")
    rows: Rows = []
    began = 1
    try:
        for row in reader:
            rows.append(row)
            began = reader.line_num + 1
            _check_size(rows)
    except csv.Error as error:
        if "unexpected end" in str(error):
            message = f"The table breaks off: the quotation mark that opens in line {began} is never closed."
            raise Unprocessable(message) from error
        return _lenient_rows(text, delimiter=delimiter)
    return rows


def _lenient_rows(text: str, *, delimiter: str) -> Rows:
    """Rows of text whose quotes do not follow the rules: they are letters then, wherever that loses nothing."""
    rows: Rows = []
    for row in csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE):
        rows.append([cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in row])
        _check_size(rows)
    return rows


def _check_size(rows: Rows) -> None:
    width = len(rows[-1])
    if width > MOST_STEPS + 20 and len([cell for cell in rows[-1] if cell.strip()]) > MOST_STEPS:
        raise TooLarge(f"A table of {width:,} columns is too wide: a map can hold at most {MOST_STEPS}.")
    if len(rows) > MOST_LINES or len(rows) * width > MOST_CELLS * 2:
        raise TooLarge(f"The table is too large: an import takes in at most {MOST_LINES:,} rows, {MOST_CELLS:,} cells.")


def delimiters_of(text: str) -> list[str]:
    """The delimiters that cut `text` into a regular table, the most regular first."""
    sample = _sample(text)
    scores = {mark: _regularity(sample, mark) for mark in DELIMITERS if mark in sample}
    return sorted((mark for mark in scores if scores[mark] >= 0.5), key=lambda mark: -scores[mark])


def _sample(text: str) -> str:
    if len(text) <= LOOK_AT:
        return text
    lines = text[: LOOK_AT * 10].split("\n")
    if len(text) > LOOK_AT * 10 and len(lines) > 1:
        lines.pop()
    sample = lines[:3]
    for line in lines[3:]:
        if sum(map(len, sample[-50:])) > LOOK_AT or len(sample) > 400:
            break
        sample.append(line)
    return "\n".join(sample)


def _regularity(sample: str, delimiter: str) -> float:
    """Which part of the rows that are cut at all has the usual number of cells; 0 where few rows are cut."""
    rows = _sampled_rows(sample, delimiter)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    cut = [row for row in filled if sum(1 for cell in row if cell.strip()) >= 2]
    if len(cut) < 2 or len(cut) * 2 < len(filled):
        return 0.0
    widths = Counter(len(row) for row in cut)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    regular: float = times / len(cut) * (len(cut) / len(filled)) ** 0.5
    return regular + width / 1000


def _sampled_rows(sample: str, delimiter: str) -> Rows:
    try:
        return list(
            csv.reader(io.StringIO(sample), delimiter=delimiter, strict=True, skipinitialspace=delimiter == ",")
        )
    except csv.Error:
        return list(csv.reader(io.StringIO(sample), delimiter=delimiter, quoting=csv.QUOTE_NONE))

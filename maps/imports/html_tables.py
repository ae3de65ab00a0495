"""Takes pasted HTML apart into prose and tables; merged cells leave empty ones, as in a spreadsheet."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from journeymap.core.errors import TooLarge
from maps.imports.limits import MOST_CELLS, MOST_STEPS
from maps.imports.markdown import Passage

LOOKS_LIKE_HTML = re.compile(r"<t(?:able|r)[\s>]", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})((?:\s[^<>]{0,500})?)/?>")
ATTRIBUTE = re.compile(r"(colspan|rowspan)\s*=\s*[\"']?(\d{1,6})", re.IGNORECASE)
MOST_TAGS = 50_000
BREAKING = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol"})
UNSEEN = frozenset({"script", "style", "head", "template"})


def is_html(text: str) -> bool:
    """Whether a table in HTML is in `text`."""
    return LOOKS_LIKE_HTML.search(text) is not None


def html_passages(text: str) -> list[Passage]:
    """Prose and tables of a piece of HTML, in order.

    Tags are found one by one in linear time: the standard library's parser is quadratic on broken markup.
    """
    if text.count("<") > MOST_TAGS:
        raise TooLarge("The page has too many tags; import its table alone, or as CSV.")
    page = Page()
    place = 0
    for found in TAG.finditer(text):
        page.text(text[place : found.start()])
        place = found.end()
        name = found.group(2).lower()
        if found.group(1):
            page.close(name)
        else:
            page.open(name, found.group(3))
    page.text(text[place:])
    page.end_prose()
    return page.passages


@dataclass(slots=True)
class Page:
    """Collects rows while inside a table, lines outside; a table in a table is text of its cell."""

    passages: list[Passage] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    width: int = 1
    spans: int = 1
    below: dict[int, int] = field(default_factory=dict)
    unseen: int = 0
    depth: int = 0
    cells: int = 0

    def open(self, tag: str, attributes: str) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.end_prose()
        elif tag == "tr" and self.depth <= 1:
            self.end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.depth <= 1:
            self.end_cell()
            self._begin_cell({name.lower(): value for name, value in ATTRIBUTE.findall(attributes)})
        if tag in BREAKING:
            self.text("\n")

    def close(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ("td", "th") and self.depth <= 1:
            self.end_cell()
        elif tag == "table":
            self.depth = max(0, self.depth - 1)
            if not self.depth:
                self.end_table()

    def text(self, data: str) -> None:
        if data and not self.unseen:
            (self.prose if self.cell is None else self.cell).append(html.unescape(data))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        while self.below.get(len(row), 0) > 0:
            self.below[len(row)] -= 1
            row.append("")
        self.cell = []
        self.width, self.spans = _count(attributes.get("colspan")), _count(attributes.get("rowspan"))
        self.cells += self.width
        if self.cells > MOST_CELLS:
            raise TooLarge(f"The table is too large: an import takes in at most {MOST_CELLS:,} cells.")

    def end_cell(self) -> None:
        if self.cell is None:
            return
        row = self.rows[-1]
        for place in range(len(row), len(row) + self.width):
            self.below[place] = self.spans - 1
        lines = (" ".join(line.split()) for line in "".join(self.cell).split("\n"))
        row += ["\n".join(filter(None, lines)), *[""] * (self.width - 1)]
        self.cell = None

    def end_table(self) -> None:
        self.end_cell()
        rows = tuple(tuple(row) for row in self.rows if row)
        if rows:
            self.passages.append(Passage(rows=rows))
        self.rows, self.below = [], {}

    def end_prose(self) -> None:
        if self.rows:
            self.end_table()
        text = "".join(self.prose)
        if text.strip():
            self.passages.append(Passage(text=text))
        self.prose = []


def _count(written: str | None) -> int:
    """How many columns or rows a merged cell covers; nonsense is one."""
    if not written or not (written.isascii() and written.isdecimal()) or len(written) > 6:
        return 1
    return max(1, min(int(written), MOST_STEPS))

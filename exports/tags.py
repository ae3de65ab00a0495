"""The tree of meaning below a painted page: a title, and a table with heads, for those who listen to it.

WeasyPrint (version 70) builds the tags of a PDF from its boxes. A painted page is one box; hung below it, these
stand-ins look like a table to `weasyprint.pdf.tags`, and their leaves are the texts that the painter marks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox

from exports.primitives import Place, Text


class Leaf(TextBox):  # type: ignore[misc]  # WeasyPrint has no types
    """A text that was marked in the page's content."""

    def __init__(self) -> None:
        """No box of its own: only its identity counts."""


@dataclass(eq=False)
class Node:
    """An element as the tag builder reads one."""

    element_tag: str
    children: list[Any] = field(default_factory=list)
    scope: str = ""
    colspan: int = 1
    rowspan: int = 1
    is_table_wrapper: bool = False
    link_annotation: None = None
    widget_annotation: None = None
    mark: Any = None

    @property
    def element(self) -> Node:
        return self

    @property
    def attrib(self) -> dict[str, str]:
        return {"scope": self.scope} if self.scope else {}


@dataclass
class PageTags:
    """Numbers the texts of one page as they are painted, then builds their tree."""

    stream: Any
    leaves: dict[Place, list[Leaf]] = field(default_factory=lambda: defaultdict(list))

    def number(self, text: Text) -> int:
        """The number under which the text's content is marked."""
        leaf = Leaf()
        number = len(self.stream._tags)  # noqa: SLF001 - the painted page stands inside WeasyPrint's own marking
        self.stream._tags[leaf] = {"tag": "Span", "mcid": number}  # noqa: SLF001 - as above
        self.leaves[text.place].append(leaf)
        return number

    def hang_below(self, box: Any) -> None:
        """Make the picture's box the parent of the tree."""
        box.element_tag = "div"
        heading = [Node("h1", self.leaves.pop(("title",), []))]
        about = [Node("p", [leaf]) for name in ("about", "persona", "date") for leaf in self.leaves.pop((name,), [])]
        footer = [Node("p", [leaf]) for leaf in self.leaves.pop(("footer",), [])]
        rows = self._rows()
        box.children = [*heading, *about, *([Node("table", rows)] if rows else []), *footer]

    def _rows(self) -> list[Node]:
        steps = 1 + max((int(place[-1]) for place in self.leaves if place[0] in {"step", "cell"}), default=-1)
        stages = sorted(place for place in self.leaves if place[0] == "stage")
        lanes = sorted({int(place[1]) for place in self.leaves if place[0] in {"lane", "cell"}})
        steps = max(steps, len(stages))
        rows = []
        if stages:
            rows.append(Node("tr", [Node("td"), *self._stages(stages, steps)]))
        if any(place[0] == "step" for place in self.leaves):
            heads = [Node("th", self._paragraphs(("step", number)), "column") for number in range(steps)]
            rows.append(Node("tr", [Node("td"), *heads]))
        for lane in lanes:
            cells = [Node("td", self._paragraphs(("cell", lane, number))) for number in range(steps)]
            rows.append(Node("tr", [Node("th", self._paragraphs(("lane", lane)), "row"), *cells]))
            if border := self._paragraphs(("border", lane)):
                rows.append(Node("tr", [Node("td", border, colspan=steps + 1)]))
        return rows

    def _stages(self, stages: list[Place], steps: int) -> list[Node]:
        spans = [int(place[2]) for place in stages]
        spans[-1] = max(1, steps - sum(spans[:-1]))
        return [
            Node("th", self._paragraphs(place), "column", colspan=span)
            for place, span in zip(stages, spans, strict=True)
        ]

    def _paragraphs(self, place: Place) -> list[Node]:
        return [Node("p", [leaf]) for leaf in self.leaves.pop(place, [])]

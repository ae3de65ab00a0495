"""Random outlines and tables: no word of them is ever lost, and equal stages never swap their cards."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.core.errors import Problem
from maps.imports import read_text
from tests.maps.imports.custody import bare, texts_of

LABELS = ("Actions", "Touchpoints", "Emotions", "Pain points", "Opportunities", "Thoughts", "Gefühle", "KPI", "Notes")
MARKS = ("", "- ", "* ", "• ", "1. ", "  - ", "\t", "> ", "**", "## ", "### ")

word = st.builds(
    lambda letters, number: f"{letters}{number}", st.text("abdeéöst", min_size=3, max_size=9), st.integers(0, 999)
)
words = st.lists(word, min_size=1, max_size=5).map(" ".join)
lines = st.builds(
    lambda mark, label, sign, said, tail: f"{mark}{label}{sign if label else ''}{said}{tail}",
    st.sampled_from(MARKS),
    st.sampled_from(("", *LABELS, "Stage 1", "Phase 2", "Persona", "Goal", "Scenario", "Unknown")),
    st.sampled_from((": ", " - ", ":\n", "")),
    words,
    st.sampled_from(("", "; more1", ", and2", " (good)", "**", "\n", "\n\n")),
)
outlines = st.lists(lines, min_size=1, max_size=25).map("\n".join)


@settings(max_examples=120, deadline=None)
@given(outlines)
def test_no_word_of_an_outline_is_lost(text: str) -> None:
    try:
        draft = read_text(text)
    except Problem:
        return

    kept = bare(" ".join(texts_of(draft)))
    lost = [word for word in bare(text.replace(";", " ").replace(",", " ")).split() if word[-1].isdigit()]
    assert [word for word in lost if word not in kept and not word.isdigit()] == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(words, min_size=4, max_size=4), min_size=2, max_size=8), st.sampled_from(";\t|"))
def test_every_cell_of_a_table_stands_in_its_place(rows: list[list[str]], delimiter: str) -> None:
    header = delimiter.join(["Stage", "One", "Two", "Three", "Four"])
    body = [delimiter.join([LABELS[number], *cells]) for number, cells in enumerate(rows)]

    draft = read_text("\n".join([header, *body]))

    assert [stage.title for stage in draft.stages] == ["One", "Two", "Three", "Four"]
    found = {(draft.lanes[card.lane].title, card.stage): card.text for card in draft.cards}
    found |= {(draft.lanes[point.lane].title, point.stage): point.feeling for point in draft.emotions}
    assert found == {(LABELS[row], place): cell for row, cells in enumerate(rows) for place, cell in enumerate(cells)}

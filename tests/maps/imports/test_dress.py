"""One outline in many dresses: however heads, labels and items are marked, the map is the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from maps.drafts import MapDraft
from maps.imports import read_text

SAMPLE = Path(__file__).parents[2] / "samples" / "imports" / "marketing-automation.txt"
LABELS = ("Customer action", "Touchpoints", "Emotions", "Your company actions", "Pain point", "Opportunity")

HEADS: dict[str, Callable[[int, str], str]] = {
    "CAPITALS STAGE": lambda _, name: f"{name.upper()} STAGE",
    "Name stage": lambda _, name: f"{name} stage",
    "Stage 1: Name": lambda number, name: f"Stage {number}: {name}",
    "Stage 1 - Name": lambda number, name: f"Stage {number} - {name}",
    "STAGE 1. NAME": lambda number, name: f"STAGE {number}. {name.upper()}",
    "Phase 1 – Name": lambda number, name: f"Phase {number} – {name}",
    "Stage: Name": lambda _, name: f"Stage: {name}",
    "CAPITALS": lambda _, name: name.upper(),
    "plain": lambda _, name: name,
    "with a colon": lambda _, name: f"{name}:",
    "CAPITALS:": lambda _, name: f"{name.upper()}:",
    "1. Name": lambda number, name: f"{number}. {name}",
    "1) Name": lambda number, name: f"{number}) {name}",
    "(1) Name": lambda number, name: f"({number}) {name}",
    "## Name": lambda _, name: f"## {name}",
    "### 1. Name": lambda number, name: f"### {number}. {name}",
    "## Stage 1: Name": lambda number, name: f"## Stage {number}: {name}",
    "**Name**": lambda _, name: f"**{name}**",
    "**1. Name**": lambda number, name: f"**{number}. {name}**",
    "**Stage 1: Name**": lambda number, name: f"**Stage {number}: {name}**",
    "[Name]": lambda _, name: f"[{name}]",
    "=== Name ===": lambda _, name: f"=== {name} ===",
    "--- Name ---": lambda _, name: f"--- {name} ---",
    "emoji Name": lambda _, name: f"🔹 {name}",
    "emoji Stage 1": lambda number, name: f"🔹 Stage {number}: {name}",
    "underlined": lambda _, name: f"{name}\n{'=' * len(name)}",
}
LABEL_DRESSES: dict[str, Callable[[str], str]] = {
    "plain": lambda label: f"{label}:",
    "bold": lambda label: f"**{label}:**",
    "bold, colon outside": lambda label: f"**{label}**:",
    "bullet": lambda label: f"- {label}:",
    "bold bullet": lambda label: f"* **{label}:**",
    "indented": lambda label: f"  {label}:",
    "capitals": lambda label: f"{label.upper()}:",
    "dash": lambda label: f"{label} –",
    "emoji": lambda label: f"📌 {label}:",
}
ITEM_DRESSES: dict[str, Callable[[str], str]] = {
    "plain": lambda item: item,
    "dash": lambda item: f"- {item}",
    "bullet": lambda item: f"• {item}",
    "indented dash": lambda item: f"    - {item}",
    "tab": lambda item: f"\t{item}",
    "number": lambda item: f"    1. {item}",
    "star": lambda item: f"  * {item}",
}
Stage = tuple[str, list[tuple[str, list[str]]]]


def outline() -> list[Stage]:
    """The sample as stages with their labels and items."""
    stages: list[Stage] = []
    for line in SAMPLE.read_text(encoding="utf-8").split("\n")[1:]:
        label, colon, rest = line.partition(":")
        if line.endswith(" STAGE"):
            stages.append((line.removesuffix(" STAGE").capitalize(), []))
        elif colon and label in LABELS:
            stages[-1][1].append((label, [rest.strip()] if rest.strip() else []))
        elif line:
            stages[-1][1][-1][1].append(line)
    return stages


def dressed(
    head: Callable[[int, str], str],
    label: Callable[[str], str],
    item: Callable[[str], str],
    *,
    between: str = "\n",
    inline: bool = True,
) -> str:
    """The outline in a dress; items that stand alone follow their label in its line if `inline`."""
    lines = ["Persona: A marketing manager", ""]
    for number, (name, lanes) in enumerate(outline(), start=1):
        lines.append(head(number, name))
        for lane, items in lanes:
            if len(items) == 1 and inline:
                lines.append(f"{label(lane)} {items[0]}")
            else:
                lines += [label(lane), *map(item, items)]
        lines.append("")
    return between.join(lines)


def cells(draft: MapDraft) -> dict[tuple[str, str], list[str]]:
    """Texts by stage and lane, names in small letters."""
    found: dict[tuple[str, str], list[str]] = {}
    texts = [(card.stage, card.lane, card.text) for card in draft.cards]
    texts += [(point.stage, point.lane, point.feeling) for point in draft.emotions]
    for stage, lane, text in texts:
        title = re.sub(r"^\W+", "", draft.stages[stage].title).lower()
        found.setdefault((title, re.sub(r"^\W+", "", draft.lanes[lane].title).lower()), []).append(text)
    return found


def expected() -> dict[tuple[str, str], list[str]]:
    return {(name.lower(), lane.lower()): items for name, lanes in outline() for lane, items in lanes}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
@pytest.mark.parametrize("inline", [True, False], ids=["in the line", "below"])
def test_however_its_stages_are_headed(head: Callable[[int, str], str], inline: bool) -> None:
    draft = read_text(dressed(head, LABEL_DRESSES["plain"], ITEM_DRESSES["plain"], inline=inline))

    assert cells(draft) == expected()


@pytest.mark.parametrize("label", LABEL_DRESSES.values(), ids=LABEL_DRESSES.keys())
@pytest.mark.parametrize("name", ["CAPITALS STAGE", "## Name", "1. Name", "**Name**", "plain"])
def test_however_its_lanes_are_labelled(name: str, label: Callable[[str], str]) -> None:
    item = ITEM_DRESSES["indented dash"]

    assert cells(read_text(dressed(HEADS[name], label, item))) == expected()


@pytest.mark.parametrize("item", ITEM_DRESSES.values(), ids=ITEM_DRESSES.keys())
@pytest.mark.parametrize("name", ["CAPITALS STAGE", "## Name", "1. Name", "**Name**", "plain"])
@pytest.mark.parametrize("label", ["plain", "bold", "dash"])
def test_however_its_items_are_marked(name: str, label: str, item: Callable[[str], str]) -> None:
    assert cells(read_text(dressed(HEADS[name], LABEL_DRESSES[label], item))) == expected()


@pytest.mark.parametrize(
    "between", ["\r\n", "\n\n", "\r", "  \n"], ids=["CRLF", "double spaced", "CR", "trailing space"]
)
def test_however_its_lines_end(between: str) -> None:
    plain = dressed(HEADS["CAPITALS STAGE"], LABEL_DRESSES["plain"], ITEM_DRESSES["plain"], between=between)

    assert cells(read_text(plain)) == expected()

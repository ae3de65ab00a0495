"""Splits what stands in one cell into its items, by the readings that are not guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from journeymap.core.errors import TooLarge
from maps.imports.limits import MOST_CARDS
from maps.imports.lines import RULE, plain, without_mark

INLINE_BULLET = re.compile(r"\s+[•‣◦▪●⁃]\s+|(?<=\S)[•‣▪●⁃](?=\s)")
TURNS = re.compile(r"[()\[\]{}“„«”»\",]")
BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
NOTE = re.compile(r"\(\s*([\w /-]{1,24}?)\s*\)")
QUALITY = {
    "good": "good", "gut": "good", "bon": "good", "bien": "good", "bueno": "good", "great": "good",
    "ok": "ok", "okay": "ok", "mittel": "ok", "moyen": "ok", "regular": "ok", "average": "ok", "mixed": "ok",
    "bad": "bad", "schlecht": "bad", "mauvais": "bad", "malo": "bad", "poor": "bad",
}  # fmt: skip
MISSING = frozenset({"gap", "missing", "lucke", "lücke", "fehlt", "manque", "manquant", "falta", "hueco"})


def items_of(text: str, *, commas: bool) -> list[str]:
    """The items of a cell: line breaks, semicolons and list marks split; commas only where `commas` says so.

    Raises TooLarge where one cell holds more than a map may.
    """
    items = list(islice(_items(text, commas=commas), MOST_CARDS + 1))
    if len(items) > MOST_CARDS:
        raise TooLarge(f"This would make more than {MOST_CARDS:,} cards, the most a map can take in at once.")
    return items


def _items(text: str, *, commas: bool) -> Iterator[str]:
    if "<" in text:
        text = BREAK_TAG.sub("\n", text)
    for line in text.split("\n"):
        if not line or line.isspace() or RULE.fullmatch(line):
            continue
        bare = without_mark(line).lstrip("> ") if line.lstrip().startswith(">") else without_mark(line)
        for piece in INLINE_BULLET.split(bare) if not bare.isascii() else (bare,):
            for part in filter(None, piece.split(";")):
                for item in filter(None, _at_commas(part)) if commas and "," in part else (part,):
                    said = plain(without_mark(item))
                    if said and not RULE.fullmatch(said):
                        yield said


def _at_commas(text: str) -> Iterator[str]:
    """The parts between commas that stand neither in brackets, nor in quotes, nor between digits."""
    depth, quoted, start = 0, False, 0
    balanced = text.count('"') % 2 == 0
    for found in TURNS.finditer(text):
        letter, place = found.group(), found.start()
        if letter == ",":
            between_digits = text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
            if not (depth or quoted or between_digits):
                yield text[start:place]
                start = place + 1
        elif letter == '"':
            quoted = balanced and not quoted
        else:
            depth = max(0, depth + (1 if letter in "([{“„«" else -1))
    yield text[start:]


def quality_of(text: str) -> str | None:
    """The quality that a touchpoint says of itself in brackets, as in “Comparison guide (good)”."""
    return next((QUALITY[note] for note in _notes(text) if note in QUALITY), None)


def is_missing(text: str) -> bool:
    """Whether a touchpoint says in brackets that it is not there, as in “No chat (gap)”."""
    return any(note in MISSING for note in _notes(text))


def _notes(text: str) -> list[str]:
    return [note.lower() for note in NOTE.findall(text)] if "(" in text else []

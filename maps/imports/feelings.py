"""Reads how a text feels: words and emoji become a valence, the words themselves are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import fmean

from maps.imports.feeling_words import EMOJI, NOT, PHRASES, STRONGER, WEAKER, WORDS
from maps.imports.labels import folded

READ_UP_TO = 4000
FEELING_LIMIT = 200
VALENCE_OF_EMOJI = {emoji: value for value, emojis in EMOJI.items() for emoji in emojis}
VALENCE_OF_WORD: dict[str, int] = {}
VALENCE_OF_STEM: dict[str, int] = {}
for _value, _words in WORDS.items():
    for _word in _words.split():
        (VALENCE_OF_STEM if _word.endswith("*") else VALENCE_OF_WORD)[_word.rstrip("*")] = _value
LONGEST_STEM = max(map(len, VALENCE_OF_STEM))
SHORTEST_STEM = min(map(len, VALENCE_OF_STEM))

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
OF_MAXIMUM = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s*(?:/|out of|von|sur|de)\s*(5|10|100)(?!\d)")
SIGNED = re.compile(r"(?<![\w.])([+\-−–]\s?\d{1,3})(?![\d%.:/])")
BARE = re.compile(r"\s*(\d{1,3}(?:[.,]\d)?)\s*")
STARS = re.compile(r"([★⭐]{1,5})([☆]{0,4})")
TONE = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Feeling:
    """What a text says of a mood; `known` is false where nothing in it was recognised."""

    valence: int
    words: str
    emoji: str
    note: str
    known: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """What the numbers of a lane are measured against: the top of bare numbers, and of those with a sign."""

    bare: int | None = None
    signed: int | None = None


NO_SCALE = Scale()


def feeling_of(items: list[str], *, scale: Scale = NO_SCALE) -> Feeling:
    """One feeling for all that a cell says: mean valence, first words within limits, everything in the note."""
    values = [value for item in items if (value := valence_of(item, scale=scale)) is not None]
    whole = ", ".join(items)
    emoji, words = _without_emoji(whole)
    if len(words) > FEELING_LIMIT:
        words = f"{words[: FEELING_LIMIT - 1].rsplit(' ', 1)[0][: FEELING_LIMIT - 1]}…"
    told = len(items) == 1 and (words == whole or f"{words} {emoji}".strip() == whole or f"{emoji} {words}" == whole)
    note = "" if told else "\n".join(items)
    return Feeling(round(fmean(values)) if values else 0, words, emoji, note, known=bool(values))


def valence_of(text: str, *, scale: Scale = NO_SCALE) -> int | None:
    """The valence that `text` speaks of, or None if no word, emoji or rating of feeling is in it."""
    text = text[:READ_UP_TO]
    rating = _rating(text, scale)
    if rating is not None:
        return rating
    values = _word_values(text)
    if not text.isascii():
        values += [VALENCE_OF_EMOJI[letter] for letter in text if letter in VALENCE_OF_EMOJI]
    return max(-100, min(100, round(fmean(values)))) if values else None


def scale_of(texts: list[str]) -> Scale:
    """The scale of a lane that is written in numbers."""
    bare = [_number(found.group(1)) for text in texts if (found := BARE.fullmatch(text))]
    signed = [abs(_number(found.group(1))) for text in texts if (found := SIGNED.search(text[:READ_UP_TO]))]
    enough = len(bare) >= 2 and len(bare) * 2 >= len(texts)
    return Scale(
        bare=next((top for top in (5, 10, 100) if enough and max(bare) <= top), None),
        signed=next((top for top in (2, 3, 5, 10, 100) if len(signed) >= 2 and max(signed) <= top), None),
    )


def speaks_of_feeling(text: str) -> bool:
    """Whether `text` is mainly words of feeling: a few words with one that is known."""
    return len(text.split()) <= 8 and valence_of(text) is not None


def _rating(text: str, scale: Scale) -> int | None:
    found = OF_MAXIMUM.search(text)
    if found:
        return _on_scale(_number(found.group(1)), int(found.group(2)))
    found = STARS.search(text)
    if found:
        return _on_scale(len(found.group(1)), 5) if len(found.group(0)) > 1 else None
    found = BARE.fullmatch(text)
    if found:
        return _on_scale(_number(found.group(1)), scale.bare) if scale.bare else None
    found = SIGNED.search(text)
    if found is None:
        return None
    number = _number(found.group(1))
    top = scale.signed or next((top for top in (5, 10, 100) if abs(number) <= top), 0)
    return max(-100, min(100, round(number / top * 100))) if top else None


def _number(written: str) -> float:
    return float(written.replace(" ", "").replace("−", "-").replace("–", "-").replace(",", "."))


def _on_scale(number: float, top: int) -> int:
    low = 1 if top == 5 else 0
    return max(-100, min(100, round((number - low) / (top - low) * 200 - 100)))


def _word_values(text: str) -> list[int]:
    plain = folded(text)
    values: list[int] = []
    for phrase, value in PHRASES.items():
        if phrase in plain:
            values.append(value)
            plain = plain.replace(phrase, " ")
    words = WORD.findall(plain)
    for place, word in enumerate(words):
        value_of_word = _value_of(word)
        if value_of_word is not None:
            values.append(_in_context(value_of_word, words[max(0, place - 3) : place]))
    return values


def _value_of(word: str) -> int | None:
    value = VALENCE_OF_WORD.get(word)
    if value is not None:
        return value
    for size in range(min(len(word), LONGEST_STEM), SHORTEST_STEM - 1, -1):
        value = VALENCE_OF_STEM.get(word[:size])
        if value is not None:
            return value
    for prefix in ("un", "in", "dis"):
        if word.startswith(prefix) and len(word) > 6:
            value = _value_of(word[len(prefix) :])
            if value is not None:
                return -abs(value) * 3 // 4
    return None


def _in_context(value: int, before: list[str]) -> int:
    """`value` after “not”, “very” or “a bit” among the words just before it."""
    if any(word in STRONGER for word in before[-2:]):
        value = round(value * 1.25)
    if any(word in WEAKER for word in before[-2:]):
        value = round(value * 0.6)
    if any(word in NOT for word in before):
        value = round(value * -0.6)
    return max(-100, min(100, value))


def _without_emoji(text: str) -> tuple[str, str]:
    """The first emoji of feeling, and the text without it if it stands at an end."""
    if text.isascii():
        return "", text
    bare = TONE.sub("", text) if TONE.search(text) else text
    place = next((index for index, letter in enumerate(bare) if letter in VALENCE_OF_EMOJI), None)
    if place is None:
        return "", text
    emoji = bare[place]
    before, after = bare[:place].strip(), bare[place + 1 :].strip()
    if before and after:
        return emoji, text
    return emoji, (before or after).strip(" ,–—-:")

"""Recognises what a label means: a lane of some kind, the stages, a persona, the title and so on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from maps.imports.words import AROUND, ASKING, LANE_WORDS, PART_WORDS, QUALIFIERS, STAGE_WORD, STEP_WORD, WEAK, phrases

LONGEST_LABEL = 80
LONGEST_TITLE = 120
LONGEST_SIMPLIFIED = 400
LONGEST_HEAD = 2_000


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label stands for: `part` is "lane" or a key of PART_WORDS; `sure` is false for a likely guess.

    `mixed` marks lanes that may be of feelings, which only their content can tell.
    """

    part: str
    kind: str = ""
    sure: bool = True
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading that says itself that it is a stage or a step, with the title that is left."""

    part: str
    title: str


MEANINGS: dict[str, Meaning] = {
    **{word: Meaning("lane", kind) for kind, words in LANE_WORDS.items() for word in phrases(words)},
    **{word: Meaning(part) for part, words in PART_WORDS.items() for word in phrases(words)},
}
PERHAPS_FELT = frozenset({"experience", "reaction", "reactions", "reaktion", "reaktionen", "erlebnis", "experiencia"})
EMPTY_MARKS = re.compile(r"[^\w()'&/+,?]+", re.UNICODE)
JOINED = re.compile(r"\s*(?:/|,|\+|\band\b|\bund\b|\bet\b|\by\b|\boder\b|\bor\b)\s*")
LAST_NUMBER = re.compile(r"(?<=\w) #?\d{1,2}\s*$")
RELATED = re.compile(r" (?:to|of|for|in|with|at|about|des|der|fur|du|de|del|della|para|pour) ")
FIRST_NUMBER = re.compile(r"^[#(]?(?:\d{1,3}|[ivx]{1,4})(?:\.\d{1,3})*[.):]\s+")
COUNT = r"(?:#?\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten|eins|zwei|drei)"
OF_JOURNEY = r"(?:(?:customer |buyer |user )?(?:journey|lifecycle|funnel|customer|buyer|user)\s)"
SAYS_NUMBER = re.compile(
    rf"^(?:\d{{1,3}}[.)]\s*)?{OF_JOURNEY}?({STAGE_WORD}|{STEP_WORD})\s*(?:{COUNT}\b)?\s*[:.)–—-]+\s*(?=\S)"
)
ONLY_NUMBER = re.compile(rf"^(?:\d{{1,3}}[.)]\s*)?({STAGE_WORD}|{STEP_WORD})\s*({COUNT})\s*:?$")
LEADING_MARKS = re.compile(r"^[^\w(#]{1,10}")
HEAD_WORD = re.compile(rf"{STAGE_WORD}|{STEP_WORD}")
NUMBER_FIRST = re.compile(rf"^({STAGE_WORD}|{STEP_WORD})\s+{COUNT}\s+(?=\S)")
SAYS_STAGE_LAST = re.compile(rf"^(?:{COUNT}[.):]?\s+)?(.+?)[\s-]+(stage|phase)\s*(\([^()]*\))?:?$")


def meaning_of(label: str) -> Meaning | None:
    """What `label` stands for, or None for a text that is no label we know."""
    return _meaning_of(label) if len(label) <= LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def _meaning_of(label: str) -> Meaning | None:
    words = simplified(label)
    return _known(words) or _joined(words) or _asked(label) or _headed(words)


@lru_cache(maxsize=4096)
def _core_of(label: str) -> str:
    words = simplified(label).split()
    while len(words) > 1 and words[0] in QUALIFIERS:
        words = words[1:]
    return " ".join(word.rstrip("s") for word in words)


def core_of(label: str) -> str:
    """What tells a label from others: “Your company actions” and “Company action” have one core."""
    return _core_of(label[:LONGEST_LABEL]) or label


def simplified(label: str) -> str:
    """`label` in lower case, without accents, marks, emoji, leading number and trailing brackets."""
    return _simplified(label) if len(label) <= LONGEST_LABEL else _simplified.__wrapped__(label[:LONGEST_SIMPLIFIED])


@lru_cache(maxsize=4096)
def _simplified(label: str) -> str:
    text = folded(label)
    cut = text.find(" (")
    if cut > 0 and text.rstrip(" :*_").endswith(")"):
        text = text[:cut]
    text = FIRST_NUMBER.sub("", text.strip(" *_:#–—-"))
    text = LAST_NUMBER.sub("", EMPTY_MARKS.sub(" ", text.replace("&", " and ").replace("-", " ").replace("_", " ")))
    return " ".join(text.split()).strip(" '?,")


def folded(text: str) -> str:
    """`text` in lower case without accents and with plain apostrophes; as long as ASCII text was."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("´", "'").replace("ß", "ss"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).lower()


def numbered(text: str) -> Numbered | None:
    """The stage or step that `text` announces by name, as in “Stage 1: Awareness” or “AWARENESS STAGE”."""
    if not text or len(text) > LONGEST_HEAD:
        return None
    text = LEADING_MARKS.sub("", text)
    plain = folded(text)
    if HEAD_WORD.search(plain) is None:
        return None
    for pattern in (SAYS_NUMBER, NUMBER_FIRST):
        found = pattern.match(plain)
        if found and _first_is_number_or_word(plain, found):
            return Numbered(_part(found.group(1)), _tail(text, plain, found.end()))
    found = ONLY_NUMBER.match(plain)
    if found:
        return Numbered(_part(found.group(1)), text.strip(" :*_"))
    found = SAYS_STAGE_LAST.match(plain) if len(text) <= LONGEST_TITLE else None
    if found and len(found.group(1).split()) <= 5 and MEANINGS.get(simplified(text)) is None:
        name = _tail(text, plain, found.start(1), found.end(1))
        bracket = text[text.rfind("(") : text.rfind(")") + 1] if found.group(3) else ""
        return Numbered("stage", f"{name} {bracket}".rstrip())
    return None


def is_around(text: str) -> bool:
    """Whether a heading belongs to the document around the map, like “Summary”."""
    return simplified(text) in AROUND


def _known(words: str) -> Meaning | None:
    """The meaning of the words, with leading qualifiers (“customer”, “your”, “key”) taken off one by one."""
    rest = words
    for _ in range(4):
        meaning = MEANINGS.get(rest)
        if meaning is not None:
            sure = rest not in WEAK or rest != words
            return Meaning(meaning.part, meaning.kind, sure=sure, mixed=rest in PERHAPS_FELT)
        first, _, tail = rest.partition(" ")
        if first not in QUALIFIERS or not tail:
            return None
        rest = tail
    return None


def _joined(words: str) -> Meaning | None:
    """“Thoughts and feelings”, “touchpoints/channels”: the first that is known, if no part is a whole sentence."""
    parts = JOINED.split(words)
    if len(parts) < 2 or len(words) > 60:
        return None
    known = [_known(part) for part in parts]
    lanes = [meaning for meaning in known if meaning and meaning.part in ("lane", "goal", "objective")]
    if not lanes or len(lanes) < len(parts) - 1:
        return None
    kinds = {meaning.kind for meaning in lanes}
    kind = "touchpoints" if kinds == {"channels", "touchpoints"} else lanes[0].kind or "goals"
    return Meaning("lane", kind, sure=len(lanes) == len(parts), mixed=kinds >= {"thoughts", "emotions"})


def _asked(label: str) -> Meaning | None:
    """“What is she thinking?” asks for thoughts."""
    plain = folded(label).strip(" :*_")
    if not plain.endswith("?") or len(plain) > 60:
        return None
    for phrase, kind in ASKING:
        if phrase in plain:
            return Meaning("lane", kind, sure=False)
    return None


def _headed(words: str) -> Meaning | None:
    """“Post-visit touchpoints”, “barriers to purchase”: a short label whose main word is known."""
    first = RELATED.split(words, maxsplit=1)[0]
    meaning = _known(first) if first != words and len(words) <= 40 else None
    if meaning is not None and meaning.part == "lane":
        return Meaning("lane", meaning.kind, sure=False)
    parts = words.split()
    if not 2 <= len(parts) <= 5:
        return None
    for start in range(1, len(parts)):
        meaning = MEANINGS.get(" ".join(parts[start:]))
        if meaning is not None:
            return Meaning("lane", meaning.kind, sure=False) if meaning.part == "lane" else None
    return None


def _part(word: str) -> str:
    return "stage" if re.fullmatch(STAGE_WORD, word) else "step"


def _first_is_number_or_word(plain: str, found: re.Match[str]) -> bool:
    """Whether the matched head is “stage 1:” or “journey phase:”, not a label such as “phase goal:” or “next step:”."""
    head = plain[: found.end()].strip(" :.)–—-")
    meaning = MEANINGS.get(simplified(head))
    return meaning is None or meaning.part in ("stages", "steps")


def _tail(text: str, plain: str, start: int, end: int | None = None) -> str:
    """The stretch of `text` for positions found in `plain`; where folding changed the length, by words."""
    if len(text) == len(plain):
        return text[start:end].strip(" :*_–—-")
    words = len(plain[:start].split())
    kept = text.split()[words:] if end is None else text.split()[words : len(plain[:end].split())]
    return " ".join(kept).strip(" :*_–—-")

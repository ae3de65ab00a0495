"""Takes a text apart into lines that know their indentation, list mark, heading level, label and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maps.imports.labels import LONGEST_LABEL, Meaning, meaning_of

BULLETS = "-*+•‣◦▪▫●○■□►▶‧·–—→⁃∙➤➢✦★☐☑"
MARK = re.compile(
    rf"(?P<heading>\#{{2,6}}(?=[^#])|\#(?=\s)|h[1-6]\.(?=\s))|(?P<quote>>+)|(?P<bullet>(?:[{re.escape(BULLETS)}]|o(?=\t))(?=\s)"
    r"|[•‣◦▪●►▶⁃➤➢])|(?P<number>\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d])|\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zA-Z]\)|[ivxIVX]{1,4}[.)])(?=\s))"
)
DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+[^\W\d]")
CHECKBOX = re.compile(r"\[[ xX]\]\s+")
RULE = re.compile(r"[\s\-–—=_*~#·.•|+─━═│┃┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬║╭╮╰╯>]*")
WRAPS = (("**", "**"), ("__", "__"), ("[", "]"), ("=== ", " ==="), ("== ", " =="), ("--- ", " ---"), ("-- ", " --"))
INNER_LABEL = re.compile(r"(?<=[.;|!?\"”])\s+(?:[|*]+\s*)?([^\W\d][\w &/'-]{2,40}):(?=[\s*])")
WRAPPING = frozenset("*_[]=-:")
LABELLED = re.compile(r"([^:：\n]{1,80}?)\s*(?:\*\*|__|\*)?\s*[:：]\s*(?:\*\*|__|\*)?(?:\s+|$)", re.UNICODE)
DASHED = re.compile(r"([^\n]{1,60}?)(?:\*\*|__)?\s+(?:[-–—=]|->|=>|→)(?:\s+(?=\S)|\s*$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `mark` is "", "heading", "bullet", "number" or "quote"; `text` is without mark and bold.

    `label` is the part before the colon (or the whole, if it is one), `rest` what follows it;
    `meaning` what the label stands for. `blank_before` tells whether an empty line stands above.
    """

    number: int
    raw: str
    indent: int
    mark: str
    level: int
    bold: bool
    text: str
    label: str
    rest: str
    meaning: Meaning | None
    colon: bool
    blank_before: bool
    caps: bool

    @property
    def depth(self) -> tuple[int, int]:
        """How deep the line stands: headings above everything, then by indentation, list items below plain lines."""
        if self.mark == "heading":
            return (-10 + self.level, 0)
        return (self.indent, 1 if self.mark in ("bullet", "number", "quote") else 0)


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that say something; rules and empty lines only leave `blank_before`."""
    found: list[Line] = []
    blank = True
    for number, raw in enumerate(_lines_apart(text)):
        if not raw or RULE.fullmatch(raw) or raw.lstrip().startswith("```"):
            blank = True
            continue
        found.append(read_line(raw, number=number, blank_before=blank))
        blank = False
    return found


def _lines_apart(text: str) -> Iterator[str]:
    """The lines of a text; one that tells several lanes in sentences, each with its label, is as many lines."""
    for line in text.split("\n"):
        if line.count(":") < 2:
            yield line
            continue
        start = 0
        for found in INNER_LABEL.finditer(line):
            meaning = meaning_of(found.group(1))
            if meaning is not None and meaning.sure and meaning.part == "lane":
                yield line[start : found.start()]
                start = found.start(1)
        yield line[start:]


def read_line(raw: str, *, number: int = 0, blank_before: bool = False) -> Line:
    content = raw.lstrip()
    indent = len(raw[: len(raw) - len(content)].expandtabs(4))
    if content[:1].isdigit() and (decimal := DECIMAL.match(content)):
        indent += 2 * decimal.group(1).count(".")
    mark, level, content = _unmarked(content)
    content = content.strip()
    text, bold = unwrapped(content)
    label, rest, colon, meaning = _labelled(text)
    bold = bold or content.startswith(("**", "__"))
    caps = text.isupper() and sum(map(str.isalpha, text)) >= 3
    return Line(number, raw, indent, mark, level, bold, text, label, rest, meaning, colon, blank_before, caps)


def without_mark(text: str) -> str:
    """`text` without its list mark, check box and surrounding space."""
    content = text.strip()
    found = MARK.match(content)
    if found and found.lastgroup in ("bullet", "number"):
        content = content[found.end() :].lstrip()
        box = CHECKBOX.match(content)
        content = content[box.end() :] if box else content
    return content


def unwrapped(text: str) -> tuple[str, bool]:
    """`text` without the emphasis around and inside it, and whether all of it was emphasised."""
    bold = False
    content = text.strip()
    if content[:1] not in WRAPPING and content[-1:] not in WRAPPING:
        return plain(content), False
    for before, after in WRAPS:
        inner = content[len(before) : -len(after)]
        if content.startswith(before) and content.endswith(after) and inner.strip() and before not in inner:
            if before == "[" and "]" in inner:
                continue
            content, bold = inner.strip(), True
    trailing = content.rstrip(":")
    for emphasis in ("**", "__"):
        if trailing.startswith(emphasis) and trailing.endswith(emphasis) and len(trailing) > 4:
            bold = bold or emphasis not in trailing[2:-2]
    return plain(content), bold


def plain(text: str) -> str:
    """`text` without Markdown's paired bold marks; single stars and underscores around it go too."""
    for emphasis in ("**", "__"):
        if text.count(emphasis) >= 2:
            text = text.replace(emphasis, "")
    if len(text) > 2 and text[0] == text[-1] and text[0] in "*_" and text[0] not in text[1:-1]:
        text = text[1:-1]
    return text.strip()


def _unmarked(content: str) -> tuple[str, int, str]:
    found = MARK.match(content)
    if found is None:
        return "", 0, content
    mark = found.lastgroup or ""
    level = int(content[1]) if content[:1] == "h" and mark == "heading" else found.end() * (mark == "heading")
    rest = content[found.end() :].lstrip()
    if mark == "heading":
        rest = rest.rstrip("# ") or rest
    if mark == "bullet":
        box = CHECKBOX.match(rest)
        rest = rest[box.end() :] if box else rest
    return mark, level, rest


def _labelled(text: str) -> tuple[str, str, bool, Meaning | None]:
    """Label, rest, whether a colon parts them, and the label's meaning."""
    found = LABELLED.match(text[: LONGEST_LABEL + 20])
    if found:
        label = plain(found.group(1).strip(" *_"))
        return label, text[found.end() :].strip(), True, meaning_of(label)
    found = DASHED.match(text[: LONGEST_LABEL + 20])
    if found:
        label = plain(found.group(1).strip(" *_"))
        meaning = meaning_of(label)
        if meaning is not None and meaning.sure:
            return label, text[found.end() :].strip(), True, meaning
    whole = meaning_of(text) if len(text) <= LONGEST_LABEL else None
    return text, "", False, whole

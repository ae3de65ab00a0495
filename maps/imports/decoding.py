"""Turns a file's bytes into text: UTF-8, UTF-16, Windows-1252 and relatives; refuses what is no text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from journeymap.core.errors import BadRequest, TooLarge, Unprocessable
from maps.imports.limits import MOST_BYTES

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"RIFF", "a media file"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf", "an archive"), (b"Rar!", "an archive"), (b"\xd0\xcf\x11\xe0", "an old or protected Office file"),
    (b"SQLite format 3", "a database"), (b"PK\x03\x04", "an Office file or an archive"), (b"PK\x05\x06", "an archive"),
)  # fmt: skip
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
INVISIBLE = re.compile(r"[\u200b\ufeff]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SAYS_SOMETHING = re.compile(r"[^\W_]|[\u2190-\U0010ffff]")
SAMPLE = 20_000


def text_of(data: bytes) -> str:
    """The text of a file.

    Raises BadRequest for an empty one, TooLarge beyond MOST_BYTES, Unprocessable for what is no text.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(f"The file is larger than {MOST_BYTES // 1_000_000} MB, which is the most an import takes in.")
    if not data.strip():
        raise BadRequest("The file is empty.")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise Unprocessable(f"This looks like {what}. An import reads text: CSV, Markdown, Mermaid, JSON.")
    return checked(_decoded(data))


def checked(text: str) -> str:
    """`text` with its line ends made one, if it can be read at all.

    Raises BadRequest for empty text, NUL or lone surrogates, TooLarge beyond MOST_BYTES, Unprocessable for binary.
    """
    if len(text) > MOST_BYTES:
        raise TooLarge(f"The text is longer than {MOST_BYTES:,} characters, the most an import takes in.")
    if "\0" in text or SURROGATE.search(text):
        raise BadRequest("The text contains characters that are none (NUL or half a character).")
    if len(CONTROLS.findall(text[:SAMPLE])) * 20 > len(text[:SAMPLE]):
        raise Unprocessable("This is no text: it consists of control characters.")
    text = LINE_ENDS.sub("\n", INVISIBLE.sub("", text))
    if not SAYS_SOMETHING.search(text):
        raise BadRequest("There is nothing in it to import.")
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding)
    if b"\0" in data[:SAMPLE]:
        return _strictly(data, _utf16_without_mark(data[:SAMPLE]))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western_or_other(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unprocessable("The file is no text that can be read; save it as UTF-8.") from error


def _utf16_without_mark(sample: bytes) -> str:
    """Which byte of each pair is zero tells the order; zeros in both, or in few, mean no text."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    if odd > pairs * 0.4 > even:
        return "utf-16-le"
    if even > pairs * 0.4 > odd:
        return "utf-16-be"
    raise Unprocessable("This is no text: it contains zero bytes.")


def _western_or_other(data: bytes) -> str:
    """Windows-1252, unless letters beyond ASCII are so many that the text must be in another script."""
    sample = data[:SAMPLE]
    high = sum(1 for byte in sample if byte >= 0xC0)
    letters = sum(1 for byte in sample if 65 <= byte <= 90 or 97 <= byte <= 122)
    if high * 2 <= letters:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1") if high * 4 <= letters else _guessed(data)
    return _guessed(data)


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise Unprocessable("The file is no text that can be read; save it as UTF-8.")
    return data.decode(best.encoding, errors="replace")

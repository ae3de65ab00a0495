"""Measures text as it will be printed, by Pango through WeasyPrint's own binding.

Everything here belongs in a rendering child: Pango and fontconfig must not be shared between threads. Leans on
WeasyPrint's internals (version 70): the names used are `weasyprint.text.ffi` and `FontConfiguration.font_map`.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.text.ffi import ffi, gobject, harfbuzz, pango
from weasyprint.text.fonts import FontConfiguration

from exports.primitives import Line, Style

FAMILY = "Inter, sans-serif"  # never an emoji font: Pango would take the digits from it
UNITS = 1024
UNKNOWN = 0x10000000
EMPTY = 0x0FFFFFFF
GLYPH = struct.Struct("=IiiiI")
LONGEST_WORD = 80
WINDOW = 1200  # characters given to Pango at once: its cost grows with the square of a paragraph

LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
PIECE = re.compile(r"\S{1,40}")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff]")

ffi.cdef(
    """
    gpointer g_object_ref (gpointer object);
    hb_bool_t hb_font_get_nominal_glyph (hb_font_t *font, hb_codepoint_t letter, hb_codepoint_t *glyph);
    """,
    override=True,
)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One run of glyphs of one font: raw `PangoGlyphInfo`s, and where in `text` (UTF-8) each comes from.

    `width` is in Pango's units, 1,024 to a pixel.
    """

    font: Any
    address: int
    infos: bytes
    clusters: tuple[int, ...]
    text: bytes
    rtl: bool
    width: int

    def __iter__(self) -> Iterator[tuple[int, int, int, int, int]]:
        return GLYPH.iter_unpack(self.infos)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one style, broken to a width."""

    lines: tuple[Line, ...]
    style: Style

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading


@dataclass
class Typesetter:
    """Breaks texts into lines; remembers what it has measured, and which characters no font has."""

    config: Any = field(default_factory=FontConfiguration)
    language: str = "en"
    rtl: bool = False
    missing: set[str] = field(default_factory=set)
    _layouts: dict[Style, Any] = field(default_factory=dict)
    _measured: dict[tuple[str, Style, float], Paragraph] = field(default_factory=dict)
    _fonts: dict[int, Any] = field(default_factory=dict)

    def paragraph(self, text: str, style: Style, width: float | None = None) -> Paragraph:
        """The text in lines no wider than `width` pixels (None: only its own line breaks)."""
        key = (text, style, -1.0 if width is None else width)
        known = self._measured.get(key)
        if known is None:
            known = Paragraph(tuple(self._lines(clean(text), style, width)), style)
            self._measured[key] = known
        return known

    def line(self, text: str, style: Style) -> Line:
        """The text on one line, its line breaks become spaces."""
        return (self.paragraph(" ".join(text.split()), style).lines or (Line("", 0.0),))[0]

    def shortened(self, text: str, style: Style, width: float) -> Line:
        """The text on one line, cut with an ellipsis where it would pass `width`."""
        line = self.line(text, style)
        while line.width > width and len(text) > 1:
            text = text[: max(1, min(len(text) - 1, int(len(text) * width / line.width)))].rstrip()
            line = self.line(text + "…", style)
        return line

    def _lines(self, text: str, style: Style, width: float | None) -> Iterator[Line]:
        for paragraph in text.split("\n"):
            rest = paragraph
            while len(rest) > WINDOW:
                lines = list(self._set(rest[:WINDOW], style, width))
                taken = sum(len(line.text) for line in lines[:-1]) if len(lines) > 1 else WINDOW
                yield from lines[:-1] if len(lines) > 1 else lines
                rest = rest[taken:]
            yield from self._set(rest, style, width)

    def _set(self, text: str, style: Style, width: float | None) -> Iterator[Line]:
        layout = self._layouts.get(style)
        if layout is None:
            layout = self._layouts[style] = self._layout(style)
        encoded = text.encode()
        pango.pango_layout_set_width(layout, -1 if width is None else int(width * UNITS))
        pango.pango_layout_set_text(layout, encoded, len(encoded))
        index = 0
        while True:
            line = pango.pango_layout_get_line_readonly(layout, index)
            if line == ffi.NULL:
                return
            yield self._line(line, encoded)
            index += 1

    def _line(self, line: Any, encoded: bytes) -> Line:
        runs: list[Glyphs] = []
        width = 0
        node = line.runs
        while node != ffi.NULL:
            run = self._run(node.data, encoded)
            runs.append(run)
            width += run.width
            node = node.next
        text = encoded[line.start_index : line.start_index + line.length].decode()
        return Line(text, width / UNITS, line.resolved_dir in {1, 5}, tuple(runs))

    def _run(self, data: Any, encoded: bytes) -> Glyphs:
        item, glyphs = data.item, data.glyphs
        analysis, count, offset = item.analysis, glyphs.num_glyphs, item.offset
        font = analysis.font
        address = int(ffi.cast("uintptr_t", font))
        if address not in self._fonts:
            self._fonts[address] = gobject.g_object_ref(font)
        infos = ffi.buffer(glyphs.glyphs, count * GLYPH.size)[:]
        numbers = array("i", infos)
        run = Glyphs(
            font=font,
            address=address,
            infos=infos,
            clusters=tuple(ffi.unpack(glyphs.log_clusters, count)),
            text=encoded[offset : offset + item.length],
            rtl=bool(analysis.level % 2),
            width=sum(numbers[1::5]),
        )
        if count and max(numbers[0::5]) >= UNKNOWN:
            self.missing.update(chr(glyph - UNKNOWN) for glyph in numbers[0::5] if glyph & UNKNOWN)
        return run

    def _layout(self, style: Style) -> Any:
        context = ffi.gc(pango.pango_font_map_create_context(self.config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, pango.PANGO_DIRECTION_RTL if self.rtl else 0)
        language = pango.pango_language_from_string(self.language.encode())
        pango.pango_context_set_language(context, language)
        layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_wrap(layout, pango.PANGO_WRAP_WORD_CHAR)
        pango.pango_layout_set_auto_dir(layout, True)
        pango.pango_layout_set_font_description(layout, _description(style))
        return layout


def glyph_of(letter: str, font: Any) -> int | None:
    """The glyph that a font has for a letter on its own."""
    glyph = ffi.new("hb_codepoint_t *")
    found = harfbuzz.hb_font_get_nominal_glyph(pango.pango_font_get_hb_font(font), ord(letter), glyph)
    return int(glyph[0]) if found else None


def clean(text: str) -> str:
    """The text without control characters, with places to break in words that nobody could read anyway."""
    text = CONTROLS.sub("", text).replace("\t", "    ")
    return LONG_WORD.sub(lambda word: PIECE.sub(lambda piece: piece[0] + "\u200b", word[0]), text)


def _description(style: Style) -> Any:
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, FAMILY.encode())
    pango.pango_font_description_set_weight(description, style.weight)
    slant = pango.PANGO_STYLE_ITALIC if style.italic else pango.PANGO_STYLE_NORMAL
    pango.pango_font_description_set_style(description, slant)
    pango.pango_font_description_set_absolute_size(description, style.size * UNITS)
    return description

"""Paints a page of primitives into a PDF content stream, glyphs as they were measured.

Works on WeasyPrint's `Stream` (version 70): `stream` (the list of operators), `add_font`, `add_image`,
`add_shading`, `add_group`, `create_interpolation_function`, `create_stitching_function`; and on its `Font.widths`,
`Font.to_unicode`, `Font.hash`, `Font.png`, `Font.hb_font`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from PIL import Image
from weasyprint.images import RasterImage
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import get_hb_object_data

from exports import icons
from exports.primitives import (
    Bookmark,
    Box,
    Command,
    Dot,
    Face,
    Icon,
    Item,
    Line,
    Link,
    Page,
    Rule,
    Shape,
    Text,
)
from exports.typeset import EMPTY, UNITS, UNKNOWN, Glyphs, glyph_of

ROUND = 0.5523  # of the radius: where the control points of a quarter circle lie
Marker = Callable[[Text], int | None]


class Painter:
    """Writes operators for one page; `mark` gives each text its number in the tree of tags, if there is one."""

    def __init__(
        self, stream: Any, fonts: dict[int, FontInUse], forms: dict[int, str], *, mark: Marker | None = None
    ) -> None:
        self.stream = stream
        self.fonts = fonts
        self.forms = forms
        self.mark = mark
        self.out: list[str] = []
        self.fill = self.line = ""
        self.aside = False

    def paint(self, page: Page, unit: float) -> None:
        """Paint the page; `unit` is the number of stream units to a point."""
        if page.ground:
            self._fill(page.ground)
            self.out.append(f"0 0 {page.width * unit:.2f} {page.height * unit:.2f} re f")
        scale = page.scale * unit
        place = f"{scale:.5f} 0 0 {scale:.5f} {page.x * unit:.3f} {page.y * unit:.3f} cm"
        if page.shared:
            clip = [part * unit for part in page.clip or (0, 0, page.width, page.height)]
            window = " ".join(f"{part:.3f}" for part in clip)
            self.out.append(f"q {window} re W n {place} /{self._form(page)} Do Q")
        else:
            self.out += ["q", place]
            for item in page.drawing.items:
                self.draw(item)
            self._end_aside()
            self.out.append("Q")
        self._paint_over(page, unit)
        self._flush()

    def _paint_over(self, page: Page, unit: float) -> None:
        self.fill = self.line = ""
        self.out.append(f"q {unit:.5f} 0 0 {unit:.5f} 0 0 cm")
        for item in page.over:
            self.draw(item)
        self._end_aside()
        self.out.append("Q")

    def _form(self, page: Page) -> str:
        """The drawing as a form that all pages place; drawn when the first of them comes."""
        name = self.forms.get(id(page.drawing))
        if name is None:
            group = self.stream.add_group(0, 0, page.drawing.width, page.drawing.height)
            painter = Painter(group, self.fonts, self.forms)
            for item in page.drawing.items:
                painter.draw(item)
            painter._flush()
            name = self.forms[id(page.drawing)] = str(group.id)
        return name

    def draw(self, item: Item) -> None:
        if isinstance(item, Text):
            self._text(item)
            return
        if self.mark and not self.aside:
            self.out.append("/Artifact BMC")
            self.aside = True
        match item:
            case Box():
                self._box(item)
            case Rule():
                self._stroke(item.color, item.width, item.dash)
                self.out.append(f"{item.x1:.2f} {item.y1:.2f} m {item.x2:.2f} {item.y2:.2f} l S")
            case Dot():
                self._paint_path(circle(item.x, item.y, item.radius), item.fill, item.line, item.line_width, item.dash)
            case Shape():
                self._shape(item)
            case Icon():
                self._icon(item)
            case Face():
                self._face(item)
            case Link() | Bookmark():
                pass  # WeasyPrint makes these from the HTML around the picture

    def _end_aside(self) -> None:
        if self.aside:
            self.out.append("EMC")
            self.aside = False

    def _flush(self) -> None:
        self.stream.stream.append("\n".join(self.out).encode())
        self.out.clear()

    # Colours and lines

    def _fill(self, color: str) -> None:
        if color != self.fill:
            self.fill = color
            self.out.append(f"{numbers(color)} rg")

    def _stroke(self, color: str, width: float, dash: tuple[float, ...] = ()) -> None:
        state = f"{numbers(color)} RG {width:g} w [{' '.join(f'{part:g}' for part in dash)}] 0 d"
        if state != self.line:
            self.line = state
            self.out.append(state)

    def _paint_path(
        self, path: str, fill: str | None, line: str | None, width: float, dash: tuple[float, ...] = ()
    ) -> None:
        if fill:
            self._fill(fill)
        if line:
            self._stroke(line, width, dash)
        if fill or line:
            self.out.append(f"{path} {'B' if fill and line else 'f' if fill else 'S'}")

    # Shapes

    def _box(self, box: Box) -> None:
        path = rounded(box) if box.radius else f"{box.x:.2f} {box.y:.2f} {box.width:.2f} {box.height:.2f} re"
        self._paint_path(path, box.fill, box.line, box.line_width, box.dash)

    def _shape(self, shape: Shape) -> None:
        path = written(shape.commands)
        if shape.shades:
            self._shaded(path, shape)
        self._paint_path(path, shape.fill, shape.line, shape.line_width, shape.dash)

    def _shaded(self, path: str, shape: Shape) -> None:
        """Fill from the first shade to the last, top to bottom."""
        channels = [tuple(float(part) for part in numbers(shade).split()) for shade in shape.shades]
        stream, count = self.stream, len(shape.shades) - 1
        steps = [
            stream.create_interpolation_function((0, 1), channels[index], channels[index + 1], 1)
            for index in range(count)
        ]
        bounds = [(index + 1) / count for index in range(count - 1)]
        function = stream.create_stitching_function((0, 1), (0, 1) * count, bounds, steps)
        coords = (0, shape.shades_from, 0, shape.shades_to)
        shading = stream.add_shading(2, (0, 1), coords, True, function)
        self.out.append(f"q {path} W n /{shading.id} sh Q")

    def _icon(self, icon: Icon) -> None:
        scale = icon.size / 24
        solid = icon.name in icons.SOLID
        if solid:
            self._fill(icon.color)
        self._stroke(icon.color, 2)
        self.line = ""
        place = f"{scale:.4f} 0 0 {scale:.4f} {icon.x:.2f} {icon.y:.2f} cm"
        self.out.append(f"q {place} 1 J 1 j {icon_path(icon.name)} {'B' if solid else 'S'} Q")

    def _face(self, face: Face) -> None:
        """A disc with two eyes and a mouth that follows the valence, so that it is never colour alone."""
        x, y, radius = face.x, face.y, face.radius
        self._paint_path(circle(x, y, radius), face.color, None, 0)
        for side in (-1, 1):
            self._paint_path(circle(x + side * radius * 0.34, y - radius * 0.2, radius * 0.115), "#ffffff", None, 0)
        bend = max(-1.0, min(1.0, face.valence / 40)) * radius * 0.34
        half, mouth = radius * 0.42, y + radius * 0.36 - bend * 0.35
        self._stroke("#ffffff", round(radius * 0.13, 2))
        lift = f"{x - half * 0.5:.2f} {mouth + bend:.2f} {x + half * 0.5:.2f} {mouth + bend:.2f}"
        self.out.append(f"1 J {x - half:.2f} {mouth:.2f} m {lift} {x + half:.2f} {mouth:.2f} c S 0 J")

    # Text

    def _text(self, text: Text) -> None:
        number = self.mark(text) if self.mark and text.place else None
        if number is not None:
            self._end_aside()
            self.out.append(f"/P <</MCID {number}>> BDC")
        elif self.mark and not self.aside:
            self.out.append("/Artifact BMC")
            self.aside = True
        self._fill(text.color)
        pictures: list[tuple[Any, float, float, float]] = []
        self.out.append("BT")
        for x, y, line in text.lines:
            if line.glyphs:
                self._line(line, x, y, text.style.size, pictures)
        self.out.append("ET")
        for image, left, base, side in pictures:
            self._picture(image, left, base, side)
        if number is not None:
            self.out.append("EMC")

    def _line(self, line: Line, x: float, y: float, size: float, pictures: list[Any]) -> None:
        self.out.append(f"1 0 0 -1 {x:.2f} {y:.2f} Tm")
        font = ""
        pen = x
        for run in line.glyphs:
            used = self.fonts.get(run.address)
            if used is None:
                used = self.fonts[run.address] = FontInUse(self.stream, run.font)
            if used.name != font:
                font = used.name
                self.out.append(f"/{font} {size:g} Tf")
            self.out.append(used.shown(run, size))
            if used.has_pictures:
                pictures += [(image, pen + at, y, side) for image, at, side in used.pictures(run)]
            pen += run.width / UNITS

    def _picture(self, image: Any, x: float, y: float, side: float) -> None:
        name = self.stream.add_image(image, True, 1)
        height = side * image.height / image.width
        self.out.append(f"q {side:.3f} 0 0 {-height:.3f} {x:.2f} {y + height * 0.2:.2f} cm /{name} Do Q")


class FontInUse:
    """A font of the document and how its glyphs are written; one for each face and size in the measured text."""

    def __init__(self, stream: Any, pango_font: Any) -> None:
        self.stream = stream
        self.pango_font = pango_font
        self.font, self.size = stream.add_font(pango_font)
        self.name = self.font.hash
        self.has_pictures = bool(self.font.png)
        self.space = glyph_of(" ", pango_font)
        self._images: dict[int, Any] = {}

    def shown(self, run: Glyphs, size: float) -> str:
        """The operators that show a run; a number moves the pen where Pango's distances are not the font's."""
        factor = 1000 / UNITS / size
        shows: list[str] = []
        parts: list[str] = []
        rise = at = want = 0.0
        for index, (glyph, width, x_offset, y_offset, _) in enumerate(run):
            if glyph == EMPTY and self.space is not None and _letters(run, index) == " ":
                # Pango takes the width of the blank at a line's end; who reads aloud or searches needs the blank.
                glyph = self.space  # noqa: PLW2901 - what stands there instead
            if glyph != EMPTY:
                if -y_offset / UNITS != rise:
                    shows.append(_show(parts, rise))
                    parts, rise = [], -y_offset / UNITS
                ahead = at - want - x_offset * factor
                if abs(ahead) >= 1:
                    parts.append(f">{ahead:.0f}<")
                    at -= round(ahead)
                number = self._glyph(run, index, glyph, width * factor)
                parts.append(f"{number:04x}")
                at += self.font.widths[number]
            want += width * factor
        if abs(at - want) >= 1:
            parts.append(f">{at - want:.0f}<")
        shows.append(_show(parts, rise))
        return " ".join(shows)

    def pictures(self, run: Glyphs) -> Iterator[tuple[Any, float, float]]:
        """The pictures of a run of emoji: image, distance from the run's beginning, and width."""
        pen = 0.0
        for glyph, width, *_ in run:
            image = None if glyph == EMPTY or glyph & UNKNOWN else self._image(glyph)
            if image is not None:
                yield image, pen, width / UNITS
            pen += width / UNITS

    def _glyph(self, run: Glyphs, index: int, glyph: int, width: float) -> int:
        """The glyph's number in the font, its width and its text noted there for the file."""
        font = self.font
        if glyph & UNKNOWN:
            glyph = font.get_unused_glyph_id(glyph - UNKNOWN)
            font.widths[glyph] = round(width)
            font.widths.setdefault(0, round(width))
        if glyph not in font.widths:
            font.widths[glyph] = self._width(glyph)
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = _letters(run, index)
        return int(glyph)

    def _width(self, glyph: int) -> int:
        stream = self.stream
        pango.pango_font_get_glyph_extents(self.pango_font, glyph, stream.ink_rect, stream.logical_rect)
        width: float = stream.logical_rect.width * 1000 / UNITS / self.size
        return round(width)

    def _image(self, glyph: int) -> Any:
        if glyph not in self._images:
            data = get_hb_object_data(self.font.hb_font, "png", glyph)
            self._images[glyph] = (
                RasterImage(Image.open(BytesIO(data)), f"{self.font.hash}{glyph}", data) if data else None
            )
        return self._images[glyph]


def _show(parts: list[str], rise: float) -> str:
    array = f"[<{''.join(parts)}>] TJ".replace("<>", "")
    return f"{rise:.2f} Ts {array} 0 Ts" if rise else array


def _letters(run: Glyphs, index: int) -> str:
    """The letters that a glyph of the run stands for.

    Readers of a PDF turn each line of a right-to-left script round, ligatures too; so those are written reversed.
    """
    clusters = run.clusters
    start = clusters[index]
    if run.rtl:
        end = clusters[index - 1] if index else len(run.text)
    else:
        end = clusters[index + 1] if index + 1 < len(clusters) else len(run.text)
    letters = run.text[start:end].decode(errors="ignore")
    return letters[::-1] if run.rtl else letters


@lru_cache(maxsize=512)
def numbers(color: str) -> str:
    """The colour as three numbers from 0 to 1."""
    return " ".join(f"{int(color[index : index + 2], 16) / 255:.4g}" for index in (1, 3, 5))


def written(commands: tuple[Command, ...]) -> str:
    """The path in PDF's words."""
    words = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    return " ".join(" ".join((*(f"{number:.2f}" for number in rest), words[letter])) for letter, *rest in commands)


@cache
def icon_path(name: str) -> str:
    return written(icons.commands(name))


def circle(x: float, y: float, radius: float) -> str:
    """A circle of four curves."""
    return rounded(Box(x - radius, y - radius, 2 * radius, 2 * radius, radius=radius))


def rounded(box: Box) -> str:
    """A box with round corners, clockwise from its upper left."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    radius = min(box.radius, box.width / 2, box.height / 2)
    near = radius * (1 - ROUND)
    return (
        f"{left + radius:.2f} {top:.2f} m {right - radius:.2f} {top:.2f} l "
        f"{right - near:.2f} {top:.2f} {right:.2f} {top + near:.2f} {right:.2f} {top + radius:.2f} c "
        f"{right:.2f} {bottom - radius:.2f} l "
        f"{right:.2f} {bottom - near:.2f} {right - near:.2f} {bottom:.2f} {right - radius:.2f} {bottom:.2f} c "
        f"{left + radius:.2f} {bottom:.2f} l "
        f"{left + near:.2f} {bottom:.2f} {left:.2f} {bottom - near:.2f} {left:.2f} {bottom - radius:.2f} c "
        f"{left:.2f} {top + radius:.2f} l "
        f"{left:.2f} {top + near:.2f} {left + near:.2f} {top:.2f} {left + radius:.2f} {top:.2f} c h"
    )

"""PDF of a laid-out map: painted pages inside a small HTML document that WeasyPrint turns into a file.

WeasyPrint keeps doing pages, fonts and their subsets, metadata, bookmarks, links and tags; the picture of each
page is an object in its image cache, `map:N`, that paints itself. Leans on WeasyPrint 70: `cache` with objects
that have `get_intrinsic_size` and `draw`; see `exports.painter` and `exports.tags` for what they use.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from exports.painter import FontInUse, Painter
from exports.primitives import Bookmark, Link, Page
from exports.tags import PageTags

PIXELS = 96 / 72
LEVEL = 6


class Refused(Exception):
    """The document asked for something that is not among its assets."""


class OnlyAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves nothing: a painted map needs no address, and no text of a map may make the server open one."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Refuse, whatever it is."""
        raise Refused(f"refused to open {url[:200]!r}")


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself."""

    title: str
    subject: str = ""
    author: str = ""
    language: str = "en"
    created: str = ""  # ISO 8601


class PaintedPage:
    """An image, as WeasyPrint sees it, that paints one page."""

    def __init__(
        self, page: Page, fonts: dict[int, FontInUse], forms: dict[int, str], painted: Callable[[], None]
    ) -> None:
        self.page = page
        self.fonts = fonts
        self.forms = forms
        self.painted = painted

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        del resolution, font_size
        return self.page.width * PIXELS, self.page.height * PIXELS, self.page.width / self.page.height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Paint into the page's stream; with tags on, step out of the mark around the picture and back in."""
        del height, style
        tags = stream._tags  # noqa: SLF001 - the only way to the marks of this page
        page_tags = PageTags(stream) if tags is not None else None
        box = next(reversed(tags)) if tags else None
        if page_tags:
            stream.stream.append(b"EMC")
        painter = Painter(stream, self.fonts, self.forms, mark=page_tags.number if page_tags else None)
        painter.paint(self.page, width / self.page.width)
        if page_tags:
            stream.stream.append(b"/Artifact BMC")
            page_tags.hang_below(box)
        self.painted()


def write_pdf(
    pages: list[Page], about: About, *, config: Any, tagged: bool = True, painted: Callable[[], None] = lambda: None
) -> bytes:
    """The PDF file; `config` is the font configuration that measured the pages."""
    fonts: dict[int, FontInUse] = {}
    forms: dict[int, str] = {}
    tagged = tagged and not any(page.shared for page in pages)  # a form's text belongs to no one page
    cache = {f"map:{number}": PaintedPage(page, fonts, forms, painted) for number, page in enumerate(pages)}
    html = HTML(string=_html(pages, about), url_fetcher=OnlyAssets(), base_url="asset:")
    variant = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    file: bytes = html.write_pdf(cache=cache, font_config=config, finisher=_compress, **variant)
    return file


def _compress(document: Any, pdf: Any) -> None:
    """Compress the large streams here: pydyf's own level 9 takes four times as long for one percent of size."""
    del document
    for stream in pdf.objects:
        parts = getattr(stream, "stream", None)
        if parts and stream.compress and all(type(part) is bytes for part in parts):
            stream.stream = [zlib.compress(b"\n".join(parts), LEVEL)]
            stream.extra["Filter"] = "/FlateDecode"
            stream.compress = False


def _html(pages: list[Page], about: About) -> str:
    head = [
        f'<html lang="{escape(about.language)}"><head><meta charset="utf-8"><title>{escape(about.title)}</title>',
        '<meta name="generator" content="Journeymap">',
        _meta("description", about.subject),
        _meta("author", about.author),
        _meta("dcterms.created", about.created),
        f"<style>{STYLE}{''.join(_page_rule(number, page) for number, page in enumerate(pages))}</style></head><body>",
    ]
    return "".join(head) + "".join(_sheet(number, page, about) for number, page in enumerate(pages))


STYLE = (
    "*{margin:0;padding:0}.sheet{position:relative}img{display:block}"
    ".link,.mark{position:absolute;display:block}.mark{width:1px;height:1px;bookmark-label:attr(title)}"
    ".one{bookmark-level:1}.two{bookmark-level:2}"
)


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content[:2000])}">' if content.strip() else ""


def _page_rule(number: int, page: Page) -> str:
    size = f"{page.width:.3f}pt {page.height:.3f}pt"
    return f"@page p{number}{{size:{size};margin:0}}.p{number}{{page:p{number};width:{page.width:.3f}pt}}"


def _sheet(number: int, page: Page, about: About) -> str:
    size = f"width:{page.width:.3f}pt;height:{page.height:.3f}pt"
    inside = [f'<img src="map:{number}" alt="{escape(about.title)}" style="{size}">']
    for item in () if page.clip else page.drawing.items:
        if isinstance(item, Bookmark):
            level = "one" if item.level == 1 else "two"
            label = escape(" ".join(item.label.split())[:200])
            inside.append(f'<div class="mark {level}" title="{label}" style="{_spot(item.x, item.y, page)}"></div>')
        elif isinstance(item, Link):
            size = f";width:{item.width * page.scale:.2f}pt;height:{item.height * page.scale:.2f}pt"
            spot = _spot(item.x, item.y, page) + size
            inside.append(f'<a class="link" href="{escape(item.url)}" style="{spot}"></a>')
    return f'<div class="sheet p{number}">{"".join(inside)}</div>'


def _spot(x: float, y: float, page: Page) -> str:
    return f"left:{page.x + x * page.scale:.2f}pt;top:{page.y + y * page.scale:.2f}pt"

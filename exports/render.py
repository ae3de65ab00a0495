"""From a frozen document to a file, in one process and without a database: what the rendering child does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from exports.layout import Facts, lay_out
from exports.options import Options
from exports.pdf import About, write_pdf
from exports.png import write_png
from exports.table import write_table
from exports.typeset import Typesetter
from journeymap.core.errors import Problem
from maps.documents import MapDocument

log = logging.getLogger(__name__)
Progress = Callable[[int], None]
PLAIN = "The map could not be painted, so it was set as a plain table. Whoever runs this server finds why in its log."


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file and what its reader should know about it."""

    file: bytes
    warnings: tuple[str, ...]


def render(
    document: MapDocument,
    *,
    format_: str,
    options: Options,
    facts: Facts,
    about: About,
    progress: Progress,
    engine: str = "painted",
) -> Rendered:
    """Make the file. Raises Unprocessable where the options cannot be met.

    `engine` is `painted`, or `html` for the plain table, which also stands in where painting fails: it leans on
    the inside of WeasyPrint, and an upgrade may break that.
    """
    progress(5)
    if format_ == "png" and options.model == "tiles":
        options = replace(options, model="poster")  # a picture is one sheet
    if engine == "html":
        return _finish(write_table(document, options, facts, about, config=Typesetter().config), (), format_, options)
    try:
        file, warnings = _painted(document, options, facts, about, progress)
    except (Problem, MemoryError, OSError):
        raise
    except Exception:
        log.exception("the painted page failed; the plain table stands in")
        file, warnings = write_table(document, options, facts, about, config=Typesetter().config), (PLAIN,)
    progress(75)
    return _finish(file, warnings, format_, options)


def _painted(
    document: MapDocument, options: Options, facts: Facts, about: About, progress: Progress
) -> tuple[bytes, tuple[str, ...]]:
    typesetter = Typesetter()
    pages = lay_out(document, options, typesetter, facts, progress=lambda share: progress(5 + int(share * 40)))
    progress(50)
    file = write_pdf(pages, about, config=typesetter.config, tagged=options.tagged, painted=lambda: progress(65))
    return file, tuple(_warnings(document, typesetter.missing))


def _finish(file: bytes, warnings: tuple[str, ...], format_: str, options: Options) -> Rendered:
    """The PDF as it is, or the picture of its first page."""
    if format_ != "png":
        return Rendered(file, warnings)
    picture, scale = write_png(file, scale=options.scale)
    if scale < options.scale - 0.005:
        said = f"The picture would have had more than 60 megapixels; it was made at {scale:.2g} times."
        warnings = (*warnings, said)
    return Rendered(picture, warnings)


def _warnings(document: MapDocument, missing: set[str]) -> list[str]:
    found = []
    if missing:
        shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(missing)[:12])
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        found.append(f"No font on this server has these characters: {shown}{more}.")
    pictures = sum(1 for card in document.cards if card.image)
    if pictures:
        found.append("One picture was left out." if pictures == 1 else f"{pictures} pictures were left out.")
    return found

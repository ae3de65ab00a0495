"""From a frozen document to a file, in one process and without a database: what the rendering child does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.layout import Facts, lay_out
from exports.options import Options
from exports.pdf import About, write_pdf
from exports.png import write_png
from exports.typeset import Typesetter
from maps.documents import MapDocument

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file and what its reader should know about it."""

    file: bytes
    warnings: tuple[str, ...]


def render(
    document: MapDocument, *, format_: str, options: Options, facts: Facts, about: About, progress: Progress
) -> Rendered:
    """Make the file. Raises Unprocessable where the options cannot be met."""
    typesetter = Typesetter()
    progress(5)
    pages = lay_out(document, options, typesetter, facts, progress=lambda share: progress(5 + int(share * 40)))
    progress(50)
    picture = format_ == "png"
    tagged = options.tagged and not picture
    file = write_pdf(
        pages, about, config=typesetter.config, tagged=tagged, painted=lambda: progress(65 if picture else 75)
    )
    warnings = list(_warnings(document, typesetter.missing))
    if picture:
        progress(70)
        file, scale = write_png(file, scale=options.scale)
        if scale < options.scale - 0.005:
            warnings.append(f"The picture would have had more than 60 megapixels; it was made at {scale:.2g} times.")
    return Rendered(file, tuple(warnings))


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

"""One layout for all drawn formats: a map and options become pages of primitives."""

from __future__ import annotations

from collections.abc import Callable

from exports.layout.board import NARROWEST, WIDEST, column_width, draw_board
from exports.layout.heads import Facts
from exports.layout.papers import fit, poster
from exports.layout.plan import make_plan
from exports.layout.tiles import tile
from exports.options import Options
from exports.primitives import Drawing, Page
from exports.typeset import Typesetter
from maps.documents import MapDocument

MANY_CARDS = 400  # beyond that only one width of columns is tried


def lay_out(
    document: MapDocument,
    options: Options,
    typesetter: Typesetter,
    facts: Facts,
    *,
    progress: Callable[[float], None] = lambda share: None,
) -> list[Page]:
    """The pages of the map; `progress` hears the share (0 to 1) that is laid out.

    Raises Unprocessable where the chosen paper is too small to read.
    """
    plan = make_plan(document, options)
    typesetter.rtl, typesetter.language = plan.rtl, options.language

    def draw(wish: float | None) -> Drawing:
        column = column_width(plan, wish)
        return draw_board(plan, typesetter, facts, column=column, in_grey=options.grey, progress=progress)

    if options.model == "poster":
        return [poster(draw(None))]
    if options.model == "tiles":
        return tile(draw(None), options, typesetter)
    few = len(document.cards) <= MANY_CARDS
    widths = (None, NARROWEST * 0.85, NARROWEST, 210.0, WIDEST, WIDEST * 1.3) if few else (None, NARROWEST)
    return [fit(options, draw, widths)]


__all__ = ["Facts", "Options", "lay_out"]

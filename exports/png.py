"""PNG of the first page of a PDF, by pdfium: no second drawing that could differ from the first."""

from __future__ import annotations

from io import BytesIO
from math import sqrt

import pypdfium2

MOST_PIXELS = 60_000_000
PIXELS = 96 / 72


def write_png(pdf: bytes, *, scale: float) -> tuple[bytes, float]:
    """The picture, and the scale it has: the one asked for, or less where that would pass 60 megapixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        width, height = page.get_size()
        most = sqrt(MOST_PIXELS / (width * height)) / PIXELS
        scale = min(scale, most)
        picture = page.render(scale=scale * PIXELS).to_pil().convert("RGB")
        file = BytesIO()
        picture.save(file, "PNG", compress_level=1, dpi=(96 * scale, 96 * scale))
        return file.getvalue(), scale
    finally:
        document.close()

"""The emotion curve: a smooth line through its points that never rises above or falls below them.

Monotone cubic interpolation after F. N. Fritsch and R. E. Carlson, “Monotone Piecewise Cubic Interpolation”,
SIAM Journal on Numerical Analysis 17 (1980). `static/js/editor/curve.js` is its twin; both follow
`tests/vectors/curve.json`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """One cubic Bézier piece, from `start` to `end` with two control points."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, share: float) -> Point:
        """The point at parameter `share` (0 to 1); x grows linearly with it."""
        rest = 1 - share
        weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        corners = (self.start, self.first, self.second, self.end)
        return (
            sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
            sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
        )


def tangents(points: Sequence[Point]) -> list[float]:
    """The slope of the curve at each point; the x of the points must grow strictly."""
    if len(points) < 2:
        return [0.0] * len(points)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.pairwise(points)]
    inner = [0.0 if a * b <= 0 else (a + b) / 2 for a, b in itertools.pairwise(slopes)]
    result = [slopes[0], *inner, slopes[-1]]
    for index, slope in enumerate(slopes):
        if slope == 0:
            result[index] = result[index + 1] = 0.0
            continue
        size = hypot(result[index] / slope, result[index + 1] / slope)
        if size > 3:
            result[index] *= 3 / size
            result[index + 1] *= 3 / size
    return result


def smooth(points: Sequence[Point]) -> list[Segment]:
    """The Bézier pieces of the curve through `points`, left to right; none for fewer than two points."""
    slopes = tangents(points)
    pieces: list[Segment] = []
    for index, (start, end) in enumerate(itertools.pairwise(points)):
        third = (end[0] - start[0]) / 3
        first = (start[0] + third, start[1] + third * slopes[index])
        second = (end[0] - third, end[1] - third * slopes[index + 1])
        pieces.append(Segment(start, first, second, end))
    return pieces


def height_at(points: Sequence[Point], x: float) -> float:
    """The y of the curve at `x`, which must lie between the first and the last point."""
    for piece in smooth(points):
        if x <= piece.end[0]:
            return piece.at((x - piece.start[0]) / (piece.end[0] - piece.start[0]))[1]
    return points[-1][1]

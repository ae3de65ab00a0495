"""The curve goes through its points, never past them, and agrees with its twin in the browser."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from exports.curve import height_at, smooth, tangents

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "curve.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_curve_agrees_with_the_shared_vectors(case: dict[str, Any]) -> None:
    points = [(float(x), float(y)) for x, y in case["points"]]
    assert tangents(points) == pytest.approx(case["tangents"], abs=1e-6)
    drawn = [
        value
        for piece in smooth(points)
        for corner in (piece.start, piece.first, piece.second, piece.end)
        for value in corner
    ]
    assert drawn == pytest.approx(
        [value for piece in case["segments"] for corner in piece for value in corner], abs=1e-6
    )
    for x, y in case["heights"]:
        assert height_at(points, x) == pytest.approx(y, abs=1e-6)


def test_between_two_points_the_curve_stays_between_them() -> None:
    chance = random.Random(7)
    for _ in range(300):
        points = [(float(x), chance.uniform(-100, 100)) for x in range(chance.randint(2, 12))]
        for piece in smooth(points):
            low, high = sorted((piece.start[1], piece.end[1]))
            heights = [piece.at(share / 20)[1] for share in range(21)]
            assert low - 1e-9 <= min(heights) <= max(heights) <= high + 1e-9, points

"""Every door, every caller: what the matrix says is what happens, and no door is without a row."""

from __future__ import annotations

import pytest

from tests.rights.doors import doors
from tests.rights.matrix import rows
from tests.rights.walk import answer_at
from tests.rights.world import PRINCIPALS, World

ROWS = rows()


def test_every_door_has_a_row_and_every_row_a_door() -> None:
    missing = sorted(set(doors()) - set(ROWS))
    stale = sorted(set(ROWS) - set(doors()))
    assert not missing, "Add these rows to tests/rights/matrix.py, a cell for each caller:\n" + "\n".join(missing)
    assert not stale, "Take these rows out of tests/rights/matrix.py, their doors are gone:\n" + "\n".join(stale)
    assert {len(cells) for cells in ROWS.values()} == {len(PRINCIPALS)}


@pytest.mark.parametrize("door", sorted(ROWS))
def test_who_comes_through(door: str, world: World) -> None:
    told = [answer_at(door, world.callers[principal], world.here) for principal in PRINCIPALS]
    wrong = [
        f"{principal}: {is_} instead of {should}"
        for principal, is_, should in zip(PRINCIPALS, told, ROWS[door], strict=True)
        if is_ != should
    ]
    assert not wrong, f"{door}\n  " + "\n  ".join(wrong) + f"\nThe row as it is: {door} {' '.join(told)}"

"""Events equal state: announced changes put on a document give the next document, lists in display order."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from journeymap.sync.history import shape_of
from journeymap.sync.replay import BadChange, apply_change, apply_changes
from maps.records import KIND

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors/replay.json").read_text())


def test_each_step_of_the_shared_story_leads_to_its_document() -> None:
    document = VECTORS["document"]
    for step in VECTORS["steps"]:
        document = apply_change(document, step["change"], shape=shape_of(KIND))
        assert document == step["document"], step["story"]


def test_the_story_can_be_told_at_once() -> None:
    changes = [step["change"] for step in VECTORS["steps"]]
    assert apply_changes(VECTORS["document"], changes, shape=shape_of(KIND)) == VECTORS["steps"][-1]["document"]


def test_the_document_one_starts_from_stays_as_it_was() -> None:
    document = copy.deepcopy(VECTORS["document"])
    apply_changes(document, [step["change"] for step in VECTORS["steps"]], shape=shape_of(KIND))
    assert document == VECTORS["document"]


@pytest.mark.parametrize(
    "op",
    [
        {"op": "set", "type": "card", "id": "nobody", "fields": {"color": "pink"}},
        {"op": "text", "type": "card", "id": "nobody", "field": "text", "delta": ["x"]},
        {"op": "set", "type": "unicorn", "id": "c1", "fields": {}},
        {"op": "paint", "type": "card", "id": "c1"},
    ],
)
def test_a_change_that_cannot_have_been_announced_is_told(op: dict[str, Any]) -> None:
    with pytest.raises(BadChange):
        apply_change(VECTORS["document"], {"seq": 1, "ops": [op]}, shape=shape_of(KIND))

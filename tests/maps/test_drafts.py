"""Drafts become operations; templates and the example are drafts like any other."""

from __future__ import annotations

import time
from datetime import date

import pytest

from journeymap.core.colors import COLORS
from journeymap.core.errors import BadRequest
from maps.demo import demo_draft, demo_personas
from maps.drafts import DraftCard, DraftEmotion, DraftLane, DraftPersona, DraftStage, DraftStep, MapDraft, draft_ops
from maps.kinds import template_for
from maps.words import LANE_KINDS, MAP_KINDS

RIDE = MapDraft(
    title="A ride",
    scenario="To work",
    personas=(DraftPersona(name="Marta"),),
    stages=(
        DraftStage(title="Start", steps=(DraftStep(title="Unlock"), DraftStep(title="Ride", duration="20 min"))),
        DraftStage(title="End"),
    ),
    lanes=(DraftLane(kind="touchpoints", title="Touchpoints"), DraftLane(kind="pain_points", title="Pain points")),
    cards=(
        DraftCard(lane=1, stage=0, step=1, text="Lock is stiff", hurts_at="lock", severity=3),
        DraftCard(lane=0, stage=0, step=0, text="Lock", key="lock", quality="bad"),
    ),
    emotions=(DraftEmotion(lane=0, stage=1, persona="Marta", valence=-20, feeling="late"),),
)


def test_a_draft_becomes_operations_that_find_what_they_name() -> None:
    ops = draft_ops(RIDE, persona_ids={"Marta": "marta"}, map_id="map")

    seen = {"map", "marta"}
    for op in ops:
        named = [op["fields"].get(name) for name in ("stage", "step", "lane", "hurts_at", "persona")]
        assert set(filter(None, named)) <= seen, f"{op} names what is not there yet"
        seen.add(op["id"])
    assert [(op["op"], op["type"]) for op in ops] == [
        ("set", "map"), ("insert", "stage"), ("insert", "step"), ("insert", "step"), ("insert", "stage"),
        ("insert", "step"), ("insert", "lane"), ("insert", "lane"), ("insert", "card"), ("insert", "card"),
        ("set", "card"), ("insert", "emotion"),
    ]  # fmt: skip
    assert ops[0]["fields"] == {"scenario": "To work", "personas": ["marta"]}


def test_who_is_not_known_is_not_assigned() -> None:
    draft = MapDraft(
        stages=(DraftStage(),),
        lanes=(DraftLane(kind="actions"),),
        cards=(DraftCard(lane=0, stage=0, assignee="owner"), DraftCard(lane=0, stage=0, assignee="stranger")),
    )

    ops = draft_ops(draft, persona_ids={}, people={"owner": "olive"})

    assert [op["fields"].get("assignee") for op in ops if op["type"] == "card"] == ["olive", None]


def test_two_thousand_cards_become_operations_in_milliseconds() -> None:
    cards = tuple(DraftCard(lane=0, stage=0, text=f"card {number}") for number in range(2_000))
    draft = MapDraft(stages=(DraftStage(),), lanes=(DraftLane(kind="actions"),), cards=cards)

    began = time.process_time()
    ops = draft_ops(draft, persona_ids={})

    assert len(ops) == 2_003
    # Measured 12 ms.
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("kind", MAP_KINDS)
def test_every_kind_has_a_template_of_known_lanes(kind: str) -> None:
    template = template_for(kind)

    assert template.kind == kind
    assert template.stages
    assert all(stage.steps for stage in template.stages)
    assert {lane.kind for lane in template.lanes} <= set(LANE_KINDS)
    assert not template.cards, "a template holds no invented content"
    assert all(lane.title for lane in template.lanes)


def test_a_blueprint_has_its_three_lines_in_their_places() -> None:
    lanes = template_for("service_blueprint").lanes

    assert [(lane.kind, lane.settings.get("line_below")) for lane in lanes][:5] == [
        ("physical_evidence", None),
        ("customer_actions", "interaction"),
        ("frontstage", "visibility"),
        ("backstage", "internal_interaction"),
        ("support", None),
    ]


def test_there_is_no_template_for_an_unknown_kind() -> None:
    with pytest.raises(BadRequest):
        template_for("roadmap")


def test_the_example_is_complete() -> None:
    draft = demo_draft(today=date(2027, 3, 1))
    counts = draft.counts()

    assert {lane.kind for lane in draft.lanes} == set(LANE_KINDS), "the example shows every kind of lane"
    assert (counts["stages"], counts["steps"], counts["personas"]) == (5, 12, 2)
    assert counts["cards"] >= 70
    curves = {(point.persona, point.state) for point in draft.emotions}
    assert curves == {("Katrin Vogel", "today"), ("Werner Vogel", "today"), ("Katrin Vogel", "tomorrow")}
    assert all(
        sum((point.persona, point.state) == curve for point in draft.emotions) == counts["steps"] for curve in curves
    )
    assert {card.lane for card in draft.cards} | {2} == set(range(len(draft.lanes))), "no lane of it is empty"


def test_the_example_s_cards_point_at_each_other() -> None:
    draft = demo_draft()
    kinds = {card.key: draft.lanes[card.lane].kind for card in draft.cards if card.key}

    assert len(kinds) == sum(1 for card in draft.cards if card.key), "two cards of one key"
    assert {kinds[card.hurts_at] for card in draft.cards if card.hurts_at} == {"touchpoints"}
    assert {kinds[key] for card in draft.cards for key in card.answers} == {"pain_points"}
    chances = [card for card in draft.cards if draft.lanes[card.lane].kind == "opportunities"]
    assert all(card.impact and card.effort and card.status and card.answers for card in chances)


def test_the_example_s_personas_are_whole() -> None:
    for persona in demo_personas():
        told = (persona.name, persona.role, persona.motto, persona.demographics, persona.background, persona.goals)
        longed_for = (persona.needs, persona.frustrations, persona.motivations, persona.jobs_to_be_done)
        assert all((*told, *longed_for, persona.channels, persona.skills, persona.sections))
        assert persona.color in COLORS

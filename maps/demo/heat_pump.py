"""The example map: a family replaces its gas boiler with a heat pump, from a cold morning to the second winter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from maps.demo.cards import CARDS, CardSpec
from maps.demo.feelings import FEELINGS, TOMORROW
from maps.demo.people import KATRIN, WERNER, demo_personas
from maps.drafts import DraftCard, DraftEmotion, DraftLane, DraftStage, DraftStep, MapDraft

STAGES = (
    DraftStage(
        title="Wonder",
        color="blue",
        goal="Understand what is wrong and what could come instead",
        steps=(
            DraftStep(title="The boiler gives up", duration="1 morning"),
            DraftStep(title="Asks around", duration="2 weeks"),
        ),
    ),
    DraftStage(
        title="Find out",
        color="teal",
        goal="Know whether a heat pump suits this house, and what it costs",
        steps=(
            DraftStep(title="Online check", duration="20 minutes"),
            DraftStep(title="Home visit", duration="2 hours, after 3 weeks"),
            DraftStep(title="Reads three offers", duration="10 days"),
        ),
    ),
    DraftStage(
        title="Decide",
        color="green",
        goal="Sign with a good feeling, with the grant in hand",
        steps=(
            DraftStep(title="Applies for the grant", duration="6 weeks"),
            DraftStep(title="Signs", duration="1 evening"),
        ),
    ),
    DraftStage(
        title="Install",
        color="orange",
        goal="Get through it without freezing or fighting",
        steps=(
            DraftStep(title="Waits for the date", duration="11 weeks"),
            DraftStep(title="Five days of builders", duration="5 days, planned 3"),
            DraftStep(title="First warm evening", duration="1 evening"),
        ),
    ),
    DraftStage(
        title="Live with it",
        color="violet",
        goal="Forget that there is a heating at all",
        steps=(
            DraftStep(title="First winter bill", duration="after 5 months"),
            DraftStep(title="Yearly check", duration="1 hour a year"),
        ),
    ),
)

LANES = (
    DraftLane(kind="actions", title="Actions"),
    DraftLane(kind="touchpoints", title="Touchpoints"),
    DraftLane(kind="emotions", title="Emotions"),
    DraftLane(kind="thoughts", title="Thoughts"),
    DraftLane(kind="pain_points", title="Pain points"),
    DraftLane(kind="opportunities", title="Opportunities"),
    DraftLane(kind="questions", title="Questions"),
    DraftLane(kind="goals", title="Goals"),
    DraftLane(kind="metrics", title="Metrics"),
    DraftLane(kind="evidence", title="Evidence"),
    DraftLane(kind="images", title="Storyboard"),
    DraftLane(kind="personas", title="Who is there"),
    DraftLane(kind="channels", title="Channels"),
    DraftLane(kind="physical_evidence", title="Physical evidence"),
    DraftLane(kind="customer_actions", title="Customer actions", settings={"line_below": "interaction"}),
    DraftLane(kind="frontstage", title="Frontstage", settings={"line_below": "visibility"}),
    DraftLane(kind="backstage", title="Backstage", settings={"line_below": "internal_interaction"}),
    DraftLane(kind="support", title="Support processes"),
    DraftLane(kind="owners", title="Owners"),
    DraftLane(kind="files", title="Files and links"),
    DraftLane(kind="text", title="Notes"),
)
LANE_OF_KIND = {lane.kind: number for number, lane in enumerate(LANES)}


def demo_draft(*, today: date | None = None) -> MapDraft:
    """The example map; due days lie ahead of `today`. The assignee “owner” stands for whoever owns the workspace."""
    now = today or date.today()  # noqa: DTZ011 - a day in the calendar of whoever starts the server
    return MapDraft(
        title="From gas to heat pump: the Vogel family",
        kind="current_state",
        scenario=(
            "On a January morning the boiler of 1994 stays cold. The Vogels decide not to repair it once more, but to "
            "change to a heat pump with their municipal energy company, Uferwerk."
        ),
        objective="Halve the time from the first call to the first warm evening, and lose nobody on the way.",
        scope_start="The old boiler fails",
        scope_end="The second winter begins",
        status="published",
        review_on=(now + timedelta(days=90)).isoformat(),
        notes="Drawn from 9 interviews, 214 support tickets and two days riding along with an installer.",
        stages=STAGES,
        lanes=LANES,
        cards=tuple(_card(spec, now) for spec in CARDS),
        emotions=tuple(_points()),
        personas=demo_personas(),
    )


def columns() -> list[tuple[int, int]]:
    """Stage and step of every column, left to right."""
    return [(number, place) for number, stage in enumerate(STAGES) for place, _ in enumerate(stage.steps)]


def _card(spec: CardSpec, now: date) -> DraftCard:
    stage, step = columns()[spec.column]
    details = dict(spec.details)
    days = details.pop("due_in_days", None)
    due_on = (now + timedelta(days=days)).isoformat() if days is not None else None
    lane = LANE_OF_KIND[spec.lane]
    return DraftCard(lane=lane, stage=stage, step=step, text=spec.text, key=spec.key, due_on=due_on, **details)


def _points() -> Iterator[DraftEmotion]:
    lane = LANE_OF_KIND["emotions"]
    curves = ((KATRIN, "today"), (WERNER, "today"))
    for column, (stage, step) in enumerate(columns()):
        for (persona, state), told in zip(curves, FEELINGS[column], strict=True):
            yield DraftEmotion(lane=lane, stage=stage, step=step, persona=persona, state=state, **told)
        yield DraftEmotion(lane=lane, stage=stage, step=step, persona=KATRIN, state="tomorrow", **TOMORROW[column])

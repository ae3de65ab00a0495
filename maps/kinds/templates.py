"""The templates of the map kinds, written as short lists: a stage with its steps, a lane with its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeymap.core.errors import BadRequest
from maps.drafts import DraftLane, DraftStage, DraftStep, MapDraft
from maps.words import LANE_KINDS, MAP_KINDS

# A lane is its kind, or kind and title, or kind, title and settings. A step is its title.
LaneSpec = str | tuple[str, str] | tuple[str, str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Template:
    stages: tuple[tuple[str, tuple[str, ...]], ...]
    lanes: tuple[LaneSpec, ...]


JOURNEY_LANES: tuple[LaneSpec, ...] = (
    "actions",
    "touchpoints",
    "thoughts",
    "emotions",
    "pain_points",
    "opportunities",
)

TEMPLATES: dict[str, Template] = {
    "current_state": Template(
        stages=(
            ("Become aware", ("Notice a need", "Look around")),
            ("Consider", ("Compare", "Ask others")),
            ("Decide", ("Choose", "Buy or sign up")),
            ("Use", ("Get started", "Use it every day")),
            ("Stay or leave", ("Get help", "Recommend or leave")),
        ),
        lanes=JOURNEY_LANES,
    ),
    "future_state": Template(
        stages=(
            ("Become aware", ("Notice a need", "Look around")),
            ("Consider", ("Compare", "Ask others")),
            ("Decide", ("Choose", "Buy or sign up")),
            ("Use", ("Get started", "Use it every day")),
            ("Stay", ("Get help", "Recommend")),
        ),
        lanes=(
            ("goals", "What people want to reach"),
            "actions",
            "touchpoints",
            "emotions",
            ("opportunities", "What has to change"),
            ("owners", "Who makes it happen"),
            ("metrics", "How we will know"),
        ),
    ),
    "day_in_the_life": Template(
        stages=(
            ("Morning", ("Wake up", "On the way")),
            ("Midday", ("At work", "Lunch break")),
            ("Afternoon", ("At work again", "On the way home")),
            ("Evening", ("At home", "Before sleep")),
        ),
        lanes=(
            "actions",
            ("text", "Where, and with whom"),
            ("channels", "Devices and media"),
            "thoughts",
            "emotions",
            "pain_points",
            ("opportunities", "Where we could help"),
        ),
    ),
    # The three lines of a blueprint are drawn below the lanes they part.
    "service_blueprint": Template(
        stages=(
            ("Before", ("Find", "Book")),
            ("Arrive", ("Come in", "Be welcomed")),
            ("During", ("Be served", "Pay")),
            ("After", ("Leave", "Follow up")),
        ),
        lanes=(
            "physical_evidence",
            ("customer_actions", "Customer actions", {"line_below": "interaction"}),
            ("frontstage", "Frontstage", {"line_below": "visibility"}),
            ("backstage", "Backstage", {"line_below": "internal_interaction"}),
            "support",
            "emotions",
            "pain_points",
            "opportunities",
        ),
    ),
    "buyer_journey": Template(
        stages=(
            ("Awareness", ("Feel the problem", "Name the problem")),
            ("Consideration", ("Learn about solutions", "Make a shortlist")),
            ("Decision", ("Try and compare", "Convince others", "Sign")),
            ("Onboarding", ("Set up", "First result")),
            ("Advocacy", ("Renew", "Recommend")),
        ),
        lanes=(
            ("goals", "What the buyer wants to reach"),
            "actions",
            "questions",
            "touchpoints",
            "emotions",
            ("frontstage", "What we do"),
            "pain_points",
            "opportunities",
            "metrics",
        ),
    ),
    "customer_support": Template(
        stages=(
            ("Something goes wrong", ("Notice the problem", "Try alone")),
            ("Ask for help", ("Find the way in", "Describe the problem", "Wait")),
            ("Get help", ("First answer", "Hand-over")),
            ("Solved", ("Confirm", "Give feedback")),
        ),
        lanes=(
            "actions",
            ("channels", "Channels"),
            "thoughts",
            "emotions",
            ("frontstage", "What support does"),
            ("backstage", "What happens behind it"),
            "pain_points",
            "opportunities",
            ("metrics", "Service levels"),
        ),
    ),
    "lead_nurturing": Template(
        stages=(
            ("Stranger", ("First contact",)),
            ("Subscriber", ("Leave an address", "Read")),
            ("Lead", ("Show interest", "Come back")),
            ("Qualified", ("Talk to us", "Get an offer")),
            ("Customer", ("Sign", "Start")),
        ),
        lanes=(
            "actions",
            "questions",
            ("text", "Message and content"),
            "touchpoints",
            "emotions",
            ("frontstage", "What we send and do"),
            ("owners", "Who is responsible"),
            ("metrics", "How many go on"),
            "opportunities",
        ),
    ),
    "churn": Template(
        stages=(
            ("Satisfied", ("Regular use",)),
            ("First doubts", ("A disappointment", "Use declines")),
            ("Looking around", ("Compare", "Talk to others")),
            ("Leaving", ("Cancel", "Last contact")),
            ("Afterwards", ("Look back", "Win back")),
        ),
        lanes=(
            "actions",
            ("text", "Warning signs"),
            "thoughts",
            "emotions",
            "touchpoints",
            ("pain_points", "Reasons to leave"),
            ("opportunities", "Ways to keep or win back"),
            "metrics",
            "evidence",
        ),
    ),
    "channel": Template(
        stages=(
            ("Enter", ("Find the channel", "Arrive")),
            ("Orient", ("Look around", "Search")),
            ("Act", ("Choose", "Complete")),
            ("Leave", ("Confirm", "Go on elsewhere")),
        ),
        lanes=(
            "actions",
            ("touchpoints", "Touchpoints in this channel"),
            ("channels", "Other channels involved"),
            ("images", "Screens and photos"),
            "emotions",
            "pain_points",
            "opportunities",
            "metrics",
        ),
    ),
    # An experience map is about what people do whoever serves them: no touchpoints of ours, no opportunities yet.
    "experience": Template(
        stages=(("Before", ("", "")), ("During", ("", "", "")), ("After", ("", ""))),
        lanes=(
            ("actions", "Doing"),
            ("thoughts", "Thinking"),
            ("emotions", "Feeling"),
            ("channels", "Places, people and things"),
            ("pain_points", "What gets in the way"),
            ("evidence", "What we heard and saw"),
        ),
    ),
    # The canvas of an empathy map, turned into lanes of one column: it has no time, so one stage is all of it.
    # What somebody feels are notes here: a curve needs columns, and holds one feeling in each.
    "empathy_map": Template(
        stages=(("In this situation", ("",)),),
        lanes=(
            ("text", "Says"),
            ("thoughts", "Thinks"),
            ("actions", "Does"),
            ("text", "Feels"),
            ("text", "Hears"),
            ("text", "Sees"),
            ("pain_points", "Pains"),
            ("goals", "Gains"),
        ),
    ),
    # Who asks for a blank map wants a canvas, not a form: three stages to write into (a journey has a before, a
    # during and an after) and one lane. Nothing at all would leave no place to click; titles would be ours.
    "blank": Template(stages=(("", ("",)), ("", ("",)), ("", ("",))), lanes=("actions",)),
}


def template_for(kind: str) -> MapDraft:
    """The stages, steps and lanes that a new map of this kind begins with.

    Raises BadRequest for a kind there is not.
    """
    template = TEMPLATES.get(kind)
    if template is None:
        known = ", ".join(MAP_KINDS)
        raise BadRequest(f"There is no kind of map called “{kind}”.", fields={"kind": f"one of {known}"})
    return MapDraft(
        kind=kind,
        stages=tuple(
            DraftStage(title=title, steps=tuple(DraftStep(title=step) for step in steps))
            for title, steps in template.stages
        ),
        lanes=tuple(map(_lane, template.lanes)),
    )


def _lane(spec: LaneSpec) -> DraftLane:
    if isinstance(spec, str):
        return DraftLane(kind=spec, title=LANE_KINDS[spec])
    kind, title, *settings = spec
    return DraftLane(kind=kind, title=title, settings=settings[0] if settings else {})

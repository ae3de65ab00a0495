"""The closed vocabularies of a map: kinds, statuses, lanes, qualities; the names that the wire and the database use."""

from __future__ import annotations

MAP_KINDS = {
    "current_state": "Current state",
    "future_state": "Future state",
    "day_in_the_life": "Day in the life",
    "service_blueprint": "Service blueprint",
    "buyer_journey": "Buyer’s journey",
    "customer_support": "Customer support journey",
    "lead_nurturing": "Lead nurturing",
    "churn": "Churn",
    "channel": "Channel-specific",
    "experience": "Experience map",
    "empathy_map": "Empathy map",
    "blank": "Blank",
}
MAP_KINDS_ABOUT = {
    "current_state": "How it is today, step by step, with what people do, feel and miss.",
    "future_state": "How it should be: the same journey as you want it to become.",
    "day_in_the_life": "A whole day of one person, far beyond your own service.",
    "service_blueprint": "What the customer sees, and everything behind the lines that makes it work.",
    "buyer_journey": "From a first need to the purchase and what comes after it.",
    "customer_support": "From a problem to its solution, and whether trust came back.",
    "lead_nurturing": "How a stranger becomes a lead, and a lead a customer.",
    "churn": "Where and why people leave, and what might have kept them.",
    "channel": "One channel from end to end, such as an app, a shop or a call.",
    "experience": "What people live through, whoever provides it.",
    "empathy_map": "What one person says, thinks, does and feels.",
    "blank": "An empty board for your own structure.",
}
MAP_STATUSES = {"draft": "Draft", "in_review": "In review", "published": "Published", "archived": "Archived"}
LANE_KINDS = {
    "actions": "Actions",
    "thoughts": "Thoughts",
    "questions": "Questions",
    "goals": "Goals",
    "text": "Notes",
    "touchpoints": "Touchpoints",
    "channels": "Channels and processes",
    "emotions": "Emotions",
    "pain_points": "Pain points",
    "opportunities": "Opportunities",
    "metrics": "Metrics",
    "images": "Storyboard",
    "files": "Files and links",
    "personas": "Personas involved",
    "owners": "Owners",
    "evidence": "Evidence",
    "physical_evidence": "Physical evidence",
    "customer_actions": "Customer actions",
    "frontstage": "Frontstage",
    "backstage": "Backstage",
    "support": "Support processes",
}
LANE_COLORS = {
    "touchpoints": "blue",
    "channels": "blue",
    "thoughts": "white",
    "questions": "white",
    "goals": "green",
    "pain_points": "red",
    "opportunities": "teal",
    "metrics": "grey",
    "images": "white",
    "files": "white",
    "personas": "violet",
    "owners": "grey",
    "evidence": "white",
    "physical_evidence": "grey",
    "frontstage": "orange",
    "backstage": "violet",
    "support": "grey",
}
QUALITIES = ("good", "ok", "bad")
OPPORTUNITY_STATUSES = ("idea", "planned", "in_progress", "done", "dropped")
COMMENT_TARGETS = ("map", "stage", "step", "lane", "card", "emotion")


def card_color(lane_kind: str) -> str:
    """The colour a new card gets in a lane of this kind when nobody says otherwise."""
    return LANE_COLORS.get(lane_kind, "yellow")

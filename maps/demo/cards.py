"""The cards of the example, lane by lane; a column is counted over all stages from 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CardSpec:
    lane: str
    column: int
    text: str
    key: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def plain(lane: str, texts: Iterable[tuple[int, str]]) -> tuple[CardSpec, ...]:
    return tuple(CardSpec(lane, column, text) for column, text in texts)


def card(lane: str, column: int, text: str, *, key: str | None = None, **details: Any) -> CardSpec:
    return CardSpec(lane, column, text, key, details)


def touch(column: int, text: str, channel: str, quality: str | None, *, key: str, **details: Any) -> CardSpec:
    return card("touchpoints", column, text, key=key, channel=channel, quality=quality, **details)


def pain(column: int, text: str, at: str | None, *, severity: int, frequency: int, key: str) -> CardSpec:
    return card("pain_points", column, text, key=key, hurts_at=at, severity=severity, frequency=frequency)


def chance(column: int, text: str, *, answers: tuple[str, ...], impact: int, effort: int, **details: Any) -> CardSpec:
    return card("opportunities", column, text, answers=answers, impact=impact, effort=effort, **details)


def measure(column: int, text: str, unit: str, baseline: float, target: float, current: float) -> CardSpec:
    figures = {"unit": unit, "baseline": baseline, "target": target, "current": current}
    return card("metrics", column, text, metric=figures)


CARDS: tuple[CardSpec, ...] = (
    *plain("images", [
        (0, "Breath in the kitchen, coats at breakfast"),
        (3, "Two torches in the cellar: installer and Werner"),
        (8, "Pipes, dust, and homework at the stairs"),
        (9, "Bare feet on the warm floor"),
    ]),
    card("personas", 0, "Katrin, Werner, both children", span=2),
    card("personas", 2, "Katrin alone, after nine in the evening"),
    card("personas", 3, "Katrin and Werner"),
    card("personas", 8, "Werner all day, Katrin after school"),
    *plain("goals", [
        (0, "Warm rooms by tonight"),
        (2, "Know in twenty minutes whether it is worth going on"),
        (4, "Compare like with like"),
        (7, "A date to plan the family around"),
        (10, "See that it was right"),
    ]),
    *plain("actions", [
        (0, "Calls the emergency service, which restarts the boiler"),
        (0, "Reads the age on the type plate: 1994"),
        (1, "Asks in the street's chat group"),
        (1, "Visits the one neighbour who has a heat pump and listens to it"),
        (2, "Answers seven questions about the house"),
        (3, "Shows cellar, radiators and meter"),
        (4, "Copies three offers into a spreadsheet"),
        (5, "Scans proof of ownership, twice"),
        (6, "Reads the small print aloud to her husband"),
        (7, "Calls to ask whether she has been forgotten"),
        (8, "Moves the children's beds into the living room"),
        (9, "Turns everything to 21° and waits"),
        (10, "Compares the bill with last winter's"),
        (11, "Lets two more families look into the cellar"),
    ]),
    *plain("thoughts", [
        (0, "“Not in January. Please.”"),
        (1, "“Does that even work in an old house?”"),
        (4, "“Why does only one of them list the electrician?”"),
        (5, "“I teach for a living and I don't understand this form.”"),
        (8, "“If anybody had said five days, I'd have planned five days.”"),
        (9, "“Is it on? It's so quiet.”"),
    ]),
    *plain("questions", [
        (1, "How loud is it at night?"),
        (2, "Do we need new radiators?"),
        (4, "What is not included?"),
        (6, "What happens if it cannot be finished by October?"),
        (10, "Is this consumption normal?"),
    ]),
    touch(0, "Emergency service hotline", "phone", "good", key="hotline"),
    touch(1, "Page about heat pumps", "web", "bad", key="page"),
    touch(1, "Open cellar day at a customer's home", "person", None, key="open-cellar", missing=True),
    touch(2, "House check in seven questions", "web", "good", key="check"),
    touch(3, "Visit of the energy adviser", "person", "good", key="visit", moment_of_truth=True),
    touch(4, "Offer by e-mail, eleven pages", "e-mail", "bad", key="offer"),
    touch(5, "Grant portal of the state", "web", "bad", key="portal"),
    touch(5, "Help with the grant", "phone", None, key="grant-help", missing=True),
    touch(6, "Signing at the kitchen table", "person", "good", key="signing"),
    touch(7, "Message with the date", "sms", "bad", key="date"),
    touch(8, "Crew on site", "person", "ok", key="crew"),
    touch(8, "Site manager's number", "chat", "good", key="manager"),
    touch(9, "Hand-over with the manual", "person", "ok", key="handover", moment_of_truth=True),
    touch(10, "Yearly bill", "post", "ok", key="bill"),
    touch(11, "Service visit", "person", "good", key="service"),
    *plain("channels", [
        (0, "Phone → technician at the door"),
        (2, "Website → e-mail → calendar"),
        (5, "Portal ⇄ letter ⇄ phone, in circles"),
        (7, "SMS only"),
        (11, "Letter → phone → visit"),
    ]),
    pain(0, "Nobody at the hotline knows what comes next", "hotline", severity=3, frequency=3, key="no-next"),
    pain(1, "The page explains physics, not houses like mine", "page", severity=3, frequency=4, key="physics"),
    pain(4, "Three offers cannot be compared line by line", "offer", severity=4, frequency=5, key="compare"),
    pain(5, "The portal forgets everything after fifteen minutes", "portal", severity=5, frequency=4, key="forgets"),
    pain(5, "The same proof is asked for twice", "portal", severity=3, frequency=5, key="twice"),
    pain(7, "Eleven weeks without a word", "date", severity=5, frequency=4, key="silence"),
    pain(8, "Three days were announced, it took five", "crew", severity=4, frequency=3, key="five-days"),
    pain(8, "Drilling during Werner's afternoon rest", "crew", severity=2, frequency=3, key="drilling"),
    pain(9, "The display speaks in abbreviations", "handover", severity=3, frequency=4, key="display"),
    chance(1, "Open cellar days: customers show their heat pump", answers=("physics",), impact=4, effort=2,
           status="planned", due_in_days=45, assignee="owner"),
    chance(4, "One offer sheet for everybody, made with the chamber of trades", answers=("compare",), impact=5,
           effort=3, status="in_progress", due_in_days=60, assignee="owner"),
    chance(5, "Fill in the grant form together, by phone, in one sitting", answers=("forgets", "twice"), impact=5,
           effort=2, status="in_progress", due_in_days=30, assignee="owner"),
    chance(7, "A message every second Friday, even if it says “nothing new”", answers=("silence",), impact=4, effort=1,
           status="done", due_in_days=-10, assignee="owner"),
    chance(8, "Promise a span of days, and a bonus if it takes longer", answers=("five-days",), impact=3, effort=3,
           status="idea"),
    chance(8, "Quiet hours agreed at the door, on a sheet at the cellar stairs", answers=("drilling",), impact=2,
           effort=1, status="planned", due_in_days=20),
    chance(9, "Hand-over at the machine, with the person who is at home", answers=("display",), impact=4, effort=1,
           status="planned", due_in_days=40, assignee="owner"),
    chance(0, "The hotline books the house check in the same call", answers=("no-next",), impact=3, effort=2,
           status="idea"),
    measure(0, "Emergencies that lead to a house check", "%", 4, 20, 9),
    measure(2, "House checks finished", "%", 52, 75, 68),
    measure(4, "Days from visit to offer", "days", 16, 5, 11),
    measure(5, "Grant applications given up", "%", 23, 5, 14),
    measure(7, "Weeks from signature to start", "weeks", 14, 6, 11),
    measure(8, "Days on site", "days", 5.5, 4, 5),
    measure(11, "Would recommend us", "NPS", 12, 45, 38),
    *plain("physical_evidence", [
        (0, "Sticker with the hotline on the boiler"),
        (3, "Sketch of the cellar, left on the table"),
        (4, "Offer folder"),
        (8, "Floor protection, van before the house"),
        (9, "Manual in a plastic sleeve on the door"),
    ]),
    *plain("customer_actions", [
        (0, "Reports the failure"),
        (2, "Fills in the check"),
        (3, "Opens the house"),
        (6, "Signs"),
        (8, "Makes room"),
        (11, "Agrees on a day for the service"),
    ]),
    *plain("frontstage", [
        (0, "Technician restarts the boiler"),
        (3, "Adviser measures and explains"),
        (6, "Adviser goes through the contract"),
        (8, "Crew installs"),
        (9, "Site manager hands over"),
        (11, "Technician checks and listens"),
    ]),
    *plain("backstage", [
        (2, "House check is scored, adviser gets the best ones first"),
        (4, "Offer is calculated by hand from the visit's notes"),
        (5, "Nobody follows the application"),
        (7, "Planning waits for the electrician's date"),
        (10, "Bill is made from two meters"),
    ]),
    *plain("support", [
        (2, "Customer database"),
        (4, "Price lists of three makers"),
        (7, "Planning board of the crews"),
        (10, "Meter data service"),
    ]),
    *plain("owners", [
        (0, "Customer service"),
        (3, "Advice team"),
        (5, "Nobody yet"),
        (8, "Installation"),
        (10, "Billing"),
    ]),
    *plain("evidence", [
        (1, "“I wanted to hear one, at night, with the window open.” Interview 4"),
        (5, "31 of 214 tickets are about the grant portal"),
        (7, "Six of nine families called because they had heard nothing"),
        (9, "“He explained it to me, and I'm seventy-two.” Interview 7, Werner"),
    ]),
    card("files", 2, "Questions of the house check", url="https://example.org/house-check"),
    card("files", 4, "Draft of the common offer sheet", url="https://example.org/offer-sheet"),
    card("files", 7, "Calendar of the crews", url="https://example.org/crews"),
    *plain("text", [
        (3, "The visit is where trust is won: keep it, whatever else is cut."),
        (8, "Two more families asked for this map to be shown to the crews."),
    ]),
)  # fmt: skip

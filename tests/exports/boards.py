"""Maps to draw: the bike board with everything on it, boards of any size in many scripts, one in Arabic."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

from maps.documents import MapDocument, document_from_wire
from maps.words import card_color

_ids = count(1)


def _id() -> str:
    return f"00000000-0000-7000-8000-{next(_ids):012d}"


def board(
    title: str,
    stages: dict[str, list[str]],
    lanes: list[tuple[str, str, dict[int, Any]]],
    *,
    personas: tuple[dict[str, Any], ...] = (),
    emotions: tuple[tuple[dict[int, Any], int | None, str], ...] = (),
    **fields: Any,
) -> MapDocument:
    """A document drawn in words: lanes are (kind, title, {column: texts or card fields})."""
    wire: dict[str, Any] = {
        "seq": 41,
        "log": _id(),
        "stages": [],
        "steps": [],
        "lanes": [],
        "cards": [],
        "emotions": [],
    }
    goals, colors = fields.pop("goals", {}), fields.pop("colors", {})
    for name, steps in stages.items():
        stage = {
            "id": _id(),
            "title": name,
            "rank": "a",
            "goal": goals.get(name, ""),
            "color": colors.get(name, "grey"),
        }
        wire["stages"].append(stage)
        for step in steps:
            wire["steps"].append({"id": _id(), "stage": stage["id"], "title": step, "rank": "a"})
    people = [{"id": _id(), **persona} for persona in personas]
    for kind, name, cells in lanes:
        settings = {"line_below": name.split("|")[1]} if "|" in name else {}
        lane = {"id": _id(), "kind": kind, "title": name.split("|")[0], "rank": "a", "settings": settings}
        wire["lanes"].append(lane)
        for column, stack in cells.items():
            for card in stack if isinstance(stack, list) else [stack]:
                values = card if isinstance(card, dict) else {"text": card}
                wire["cards"].append(
                    {"id": _id(), "lane": lane["id"], "step": wire["steps"][column]["id"], "rank": "a"}
                    | {"color": card_color(kind)}
                    | values
                )
        if kind == "emotions":
            wire["emotions"] += _points(str(lane["id"]), emotions, people, wire["steps"])
    wire["personas"] = people
    wire["map"] = {
        "id": _id(),
        "workspace": _id(),
        "title": title,
        "personas": [each["id"] for each in people],
    } | fields
    return document_from_wire(wire)


def _points(
    lane: str, emotions: Any, people: list[dict[str, Any]], steps: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    points = []
    for line, who, state in emotions:
        for column, value in line.items():
            valence, feeling, *more = value if isinstance(value, tuple) else (value, "")
            points.append(
                {"id": _id(), "lane": lane, "step": steps[column]["id"], "state": state, "valence": valence}
                | {"persona": None if who is None else people[who]["id"], "feeling": feeling}
                | (more[0] if more else {})
            )
    return points


def bike() -> MapDocument:
    """The board of the design: nine steps, six lanes, two personas."""
    star = {"moment_of_truth": True}
    return board(
        "Buying a bike for the way to work",
        {
            "Discover": ["Feels the need", "Searches"],
            "Compare": ["Visits a shop", "Asks a friend", "Tries one"],
            "Buy": ["Pays", "Collects"],
            "Ride": ["First week", "First service"],
        },
        [
            (
                "actions",
                "Actions",
                {
                    0: "Old bike breaks down on the way to work",
                    1: ["Searches “city bike under 900”", "Opens eleven tabs"],
                    2: "Walks into the shop on Saturday",
                    3: "Shows photos to a colleague",
                    4: "Rides round the block twice",
                    5: "Pays with a work scheme voucher",
                    6: "Waits for assembly",
                    7: "Adjusts the saddle alone",
                    8: "Books a free first service",
                },
            ),
            (
                "touchpoints",
                "Touchpoints",
                {
                    0: "Street, broken chain",
                    1: [{"text": "Search results", "channel": "web"}, {"text": "Review video", "channel": "video"}],
                    2: {"text": "Shop floor", "channel": "store", **star},
                    3: {"text": "Chat group", "channel": "phone"},
                    4: {"text": "Test ride", "channel": "store", "quality": "good", **star},
                    5: {"text": "Counter", "channel": "store", "quality": "bad"},
                    6: [{"text": "Collection text", "channel": "sms"}, {"text": "Live order status", "missing": True}],
                    7: {"text": "Manual on paper", "channel": "print"},
                    8: {"text": "Service desk", "channel": "store"},
                },
            ),
            ("emotions", "Emotions", {}),
            (
                "thoughts",
                "Thoughts",
                {
                    0: "“Not again.”",
                    1: "“They all look the same.”",
                    2: "“Nobody is looking at me.”",
                    3: "“She has had hers for years.”",
                    4: "“This one feels right.”",
                    5: "“Why so many forms?”",
                    6: "“When will it be ready?”",
                    8: "“They remembered my name.”",
                },
            ),
            (
                "pain_points",
                "Pain points",
                {
                    1: "Sizes are not comparable between brands",
                    2: {"text": "Waits 14 minutes before anyone helps", "severity": 4, "frequency": 3},
                    5: ["The voucher needs three signatures", {"text": "The card reader fails", "severity": 2}],
                    6: {"text": "No word for six days", "severity": 5, "tags": ["delivery"]},
                    7: "Saddle height is guesswork",
                },
            ),
            (
                "opportunities",
                "Opportunities",
                {
                    1: "One size guide for every brand",
                    2: {"text": "Greet within two minutes on Saturdays", "impact": 5, "effort": 2, "status": "planned"},
                    3: "Bring-a-friend test ride",
                    5: "Accept the voucher online beforehand",
                    6: {"text": "Tell the day, then the hour", "impact": 4, "effort": 1},
                    7: "Fit the rider, not only the bike",
                    8: {"text": "Second service, half price", "url": "https://example.org/service?a=1&b=2"},
                },
            ),
        ],
        personas=(
            {"name": "Marta", "role": "34, commuter", "color": "blue"},
            {"name": "Jonas", "role": "51, colleague", "color": "violet"},
        ),
        emotions=(
            (
                {
                    0: (-40, "annoyed"),
                    1: (-5, "lost"),
                    2: (-45, "ignored"),
                    3: (35, "reassured"),
                    4: (85, "delighted", star),
                    5: (-32, "impatient", {"note": "“Three signatures for a bike?”"}),
                    6: (-55, "forgotten"),
                    7: (-2, "unsure"),
                    8: (68, "cared for"),
                },
                0,
                "today",
            ),
            ({0: -25, 1: (15, "curious"), 2: -10, 3: 30, 4: 75, 5: 5, 6: -3, 7: 30, 8: 60}, 1, "today"),
        ),
        goals={
            "Discover": "get to work again",
            "Compare": "be sure of the choice",
            "Buy": "have it on Monday",
            "Ride": "forget about it",
        },
        scenario="Marta’s old bike breaks down on a Monday. She wants to be riding again by the next one.",
        objective="Find where we lose people between the first visit and the first service.",
        colors={"Discover": "blue", "Compare": "violet", "Buy": "orange", "Ride": "teal"},
    )


def arabic() -> MapDocument:
    """A board read from right to left, with a guest in Latin letters."""
    return board(
        "رحلة حجز موعد في العيادة",
        {"البحث": ["ملاحظة الأعراض", "البحث في الإنترنت"], "الحجز": ["الاتصال"], "الزيارة": ["الانتظار", "الاستشارة"]},
        [
            (
                "actions",
                "الأفعال",
                {
                    0: "يقرأ عنها ليلاً",
                    1: "Opens the clinic’s page",
                    2: "يتصل ثلاث مرات ثم يجرب الموقع",
                    3: "ينتظر 50 دقيقة",
                },
            ),
            ("emotions", "المشاعر", {}),
            ("pain_points", "نقاط الألم", {2: {"text": "الخط مشغول", "severity": 4}, 3: "لا أخبار أثناء الانتظار"}),
        ],
        personas=({"name": "أمينة ديالو", "role": "٤١ سنة", "color": "teal"},),
        emotions=(({0: (-50, "قلقة"), 2: (-70, "منزعجة"), 3: (-20, "متوترة"), 4: (60, "مرتاحة")}, 0, "today"),),
    )


def blueprint() -> MapDocument:
    """A service blueprint with its three lines and cards that stretch."""
    return board(
        "Hotel check-in",
        {"Arrive": ["Door", "Desk"], "Stay": ["Room", "Breakfast"], "Leave": ["Check-out"]},
        [
            (
                "physical_evidence",
                "Physical evidence",
                {0: "Sign, door", 1: "Key card", 2: "Welcome note", 4: "Invoice"},
            ),
            (
                "customer_actions",
                "Customer actions|interaction",
                {0: "Walks in with luggage", 1: "Shows passport", 2: "Unpacks", 3: "Chooses a table", 4: "Pays"},
            ),
            (
                "frontstage",
                "Frontstage|visibility",
                {
                    0: {"text": "Doorman carries the luggage all the way to the room", "span": 3},
                    1: "Receptionist checks in",
                    3: "Waiter",
                },
            ),
            (
                "backstage",
                "Backstage|internal",
                {1: {"text": "Housekeeping reports the room as ready", "span": 2}, 3: "Kitchen"},
            ),
            ("support", "Support processes", {1: {"text": "Booking system", "span": 9}}),
        ],
        kind="service_blueprint",
    )


WORDS = {
    "latin": "waits at the counter while nobody answers and the queue grows behind her every minute".split(),
    "cjk": ["顧客は", "窓口で", "待っている。", "고객이 ", "기다린다 ", "客户等待"],
    "arabic": "ينتظر العميل عند المكتب ولا أحد يجيب".split(),
    "hebrew": "הלקוח מחכה ליד הדלפק ואף אחד לא עונה".split(),
    "emoji": ["happy 😀", "lost 😟", "family 👩‍👩‍👧", "flag 🇩🇪", "ok 👍🏽"],
}


def crowd(cards: int, *, seed: int = 1, scripts: tuple[str, ...] = tuple(WORDS)) -> MapDocument:
    """A board with that many cards in many scripts, four to a cell at most."""
    chance = random.Random(seed)
    steps = max(5, round((cards / 12) ** 0.5 * 2.4))
    stages: dict[str, list[str]] = {f"Stage {number + 1}": [] for number in range(max(2, steps // 4))}
    for number in range(steps):
        list(stages.values())[number * len(stages) // steps].append(f"Step {number + 1}")
    kinds = ["actions", "touchpoints", "thoughts", "pain_points", "opportunities", "goals", "evidence", "metrics"]
    rows = max(4, round(cards / steps / 2.2))
    lanes: list[tuple[str, str, dict[int, Any]]] = [
        (kinds[row % len(kinds)], f"Lane {row + 1}", {column: [] for column in range(steps)}) for row in range(rows)
    ]
    for number in range(cards):
        words = WORDS[scripts[0] if chance.random() < 0.7 else chance.choice(scripts)]
        card: dict[str, Any] = {
            "text": f"{number} " + " ".join(chance.choice(words) for _ in range(chance.randint(2, 9)))
        }
        if chance.random() < 0.2:
            card |= {"channel": "web", "severity": chance.randint(1, 5)}
        lanes[chance.randrange(rows)][2][chance.randrange(steps)].append(card)
    lanes.insert(2, ("emotions", "Emotions", {}))
    curve = {column: (chance.randint(-90, 90), "so") for column in range(steps)}
    return board(f"{cards} cards", stages, lanes, emotions=((curve, None, "today"),))

"""`./run bench document [embedded|team] [CARDS]`: opening a map of 2,000 cards, and one edit on it.

A real server is started on each stack; the document is read and edited over REST and over the socket by one client on
the same machine. Queries and server time of the document come from the application itself, in a process of its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from websockets.sync.client import ClientConnection, connect

from tests.bench.figures import Goal, percentile, report
from tests.stack.servers import Server, embedded_server, team_server

LANES, STAGES, STEPS_OF_A_STAGE = 8, 5, 5
STACKS: dict[str, Any] = {"embedded": embedded_server, "team": team_server}

# Runs inside `manage shell`: what the server does for GET document/, without HTTP around it.
INSIDE = """
import json, time
from django.db import connection
from django.test.utils import CaptureQueriesContext
from maps.documents import document_to_wire
from maps.queries import load_document
times = []
for _ in range(12):
    started = time.perf_counter()
    document_to_wire(load_document("{map}"))
    times.append((time.perf_counter() - started) * 1000)
with CaptureQueriesContext(connection) as queries:
    load_document("{map}")
print(json.dumps({{"queries": len(queries), "ms": sorted(times)[len(times) // 2]}}))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One stack's figures; times in milliseconds."""

    stack: str
    queries: int
    inside: float
    document: list[float]
    rest_edits: list[float]
    socket_edits: list[float]

    def row(self) -> list[str]:
        texts = [self.stack, str(self.queries), f"{self.inside:.0f}"]
        timings = (self.document, self.rest_edits, self.socket_edits)
        return texts + [f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f}" for times in timings]


def main(arguments: list[str]) -> None:
    stacks = [name for name in arguments if name in STACKS] or list(STACKS)
    cards = int(next((word for word in arguments if word.isdecimal()), "2000"))
    rows = []
    for stack in stacks:
        with tempfile.TemporaryDirectory() as folder, STACKS[stack](Path(folder)) as server:
            rows.append(measure(server, stack=stack, cards=cards))
    head = ["stack", "queries", "load ms", "GET document/ p50 / p95", "edit by REST", "edit by socket"]
    goals = [Goal(f"document-{cards}-{one.stack}-server-ms", round(one.inside, 1), 60 * cards / 2000) for one in rows]
    report(f"document-{cards}", table=[head, *(one.row() for one in rows)], goals=goals)


def measure(server: Server, *, stack: str, cards: int) -> Measured:
    server.manage(
        "create_user", "olive@example.org", "--name", "Olive", "--password-stdin", stdin="a bicycle made for two\n"
    )
    token = server.manage("create_token", "olive@example.org").strip()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{server.url}/api/v1/", headers=headers, timeout=60) as api:
        map_id, card_ids = make_map(api, cards=cards)
        inside = json.loads(server.manage("shell", "-v", "0", "-c", INSIDE.format(map=map_id)).splitlines()[-1])
        document = timed(lambda _: answered(api.get(f"maps/{map_id}/document/")), 30)
        rest = timed(lambda number: edit(api, map_id, recolour(card_ids, number)), 100)
    with connect(
        f"{server.url.replace('http', 'ws')}/ws/maps/{map_id}/", additional_headers=headers, max_size=None
    ) as socket:
        say(socket, {"type": "hello", "v": 1, "since": None, "tab": str(uuid4())})
        hear(socket, "welcome")
        live = timed(lambda number: edit_live(socket, recolour(card_ids, number + 1)), 200)
    return Measured(stack, inside["queries"], inside["ms"], document, rest, live)


def make_map(api: httpx.Client, *, cards: int) -> tuple[str, list[str]]:
    """A grid of lanes and steps with `cards` cards spread evenly; (map id, card ids)."""
    workspace = answered(api.get("workspaces/"))["items"][0]["id"]
    body = {"title": f"{cards} cards", "workspace": workspace, "kind": "blank", "template": "none"}
    map_id = answered(api.post("maps/", json=body, headers={"Idempotency-Key": str(uuid4())}))["id"]
    lanes = [insert("lane", kind="actions", title=f"Lane {number}") for number in range(LANES)]
    stages = [insert("stage", title=f"Stage {number}") for number in range(STAGES)]
    steps = [
        insert("step", stage=stage["id"], title=f"Step {number}")
        for stage in stages
        for number in range(STEPS_OF_A_STAGE)
    ]
    edit(api, map_id, [*lanes, *stages, *steps])
    stickies = [
        insert(
            "card",
            lane=lanes[number % LANES]["id"],
            step=steps[number // LANES % len(steps)]["id"],
            text=sentence(number),
        )
        for number in range(cards)
    ]
    for start in range(0, cards, 400):
        edit(api, map_id, stickies[start : start + 400])
    return map_id, [card["id"] for card in stickies]


def insert(type_: str, **fields: str) -> dict[str, Any]:
    return {"op": "insert", "type": type_, "id": str(uuid4()), "fields": fields}


def sentence(number: int) -> str:
    return f"Card {number}: compares prices, asks a friend and reads what others wrote"


def recolour(card_ids: list[str], number: int) -> list[dict[str, Any]]:
    color = ("pink", "blue", "green", "orange")[number % 4]
    return [{"op": "set", "type": "card", "id": card_ids[number * 7 % len(card_ids)], "fields": {"color": color}}]


def edit(api: httpx.Client, map_id: str, ops: list[dict[str, Any]]) -> Any:
    return answered(api.post(f"maps/{map_id}/changes/", json={"key": str(uuid4()), "ops": ops}))


def answered(response: httpx.Response) -> Any:
    assert response.is_success, response.text
    return response.json()


def edit_live(socket: ClientConnection, ops: list[dict[str, Any]]) -> None:
    key = str(uuid4())
    say(socket, {"type": "change", "key": key, "ops": ops})
    hear(socket, "change", key=key)


def say(socket: ClientConnection, message: dict[str, Any]) -> None:
    socket.send(json.dumps(message))


def hear(socket: ClientConnection, kind: str, *, key: str | None = None) -> dict[str, Any]:
    """The next message of this kind (and key), or the `ack` of that key."""
    while True:
        heard = json.loads(socket.recv(timeout=30))
        for message in heard if isinstance(heard, list) else [heard]:
            if message["type"] in {kind, "ack"} and (key is None or message.get("key") == key):
                return dict(message)
            assert message["type"] != "rejected", message


def timed(act: Callable[[int], Any], times: int) -> list[float]:
    """Milliseconds of each of `times` calls, after three that warm up."""
    for number in range(3):
        act(number)
    taken = []
    for number in range(times):
        started = time.perf_counter()
        act(number + 3)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


if __name__ == "__main__":
    main(sys.argv[1:])

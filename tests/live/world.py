"""A running server with the cast on it, and tabs that are connected to it like browsers and scripts are."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.boards import Wire, drawing_ops
from tests.stack.servers import Server

DRAWING = """
    Find: search, ask     | Buy: pay
    actions:        Reads, Compares / Asks  | Pays
    pain_points:    Slow / Rude             | Queue
    touchpoints:    Web / Phone             | Till
    emotions:       20 / -40                | 60
"""
# Makes the cast where the server keeps its data, and says how to come in as any of them.
SETUP = """
import json
from django.contrib.auth import get_user_model
from tests.cast import make_cast
cast = make_cast()
names = ("olive", "edith", "colin", "victor", "stan")
print("WORLD" + json.dumps({
    "workspace": str(cast.workspace.pk),
    "ids": {name: str(getattr(cast, name).pk) for name in names},
    "tokens": {name: cast.token_of(getattr(cast, name)) for name in names},
    "session": cast.client_of(cast.edith).cookies["sessionid"].value,
}))
"""


class Tab:
    """One open socket; hears messages in order, whether they came alone or several in a frame."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.waiting: list[Wire] = []
        self.welcome: Wire = {}

    def say(self, message: Any) -> None:
        self.socket.send(message if isinstance(message, str) else json.dumps(message))

    def next(self, timeout: float = 10) -> Wire:
        """The next message of any kind; ConnectionClosed when there will be none."""
        if not self.waiting:
            told = json.loads(self.socket.recv(timeout=timeout))
            self.waiting += told if isinstance(told, list) else [told]
        return self.waiting.pop(0)

    def hear(self, *kinds: str, timeout: float = 10) -> Wire:
        """The next message of one of these kinds; what comes before it is passed over."""
        end = time.monotonic() + timeout
        while True:
            message = self.next(timeout=max(0.01, end - time.monotonic()))
            if message["type"] in kinds:
                return message

    def hello(self, **more: Any) -> Wire:
        self.say({"type": "hello", "v": 1, "since": None, "tab": str(uuid4())} | more)
        self.welcome = self.hear("welcome")
        return self.welcome

    def change(self, *ops: Wire, key: str | None = None) -> Wire:
        """Say a change and hear the answer: `change`, `ack` or `rejected` with its key."""
        wanted = key or str(uuid4())
        self.say({"type": "change", "key": wanted, "ops": list(ops)})
        return self.answer(wanted)

    def answer(self, key: str, timeout: float = 10) -> Wire:
        while True:
            message = self.hear("change", "ack", "rejected", timeout=timeout)
            if message["key"] == key:
                return message

    def closed(self, timeout: float = 10) -> int:
        """The code with which the server closes; passes over what it says before."""
        end = time.monotonic() + timeout
        try:
            while True:
                self.next(timeout=max(0.01, end - time.monotonic()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


@dataclass(frozen=True, kw_only=True)
class World:
    """The server, its people, and a new map for whoever asks."""

    server: Server
    people: dict[str, Any]
    ids: dict[str, str] = field(default_factory=dict)

    def api(self, who: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.people['tokens'][who]}"}
        return httpx.Client(base_url=f"{self.server.url}/api/v1/", headers=headers, timeout=30)

    def new_map(self) -> Map:
        """A map of Edith's with the drawing on it."""
        with self.api("edith") as api:
            asked = {"title": "Bikes", "workspace": self.people["workspace"], "template": "none"}
            made = api.post("maps/", json=asked)
            assert made.status_code == 201, made.text
            drawn = Map(world=self, id=made.json()["id"], ids={})
            ops = list(drawing_ops(DRAWING, drawn.ids))
            done = api.post(f"maps/{drawn.id}/changes/", json={"key": str(uuid4()), "ops": ops})
            assert done.status_code == 201, done.text
        return drawn

    @contextmanager
    def socket(self, path: str, who: str | None = None, **options: Any) -> Iterator[Tab]:
        """An open socket; `who` comes by bearer token, without them `options` say who it is."""
        headers = {"Authorization": f"Bearer {self.people['tokens'][who]}"} if who else {}
        headers |= options.pop("additional_headers", {})
        url = self.server.url.replace("http", "ws", 1) + path
        with connect(
            url, additional_headers=headers, max_size=None, ping_interval=None, proxy=None, **options
        ) as socket:
            yield Tab(socket)


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map on the server; what stands on it is found by name."""

    world: World
    id: str
    ids: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    @property
    def path(self) -> str:
        return f"/ws/maps/{self.id}/"

    @contextmanager
    def tab(self, who: str = "edith", **hello: Any) -> Iterator[Tab]:
        """A tab of somebody who has been welcomed."""
        with self.world.socket(self.path, who) as tab:
            tab.hello(**hello)
            yield tab

    def document(self, who: str = "edith") -> Wire:
        with self.world.api(who) as api:
            document: Wire = api.get(f"maps/{self.id}/document/").json()
        return document


def make_world(server: Server) -> World:
    """The cast on a server that has just started."""
    said = server.manage("shell", "-c", SETUP)
    line = next(line for line in said.splitlines() if line.startswith("WORLD"))
    return World(server=server, people=json.loads(line.removeprefix("WORLD")))

"""Every message of the live socket, every caller: who may open one, and what they are answered."""

from __future__ import annotations

import inspect
import re
from typing import Any
from uuid import uuid4

import pytest
from asgiref.testing import ApplicationCommunicator

from journeymap.sync.consumers import Socket
from tests.cast import Api
from tests.rights.bodies import Ids
from tests.rights.sockets import heard, leave, open_socket, say
from tests.rights.world import PRINCIPALS, World, make_world

# What each caller is answered, columns as in matrix.py: the code of the close at the door, or the answer's type,
# or the error of a `rejected`. `done` is a change taken; presence has no answer: `-` says that the socket stays open.
SOCKETS = """
maps      hello     4401 welcome   welcome   welcome   welcome   welcome welcome welcome welcome 4404 4401
maps      change    4401 forbidden forbidden forbidden forbidden done    done    done    done    4404 4401
maps      comment   4401 forbidden done      forbidden done      done    done    done    done    4404 4401
maps      undo      4401 forbidden forbidden forbidden forbidden done    done    done    done    4404 4401
maps      redo      4401 forbidden forbidden forbidden forbidden done    done    done    done    4404 4401
maps      presence  4401 -         -         -         -         -       -       -       -       4404 4401
maps      ping      4401 pong      pong      pong      pong      pong    pong    pong    pong    4404 4401
personas  hello     4401 4401      4401      welcome   welcome   welcome welcome welcome welcome 4404 4401
personas  change    4401 4401      4401      forbidden forbidden done    done    done    done    4404 4401
personas  undo      4401 4401      4401      forbidden forbidden done    done    done    done    4404 4401
personas  redo      4401 4401      4401      forbidden forbidden done    done    done    done    4404 4401
personas  presence  4401 4401      4401      -         -         -       -       -       -       4404 4401
personas  ping      4401 4401      4401      pong      pong      pong    pong    pong    pong    4404 4401
"""
ROWS = {(place, message): cells for place, message, *cells in map(str.split, SOCKETS.strip().splitlines())}


@pytest.fixture
def world(transactional_db: None) -> World:
    """Sockets read the database in threads of their own: what they shall see must be there for all."""
    return make_world()


def test_every_kind_of_message_has_a_row() -> None:
    taking = inspect.getsource(Socket).split("async def _take")[1].split("def ", maxsplit=1)[0]
    kinds = set(re.findall(r'"(\w+)"', taking)) - {"type"}
    missing = kinds - {message for _, message in ROWS}
    assert not missing, f"Add rows for {sorted(missing)} to SOCKETS, a cell for each caller"
    assert {len(cells) for cells in ROWS.values()} == {len(PRINCIPALS)}


@pytest.mark.parametrize("place", ["maps", "personas"])
async def test_what_each_caller_is_answered(place: str, world: World) -> None:
    wrong = []
    for number, principal in enumerate(PRINCIPALS):
        for (where, message), cells in ROWS.items():
            if where != place:
                continue
            told = await answer_to(message, place, world.callers[principal], world.here)
            if told != cells[number]:
                wrong.append(f"{place} {message} {principal}: {told} instead of {cells[number]}")
    assert not wrong, "\n".join(wrong)


async def test_a_cookie_from_another_site_opens_nothing(world: World) -> None:
    for origin in (None, "null", "https://evil.example", "http://testserver.evil.example", "http://testserver:81"):
        socket = await open_socket("maps", world.callers["owner"], world.here, origin=origin)
        assert (await socket.receive_output(timeout=10))["type"] == "websocket.close", origin
        bearer = await open_socket("maps", world.callers["token"], world.here, origin=origin)
        assert (await bearer.receive_output(timeout=10))["type"] == "websocket.accept", origin
        await leave(bearer)


async def answer_to(message: str, place: str, caller: Api, ids: Ids) -> str:
    """The type of what comes back for a message, the error of a refusal, or the code of the close."""
    socket = await open_socket(place, caller, ids)
    assert (await socket.receive_output(timeout=10))["type"] == "websocket.accept"
    await say(socket, {"type": "hello", "v": 1, "since": None, "tab": str(uuid4())})
    welcome = await heard(socket)
    if message == "hello" or welcome.get("type") != "welcome":
        told = str(welcome.get("code") or welcome["type"])
    else:
        await say(socket, _message(message, place, ids))
        told = await _told(socket, message)
    await leave(socket)
    return told


async def _told(socket: ApplicationCommunicator, message: str) -> str:
    if message == "presence":
        await say(socket, {"type": "ping"})
    answer = await heard(socket)
    if message == "presence":
        return "-" if answer.get("type") == "pong" else str(answer)
    if answer.get("type") in {"change", "ack"}:
        return "done"
    return str(answer.get("error") or answer.get("code") or answer["type"])


def _message(message: str, place: str, ids: Ids) -> dict[str, Any]:
    key = str(uuid4())
    if message in {"undo", "redo"}:
        named = {"undo": "change", "redo": "redo"}[message]
        return {"type": message, "key": key, "change": ids[named if place == "maps" else f"persona_{named}"]}
    if message == "presence":
        return {"type": "presence", "state": {"cursor": {"x": 1, "y": 2}}}
    if message == "ping":
        return {"type": "ping"}
    return {"type": "change", "key": key, "ops": [_op(message, place, ids)]}


def _op(message: str, place: str, ids: Ids) -> dict[str, Any]:
    if place == "personas":
        return {"op": "set", "type": "persona", "id": ids["persona"], "fields": {"motto": str(uuid4())}}
    if message == "comment":
        fields = {"on": "card", "target": ids["card"], "text": "Why?"}
        return {"op": "insert", "type": "comment", "id": str(uuid4()), "fields": fields}
    return {"op": "set", "type": "card", "id": ids["card"], "fields": {"text": str(uuid4())}}

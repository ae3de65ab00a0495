"""The browser's store and the server end with one document, whatever happens to cables and servers in between."""

from __future__ import annotations

import os
import signal
import string
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random

import pytest

from stack.services import free_port
from tests.e2e.people import Account, make_account
from tests.serving.browser_stores import Tab, assert_all_alike, tabs
from tests.stack.servers import Server, embedded_server, team_server

# They need node, which the smaller set of tests does without.
pytestmark = [pytest.mark.postgres, pytest.mark.redis]
Stack = Callable[[Path], AbstractContextManager[Server]]
SEED = int(os.environ.get("SEED", "7"))


def work_with_bad_cables(people: list[Tab], *, dice: Random, rounds: int, acts: int) -> None:
    """Everybody does this and that; between the rounds cables are cut, pulled and put back."""
    for number in range(rounds):
        for place, tab in enumerate(people):
            tab.order("random", seed=dice.randrange(10**6) + number + place, ops=acts)
        for tab in people:
            tab.answer()
        for tab in people:
            tab.does(dice.choice(["cut", "stay away", "come back", "come back", "state"]))
    for tab in people:
        tab.does("come back")


@pytest.mark.parametrize("stack", [embedded_server, team_server])
def test_three_browsers_with_bad_cables_end_with_the_servers_document(stack: Stack, tmp_path: Path) -> None:
    with stack(tmp_path) as server:
        olive = make_account(server, "Olive")
        map_id = olive.import_map()
        with tabs(olive, map_id, count=3) as people:
            work_with_bad_cables(people, dice=Random(SEED), rounds=4, acts=25)
            assert_all_alike(people, olive, map_id)
        assert "Traceback" not in server.log


def test_every_letter_typed_while_the_server_is_killed_is_there_afterwards(tmp_path: Path) -> None:
    port = str(free_port())
    with embedded_server(tmp_path, PORT=port) as server:
        olive = make_account(server, "Olive")
        map_id = olive.import_map()
        card = olive.document(map_id)["cards"][0]["id"]
        with tabs(olive, map_id, count=2) as people:
            hands = list(zip(people, (string.ascii_lowercase, string.ascii_uppercase), strict=True))
            for tab, letters in hands:
                type_letters(tab, card, letters[:13])
            kill(server)
            for tab, letters in hands:
                type_letters(tab, card, letters[13:])
            with embedded_server(tmp_path, PORT=port) as again:
                assert_all_alike(people, Account(again, olive.email, olive.token), map_id)
                text = people[0].does("look", type="card", id=card)["record"]["text"]
                assert [letter for letter in string.ascii_letters if text.count(letter) < 1] == []


def type_letters(tab: Tab, card: str, letters: str) -> None:
    for letter in letters:
        before = tab.does("look", type="card", id=card)["record"]["text"]
        tab.does("type", type="card", id=card, field="text", text=before + letter)
        time.sleep(0.01)


def kill(server: Server) -> None:
    """As a machine that loses its power would, short of the disk's own cache."""
    os.killpg(server.running.process.pid, signal.SIGKILL)
    server.running.process.wait()

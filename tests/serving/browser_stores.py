"""The browser's own store in node, against a real server: opened, told what to do, and compared."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.people import Account

CLIENT = Path(__file__).resolve().parents[1] / "js" / "client.mjs"
LISTS = ("stages", "steps", "lanes", "cards", "emotions", "comments")
# What honest people can be refused: somebody else was quicker.
FAIR = {"gone", "occupied", "last_step", "not_found", "has_others", "conflict", "in_use"}


class Tab:
    """One browser tab without a page: static/js/store.js over a socket of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def order(self, what: str, **details: Any) -> None:
        """Tell it to do something, without waiting for it."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": what, **details}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What came of the oldest order that was not answered yet."""
        assert self._process.stdout
        while True:
            line = self._process.stdout.readline()
            assert line, "the tab is gone; look at its errors above"
            said: dict[str, Any] = json.loads(line)
            if "event" not in said:
                assert said["ok"], said
                return said

    def does(self, what: str, **details: Any) -> dict[str, Any]:
        self.order(what, **details)
        return self.answer()


@contextmanager
def tabs(account: Account, map_id: str, *, count: int) -> Iterator[list[Tab]]:
    """So many tabs of one person on one map."""
    node = shutil.which("node")
    assert node, "These stories need node. Debian, Ubuntu: apt install nodejs"
    address = f"{account.server.url.replace('http', 'ws', 1)}/ws/maps/{map_id}/"
    with ExitStack() as stack:
        opened = []
        for number in range(count):
            command = [node, str(CLIENT), address, account.token, f"tab-{number}"]
            process = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            stack.callback(process.kill)
            opened.append(Tab(process))
        yield opened


def assert_all_alike(people: list[Tab], account: Account, map_id: str) -> None:
    """Everybody is at rest, and reads what the server reads."""
    for tab in people:
        tab.does("settle")
    document = account.document(map_id)
    for tab in people:
        tab.does("at", seq=document["seq"])
        seen = tab.does("document")["document"]
        assert seen["map"] == document["map"]
        for name in LISTS:
            assert _by_id(seen[name]) == _by_id(document[name]), name
        unfair = [refused for refused in tab.does("state")["refused"] if not _is_fair(refused)]
        assert unfair == [], unfair


def _is_fair(refused: dict[str, Any]) -> bool:
    # What a reference named may have been deleted meanwhile.
    return refused["error"] in FAIR or (refused["error"] == "invalid" and "names no" in refused["message"])


def _by_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in records}

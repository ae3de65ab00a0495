"""`./run team`: two web processes and a worker that are kept running, and stop together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.servers import Server, answers, team_server

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with team_server(tmp_path_factory.mktemp("team")) as running:
        yield running


def children(server: Server) -> dict[int, str]:
    """Process id → command of what the team stack runs."""
    pid = str(server.running.process.pid)
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", pid], capture_output=True, text=True, check=True)
    rows = (line.strip().partition(" ") for line in listed.stdout.splitlines())
    return {int(number): command for number, _, command in rows}


def web_processes(server: Server) -> set[int]:
    return {pid for pid, command in children(server).items() if " web " in command}


def test_two_web_processes_and_a_worker_run(server: Server) -> None:
    commands = list(children(server).values())
    assert sum(" web " in command for command in commands) == 2
    assert sum(" worker " in command for command in commands) == 1


def test_a_command_reaches_the_database_of_the_team(server: Server) -> None:
    assert "postgresql" in server.manage("shell", "-c", "from django.db import connection as c; print(c.vendor)")


def test_a_web_process_that_is_killed_is_started_again(server: Server) -> None:
    before = web_processes(server)
    os.kill(min(before), signal.SIGKILL)
    deadline = time.monotonic() + 30
    while len(web_processes(server) - {min(before)}) < 2:
        assert time.monotonic() < deadline, server.log
        time.sleep(0.2)
    assert answers(f"{server.url}/healthz")


def test_all_stop_together(server: Server) -> None:
    running = children(server)
    server.running.process.send_signal(signal.SIGTERM)
    assert server.running.process.wait(20) == 0
    left = [command for pid, command in running.items() if Path(f"/proc/{pid}/cmdline").exists()]
    assert not left, f"still running: {left}"

"""`./run`: one server per data folder, private files, a clear word when it cannot start, a clean end."""

from __future__ import annotations

import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.servers import MANAGE, ROOT, Server, embedded_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with embedded_server(tmp_path_factory.mktemp("embedded")) as running:
        yield running


def serve_again(server: Server, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a second server in the same environment says."""
    env = dict(server.env) | settings
    return subprocess.run(
        [*MANAGE, "serve"], env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_it_says_where_it_is_open(server: Server) -> None:
    assert f"Journeymap is open at  {server.url}/" in server.log


def test_a_second_server_on_the_same_data_refuses_and_names_the_first(server: Server) -> None:
    second = serve_again(server, PORT="0")
    assert second.returncode == 1
    assert f"process {server.running.process.pid}" in second.stderr


def test_a_taken_port_is_named_with_a_way_out(server: Server, tmp_path: Path) -> None:
    second = serve_again(server, DATA_DIR=str(tmp_path))
    assert second.returncode == 1
    assert f"port {server.env['PORT']}" in second.stderr
    assert "PORT=8001" in second.stderr


def test_a_command_works_beside_the_running_server(server: Server) -> None:
    assert "no issues" in server.manage("check")


def test_key_and_database_are_readable_by_their_owner_only(server: Server) -> None:
    for name in ("secret_key", "journeymap.sqlite3"):
        assert stat.S_IMODE((server.data_dir / name).stat().st_mode) == 0o600, name


def test_it_ends_within_ten_seconds_while_somebody_is_connected(tmp_path: Path) -> None:
    with embedded_server(tmp_path) as server, socket.create_connection(address_of(server)) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\n")  # A request that never ends.
        started = time.monotonic()
        server.running.process.send_signal(signal.SIGTERM)
        assert server.running.process.wait(10) == 0
        assert time.monotonic() - started < 10
        assert "Traceback" not in server.log


def address_of(server: Server) -> tuple[str, int]:
    return server.env["HOST"], int(server.env["PORT"])

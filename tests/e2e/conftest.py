"""A real server of the chosen stack and the system's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.stack.servers import Server, embedded_server, team_server

# Generous: a busy machine is slow, and what never comes fails all the same.
expect.set_options(timeout=20_000)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all browser tests, of the stack that STACK names (embedded when it names none)."""
    start = team_server if os.environ.get("STACK") == "team" else embedded_server
    with start(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this system: nothing is downloaded. Its sandbox cannot start as root."""
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    path = os.environ.get("CHROMIUM") or (found[0] if found else None)
    assert path, "No Chromium in PATH. Debian, Ubuntu: apt install chromium; or name one: CHROMIUM=/path/to/it"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], server: Server) -> dict[str, Any]:
    """Pages open relative to the server; a desktop of ordinary size."""
    return {**browser_context_args, "base_url": server.url, "viewport": {"width": 1440, "height": 900}}

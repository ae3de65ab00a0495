"""What every test gets: an empty cache, its own media folder, the database that DATABASE_URL names, no network."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

pytest_plugins = ["tests.cast"]

# The suite tries the same examples each time; HYPOTHESIS=random looks for new ones.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.register_profile("random", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "suite"))

# Hypothesis keeps the examples it found; in .venv/, like everything else that is made.
ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / ".venv" / "hypothesis"))

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
ON_REDIS = bool(os.environ.get("REDIS_URL"))
# Set by `./run test --embedded` to what this system lacks. Without PDF, these modules cannot even be imported.
WITHOUT = set(os.environ.get("TESTS_WITHOUT", "").split())
PDF_MODULES = ["test_layout.py", "test_pdf.py", "test_press.py", "test_exports_rest.py"]
collect_ignore = [f"exports/{name}" for name in PDF_MODULES] if "pdf" in WITHOUT else []
# Services may live elsewhere (a container beside this one); everything else must be on this machine.
OUR_SERVICES = {urlsplit(os.environ.get(name, "")).hostname for name in ("DATABASE_URL", "REDIS_URL")}


def pytest_configure() -> None:
    """Settings that tests want otherwise than a server: quick hashes, plain static addresses, throwaway files."""
    scratch = Path(tempfile.mkdtemp(prefix="journeymap-tests-"))
    settings.MEDIA_ROOT = scratch / "media"
    settings.STATIC_ROOT = scratch / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    # Argon2 is meant to be slow; tests/checks holds the real list to it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, unskipped, the stories about a service that this run does not stand on."""
    absent = WITHOUT | {name for name, present in (("postgres", ON_POSTGRES), ("redis", ON_REDIS)) if not present}
    away = [item for item in items if absent & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=away)
    items[:] = [item for item in items if item not in set(away)]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite as servers use it, in a file and in WAL mode; only the wait for the disk is left out."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(tmp_path_factory.mktemp("db") / "test.sqlite3")}
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits and the like begin anew with every test."""
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that reaches out of this machine fails, and says where it wanted to go."""
    connect = socket.socket.connect

    def connect_nearby(self: socket.socket, address: Any) -> None:
        # Connecting a datagram socket sends nothing; AF_UNIX has no host.
        if self.type != socket.SOCK_DGRAM and isinstance(address, tuple) and not is_nearby(str(address[0])):
            raise AssertionError(f"A test tried to reach {address[0]}:{address[1]}; tests stay on this machine.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        yield


def is_nearby(host: str) -> bool:
    if host in OUR_SERVICES or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

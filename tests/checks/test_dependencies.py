"""The lock files: whole, hashed, without a host in them, above every known advisory."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def locked(lock: str) -> dict[str, Version]:
    """Package → pinned version."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {name: Version(version) for name, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE)}


def floors(table: str) -> dict[str, Version]:
    text = (ROOT / "tests" / "checks" / "floors.toml").read_text(encoding="utf-8")
    return {name: Version(version) for name, version in tomllib.loads(text)[table].items()}


def project() -> dict[str, list[str]]:
    """The dependencies that pyproject.toml names, by the lock file that must hold them."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = about["project"]["dependencies"], about["dependency-groups"]["dev"]
    return {"requirements.txt": runtime, "requirements-dev.txt": [*runtime, *dev]}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_stands_above_every_known_advisory(lock: str) -> None:
    pins = locked(lock)
    low = {name: floor for name, floor in floors("floors").items() if pins[name] < floor}
    low |= {name: floor for name, floor in floors("if-present").items() if name in pins and pins[name] < floor}
    assert not low, f"Raise these in pyproject.toml and run ./run lock: {low}"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock: str) -> None:
    pins = locked(lock)
    for line in project()[lock]:
        wanted = Requirement(line)
        name = wanted.name.lower()
        assert name in pins, f"{name} is not in {lock}: run ./run lock"
        assert pins[name] in wanted.specifier, f"{lock} pins {name} {pins[name]}, pyproject.toml says {wanted}"


def test_both_locks_pin_the_same_versions() -> None:
    runtime, dev = (locked(lock) for lock in LOCKS)
    assert runtime.items() <= dev.items(), "Run ./run lock: tests must run on what people run"


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-uv.txt"])
def test_every_package_is_hashed_and_no_host_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "--index-url" not in text


def test_the_browser_lock_names_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text, "npm install --package-lock-only --omit-lockfile-registry-resolved=true"
    assert '"integrity"' in text

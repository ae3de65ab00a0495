"""The tree itself: nothing of one machine in it, every test collected, migrations in one line."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = {"core", "accounts", "sync", "personas", "maps", "exports"}
HOME_PATHS = re.compile(r"(?<![\w.:/-])/(?:work|root|home|Users)/[a-zA-Z]")
# Put together here, so that this file does not contain what it looks for.
REGISTRIES = ["registry." + "npmjs.org", "files." + "pythonhosted.org", "pypi." + "org"]


@cache
def tracked_files() -> list[Path]:
    """What git knows of, as paths from the root; a source archive without git is taken whole."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout:
        names = [Path(name) for name in done.stdout.split("\0") if name]
        return [name for name in names if (ROOT / name).is_file()]
    left_out = {".venv", "var", "node_modules", "__pycache__", ".git"}
    files = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return [path for path in files if not left_out & set(path.parts)]


@cache
def texts() -> list[tuple[Path, str]]:
    """Every tracked file of ours that is text."""
    found = []
    for path in tracked_files():
        if "vendor" in path.parts or path.suffix in {".png", ".woff2", ".ttf", ".pdf", ".xlsx", ".jpg"}:
            continue
        try:
            found.append((path, (ROOT / path).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # A sample of another encoding.
    return found


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = [f"{path}: {match[0]}" for path, text in texts() for match in HOME_PATHS.finditer(text)]
    assert not found, f"Write paths relative to the project: {found[:10]}"


def test_no_file_names_a_package_registry() -> None:
    found = [f"{path}: {host}" for path, text in texts() for host in REGISTRIES if host in text]
    assert not found, f"Which registry is used is the operator's setting: {found[:10]}"


def test_every_python_test_is_where_pytest_looks() -> None:
    astray = [
        path
        for path in tracked_files()
        if path.name.startswith("test_") and path.suffix == ".py" and path.parts[0] != "tests"
    ]
    left_out = {"js", "vectors", "samples", "bench", "vendor", "node_modules", "stack"}
    hidden = [
        path
        for path in tracked_files()
        if path.parts[0] == "tests" and path.name.startswith("test_") and left_out & set(path.parts[:-1])
    ]
    misnamed = [
        path
        for path in tracked_files()
        if path.parts[0] == "tests" and path.suffix == ".py" and path.name.endswith("_test.py")
    ]
    assert not (astray + hidden + misnamed), f"These would never run: {astray + hidden + misnamed}"


def test_every_browser_module_test_is_where_node_looks() -> None:
    looks_like = re.compile(r"\b(test|it|describe)\(")
    astray = [
        path
        for path, text in texts()
        if path.suffix in {".js", ".mjs"} and path.parts[0] == "tests" and "node:test" in text
        if looks_like.search(text) and not (path.parts[1] == "js" and path.name.endswith(".test.js"))
    ]
    assert not astray, f"Name them tests/js/….test.js: {astray}"


def test_migrations_of_each_app_stand_in_one_line() -> None:
    loader = MigrationLoader(None)
    conflicts = loader.detect_conflicts()
    assert not conflicts, f"Two migrations follow the same one: {conflicts}"
    for label in OURS:
        if not loader.graph.leaf_nodes(label):
            continue
        names = sorted(name for app, name in loader.disk_migrations if app == label)
        numbers = [int(name.split("_")[0]) for name in names]
        assert numbers == list(range(1, len(numbers) + 1)), f"{label}: number them one by one: {names}"
        assert not [name for name in names if "_auto_" in name], f"{label}: name them by hand: {names}"


def test_every_app_of_ours_is_installed_under_its_label() -> None:
    assert {config.label for config in apps.get_app_configs()} >= OURS


def test_passwords_are_hashed_with_argon2_first() -> None:
    source = (ROOT / "journeymap" / "settings.py").read_text(encoding="utf-8")
    hashers = re.search(r"PASSWORD_HASHERS = \[(.*?)\]", source, re.DOTALL)
    assert hashers
    assert "Argon2" in hashers[1].split(",")[0]
    assert settings.AUTH_USER_MODEL == "accounts.User"

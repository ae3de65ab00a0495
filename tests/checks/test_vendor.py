"""What is vendored is exactly what .ci/vendor wrote, and imports nothing from outside its folder."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENDOR = ROOT / "static" / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))


def test_every_vendored_file_has_the_checksum_it_was_vendored_with() -> None:
    changed = [
        entry["path"]
        for entry in LISTED
        if hashlib.sha256((ROOT / entry["path"]).read_bytes()).hexdigest() != entry["sha256"]
    ]
    assert not changed, f"Never edit vendored files; change package.json and run .ci/vendor: {changed}"


def test_nothing_lies_in_the_vendored_folders_unlisted() -> None:
    folders = [VENDOR, ROOT / "static" / "fonts", ROOT / "tests" / "vendor"]
    there = {str(file.relative_to(ROOT)) for folder in folders for file in folder.rglob("*") if file.is_file()}
    assert there - {entry["path"] for entry in LISTED} == {"static/vendor/vendor.json"}


def test_the_listed_versions_are_those_of_package_json() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert {entry["name"]: entry["version"] for entry in LISTED}.items() <= wanted.items()


def test_vendored_modules_import_their_neighbours_only() -> None:
    for module in VENDOR.glob("*.js"):
        imported = re.findall(r'\bfrom\s*"([^"]+)"', module.read_text(encoding="utf-8"))
        assert all((VENDOR / name).is_file() and name.startswith("./") for name in imported), (module, imported)

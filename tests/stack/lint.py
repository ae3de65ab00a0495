"""`./run lint`: style, types, walls, templates, migrations and production settings; all are run, then told apart.

A check that cannot run fails, and says what is missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from stack.services import Missing
from tests.stack.node import NODE, node_packages

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
# Its script would name the folder in which the environment was made; this survives a move.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# What a careful operator would set; nothing is connected to.
PRODUCTION = {
    "DATABASE_URL": "postgres://journeymap:secret@db.example.org/journeymap",
    "REDIS_URL": "redis://redis.example.org/0",
    "SECRET_KEY": "".join(sha256(bytes([number])).hexdigest()[:16] for number in range(4)),
    "PUBLIC_URL": "https://maps.example.org",
    "EMAIL_URL": "smtp+tls://mail:secret@mail.example.org:587",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A command that must end with status 0."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


def module(name: str, *arguments: str) -> list[str]:
    return [PYTHON, "-m", name, *arguments]


def checks() -> Iterator[Check]:
    manage = [PYTHON, "manage.py"]
    yield Check("ruff check", module("ruff", "check", "--quiet", "."))
    yield Check("ruff format", module("ruff", "format", "--check", "--quiet", "."))
    yield Check("mypy --strict", module("mypy", "--no-error-summary"))
    yield Check("import-linter", [PYTHON, "-c", LINT_IMPORTS, "--no-cache"])
    yield Check("djlint", module("djlint", "templates", "--lint", "--quiet"))
    yield Check("tsc --checkJs", [str(NODE / "node_modules" / ".bin" / "tsc"), "-p", "tsconfig.json"])
    yield Check("migrations complete", [*manage, "makemigrations", "--check", "--dry-run"])
    yield Check(
        "check --deploy on production settings",
        [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    )
    yield Check("tests/checks", module("pytest", "-q", "-p", "no:playwright", "tests/checks"))
    for script in ("run", ".ci/system", ".ci/lock"):
        yield Check(f"sh -n {script}", ["sh", "-n", script])
    yield Check("bash -n .ci/run", ["bash", "-n", ".ci/run"])


def main() -> int:
    if subprocess.run(["sh", ".ci/system", "lint"], cwd=ROOT, check=False).returncode != 0:
        return cannot_run()
    try:
        node_packages()
    except Missing as error:
        print(error, file=sys.stderr)
        return cannot_run()
    failed = []
    passed = 0
    with tempfile.TemporaryDirectory(prefix="journeymap-lint-") as scratch:
        for check in checks():
            if run(check, scratch=scratch):
                passed += 1
            else:
                failed.append(check.name)
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    print(f"\n{passed} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


def cannot_run() -> int:
    print("0 passed, 1 failed", flush=True)
    return 1


def run(check: Check, *, scratch: str) -> bool:
    """Run one check quietly; show what it said when it fails."""
    ours = {
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "SECRET_KEY_FILE",
        "PUBLIC_URL",
        "DEBUG",
        "HOST",
        "ALLOWED_HOSTS",
    }
    env = {name: value for name, value in os.environ.items() if name not in ours}
    env |= {"DATA_DIR": scratch} | check.env
    started = time.monotonic()
    try:
        done = subprocess.run(check.command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        print(f"  FAILED  {check.name}: {error.filename} is not there", flush=True)
        return False
    is_good = done.returncode == 0
    print(f"  {'passed' if is_good else 'FAILED'}  {check.name} ({time.monotonic() - started:.1f} s)", flush=True)
    if not is_good:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return is_good


if __name__ == "__main__":
    sys.exit(main())

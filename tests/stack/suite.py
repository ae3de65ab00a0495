"""`./run test`: every test on both stacks, in the order in which a failure is cheapest to read.

--embedded is the smaller set that needs Python and a browser only. What else stands on the line goes to pytest.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from stack.services import DidNotStart, Missing, Services, running_services
from tests.stack.node import OLDEST, path_with_node, system_version

ROOT = Path(__file__).resolve().parent.parent.parent
# A team stack refuses to start without a key and an address. The others make both stacks answer alike: the tests
# are the same ones.
TEAM = {
    "SECRET_KEY": "tests-only-" + "0123456789abcdef" * 4,
    "PUBLIC_URL": "http://testserver",
    "SIGN_UP": "open",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One run of pytest."""

    name: str
    arguments: list[str]
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What one part of the suite came to."""

    name: str
    passed: int
    failed: int
    seconds: float
    status: int

    @property
    def is_good(self) -> bool:
        return self.status == 0 and self.failed == 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run test", description=__doc__.splitlines()[0])
    parser.add_argument("--embedded", action="store_true", help="SQLite and a browser only")
    options, rest = parser.parse_known_args(arguments)
    needed = "tests-embedded" if options.embedded else "tests"
    if subprocess.run(["sh", ".ci/system", needed], cwd=ROOT, check=False).returncode != 0:
        print("0 passed, 1 failed", flush=True)
        return 1
    results = list(run_parts(embedded=options.embedded, pytest_arguments=rest))
    return report(results)


def run_parts(*, embedded: bool, pytest_arguments: list[str]) -> Iterator[Result]:
    """Each part as it ends. Anything beyond the options narrows pytest to that, and leaves node and browser out."""
    scratch = Path(tempfile.mkdtemp(prefix="journeymap-suite-"))
    try:
        plain = clean_environment(scratch) | (lacking() if embedded else {"PATH": path_with_node()})
        if embedded:
            parts = [pytest_part("pytest, SQLite in one process", pytest_arguments, env=plain)]
            yield from together(parts if pytest_arguments else [*parts, browser_part("embedded", env=plain)], scratch)
            return
        with running_services(scratch / "services", environ=os.environ, durable=False) as services:
            yield from team_parts(services, plain=plain, scratch=scratch, pytest_arguments=pytest_arguments)
    except (Missing, DidNotStart) as error:
        print(error, file=sys.stderr)
        yield Result("what the tests stand on", 0, 1, 0.0, 1)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def lacking() -> dict[str, str]:
    """The variable that leaves out what this system cannot do; said aloud, since it is a smaller set."""
    without = []
    asked = subprocess.run(["sh", ".ci/system", "has-pdf"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        without.append("pdf")
        print(f"Left out: tests of PDF and PNG. This system lacks {asked.stdout.strip()}", flush=True)
    if system_version() < OLDEST:
        without.append("node")
        print(f"Left out: tests that run the browser's modules under node {OLDEST} or newer.", flush=True)
    return {"TESTS_WITHOUT": " ".join(without)}


def team_parts(
    services: Services, *, plain: Mapping[str, str], scratch: Path, pytest_arguments: list[str]
) -> Iterator[Result]:
    """The same tests on both databases, then node, then the browser on each stack."""
    team = {**plain, **TEAM, **services.environment()}
    # The checks of the tree are the same on every database.
    words = pytest_arguments or ["tests", "--ignore=tests/checks"]
    on_sqlite = pytest_part("pytest, SQLite in one process", pytest_arguments, env=plain)
    yield from together([on_sqlite, pytest_part("pytest, PostgreSQL and Redis", words, env=team)], scratch)
    if pytest_arguments:
        return
    yield node_part(env=plain, scratch=scratch)
    yield from together([browser_part("embedded", env=plain), browser_part("team", env=team)], scratch)


def together(parts: list[Part], scratch: Path) -> Iterator[Result]:
    """Run these side by side where there is more than one core; what each said comes whole, in this order."""
    at_once = min(len(parts), os.cpu_count() or 1)
    print(f"\n... {' and '.join(part.name for part in parts)}", flush=True)
    with ThreadPoolExecutor(at_once) as pool:
        for result, said in pool.map(lambda part: run_pytest(part, scratch), parts):
            heading(result.name)
            print(said, flush=True)
            yield result


def clean_environment(scratch: Path) -> dict[str, str]:
    """This environment without a developer's own settings, so that the result does not depend on them."""
    ours = {
        "DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "ALLOWED_HOSTS", "SECRET_KEY", "SECRET_KEY_FILE", "DEBUG",
        "HOST", "PORT", "EMAIL_URL", "SIGN_UP", "DEMO", "STACK",
    }  # fmt: skip
    env = {name: value for name, value in os.environ.items() if name not in ours}
    return env | {"DATA_DIR": str(scratch / "var"), "PYTHONUNBUFFERED": "1"}


def pytest_part(name: str, arguments: list[str], *, env: Mapping[str, str]) -> Part:
    return Part(name, ["-q", "-p", "no:playwright", *(arguments or ["tests"])], env)


def browser_part(stack: str, *, env: Mapping[str, str]) -> Part:
    """Synchronous Playwright breaks asyncio tests that run after it in its process: hence a part of its own."""
    artefacts = Path(os.environ.get("DATA_DIR") or ROOT / "var") / "test-results" / stack
    return Part(f"browser, {stack} stack", ["-q", "--output", str(artefacts), "tests/e2e"], {**env, "STACK": stack})


def run_pytest(part: Part, scratch: Path) -> tuple[Result, str]:
    """One run of pytest with a data folder of its own; its result, and what it said."""
    own = Path(tempfile.mkdtemp(dir=scratch))
    listing, log = own / "results.xml", own / "log"
    command = [sys.executable, "-m", "pytest", f"--junitxml={listing}", *part.arguments]
    env = {**part.env, "DATA_DIR": str(own / "var")}
    started = time.monotonic()
    with log.open("wb") as output:
        status = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=output, stderr=output).returncode
    passed, failed = counted(listing)
    said = log.read_text(encoding="utf-8", errors="replace").rstrip()
    return Result(part.name, passed, failed, time.monotonic() - started, status), said


def counted(listing: Path) -> tuple[int, int]:
    """(passed, failed) from a JUnit file; a run that left none counts as one failure."""
    if not listing.exists():
        return 0, 1
    suites = ET.parse(listing).getroot().iter("testsuite")  # noqa: S314 - written a moment ago by pytest
    passed = failed = 0
    for suite in suites:
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        failed += bad
        passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
    return passed, failed


def node_part(*, env: Mapping[str, str], scratch: Path) -> Result:
    """The browser's pure modules under node's own test runner; files are named one by one, as every node takes them."""
    name = "node --test tests/js"
    heading(name)
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.js"))
    listing = scratch / "results.tap"
    started = time.monotonic()
    reporters = ["--test-reporter=dot", "--test-reporter-destination=stdout"]
    reporters += ["--test-reporter=tap", f"--test-reporter-destination={listing}"]
    done = subprocess.run(["node", "--test", *reporters, *files], cwd=ROOT, env=dict(env), check=False)
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    totals = (line.split() for line in lines if line.startswith("# "))
    counts = {words[1]: int(words[2]) for words in totals if len(words) == 3 and words[2].isdecimal()}
    passed, failed = counts.get("pass", 0), counts.get("fail", 0) + counts.get("cancelled", 0)
    if failed:
        print("\n".join(line for line in lines if "not ok" in line or "error:" in line or "location:" in line))
    print(f"\n{passed} passed, {failed} failed in {len(files)} files")
    return Result(name, passed, failed if lines else 1, time.monotonic() - started, done.returncode)


def heading(name: str) -> None:
    print(f"\n=== {name}", flush=True)


def report(results: list[Result]) -> int:
    """The plain summary at the end: one line a part, then the total alone on its line."""
    print("\n=== summary")
    for result in results:
        word = "passed" if result.is_good else "FAILED"
        print(f"  {word}  {result.name}: {result.passed} passed, {result.failed} failed, {result.seconds:.0f} s")
    broken = [result for result in results if not result.is_good]
    # A part can break without a failing test (nothing collected, a crash): it counts as one failure.
    failed = sum(max(result.failed, 0 if result.is_good else 1) for result in results)
    print(f"\n{sum(result.passed for result in results)} passed, {failed} failed", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

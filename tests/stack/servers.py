"""Real servers for browser and fault tests: started as people start them, on a free port, with their own data."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stack.services import Running, create_database, drop_database, free_port, spawn, stop, tail, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
# A first start migrates and collects static files; two cores under a full suite are slow.
START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, where its data and log lie."""

    url: str
    data_dir: Path
    running: Running
    command: list[str]
    env: Mapping[str, str]

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """The output of a management command beside the running server."""
        done = subprocess.run(
            [*self.command, *arguments], env=dict(self.env), cwd=ROOT, input=stdin, capture_output=True,
            text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, f"manage {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    @property
    def log(self) -> str:
        """What the server has printed so far, its parts included."""
        files = [self.running.log, *sorted((self.data_dir / "log").glob("*.log"))]
        return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


@contextmanager
def embedded_server(tmp_path: Path, **settings: str) -> Iterator[Server]:
    """The embedded stack (SQLite, one process) with its data in `tmp_path`/var; `settings` are variables."""
    env = plain_environment(tmp_path / "var", settings)
    with _answering("server", [*MANAGE, "serve"], env=env, manage=MANAGE, log=tmp_path / "server.log") as server:
        yield server


@contextmanager
def team_server(tmp_path: Path, *, web: int = 2, **settings: str) -> Iterator[Server]:
    """The team stack (PostgreSQL, Redis, web processes, a worker) with a database of its own.

    PostgreSQL and Redis are those that DATABASE_URL and REDIS_URL name; where they are not set, the stack starts
    its own under `tmp_path`/var.
    """
    env = plain_environment(tmp_path / "var", settings)
    if os.environ.get("REDIS_URL"):
        env["REDIS_URL"] = os.environ["REDIS_URL"]
    team = [sys.executable, "-m", "stack.team"]
    command = [*team, "--web", str(web)]
    with own_database() as database:
        env |= database
        with _answering("team", command, env=env, manage=[*team, "manage"], log=tmp_path / "team.log") as server:
            yield server


def plain_environment(data_dir: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """This environment without the variables that choose a stack, on a free port; the demo is off unless asked for."""
    chosen = {
        "DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "ALLOWED_HOSTS", "SECRET_KEY", "SECRET_KEY_FILE", "SIGN_UP",
        "EMAIL_URL", "DJANGO_SETTINGS_MODULE",
    }  # fmt: skip
    inherited = {name: value for name, value in os.environ.items() if name not in chosen}
    ours = {"DATA_DIR": str(data_dir), "HOST": "127.0.0.1", "PORT": str(free_port()), "DEMO": "0"}
    # As ./run does: compiled Python is kept, in .venv/.
    compiled = {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "pycache"), "PYTHONDONTWRITEBYTECODE": ""}
    return inherited | ours | compiled | {"PYTHONUNBUFFERED": "1"} | dict(settings)


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """A database beside the one that DATABASE_URL names, dropped afterwards; nothing where it names none."""
    base, _, _ = os.environ.get("DATABASE_URL", "").rpartition("/")
    if not base.startswith("postgres"):
        yield {}
        return
    name = f"journeymap_{uuid.uuid4().hex[:12]}"
    create_database(f"{base}/postgres", name)
    try:
        yield {"DATABASE_URL": f"{base}/{name}"}
    finally:
        drop_database(f"{base}/postgres", name)


@contextmanager
def _answering(name: str, command: list[str], *, env: dict[str, str], manage: list[str], log: Path) -> Iterator[Server]:
    running = spawn(name, command, log=log, env=env, cwd=ROOT)
    url = f"http://{env['HOST']}:{env['PORT']}"
    try:
        wait_until(lambda: answers(f"{url}/healthz"), running=running, seconds=START_SECONDS)
        yield Server(url=url, data_dir=Path(env["DATA_DIR"]), running=running, command=manage, env=env)
    except BaseException:
        print(f"--- the end of {log}\n{tail(log)}")
        raise
    finally:
        stop(running, seconds=30)


def answers(url: str) -> bool:
    """Whether the server answers at all, whatever it says."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - a loopback address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False

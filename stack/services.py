"""Starts a PostgreSQL cluster and a Redis server of our own, on free ports, with their data in one folder."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis
from psycopg import sql

START_SECONDS = 30


class Missing(Exception):
    """A program that the team stack needs is not installed; the message names it and how to get it."""


class DidNotStart(Exception):
    """A process ended or stayed silent at its start; the message carries the end of its log."""


@dataclass(frozen=True, slots=True)
class Services:
    """Where the two servers answer, in the form that the settings read."""

    database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The two variables that choose the team stack."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@dataclass(frozen=True, slots=True)
class Running:
    """A process of ours, in a group of its own, and how it likes to be asked to end."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    ends_on: signal.Signals = signal.SIGTERM


@contextmanager
def running_services(
    folder: Path, *, environ: Mapping[str, str], database: str = "journeymap", durable: bool = True
) -> Iterator[Services]:
    """PostgreSQL and Redis for as long as the block lasts.

    What DATABASE_URL or REDIS_URL already names is used as it is; the other is started with its data under `folder`.
    `durable=False` turns fsync off: for tests, whose data nobody wants back.
    """
    started: list[Running] = []
    try:
        database_url = environ.get("DATABASE_URL") or start_postgres(
            folder, database=database, durable=durable, started=started
        )
        redis_url = environ.get("REDIS_URL") or start_redis(folder, durable=durable, started=started)
        yield Services(database_url, redis_url)
    finally:
        for running in reversed(started):
            stop(running)


def start_postgres(folder: Path, *, database: str, durable: bool, started: list[Running]) -> str:
    """Start a cluster in `folder`/postgres (made at first), make the database; its address as a URL."""
    programs = postgres_programs()
    owner = service_user()
    data = usable_folder(folder / "postgres", owner=owner)
    if not (data / "PG_VERSION").exists():
        initialise_cluster(programs, data, owner=owner)
    port = free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "200",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(data), *options]
    # SIGINT to postgres is its fast shutdown: it ends sessions and writes everything down.
    started.append(spawn("PostgreSQL", command, log=folder / "postgres.log", owner=owner, ends_on=signal.SIGINT))
    address = f"postgres://journeymap@127.0.0.1:{port}"
    wait_until(lambda: postgres_answers(f"{address}/postgres"), running=started[-1])
    create_database(f"{address}/postgres", database)
    return f"{address}/{database}"


def initialise_cluster(programs: Path, data: Path, *, owner: str | None) -> None:
    """initdb with a superuser of our own; only this machine's loopback can reach it."""
    command = [
        str(programs / "initdb"), "-D", str(data), "-U", "journeymap", "--auth=trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-instructions",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603 - the program was found by us, no part of it is input
        command, user=owner, group=group_of(owner), extra_groups=extra_groups(owner), cwd="/",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise DidNotStart(f"initdb could not make a PostgreSQL cluster in {data}:\n{done.stderr.strip()}")


def create_database(url: str, name: str) -> None:
    """Make the database if it is not there; compares text by code point, as the application does."""
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def drop_database(url: str, name: str) -> None:
    """Remove the database and whoever is still connected to it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def start_redis(folder: Path, *, durable: bool, started: list[Running]) -> str:
    """Start a Redis (or Valkey) server with its data in `folder`/redis; its address as a URL."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Missing("redis-server is not installed. Debian, Ubuntu: apt install redis-server")
    data = folder / "redis"
    data.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(data.resolve())]
    command += ["--appendonly", "yes"] if durable else ["--save", "", "--appendonly", "no"]
    started.append(spawn("Redis", command, log=folder / "redis.log"))
    url = f"redis://127.0.0.1:{port}/0"
    wait_until(lambda: redis_answers(url), running=started[-1])
    return url


def postgres_programs() -> Path:
    """The folder that holds initdb and postgres; Debian keeps them out of PATH, newest version last."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [str(path) for path in debian] or [shutil.which("initdb") or ""]
    if not found[-1]:
        raise Missing("PostgreSQL is not installed. Debian, Ubuntu: apt install postgresql")
    return Path(found[-1]).resolve().parent


def service_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where that is unknown."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def group_of(owner: str | None) -> int | None:
    return pwd.getpwnam(owner).pw_gid if owner else None


def extra_groups(owner: str | None) -> list[int] | None:
    return [] if owner else None


def usable_folder(wanted: Path, *, owner: str | None) -> Path:
    """A folder that `owner` can reach and write: `wanted`, or beside it in the system's temporary folder.

    A clone under /root cannot be entered by another user, however the folder itself is marked; the link left
    at `wanted` then says where the data went.
    """
    wanted = wanted.resolve()
    if owner is None:
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
        return wanted
    if not wanted.exists():
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if reachable(wanted.parent, owner=owner):
            wanted.mkdir(mode=0o700)
        else:
            wanted.symlink_to(tempfile.mkdtemp(prefix="journeymap-postgres-"))
        shutil.chown(wanted, owner, group_of(owner))
    return wanted.resolve()


def reachable(folder: Path, *, owner: str) -> bool:
    """Whether that user may enter the folder."""
    done = subprocess.run(  # noqa: S603 - a fixed program
        ["/bin/sh", "-c", 'cd "$0"', str(folder)], user=owner, group=group_of(owner),
        extra_groups=[], cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def spawn(
    name: str,
    command: list[str],
    *,
    log: Path,
    owner: str | None = None,
    env: Mapping[str, str] | None = None,
    ends_on: signal.Signals = signal.SIGTERM,
    pass_fds: tuple[int, ...] = (),
    cwd: Path | None = None,
) -> Running:
    """Start a process in a group of its own, so that Ctrl-C reaches it through us and in order."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - commands are ours, no part of them is input
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            user=owner, group=group_of(owner), extra_groups=extra_groups(owner), cwd="/" if owner else cwd,
            env=dict(env) if env is not None else None, pass_fds=pass_fds,
        )  # fmt: skip
    return Running(name, process, log, ends_on)


def stop(running: Running, *, seconds: float = 12) -> None:
    """Ask a process to end, wait, and end its whole group if it does not."""
    process = running.process
    if process.poll() is None:
        process.send_signal(running.ends_on)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(ready: Callable[[], bool], *, running: Running, seconds: float = START_SECONDS) -> None:
    """Return when `ready()` is true; raise with the end of the log when the process ends or time runs out."""
    deadline = time.monotonic() + seconds
    while not ready():
        if running.process.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(f"{running.name} did not start. The end of {running.log}:\n{tail(running.log)}")
        time.sleep(0.05)


def tail(log: Path, *, lines: int = 25) -> str:
    """The last lines of a log file."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def postgres_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""`./run team`: PostgreSQL, Redis, web processes and a worker, supervised until Ctrl-C or SIGTERM.

python -m stack.team [--web N]            start everything, stay in front
python -m stack.team manage COMMAND …     a management command against the running team stack
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from journeymap.core.holding import AlreadyServed, hold_data
from journeymap.core.hosts import own_addresses
from stack.services import DidNotStart, Missing, Running, running_services, spawn, stop, tail

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
WORKER = [
    sys.executable, "-m", "celery", "-A", "journeymap", "worker", "--pool", "threads", "--concurrency", "2",
    "--queues", "default,exports", "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
]  # fmt: skip
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with HOST


class Stop(Exception):
    """SIGTERM or Ctrl-C arrived."""


@dataclass(frozen=True, slots=True)
class Part:
    """A process that is kept running: when it dies it is started again."""

    name: str
    command: list[str]
    running: Running | None = None


def main(arguments: list[str]) -> int:
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    if arguments[:1] == ["manage"]:
        return manage(data_dir, arguments[1:])
    parser = argparse.ArgumentParser(prog="./run team", description=__doc__.splitlines()[0])
    parser.add_argument("--web", type=int, default=2, help="number of web processes (2)")
    options = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _raise_stop)
    try:
        with hold_data(data_dir):
            return run(data_dir, web_processes=options.web)
    except (Missing, DidNotStart, AlreadyServed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except Stop:
        return 0


def _raise_stop(_number: int, _frame: object) -> None:
    # A second signal must not interrupt the orderly stop that the first one began.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stop


def run(data_dir: Path, *, web_processes: int) -> int:
    """Start the services, prepare, start web and worker processes, and watch them."""
    host, port = os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)
    with (
        listening_socket(host, port) as listener,
        running_services(data_dir, environ=os.environ) as services,
    ):
        listener.set_inheritable(True)
        env = team_environment(data_dir, host=host, port=port) | services.environment()
        remember(data_dir, env)
        subprocess.run([*MANAGE, "prepare"], env=env, check=True, cwd=ROOT)  # noqa: S603 - our own command
        web = [*MANAGE, "web", "--fd", str(listener.fileno())]
        parts = [Part(f"web-{number}", web) for number in range(1, web_processes + 1)]
        parts.append(Part("worker", WORKER))
        watch(parts, data_dir=data_dir, env=env, listener=listener)
    return 0


def listening_socket(host: str, port: int) -> socket.socket:
    """One listening socket that all web processes share: the kernel gives each connection to one of them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(f"Cannot listen on {host} port {port}: {error.strerror}. Try PORT=8001 ./run team") from error
    listener.listen(2048)
    return listener


def team_environment(data_dir: Path, *, host: str, port: int) -> dict[str, str]:
    """This environment, with what a team stack needs and nobody has set."""
    env = dict(os.environ) | {"DATA_DIR": str(data_dir), "HOST": host, "PORT": str(port)}
    if not env.get("PUBLIC_URL"):
        env["PUBLIC_URL"] = f"http://{public_name(host)}:{port}"
    if not env.get("SECRET_KEY") and not env.get("SECRET_KEY_FILE"):
        env["SECRET_KEY_FILE"] = str(secret_key_file(data_dir))
    return env


def public_name(host: str) -> str:
    """The name others reach this machine by; HOST itself unless that means all of its addresses."""
    if host not in EVERYWHERE:
        return f"[{host}]" if ":" in host else host
    literal = [name for name in own_addresses() if name[0].isdigit() and not name.startswith("127.")]
    return literal[0] if literal else "127.0.0.1"


def secret_key_file(data_dir: Path) -> Path:
    path = data_dir / "secret_key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path


def remember(data_dir: Path, env: Mapping[str, str]) -> None:
    """Note how to reach the running stack, for `./run team manage`; readable by its owner only."""
    names = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "SECRET_KEY_FILE", "DATA_DIR", "HOST", "PORT")
    path = data_dir / "team.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({name: env[name] for name in names if name in env}, indent=2), encoding="utf-8")


def manage(data_dir: Path, arguments: list[str]) -> int:
    """Run a management command with the running stack's addresses."""
    try:
        noted = json.loads((data_dir / "team.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        print("The team stack has not been started with this DATA_DIR yet: ./run team", file=sys.stderr)
        return 1
    return subprocess.run([*MANAGE, *arguments], env=dict(os.environ) | noted, check=False).returncode  # noqa: S603 - the operator's own command


def watch(parts: list[Part], *, data_dir: Path, env: Mapping[str, str], listener: socket.socket) -> None:
    """Keep every part running until a signal comes; then stop them all, web first."""
    logs = data_dir / "log"
    running = [start(part, logs=logs, env=env, listener=listener) for part in parts]
    print(f"\n  Journeymap (team stack) is open at  {env['PUBLIC_URL']}/")
    print(f"  Logs: {logs}    Commands: ./run team manage COMMAND\n  Stop it with Ctrl-C.\n", flush=True)
    try:
        while True:
            time.sleep(0.5)
            for index, part in enumerate(running):
                if part.running is not None and part.running.process.poll() is not None:
                    print(f"{part.name} ended; starting it again. Its last words:", file=sys.stderr)
                    print(tail(part.running.log, lines=5), file=sys.stderr)
                    time.sleep(1)
                    running[index] = start(part, logs=logs, env=env, listener=listener)
    finally:
        stop_all([part.running for part in running if part.running is not None])


def start(part: Part, *, logs: Path, env: Mapping[str, str], listener: socket.socket) -> Part:
    descriptors = (listener.fileno(),) if part.name.startswith("web") else ()
    running = spawn(part.name, part.command, log=logs / f"{part.name}.log", env=env, pass_fds=descriptors, cwd=ROOT)
    return replace(part, running=running)


def stop_all(running: list[Running]) -> None:
    """Signal all at once, then wait for each: the slowest one sets the time, not the sum."""
    for one in running:
        if one.process.poll() is None:
            one.process.send_signal(one.ends_on)
    for one in running:
        stop(one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

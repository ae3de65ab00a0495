"""The process that renders: a fork server with WeasyPrint imported, and a fork of it for every file.

Started by `exports.press` as `python -m exports.child FD`, with an environment that holds no secret. Each fork has
its own limits on time and memory and a door that is shut: it opens no connection and starts no program. It is
given the document as bytes and gives the file back; it never sees the database.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
from typing import Any

from exports import frames

GRACE = 5  # seconds of computing time beyond the deadline
IDLE = 900  # seconds without work after which the fork server ends; the next job starts another
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request", "ftplib.connect",
    "subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "pty.spawn", "ctypes.dlopen",
)  # fmt: skip


def serve(control: socket.socket) -> None:
    """Fork for each connection that comes through `control`, until it closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps the forks
    missing = _import_all()
    frames.send(control, {"ready": not missing, "missing": missing})
    while select.select([control], [], [], IDLE)[0]:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        connection = socket.socket(fileno=descriptors[0])
        if os.fork() == 0:
            control.close()
            _work_and_exit(connection)
        connection.close()


def _import_all() -> str:
    """Import what rendering needs; gives what is missing, in the loader's words."""
    try:
        import exports.render  # noqa: F401 - for the forks
    except OSError as error:
        return str(error).splitlines()[0]
    return ""


def _work_and_exit(connection: socket.socket) -> None:
    code = 1
    try:
        frames.send(connection, {"pid": os.getpid()})
        head, body = frames.receive(connection)
        limit(head["deadline"], head["memory"])
        _work(connection, head, body)
        code = 0
    except MemoryError:
        code = 3
    except (OSError, frames.Broken):
        code = 2
    finally:
        os._exit(code)


def limit(deadline: float, memory: int) -> None:
    """Shut the doors, and let the kernel end this process at the deadline whatever it is doing.

    `memory` is in bytes of address space above what the fork begins with.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (_size() + memory,) * 2)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, deadline)
    seconds = int(deadline) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024,) * 2)
    sys.addaudithook(_refuse)


def _size() -> int:
    """The address space of this process now, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a single line of the kernel's
        return int(file.read().split()[0]) * resource.getpagesize()


def _refuse(event: str, _: Any) -> None:
    if event in FORBIDDEN:
        raise PermissionError(f"a rendering process may not {event}")


def _work(connection: socket.socket, head: dict[str, Any], body: bytes) -> None:
    from exports.layout import Facts
    from exports.options import read_options
    from exports.pdf import About
    from exports.render import render
    from journeymap.core.errors import Problem
    from maps.documents import document_from_wire

    try:
        rendered = render(
            document_from_wire(json.loads(body)),
            format_=head["format"],
            options=read_options(head["options"]),
            facts=Facts(**head["facts"]),
            about=About(**head["about"]),
            engine=head["engine"],
            progress=lambda percent: frames.send(connection, {"progress": percent}),
        )
    except Problem as problem:
        frames.send(connection, {"problem": problem.as_json()})
    else:
        frames.send(connection, {"warnings": list(rendered.warnings)}, rendered.file)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))

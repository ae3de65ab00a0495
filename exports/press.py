"""The server's side of rendering: hands a document to a child process, watches it, takes the file back."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from exports import frames
from exports.fonts import font_config
from journeymap.core.errors import Problem, Unavailable, Unprocessable
from journeymap.core.jobs import Stopped, TryAgain

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
DEADLINE = 60.0  # seconds for one file
MEMORY = 1_000 * 1024 * 1024
START = 30.0  # seconds for the fork server to import everything
LOOK = 0.25  # seconds between two looks whether the job was cancelled

NEEDED = "libpangoft2-1.0-0"
CANNOT = (
    f"PDF and PNG need the system library {NEEDED}, which this server does not have. "
    f"Whoever runs it can install it (on Debian: apt-get install {NEEDED}); everything else works without."
)
TOO_LONG = "Drawing this map took longer than a minute and was stopped. Export fewer stages or lanes at a time."
DIED = "The drawing process ended before the file was done, twice: the map may be too large. Export fewer stages."


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the document's JSON and the choices, all of it plain data."""

    document: bytes
    format: str
    options: dict[str, Any]
    facts: dict[str, Any]
    about: dict[str, Any]
    engine: str = "painted"


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, and what its reader should know about it."""

    file: bytes
    warnings: list[str]


class Press:
    """Keeps one fork server and sends it orders; any thread may order."""

    def __init__(
        self, *, deadline: float = DEADLINE, memory: int = MEMORY, command: tuple[str, ...] = ("-m", "exports.child")
    ) -> None:
        self.command = command
        self.deadline = deadline
        self.memory = memory
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """The fork server's process, while it runs."""
        server = self._server
        return server.pid if server is not None and server.poll() is None else None

    def warm(self) -> None:
        """Start the fork server in the background, so that the first file does not wait for it."""
        threading.Thread(target=self._try_to_start, name="warm the press", daemon=True).start()

    def stop(self) -> None:
        """End the fork server; files in the making are lost."""
        with self._lock:
            self._end()

    def print(self, order: Order, *, progress: Callable[[int], None], lost: threading.Event) -> Printed:
        """Have the file made.

        Raises Unavailable without the libraries, the Problem that the child found, TryAgain if it died, and Stopped
        when `lost` is set meanwhile.
        """
        connection = self._connect()
        with connection:
            connection.settimeout(LOOK)
            head = asdict(order) | {"deadline": self.deadline, "memory": self.memory}
            document = head.pop("document")
            try:
                return self._follow(connection, head, document, progress, lost)
            except (frames.Broken, OSError) as error:
                raise TryAgain(Unprocessable(DIED)) from error

    def _follow(
        self,
        connection: socket.socket,
        head: dict[str, Any],
        document: bytes,
        progress: Callable[[int], None],
        lost: threading.Event,
    ) -> Printed:
        began = time.monotonic()
        pid = self._next(connection, began, lost, 0)["pid"]
        connection.settimeout(self.deadline)
        frames.send(connection, head, document)
        connection.settimeout(LOOK)
        while True:
            try:
                answer, body = frames.receive(connection)
            except TimeoutError:
                self._check(pid, began, lost)
                continue
            except frames.Broken as error:
                if time.monotonic() - began >= self.deadline:
                    raise Unprocessable(TOO_LONG) from error
                raise
            if "problem" in answer:
                raise _problem(answer["problem"])
            if "progress" in answer:
                self._tell(progress, answer["progress"], pid)
                continue
            return Printed(body, answer["warnings"])

    def _next(self, connection: socket.socket, began: float, lost: threading.Event, pid: int) -> dict[str, Any]:
        while True:
            try:
                return frames.receive(connection)[0]
            except TimeoutError:
                self._check(pid, began, lost)

    def _tell(self, progress: Callable[[int], None], percent: int, pid: int) -> None:
        try:
            progress(percent)
        except Stopped:
            _kill(pid)
            raise

    def _check(self, pid: int, began: float, lost: threading.Event) -> None:
        """End the child when nobody waits for it, or when the kernel should have and did not."""
        if lost.is_set():
            _kill(pid)
            raise Stopped
        if time.monotonic() - began > self.deadline + 5:
            _kill(pid)
            raise Unprocessable(TOO_LONG)

    def _connect(self) -> socket.socket:
        """A connection to a fresh fork."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            for attempt in (1, 2):
                self._start()
                assert self._control is not None  # noqa: S101 - _start raises or sets it
                try:
                    socket.send_fds(self._control, [b"j"], [theirs.fileno()])
                except OSError:
                    # It ended after idling, or died; one more try with a new one.
                    self._end()
                    if attempt == 2:
                        ours.close()
                        raise TryAgain(Unprocessable(DIED)) from None
                else:
                    break
        return ours

    def _try_to_start(self) -> None:
        try:
            with self._lock:
                self._start()
        except Unavailable as problem:
            log.warning(problem.message)
        except OSError:
            log.exception("the rendering process did not start")

    def _start(self) -> None:
        """Start the fork server unless it runs. Raises Unavailable where a library is missing."""
        if self._server is not None and self._server.poll() is None:
            return
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, *self.command, str(theirs.fileno())],
                cwd=ROOT,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control = ours
        ours.settimeout(START)
        try:
            ready = frames.receive(ours)[0]
        except (frames.Broken, OSError) as error:
            self._end()
            raise Unavailable("The drawing process does not start; the server's log says why.") from error
        if not ready["ready"]:
            log.warning("PDF and PNG are not available: %s", ready["missing"])
            self._end()
            raise Unavailable(CANNOT)

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._server is not None:
            self._server.kill()
            self._server.wait()
        self._server = self._control = None


def _problem(wire: dict[str, Any]) -> Problem:
    return Unprocessable(wire["message"], code=wire["error"], fields=wire["fields"])


def _kill(pid: int) -> None:
    """End a fork; its connection is still open on our side, so the number is still its own."""
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """What the child needs to know: where fonts are, and nothing else of the server's environment."""
    folder = Path(settings.DATA_DIR) / "print"
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "TZ", "HOME"}}
    return kept | {
        "FONTCONFIG_FILE": str(font_config(folder)),
        "TMPDIR": str(folder),
        **({"PYTHONPYCACHEPREFIX": sys.pycache_prefix} if sys.pycache_prefix else {}),
    }


press = Press()

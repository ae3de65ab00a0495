"""The rendering process: nothing on a map makes it open anything, and whatever happens to it the server goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from exports.options import Options
from exports.press import DIED, TOO_LONG, Order, Press, Printed
from journeymap.core.errors import Unavailable, Unprocessable
from journeymap.core.jobs import Stopped, TryAgain
from maps.documents import MapDocument, document_to_wire
from tests.exports import boards

ROOT = Path(__file__).resolve().parents[2]
SECRET = "s3cret-that-nobody-may-print"


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.stop()


def order(document: MapDocument, *, format_: str = "pdf", **options: Any) -> Order:
    about = {"title": document.map.title, "author": document.map.title}
    wire = json.dumps(document_to_wire(document)).encode()
    return Order(wire, format_, Options(**options).as_json(), {"date": "today"}, about)


def print_(press: Press, what: Order, lost: threading.Event | None = None) -> Printed:
    return press.print(what, progress=lambda percent: None, lost=lost or threading.Event())


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


PAYLOADS = [
    '<img src="{web}">',
    "<img src='file://{file}'>",
    '<link rel="attachment" href="file://{file}">',
    '<link rel="stylesheet" href="{web}/a.css">',
    '<a rel="attachment" href="file://{file}">x</a>',
    '<iframe src="{web}"></iframe>',
    '<object data="file://{file}"></object>',
    '<embed src="{web}">',
    "<script src='{web}/a.js'></script>",
    "<style>@import url({web});</style>",
    '"><img src="{web}">',
    "'><link rel=attachment href='file://{file}'><p x='",
    "</title><link rel=attachment href=file://{file}>",
    "</style><style>*{{background:url({web})}}</style>",
    "url({web})",
    "url(file://{file})",
    '"; background: url({web}); "',
    "@font-face{{font-family:x;src:url({web})}}",
    "<svg><image href='file://{file}'/></svg>",
    '<svg><use href="{web}#a"/></svg>',
    "<base href='{web}'>",
    '<meta http-equiv="refresh" content="0;url={web}">',
    "<video src='{web}' poster='{web}'></video>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file://{file}'>]>&e;",
    '<?xml-stylesheet href="{web}"?>',
    "@color-profile --x {{ src: url({web}) }}",
    "map:0",
    "asset:../../etc/passwd",
    "javascript:fetch('{web}')",
    "file://{file}",
    "{web}",
    "data:text/html,<img src={web}>",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server nobody should speak to: its address, and who did."""
    visits: list[str] = []

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = HTTPServer(("127.0.0.1", 0), Visit)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", visits
    server.shutdown()
    server.server_close()


def test_no_text_of_a_map_makes_the_server_open_anything(
    press: Press, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, visits = listener
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    texts = [payload.format(web=address, file=file) for payload in PAYLOADS]
    assert len(texts) >= 30
    for first in range(0, len(texts), 8):
        pdf = print_(press, order(hostile(texts[first : first + 8]))).file
        assert SECRET.encode() not in pdf
        assert SECRET not in text_of(pdf)
        assert b"/EmbeddedFile" not in pdf
    assert visits == []


def hostile(texts: list[str]) -> MapDocument:
    """A map with these words in every field there is."""
    together = "".join(texts)
    cards = [
        {"text": text, "channel": text, "tags": [text], "url": text, "due_on": text, "image": text, "color": text}
        | {"metric": {"unit": text, "current": text}, "status": text, "quality": text}
        for text in texts
    ]
    return board_of(together, texts, cards)


def board_of(together: str, texts: list[str], cards: list[dict[str, Any]]) -> MapDocument:
    return boards.board(
        together,
        {text: [text] for text in texts},
        [("actions", together, dict(enumerate(cards))), ("emotions", together, {})],
        personas=tuple({"name": text, "role": text, "portrait": text, "color": text} for text in texts),
        emotions=tuple(({0: (5, text, {"note": text, "emoji": text})}, 0, text) for text in texts),
        goals={text: text for text in texts},
        colors={text: text for text in texts},
        scenario=together,
        kind=together,
        status=together,
    )


def test_the_fetcher_refuses_every_address() -> None:
    from exports.pdf import OnlyAssets, Refused

    fetcher = OnlyAssets()
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "https://example.org", "ftp://x/", "data:,x", "asset:x", ""):
        with pytest.raises(Refused):
            fetcher.fetch(url)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_behind_the_door_nothing_is_opened_even_by_code(attempt: str) -> None:
    before = "import os, socket, subprocess, sys, urllib.request; from exports import child; child.limit(9, 1 << 30)"
    command = [sys.executable, "-c", f"{before}; {attempt}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "a rendering process may not" in done.stderr, done.stderr


def test_the_child_knows_no_secret(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", SECRET)
    fresh = Press()
    print_(fresh, order(boards.blueprint()))
    assert SECRET.encode() not in Path(f"/proc/{fresh.pid}/environ").read_bytes()
    fresh.stop()


def test_without_its_library_it_says_which_package_to_install() -> None:
    """As on a system without Pango: importing WeasyPrint ends in the loader's OSError."""
    blind = (
        "import builtins, socket, sys; load = builtins.__import__\n"
        "def without(name, *rest):\n"
        "    if name.startswith('weasyprint'): raise OSError('cannot load library libpango-1.0-0')\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = without\n"
        "from exports import child; child.serve(socket.socket(fileno=int(sys.argv[1])))"
    )
    press = Press(command=("-c", blind))
    with pytest.raises(Unavailable, match=r"apt-get install libpangoft2-1\.0-0"):
        print_(press, order(boards.blueprint()))
    press.stop()


def test_a_drawing_that_takes_too_long_is_stopped() -> None:
    slow = Press(deadline=0.4)
    began = time.monotonic()
    with pytest.raises(Unprocessable, match="longer than a minute") as stopped:
        print_(slow, order(boards.crowd(3000)))
    assert stopped.value.message == TOO_LONG
    assert time.monotonic() - began < 10
    slow.stop()


def test_a_drawing_that_eats_memory_ends_alone() -> None:
    small = Press(memory=24 * 1024 * 1024)
    with pytest.raises(TryAgain) as died:
        print_(small, order(boards.crowd(2000)))
    assert died.value.problem.message == DIED
    assert small.pid, "the fork server lives on"
    small.stop()


def test_a_killed_child_is_noticed_at_once(press: Press) -> None:
    def kill(percent: int) -> None:
        if percent >= 10:
            for child in _children(press):
                os.kill(child, signal.SIGKILL)

    began = time.monotonic()
    with pytest.raises(TryAgain):
        press.print(order(boards.crowd(600)), progress=kill, lost=threading.Event())
    assert time.monotonic() - began < 10
    assert print_(press, order(boards.bike())).file.startswith(b"%PDF")


def test_a_killed_fork_server_is_replaced(press: Press) -> None:
    print_(press, order(boards.blueprint()))
    first = press.pid
    assert first
    os.kill(first, signal.SIGKILL)
    while press.pid == first:
        time.sleep(0.01)
    assert print_(press, order(boards.blueprint())).file.startswith(b"%PDF")
    assert press.pid not in {first, None}


def test_a_cancelled_drawing_is_ended(press: Press) -> None:
    lost = threading.Event()
    threading.Timer(0.2, lost.set).start()
    with pytest.raises(Stopped):
        print_(press, order(boards.crowd(3000)), lost)
    for _ in range(50):
        if not _children(press):
            return
        time.sleep(0.05)
    raise AssertionError("the child goes on drawing for nobody")


def test_several_threads_draw_at_once(press: Press) -> None:
    done: list[bool] = []

    def draw() -> None:
        done.append(print_(press, order(boards.blueprint())).file.startswith(b"%PDF"))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert done == [True] * 4


def _children(press: Press) -> list[int]:
    """The forks that draw now."""
    return [int(word) for word in Path(f"/proc/{press.pid}/task/{press.pid}/children").read_text().split()]

"""Static files at the ASGI door: cached by their fingerprint, compressed where it pays, and never a way out."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from journeymap.core.statics import Application, with_static_files

TEXT = b"export const answer = 42;\n" * 40


async def django(_scope: Any, _receive: Any, send: Any) -> None:
    """What stands behind: answers everything with 418, so that it is seen when it was asked."""
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b"asked"})


@pytest.fixture
def site(tmp_path: Path) -> Application:
    root = tmp_path / "static"
    (root / "js").mkdir(parents=True)
    (root / "js" / "board.0123456789ab.js").write_bytes(TEXT)
    (root / "robots.txt").write_bytes(b"all\n")
    (tmp_path / "secret_key").write_bytes(b"hidden")
    return with_static_files(django, root=root, prefix="/static/")


async def ask(
    site: Application, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    await site({"type": "http", "method": method, "path": path, "headers": raw}, None, send)
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, sent[1]["body"]


async def test_a_file_with_a_fingerprint_is_kept_for_ever(site: Application) -> None:
    status, headers, body = await ask(site, "/static/js/board.0123456789ab.js")
    assert (status, body) == (200, TEXT)
    assert "immutable" in headers["cache-control"]
    assert headers["content-type"] == "text/javascript; charset=utf-8"


async def test_text_is_compressed_for_those_who_take_it(site: Application) -> None:
    _, headers, body = await ask(site, "/static/js/board.0123456789ab.js", accept_encoding="br, gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == TEXT
    assert headers["content-length"] == str(len(body))


async def test_what_the_browser_has_already_is_not_sent_again(site: Application) -> None:
    _, headers, _ = await ask(site, "/static/robots.txt")
    status, _, body = await ask(site, "/static/robots.txt", if_none_match=headers["etag"])
    assert (status, body) == (304, b"")


async def test_head_tells_the_size_only(site: Application) -> None:
    status, headers, body = await ask(site, "/static/robots.txt", method="HEAD")
    assert (status, headers["content-length"], body) == (200, "4", b"")


@pytest.mark.parametrize("path", ["/static/../secret_key", "/static/js/../../secret_key", "/static/none.js", "/maps/"])
async def test_anything_else_is_left_to_django(site: Application, path: str) -> None:
    assert (await ask(site, path))[0] == 418


async def test_a_post_is_left_to_django(site: Application) -> None:
    assert (await ask(site, "/static/robots.txt", method="POST"))[0] == 418

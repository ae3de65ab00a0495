"""Whatever comes in at REST is answered in the contract's shape, changes nothing and breaks nothing."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import uuid4

import pytest

from tests.boards import Board, board, delete, insert, set_
from tests.cast import Answer, Cast

KEY = str(uuid4())
DEEP = b'{"key": "%s", "ops": ' % KEY.encode() + b"[" * 1000 + b"]" * 1000 + b"}"
BODIES: dict[str, Any] = {
    "nothing": b"",
    "no JSON": b"{",
    "a text": b'"x"',
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "binary": bytes(range(256)),
    "not UTF-8": b'{"key": "\xff"}',
    "half a pair": b'{"key": "\\ud800"}',
    "a NUL": b'{"key": "\\u0000"}',
    "a thousand deep": DEEP,
    "a hundred thousand deep": b"[" * 100_000,
    "infinite": b'{"key": 1e999}',
    "not a number": b'{"key": NaN}',
    "no fields": {},
    "unknown fields": {"colour": "pink", "__class__": 1, "$where": "1"},
    "wrong types": {"key": 5, "ops": "delete", "title": [], "workspace": {}, "change": 1, "text": 5, "role": None},
    "no ids": {"key": "x", "ops": [{}], "workspace": "x", "change": "../..", "id": "1 OR 1=1"},
    "nobody's ids": {"key": KEY, "ops": [], "workspace": str(uuid4()), "change": str(uuid4()), "lane": str(uuid4())},
    "too much": b'{"key": "%s", "ops": [{"op": "insert", "x": "%s"}]}' % (KEY.encode(), b"x" * 1_000_000),
    "far too much": b'{"x": "' + b"x" * 7_000_000 + b'"}',
}  # fmt: skip
DOORS = [
    ("POST", "maps/"), ("PATCH", "maps/{map}/"), ("POST", "maps/{map}/changes/"), ("POST", "maps/{map}/undo/"),
    ("POST", "maps/{map}/redo/"), ("POST", "maps/{map}/versions/"), ("POST", "maps/{map}/cards/"),
    ("PATCH", "maps/{map}/cards/{card}/"), ("POST", "maps/{map}/emotions/"), ("POST", "maps/{map}/comments/"),
    ("POST", "imports/"), ("POST", "personas/"), ("PATCH", "personas/{card}/"), ("POST", "workspaces/"),
]  # fmt: skip


@pytest.fixture
def drawn(cast: Cast) -> Board:
    return board(cast, "Find: search\n actions: Reads")


def assert_clear(answer: Answer) -> None:
    """A refusal in the contract's shape."""
    assert 400 <= answer.status < 500, (answer.status, answer.body)
    assert set(answer.body) >= {"error", "message", "fields"}
    assert answer.body["message"].strip().endswith((".", "?")), answer.body
    assert isinstance(answer.body["fields"], dict)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_makes_no_sense_is_refused_at_every_door(
    drawn: Board, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    body, before, edith = BODIES[name], drawn.document(), drawn.cast.api_of(drawn.cast.edith)
    with caplog.at_level(logging.ERROR):
        for method, path in DOORS:
            full = path.format(map=drawn.id, card=drawn["Reads"])
            answer = {"POST": edith.post, "PATCH": edith.patch}[method](full, body)
            if answer.status >= 300:
                assert_clear(answer)
            else:
                assert (path, name) in MAKES_SENSE, (path, answer.body)
    assert drawn.document() == before
    assert not caplog.records


# Where everything may be left out, an empty object is no mistake.
MAKES_SENSE: set[tuple[str, str]] = set()


@pytest.mark.parametrize(
    "query",
    ["since=x", "since=-1", "since=1e3", "since=%00", "log=x", "since=99999999999999999999", "cursor=x", "since=٣"],
)
def test_a_query_that_makes_no_sense_is_refused(drawn: Board, query: str) -> None:
    name, _, value = query.partition("=")
    answer = drawn.cast.api_of(drawn.cast.edith).get(f"maps/{drawn.id}/changes/", **{name: value})
    assert_clear(answer)


@pytest.mark.parametrize("method", ["put", "delete", "post", "patch", "get"])
def test_a_method_that_is_not_there_is_said_to_be_none(drawn: Board, method: str) -> None:
    api = drawn.cast.api_of(drawn.cast.edith)
    for path in (f"maps/{drawn.id}/undo/", f"maps/{drawn.id}/document/", "imports/", f"maps/{drawn.id}/copy/"):
        answer: Answer = getattr(api, method)(path)
        if answer.status == 405:
            assert set(answer.body) >= {"error", "message", "fields"}
        else:
            assert answer.status < 500


def test_other_kinds_of_content_are_refused(drawn: Board) -> None:
    client = drawn.cast.client_of(drawn.cast.edith)
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"):
        for path in (f"maps/{drawn.id}/changes/", "maps/", "personas/"):
            answer = client.post(f"/api/v1/{path}", b"a=1", content_type=kind)
            assert answer.status_code in {400, 415}, (kind, path)
            assert "error" in answer.json()


def test_a_message_of_more_than_256_kb_is_too_large(drawn: Board) -> None:
    edith = drawn.cast.api_of(drawn.cast.edith)
    ops = [insert("card", lane=drawn["actions"], step=drawn["search"], text="x" * 9_000) for _ in range(30)]
    answer = edith.post(f"maps/{drawn.id}/changes/", {"key": str(uuid4()), "ops": ops})
    assert (answer.status, answer.body["error"]) == (413, "too_large")
    assert edith.post(f"maps/{drawn.id}/changes/", {"key": str(uuid4()), "ops": ops[:28]}).status == 201


def test_an_edit_of_what_is_gone_or_of_elsewhere_names_the_operation(drawn: Board) -> None:
    edith = drawn.cast.api_of(drawn.cast.edith)
    other = board(drawn.cast, "Away: far\n actions: Flies", by=drawn.cast.stan)
    drawn.change(drawn.cast.edith, delete("card", drawn["Reads"]))
    for ops in (
        [insert("stage"), set_("card", drawn["Reads"], color="pink")],
        [insert("stage"), set_("card", other["Flies"], color="pink")],
        [insert("stage"), insert("card", lane=other["actions"], step=drawn["search"])],
    ):
        answer = edith.post(f"maps/{drawn.id}/changes/", {"key": str(uuid4()), "ops": ops})
        assert_clear(answer)
        assert (answer.status, answer.body["error"], answer.body["op"]) == (404, "gone", 1)
    for path in (f"maps/{other.id}/", f"maps/{other.id}/document/", f"maps/{drawn.id}/cards/{other['Flies']}/"):
        assert edith.get(path).status == 404


def test_ten_thousand_columns_are_more_than_a_map_holds(drawn: Board) -> None:
    table = "Stage;" + ";".join(f"S{n}" for n in range(10_000)) + "\nActions;" + ";".join("x" * 10_000)
    edith = drawn.cast.api_of(drawn.cast.edith)
    for text in (table, "x" * 5_000_000, "", " \n", '"broken;csv\n' * 50):
        answer = edith.post("imports/", {"text": text, "workspace": str(drawn.cast.workspace.pk)})
        if answer.status != 201:
            assert_clear(answer)
    assert len(json.dumps(edith.get("maps/").body)) < 100_000

"""REST of personas: each is a document like a map."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.boards import Board, board, insert, proven_change, set_, text, without_ranks
from tests.cast import Api, Cast


@pytest.fixture
def edith(cast: Cast) -> Api:
    return cast.api_of(cast.edith)


@pytest.fixture
def mary(cast: Cast, edith: Api) -> Board:
    made = edith.post("personas/", {"workspace": str(cast.workspace.pk), "name": "Mary", "role": "Commuter"})
    assert made.status == 201, made.body
    return Board(cast=cast, id=UUID(made.body["id"]), ids={"persona": made.body["id"]})


def test_a_persona_is_made_read_changed_and_listed(cast: Cast, mary: Board, edith: Api) -> None:
    path = f"personas/{mary.id}/"
    assert (edith.get(path).body["name"], mary.seq) == ("Mary", 1)
    with proven_change(mary, by=cast.edith):
        changed = edith.patch(path, {"name": "Mary Ann", "channels": ["web"]})
    assert (changed.status, changed.body["name"], changed.body["channels"]) == (200, "Mary Ann", ["web"])
    assert [item["name"] for item in edith.get("personas/").body["items"]] == ["Mary Ann"]
    assert cast.api_of(cast.stan).get(path).status == 404
    assert cast.api_of(cast.victor).patch(path, {"name": "x"}).status == 403
    for wrong in ({"name": 5}, {"portrait": "x.png"}, {"colour": "red"}, {"color": "mauve"}, {"workspace": "x"}):
        assert edith.patch(path, wrong).status == 400


def test_a_persona_has_a_log_undo_redo_and_versions(cast: Cast, mary: Board, edith: Api) -> None:
    path = f"personas/{mary.id}/"
    before = mary.document()
    version = edith.post(f"{path}versions/", {"title": "First"}).body["id"]
    key = str(uuid4())
    ops = [
        text("persona", str(mary.id), "motto", 1, "Rain or shine"),
        insert("skill", name="Riding", level=80),
        insert("section", title="A day"),
        set_("persona", str(mary.id), color="teal"),
    ]
    made = edith.post(f"{path}changes/", {"key": key, "ops": ops})
    assert (made.status, made.body["seq"]) == (201, 2)
    assert edith.post(f"{path}changes/", {"key": key, "ops": ops}).status == 200
    after = mary.document()
    assert edith.get(f"{path}document/").body == after
    assert edith.get(f"{path}document/", seq="1").body == before
    assert [item["seq"] for item in edith.get(f"{path}changes/", since="1").body["items"]] == [2]
    assert edith.get(f"{path}changes/", since="9").status == 410
    undone = edith.post(f"{path}undo/", {"key": str(uuid4()), "change": key})
    assert without_ranks(mary.document()) == without_ranks(before)
    assert edith.post(f"{path}redo/", {"key": str(uuid4()), "change": undone.body["key"]}).status == 201
    assert without_ranks(mary.document()) == without_ranks(after)
    assert edith.post(f"{path}versions/{version}/restore/", {"key": str(uuid4())}).status == 201
    assert without_ranks(mary.document()) == without_ranks(before)


def test_a_persona_in_use_is_archived_and_another_is_deleted(cast: Cast, mary: Board, edith: Api) -> None:
    drawn = board(cast, "Find: search\n actions: Reads")
    drawn.change(cast.edith, set_("map", drawn["map"], personas=[str(mary.id)]))
    unused = edith.post("personas/", {"workspace": str(cast.workspace.pk), "name": "Paul"}).body["id"]
    assert edith.delete(f"personas/{mary.id}/").body == {"archived": True}
    assert edith.delete(f"personas/{unused}/").body == {"archived": False}
    assert edith.get(f"personas/{unused}/").status == 404
    assert [item["name"] for item in drawn.document()["personas"]] == ["Mary"]
    assert edith.get("personas/").body["items"] == []

"""REST of maps, row by row of the contract."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeymap.sync.models import Change, Document
from maps.models import Map
from personas.edits import create_persona
from tests.boards import Board, assert_replay, board, delete, insert, proven_change, set_, text, without_ranks
from tests.cast import Answer, Api, Cast

DRAWING = """
    Find: search, ask     | Buy: pay
    actions:        Reads, Compares / Asks  | Pays
    touchpoints:    Web / Phone             | Till
    pain_points:    Slow / Rude             | Queue
    opportunities:  Faster
    emotions:       20 / -40                | 60
"""


@pytest.fixture
def drawn(cast: Cast) -> Board:
    return board(cast, DRAWING)


@pytest.fixture
def edith(cast: Cast) -> Api:
    return cast.api_of(cast.edith)


def path(drawn: Board, rest: str = "") -> str:
    return f"maps/{drawn.id}/{rest}"


def assert_error(answer: Answer, status: int, code: str | None = None) -> None:
    """An error in the contract's one shape."""
    assert answer.status == status, answer.body
    assert set(answer.body) >= {"error", "message", "fields"}
    assert isinstance(answer.body["message"], str)
    assert answer.body["message"]
    assert code is None or answer.body["error"] == code


# Maps


def test_a_map_is_made_from_its_kind_or_empty_and_its_making_is_change_one(cast: Cast, edith: Api) -> None:
    body = {"title": "Bikes", "workspace": str(cast.workspace.pk), "kind": "service_blueprint"}
    made = edith.post("maps/", body)
    assert (made.status, made.body["title"], made.body["kind"], made.body["seq"]) == (201, "Bikes", body["kind"], 1)
    document = edith.get(f"maps/{made.body['id']}/document/").body
    assert document["seq"] == 1
    assert len(document["lanes"]) > 3
    empty = edith.post("maps/", body | {"template": "none"}).body["id"]
    document = edith.get(f"maps/{empty}/document/").body
    assert (document["seq"], document["stages"], document["lanes"]) == (1, [], [])
    assert [item["seq"] for item in edith.get(f"maps/{empty}/changes/", since="0").body["items"]] == [1]


def test_maps_are_listed_and_searched(cast: Cast, edith: Api) -> None:
    for title in ("Bikes in town", "Trains", "Town trains"):
        board(cast, "A: b", title=title)
    titles = [item["title"] for item in edith.get("maps/", q="town").body["items"]]
    assert sorted(titles) == ["Bikes in town", "Town trains"]
    page = edith.get("maps/", limit="2").body
    rest = edith.get("maps/", limit="2", cursor=page["next"]).body
    assert [len(page["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert edith.get("maps/", workspace=str(cast.stans_workspace.pk)).body["items"] == []
    assert_error(edith.get("maps/", kind="novel"), 400)
    assert_error(edith.get("maps/", cursor="x"), 400)
    assert_error(edith.get("maps/", workspace="x"), 400)


def test_a_maps_own_fields_are_read_changed_and_put_into_the_trash(drawn: Board, edith: Api) -> None:
    with proven_change(drawn, by=drawn.cast.edith, most_queries=None):
        changed = edith.patch(path(drawn), {"title": "Trains", "status": "in_review", "review_on": "2027-01-31"})
    assert (changed.status, changed.body["title"], changed.body["status"]) == (200, "Trains", "in_review")
    assert edith.get(path(drawn)).body["review_on"] == "2027-01-31"
    assert_error(edith.patch(path(drawn), {"title": 5}), 400)
    assert_error(edith.patch(path(drawn), {"workspace": str(uuid4())}), 400)
    assert_error(edith.patch(path(drawn), {}), 400)
    assert edith.delete(path(drawn)).status == 204
    assert_error(edith.get(path(drawn)), 404, "not_found")
    assert_error(edith.get(path(drawn, "document/")), 404)
    assert edith.get("maps/").body["items"] == []
    assert edith.post(path(drawn, "restore/")).status == 200
    assert edith.get(path(drawn)).body["title"] == "Trains"


# Document and changes


def test_the_document_is_read_now_and_as_it_was(drawn: Board, edith: Api) -> None:
    before = drawn.document()
    version = edith.post(path(drawn, "versions/"), {"title": "First"}).body
    assert version["seq"] == before["seq"]
    drawn.change(drawn.cast.edith, delete("stage", drawn["Find"]))
    assert edith.get(path(drawn, "document/")).body == drawn.document()
    for query in ({"seq": str(before["seq"])}, {"version": version["id"]}):
        assert edith.get(path(drawn, "document/"), **query).body == before
    assert edith.get(path(drawn, "document/"), seq="0").body["stages"] == []
    assert_error(edith.get(path(drawn, "document/"), seq="99"), 410)
    assert_error(edith.get(path(drawn, "document/"), seq="-1"), 400)
    assert_error(edith.get(path(drawn, "document/"), version=str(uuid4())), 404)


def test_a_version_is_restored_as_one_change_that_can_be_undone(drawn: Board, edith: Api) -> None:
    cast = drawn.cast
    drawn.change(cast.edith, set_("card", drawn["Slow"], hurts_at=drawn["Web"], assignee=str(cast.colin.pk)))
    before = drawn.document()
    version = edith.post(path(drawn, "versions/"), {"title": "First"}).body["id"]
    drawn.change(cast.edith, set_("card", drawn["Web"], lane=drawn["actions"], after=None))
    drawn.change(cast.olive, delete("emotion", drawn["emotion ask"]), delete("lane", drawn["pain_points"]))
    drawn.change(cast.olive, insert("emotion", lane=drawn["emotions"], step=drawn["ask"], valence=99))
    drawn.change(cast.edith, set_("card", drawn["Compares"], text="Else", after=None), insert("stage", after=None))
    drawn.change(cast.edith, set_("map", drawn["map"], title="Else"))
    after, key = drawn.document(), str(uuid4())
    restored = edith.post(path(drawn, f"versions/{version}/restore/"), {"key": key})
    assert restored.status == 201
    assert without_ranks(drawn.document()) == without_ranks(before)
    assert_replay(drawn, after)
    assert edith.post(path(drawn, f"versions/{version}/restore/"), {"key": key}).status == 200
    drawn.undo(cast.edith)
    assert without_ranks(drawn.document()) == without_ranks(after)


def test_the_log_is_read_from_any_seq_and_says_where_it_ends(drawn: Board, edith: Api) -> None:
    for at in range(3):
        drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], span=at + 2))
    log = edith.get(path(drawn, "document/")).body["log"]
    answer = edith.get(path(drawn, "changes/"), since="2", log=log).body
    assert (answer["log"], answer["seq"], [item["seq"] for item in answer["items"]]) == (log, 5, [3, 4, 5])
    assert answer["next"] is None
    assert set(answer["items"][0]) == {"seq", "key", "group", "actor", "at", "ops"}
    assert answer["items"][0]["actor"] == {"id": str(drawn.cast.edith.pk), "name": "Edith", "guest": False}
    assert edith.get(path(drawn, "changes/"), since="5").body["items"] == []
    assert_error(edith.get(path(drawn, "changes/"), since="6"), 410)
    assert_error(edith.get(path(drawn, "changes/"), since="2", log=str(uuid4())), 410)
    Document.objects.filter(pk=drawn.id).update(floor=3)
    assert_error(edith.get(path(drawn, "changes/"), since="2"), 410)
    assert edith.get(path(drawn, "changes/"), since="3").status == 200
    for wrong in ("x", "-1", "1.5", "9" * 40, ""):
        assert_error(edith.get(path(drawn, "changes/"), since=wrong), 400)


def test_a_change_is_made_once_and_answers_by_its_key(drawn: Board, edith: Api) -> None:
    body = {"key": str(uuid4()), "ops": [set_("card", drawn["Reads"], color="pink", span=2)]}
    with proven_change(drawn, by=drawn.cast.edith):
        made = edith.post(path(drawn, "changes/"), body)
    assert (made.status, made.body["seq"], made.body["key"]) == (201, 3, body["key"])
    again = edith.post(path(drawn, "changes/"), body)
    assert (again.status, again.body) == (200, made.body)
    assert_error(edith.post(path(drawn, "changes/"), body | {"ops": [delete("card", drawn["Reads"])]}), 409)
    assert_error(edith.post(path(drawn, "changes/"), body | {"key": str(uuid4()), "log": str(uuid4())}), 409)
    noop = edith.post(path(drawn, "changes/"), {"key": str(uuid4()), "ops": [delete("card", str(uuid4()))]})
    assert (noop.status, noop.body["noop"], set(noop.body)) == (200, True, {"key", "seq", "noop"})
    Change.objects.filter(document_id=drawn.id, seq=3).delete()
    compacted = edith.post(path(drawn, "changes/"), body)
    assert (compacted.status, compacted.body) == (200, {"key": body["key"], "seq": 3})


def test_undo_and_redo_name_a_change_or_take_the_latest(drawn: Board, edith: Api) -> None:
    key = drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], color="pink")).key
    undone = edith.post(path(drawn, "undo/"), {"key": str(uuid4()), "change": str(key)})
    assert (undone.status, undone.body["undoes"]) == (201, str(key))
    redone = edith.post(path(drawn, "redo/"), {"key": str(uuid4()), "change": undone.body["key"]})
    assert redone.body["ops"][0]["fields"] == {"color": "pink"}
    assert edith.post(path(drawn, "undo/"), {"key": str(uuid4())}).body["undoes"] == redone.body["key"]
    assert edith.post(path(drawn, "redo/"), {"key": str(uuid4())}).status == 201
    assert_error(edith.post(path(drawn, "undo/"), {"key": str(uuid4()), "change": str(uuid4())}), 404)
    assert_error(edith.post(path(drawn, "undo/"), {}), 400)
    assert_error(edith.post(path(drawn, "undo/"), {"key": "x"}), 400)
    olive = drawn.cast.api_of(drawn.cast.olive)
    assert_error(olive.post(path(drawn, "undo/"), {"key": str(uuid4())}), 409, "nothing_to_undo")


def test_stale_text_comes_with_the_text_as_it_is(drawn: Board, edith: Api) -> None:
    Document.objects.filter(pk=drawn.id).update(floor=2)
    body = {"key": str(uuid4()), "ops": [text("card", drawn["Reads"], "text", 1, "x")]}
    answer = edith.post(path(drawn, "changes/"), body)
    assert_error(answer, 409, "stale_text")
    assert (answer.body["text"], answer.body["seq"], answer.body["op"]) == ("Reads", 2, 0)


# Records as resources


RECORDS: dict[str, Any] = {
    "stages": ({"title": "Use"}, {"goal": "Ride"}),
    "steps": ({"stage": "Buy", "title": "ride"}, {"duration": "1 h"}),
    "lanes": ({"kind": "thoughts"}, {"title": "What they think"}),
    "cards": ({"lane": "actions", "step": "ask", "text": "Waits", "after": None}, {"color": "pink", "after": "Asks"}),
    "emotions": ({"lane": "emotions", "step": "pay", "state": "then", "valence": 5}, {"note": "so so"}),
    "comments": ({"on": "card", "target": "Reads", "text": "Which?"}, {"resolved": True}),
}


@pytest.mark.parametrize("plural", RECORDS)
def test_records_are_ordinary_resources(drawn: Board, edith: Api, plural: str) -> None:
    names = {"stage", "step", "lane", "target", "after"}
    first, then = (
        {name: drawn[value] if name in names and value else value for name, value in body.items()}
        for body in RECORDS[plural]
    )
    key = uuid4()
    with proven_change(drawn, by=drawn.cast.edith):
        made = edith.post(path(drawn, f"{plural}/"), first, key=key)
    assert made.status == 201, made.body
    assert edith.post(path(drawn, f"{plural}/"), first, key=key).body["id"] == made.body["id"]
    one = path(drawn, f"{plural}/{made.body['id']}/")
    assert edith.get(one).body == made.body
    changed = edith.patch(one, then)
    assert changed.status == 200, changed.body
    assert {name: changed.body.get(name) for name in then} | {"after": 0} == then | {"after": 0}
    assert made.body["id"] in {item["id"] for item in edith.get(path(drawn, f"{plural}/")).body["items"]}
    assert edith.delete(one).status == 204
    assert edith.delete(one).status == 204
    for gone in (edith.get(one), edith.patch(one, then)):
        assert_error(gone, 404)
    assert_error(edith.post(path(drawn, f"{plural}/"), first | {"rank": "a0"}), 400)
    assert_error(edith.post(path(drawn, f"{plural}/"), first | {"id": "x"}), 400)


def test_a_second_point_over_rest_is_the_first(drawn: Board, edith: Api) -> None:
    body = {"lane": drawn["emotions"], "step": drawn["ask"], "feeling": "cross"}
    answer = edith.post(path(drawn, "emotions/"), body)
    assert (answer.body["id"], answer.body["valence"]) == (drawn["emotion ask"], -40)


# Going elsewhere


def test_a_copy_holds_everything_and_nothing_of_the_first_changes(drawn: Board, edith: Api) -> None:
    cast = drawn.cast
    drawn.change(
        cast.edith,
        set_("card", drawn["Slow"], hurts_at=drawn["Web"], tags=["a"]),
        set_("card", drawn["Faster"], answers=[drawn["Slow"]], status="idea"),
        set_("card", drawn["Web"], lane=drawn["actions"]),
    )
    before = drawn.document()
    copy = edith.post(path(drawn, "copy/"), {"title": "Again"})
    assert copy.status == 201, copy.body
    made = Board(cast=cast, id=UUID(copy.body["id"])).document()
    for plural in ("stages", "steps", "lanes", "cards", "emotions"):
        assert len(made[plural]) == len(before[plural])
    assert [card["text"] for card in made["cards"]] == [card["text"] for card in before["cards"]]
    by_text = {card["text"]: card for card in made["cards"]}
    assert by_text["Slow"]["hurts_at"] == by_text["Web"]["id"]
    assert by_text["Faster"]["answers"] == [by_text["Slow"]["id"]]
    assert drawn.document() == before


def test_a_copy_goes_into_another_workspace_with_its_personas(drawn: Board, cast: Cast, edith: Api) -> None:
    mary = create_persona(cast.actor(cast.edith), workspace_id=cast.workspace.pk, fields={"name": "Mary"})
    drawn.change(
        cast.edith,
        set_("map", drawn["map"], personas=[str(mary)]),
        set_("card", drawn["Reads"], assignee=str(cast.colin.pk)),
        set_("emotion", drawn["emotion ask"], persona=str(mary)),
    )
    own = edith.post("workspaces/", {"name": "Hers"}).body["id"]
    copy = edith.post(path(drawn, "copy/"), {"workspace": own})
    assert copy.status == 201, copy.body
    made = Board(cast=cast, id=UUID(copy.body["id"])).document()
    assert [persona["name"] for persona in made["personas"]] == ["Mary"]
    assert made["personas"][0]["id"] != str(mary)
    assert {card["assignee"] for card in made["cards"]} == {None}
    assert_error(edith.post(path(drawn, "copy/"), {"workspace": str(cast.stans_workspace.pk)}), 404)


def test_shares_are_made_listed_and_revoked(drawn: Board, edith: Api) -> None:
    body = {"role": "comment", "password": "secret words", "expires_at": "2099-01-01T00:00:00Z", "may_download": False}
    key = uuid4()
    made = edith.post(path(drawn, "shares/"), body | {"hidden_lanes": [drawn["actions"]]}, key=key)
    assert made.status == 201
    assert made.body["hidden_lanes"] == [drawn["actions"]]
    assert made.body["has_password"] is True
    assert "password" not in made.body
    again = edith.post(path(drawn, "shares/"), body | {"hidden_lanes": [drawn["actions"]]}, key=key)
    assert again.body["url"] == made.body["url"]
    assert len(edith.get(path(drawn, "shares/")).body["items"]) == 1
    assert edith.delete(path(drawn, f"shares/{made.body['id']}/")).status == 204
    assert edith.get(path(drawn, "shares/")).body["items"] == []
    for wrong in ({"role": "edit"}, {"expires_at": "soon"}, {"expires_at": "2001-01-01T00:00:00Z"}, {"x": 1},
                  {"hidden_lanes": [str(uuid4())]}, {"hidden_lanes": "x"}, {"may_download": 1}, {"password": "x"},
                  {"password": 5}):  # fmt: skip
        assert_error(edith.post(path(drawn, "shares/"), wrong), 400)


def test_text_becomes_a_map_or_part_of_one(cast: Cast, drawn: Board, edith: Api) -> None:
    body = {"text": "journey\n title Ride\n section Out\n  Start: 5: Mary\n", "workspace": str(cast.workspace.pk)}
    dry = edith.post("imports/", body | {"dry_run": True})
    assert (dry.status, dry.body["map"]) == (200, None)
    assert Map.objects.count() == 1
    made = edith.post("imports/", body)
    assert made.status == 201
    assert set(made.body) >= {"map", "understood", "left_over"}
    assert made.body["understood"] == dry.body["understood"]
    before = drawn.document()
    added = edith.post("imports/", body | {"map": str(drawn.id)})
    assert added.body["map"] == str(drawn.id)
    assert drawn.seq == before["seq"] + 1
    assert_replay(drawn, before)


# How many questions


def test_a_document_asks_as_often_for_a_thousand_cards_as_for_ten(drawn: Board, edith: Api) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert edith.get(path(drawn, "document/")).status == 200
        return len(queries)

    few = asked()
    place = {"lane": drawn["opportunities"], "step": drawn["ask"]}
    for _ in range(2):
        ops = [insert("card", **place, text="x", severity=3, answers=[drawn["Slow"]]) for _ in range(500)]
        drawn.change(drawn.cast.edith, *ops)
    assert asked() == few <= 20
    with proven_change(drawn, by=drawn.cast.edith):
        edith.post(path(drawn, "changes/"), {"key": str(uuid4()), "ops": [set_("card", drawn["Slow"], span=2)]})


def test_a_list_of_maps_asks_as_often_for_thirty_as_for_two(cast: Cast, edith: Api) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert edith.get("maps/").status == 200
        return len(queries)

    for _ in range(2):
        board(cast, "A: b")
    few = asked()
    for _ in range(28):
        board(cast, "A: b")
    assert asked() == few <= 10

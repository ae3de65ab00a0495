"""The socket of a map, as a browser or a script meets it, on a real server."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from journeymap.sync.history import shape_of
from journeymap.sync.replay import apply_changes
from maps.records import KIND
from tests.boards import delete, insert, set_, text, without_ranks
from tests.live.world import Map, Tab, World

# Join


def test_a_hello_is_welcomed_with_the_document_of_that_moment(drawn: Map) -> None:
    with drawn.tab() as tab:
        welcome = tab.welcome
    fresh = drawn.document()
    assert welcome["document"] == fresh
    assert (welcome["seq"], welcome["log"], welcome["role"]) == (2, fresh["log"], "editor")
    assert welcome["people"] == []
    assert welcome["you"]["name"] == "Edith"
    assert welcome["you"]["guest"] is False


def test_an_edit_reaches_everybody_once_and_in_order_and_the_author_too(drawn: Map) -> None:
    with drawn.tab() as edith, drawn.tab("olive") as olive, drawn.tab("victor") as victor:
        keys = [str(uuid4()) for _ in range(20)]
        for index, key in enumerate(keys):
            tab = edith if index % 2 else olive
            tab.say({"type": "change", "key": key, "ops": [set_("card", drawn["Reads"], tags={"add": [str(index)]})]})
        for tab in (edith, olive, victor):
            heard = [tab.hear("change") for _ in keys]
            assert [change["seq"] for change in heard] == list(range(3, 23))
            assert sorted(change["key"] for change in heard) == sorted(keys)
            seen = apply_changes(tab.welcome["document"], heard, shape=shape_of(KIND))
            assert without_ranks(seen) == without_ranks(drawn.document())


def test_several_messages_come_in_one_frame(drawn: Map) -> None:
    with drawn.tab() as tab:
        keys = [str(uuid4()) for _ in range(10)]
        tab.say([{"type": "change", "key": key, "ops": [insert("stage", title=key)]} for key in keys])
        assert [tab.hear("change")["key"] for _ in keys] == keys
        tab.say([])
        tab.say([{"type": "ping"}, {"type": "surprise", "what": 1}, {"type": "ping"}])
        assert [tab.hear("pong")["seq"] for _ in range(2)] == [12, 12]


def test_who_comes_back_hears_what_was_missed(drawn: Map) -> None:
    with drawn.tab() as tab:
        log = tab.welcome["log"]
    with drawn.world.api("olive") as api:
        for at in range(3):
            ops = [set_("card", drawn["Asks"], text=f"Asks {at}")]
            assert api.post(f"maps/{drawn.id}/changes/", json={"key": str(uuid4()), "ops": ops}).status_code == 201
    with drawn.tab(since=2, log=log) as back:
        assert [change["seq"] for change in back.welcome["changes"]] == [3, 4, 5]
        assert "document" not in back.welcome
        assert back.hear("personas")["personas"] == []
    with drawn.tab(since=5, log=log) as back:
        assert back.welcome["changes"] == []
    for hello in ({"since": 2}, {"since": 2, "log": str(uuid4())}, {"since": 99, "log": log}, {"since": None}):
        with drawn.tab(**hello) as back:
            assert back.welcome["document"]["seq"] == 5


def test_an_edit_that_is_nothing_or_a_repetition_is_acknowledged(drawn: Map) -> None:
    key, op = str(uuid4()), set_("card", drawn["Reads"], color="pink")
    with drawn.tab() as tab:
        assert tab.change(op, key=key)["type"] == "change"
        assert tab.change(op, key=key) == {"type": "ack", "key": key, "seq": 3, "noop": False}
        nothing = tab.change(op)
        assert (nothing["type"], nothing["noop"], nothing["seq"]) == ("ack", True, 3)
        assert tab.change(delete("card", str(uuid4())))["noop"] is True
        assert tab.change(set_("card", drawn["Reads"], color="red"), key=key)["error"] == "key_in_use"
    with drawn.tab() as back:
        assert back.change(op, key=key)["type"] == "ack"


def test_undo_and_redo_travel_like_changes(drawn: Map) -> None:
    with drawn.tab() as tab, drawn.tab("olive") as olive:
        change = tab.change(set_("card", drawn["Reads"], color="pink"))
        for word, color in (("undo", "yellow"), ("redo", "pink")):
            key = str(uuid4())
            tab.say({"type": word, "key": key, "change": change["key"]})
            change, undone = tab.answer(key), change
            assert change["undoes"] == undone["key"]
            assert change["ops"][0]["fields"] == {"color": color}
        assert [olive.hear("change")["seq"] for _ in range(3)] == [3, 4, 5]
        tab.say({"type": "undo", "key": str(uuid4()), "change": str(uuid4())})
        assert tab.hear("rejected")["error"] == "not_found"


# What is refused


@pytest.mark.parametrize(
    "wrong",
    [
        {"ops": []}, {"ops": None}, {"ops": 5}, {"ops": [{}]}, {"ops": [None]}, {}, {"ops": [], "extra": 1},
        {"ops": [set_("card", str(uuid4()), color="pink")]}, {"ops": [{"op": "insert", "type": "card", "fields": {}}]},
        {"ops": [delete("card", "x")]}, {"ops": [set_("map", str(uuid4()), title="a\0b")]}, {"group": "x", "ops": [{}]},
        {"ops": [text("card", str(uuid4()), "text", 10**9, "x")]}, {"log": str(uuid4()), "ops": [insert("stage")]},
        {"ops": [insert("stage", title="x" * 300_000)]}, {"ops": [insert("stage")] * 501},
    ],
    ids=lambda wrong: repr(wrong)[:60],
)  # fmt: skip
def test_a_wrong_change_with_a_key_is_rejected_and_the_socket_lives_on(drawn: Map, wrong: dict[str, Any]) -> None:
    with drawn.tab() as tab:
        key = str(uuid4())
        tab.say({"type": "change", "key": key} | wrong)
        answer = tab.hear("rejected")
        assert answer["key"] == key
        assert answer["error"]
        assert answer["message"].endswith((".", "?"))
        assert tab.change(insert("stage", title="fine"))["seq"] == 3


@pytest.mark.parametrize("broken", ['"a\\ud800b"', '"a\\u0000b"', "[" * 300 + "]" * 300])
def test_a_change_that_cannot_be_kept_but_names_its_key_is_rejected(drawn: Map, broken: str) -> None:
    with drawn.tab() as tab:
        key = str(uuid4())
        op = '{"op": "insert", "type": "stage", "fields": {"title": ' + broken + "}}"
        tab.say(f'{{"type": "change", "key": "{key}", "ops": [{op}]}}')
        assert tab.hear("rejected")["key"] == key
        assert tab.change(insert("stage", title="fine"))["seq"] == 3


def test_a_change_before_the_welcome_is_rejected_too(drawn: Map) -> None:
    with drawn.world.socket(drawn.path, "edith") as tab:
        key = str(uuid4())
        tab.say({"type": "change", "key": key, "ops": [insert("stage")]})
        assert tab.next()["key"] == key
        assert tab.hello()["seq"] == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("{", 4400), ("", 4400), ("null", 4400), ("[[]]", 4400), ("{}", 4400), ('{"type": 5}', 4400), ("5", 4400),
        ('{"type": "change", "ops": []}', 4400), ('{"type": "undo", "key": "x"}', 4400),
        ('{"type": "hello", "v": 1, "since": null}', 4400), ("[" * 100_000, 4400),
        ('"' + "x" * 300_000 + '"', 4400), (" " * (1024 * 1024 + 10), 1009),
    ],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_what_is_no_message_closes_the_socket(drawn: Map, said: str, code: int) -> None:
    with drawn.tab() as tab:
        with contextlib.suppress(OSError):
            tab.say(said)
        assert tab.closed() == code
    with drawn.tab() as tab:
        assert tab.change(insert("stage"))["seq"] == 3


@pytest.mark.parametrize(
    ("hello", "code"),
    [({"v": 2}, 4409), ({"v": None}, 4409), ({"v": 1, "since": -1}, 4400), ({"v": 1, "since": "x"}, 4400)],
)
def test_a_wrong_hello_is_told_why(drawn: Map, hello: dict[str, Any], code: int) -> None:
    with drawn.world.socket(drawn.path, "edith") as tab:
        tab.say({"type": "hello", "since": None, "tab": str(uuid4())} | hello)
        assert tab.closed() == code


def test_who_says_too_much_is_closed_and_nobody_else(drawn: Map) -> None:
    with drawn.tab("olive") as olive:
        with drawn.tab() as tab:
            tab.say([{"type": "change", "key": str(uuid4()), "ops": [insert("stage")]} for _ in range(60)])
            assert tab.closed() == 4429
        with drawn.tab() as tab:
            with contextlib.suppress(OSError, ConnectionClosed):
                for _ in range(8):
                    tab.say([{"type": "ping"}] * 1000)
            assert tab.closed() == 4429
        assert olive.change(insert("stage"))["type"] == "change"


# Who comes in


def test_strangers_and_nobody_are_told_so(world: World, drawn: Map) -> None:
    for path, who, code in (
        (drawn.path, "stan", 4404),
        (f"/ws/maps/{uuid4()}/", "edith", 4404),
        ("/ws/maps/x/", "edith", 4404),
        (f"/ws/personas/{drawn.id}/", "edith", 4404),
        (drawn.path, None, 4401),
    ):
        with world.socket(path, who) as tab:
            assert tab.closed() == code, (path, who)
    with world.socket(drawn.path, additional_headers={"Authorization": "Bearer " + "x" * 43}) as tab:
        assert tab.closed() == 4401


def test_a_token_comes_as_a_subprotocol_as_well(world: World, drawn: Map) -> None:
    token = world.people["tokens"]["edith"]
    with world.socket(drawn.path, subprotocols=["bearer", token]) as tab:
        assert tab.socket.subprotocol == "bearer"
        assert tab.hello()["you"]["name"] == "Edith"
    with world.socket(drawn.path, subprotocols=["bearer", "x" * 43]) as tab:
        assert tab.closed() == 4401


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:1", "{own}.evil.example", "https://[",
     "http://evil@{host}", "ftp://{host}", "{own}/x", ""],
)  # fmt: skip
def test_a_cookie_counts_only_from_our_own_pages(world: World, drawn: Map, origin: str | None) -> None:
    own = world.server.url
    cookie = {"Cookie": f"sessionid={world.people['session']}"}
    with world.socket(drawn.path, origin=own, additional_headers=cookie) as tab:
        assert tab.hello()["you"]["name"] == "Edith"
    foreign = {} if origin is None else {"Origin": origin.format(own=own, host=own.removeprefix("http://"))}
    with pytest.raises(InvalidStatus) as refused, world.socket(drawn.path, additional_headers=cookie | foreign):
        pass
    assert refused.value.response.status_code == 403


# Presence and quiet


def people_of(tab: Tab, name: str, *, gone: bool = False, timeout: float = 10) -> Any:
    """The next presence of somebody."""
    while True:
        message = tab.hear("presence", timeout=timeout)
        if message["person"]["name"] == name and (message["state"] is None) == gone:
            return message["state"]


def test_the_others_see_where_somebody_is_and_that_they_left(drawn: Map) -> None:
    with drawn.tab("olive") as olive:
        with drawn.tab() as edith:
            # In the same process she is in the welcome; from another one she answers right behind it.
            if [person["name"] for person in edith.welcome["people"]] != ["Olive"]:
                assert people_of(edith, "Olive") is not None
            state = {"selection": [drawn["Reads"]], "cursor": {"x": 3, "y": 4}}
            edith.say({"type": "presence", "state": state})
            while people_of(olive, "Edith") != state:
                pass
            edith.say({"type": "presence", "state": {"nonsense": 1}})
            edith.say({"type": "presence", "state": 5})
            assert edith.change(insert("stage"))["type"] == "change"
        people_of(olive, "Edith", gone=True)


def test_the_server_says_something_every_two_seconds(drawn: Map) -> None:
    with drawn.tab() as tab:
        begin = time.monotonic()
        assert tab.hear("pong")["seq"] == 2
        assert tab.hear("pong")["seq"] == 2
        assert time.monotonic() - begin < 6


# Rights


def test_who_is_taken_out_of_the_workspace_is_sent_away(world: World) -> None:
    drawn = world.new_map()
    with world.api("olive") as api, drawn.tab("victor") as victor:
        path = f"workspaces/{world.people['workspace']}/members/"
        assert api.delete(f"{path}{world.people['ids']['victor']}/").status_code == 204
        begin = time.monotonic()
        assert victor.closed() == 4403
        assert time.monotonic() - begin < 3
    with world.socket(drawn.path, "victor") as tab:
        assert tab.closed() == 4404


def test_who_gets_a_lower_role_starts_anew_with_it(world: World, drawn: Map) -> None:
    with world.api("olive") as api, drawn.tab("colin") as colin:
        path = f"workspaces/{world.people['workspace']}/members/{world.people['ids']['colin']}/"
        assert api.patch(path, json={"role": "viewer"}).status_code == 200
        assert colin.hear("reload", timeout=4) == {"type": "reload", "what": "state"}
        assert colin.closed() == 1012
        with drawn.tab("colin") as again:
            assert again.welcome["role"] == "viewer"
            assert again.change(insert("comment", on="map", target=drawn.id, text="x"))["error"] == "forbidden"
        assert api.patch(path, json={"role": "commenter"}).status_code == 200


def test_a_map_in_the_trash_closes_for_everybody(world: World, drawn: Map) -> None:
    with world.api("edith") as api, drawn.tab() as edith, drawn.tab("olive") as olive:
        assert api.delete(f"maps/{drawn.id}/").status_code == 204
        assert {edith.closed(), olive.closed()} == {4403}


# Derived


def test_personas_come_anew_when_the_map_or_the_library_changes(world: World, drawn: Map) -> None:
    with world.api("edith") as api, drawn.tab("olive") as olive:
        persona = api.post("personas/", json={"workspace": world.people["workspace"], "name": "Mary"}).json()["id"]
        ops = [set_("map", drawn.id, personas=[persona])]
        api.post(f"maps/{drawn.id}/changes/", json={"key": str(uuid4()), "ops": ops})
        assert olive.hear("personas")["personas"][0]["name"] == "Mary"
        api.patch(f"personas/{persona}/", json={"name": "Mary Ann"})
        assert olive.hear("personas")["personas"][0]["name"] == "Mary Ann"
        with world.socket(f"/ws/personas/{persona}/", "edith") as tab:
            assert tab.hello()["document"]["persona"]["name"] == "Mary Ann"
            assert tab.change(set_("persona", persona, role="Rider"))["seq"] == 3


# Guests


def guest_of(world: World, drawn: Map, **share: Any) -> dict[str, str]:
    """Headers of a browser that came in by a new share link."""
    with world.api("edith") as api:
        url = api.post(f"maps/{drawn.id}/shares/", json=share).json()["url"]
    with httpx_client() as browser:
        page = browser.get(url)
        token = browser.cookies["csrftoken"]
        done = browser.post(url, data={"csrfmiddlewaretoken": token, "name": "Gus"}, headers={"Referer": url})
        assert page.status_code == 200
        assert done.status_code in {200, 302}, done.text[:500]
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return {"Cookie": cookies, "Origin": world.server.url}


def httpx_client() -> Any:
    import httpx

    return httpx.Client(timeout=30)


def test_a_guest_sees_no_hidden_lane_nor_anything_of_it(world: World, drawn: Map) -> None:
    slow, lane, secret = drawn["Slow"], drawn["pain_points"], str(uuid4())
    with drawn.tab() as edith:
        edith.change(insert("comment", secret, on="card", target=slow, text="secret"))
        edith.change(set_("map", drawn.id, notes="secret"))
        guest = guest_of(world, drawn, role="comment", hidden_lanes=[lane])
        with world.socket(drawn.path, additional_headers=guest) as gus:
            document = gus.hello()["document"]
            assert gus.welcome["you"]["guest"] is True
            assert gus.welcome["role"] == "commenter"
            shown = json.dumps(document)
            assert not [word for word in (lane, slow, "secret", drawn["Rude"]) if word in shown]
            changes = [
                edith.change(set_("card", slow, text="secret", color="pink")),
                edith.change(insert("card", lane=lane, step=drawn["ask"], text="secret")),
                edith.change(set_("comment", secret, text="secret!")),
                edith.change(text("map", drawn.id, "notes", 4, "secret ")),
                edith.change(set_("card", drawn["Reads"], color="pink"), set_("card", slow, span=2)),
                edith.change(delete("card", slow)),
            ]
            heard = [gus.hear("change") for _ in changes]
            assert [change["seq"] for change in heard] == [change["seq"] for change in changes]
            assert [len(change["ops"]) for change in heard] == [0, 0, 0, 0, 1, 0]
            assert "secret" not in json.dumps(heard)
            answer = gus.change(insert("comment", on="card", target=drawn["Rude"], text="?"))
            assert answer["error"] == "gone"
            edith.say({"type": "presence", "state": {"selection": [drawn["Rude"]]}})
            assert drawn["Rude"] not in json.dumps(people_of(gus, "Edith"))
            edith.change(set_("card", drawn["Rude"], lane=drawn["actions"]))
            assert gus.hear("reload")["what"] == "state"
            assert gus.closed() == 1012


def test_a_guest_reads_back_to_the_first_welcome_and_no_further(world: World, drawn: Map) -> None:
    with drawn.tab() as edith:
        edith.change(insert("stage", title="before"))
        guest = guest_of(world, drawn, role="view")
        with world.socket(drawn.path, additional_headers=guest) as gus:
            log = gus.hello()["log"]
            assert gus.welcome["seq"] == 3
        edith.change(insert("stage", title="after"))
        with world.socket(drawn.path, additional_headers=guest) as gus:
            assert [change["seq"] for change in gus.hello(since=3, log=log)["changes"]] == [4]
        with world.socket(drawn.path, additional_headers=guest) as gus:
            assert "changes" not in gus.hello(since=2, log=log)
    with world.api("edith") as api, world.socket(drawn.path, additional_headers=guest) as gus:
        gus.hello()
        share = api.get(f"maps/{drawn.id}/shares/").json()["items"][0]["id"]
        assert api.delete(f"maps/{drawn.id}/shares/{share}/").status_code == 204
        assert gus.closed(timeout=4) == 4403


# Two processes


@pytest.mark.redis
def test_losing_the_channel_layer_costs_latency_only(drawn: Map) -> None:
    import redis

    from tests.conftest import OUR_SERVICES

    assert OUR_SERVICES
    tabs = [drawn.world.socket(drawn.path, "edith") for _ in range(6)]
    with contextlib.ExitStack() as stack:
        open_tabs = [stack.enter_context(tab) for tab in tabs]
        for tab in open_tabs:
            tab.hello()
        store = redis.Redis.from_url(drawn.world.server.env["REDIS_URL"])
        for client in store.client_list():
            if client.get("sub") != "0" or client.get("psub") != "0":
                store.client_kill_filter(_id=client["id"])
        begin = time.monotonic()
        key = open_tabs[0].change(insert("stage", title="while nobody hears"))["key"]
        assert time.monotonic() - begin < 2
        assert [tab.hear("change", timeout=6)["key"] for tab in open_tabs[1:]] == [key] * 5

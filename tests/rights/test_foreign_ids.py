"""Ids of another workspace: in an address, beside an own id in an address, and in a body, they open nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from journeymap.sync.models import Change
from tests.rights.bodies import Ids
from tests.rights.doors import doors
from tests.rights.walk import answer_at
from tests.rights.world import World

# A secret in the address opens to whoever has it; the others carry ids.
SECRETS = ("<token>", "<key>", "<name>")
WITH_IDS = [door for door in doors() if "<" in door and not any(secret in door for secret in SECRETS)]
WITH_TWO = [door for door in WITH_IDS if door.count("<") == 2]
INNER = {"record_id": ("stage", "spare", "lane", "card", "emotion", "comment"), "version_id": ("version",)}
INNER |= {"member_id": ("member",), "invitation_id": ("invitation",), "share_id": ("share",)}
INNER |= {"token_id": ("token",), "version_id": ("version", "persona_version")}


@pytest.mark.parametrize("door", WITH_IDS)
@pytest.mark.parametrize("principal", ["owner", "editor", "link_commenter"])
def test_what_is_elsewhere_is_not_there(door: str, principal: str, world: World) -> None:
    told = answer_at(door, world.callers[principal], world.elsewhere)
    assert told in {"404", *(("401", "in") if principal == "link_commenter" else ())}


@pytest.mark.parametrize("door", WITH_TWO)
def test_what_is_elsewhere_is_not_reached_through_what_is_here(door: str, world: World) -> None:
    inner = re.findall(r"<(\w+)>", door)[1]
    mixed = world.here | {name: world.elsewhere[name] for name in INNER[inner]}
    told = answer_at(door, world.callers["owner"], mixed)
    # Pages answer by going back with the reason. Deleting a record that is not on the map is a noop of the engine's.
    assert told == "404" or (told == "302" and door.startswith("POST ")) or (told == "204" and "<record_id>" in door)


@pytest.mark.parametrize("plural", ["stages", "steps", "lanes", "cards", "emotions", "comments"])
def test_deleting_what_is_elsewhere_through_a_map_that_is_here_deletes_nothing(plural: str, world: World) -> None:
    id_ = world.elsewhere["spare" if plural == "steps" else plural.removesuffix("s")]
    world.callers["owner"].delete(f"maps/{world.here['map']}/{plural}/{id_}/")
    assert world.callers["stranger"].get(f"maps/{world.elsewhere['map']}/{plural}/{id_}/").status == 200


def op(type_: str, verb: str = "set", **rest: Any) -> Callable[[Ids, Ids], Any]:
    """A change of one op, whose texts in braces are filled from here (`{card}`) or elsewhere (`{their_card}`)."""

    def make(here: Ids, there: Ids) -> Any:
        ids = here | {f"their_{name}": value for name, value in there.items()} | {"new": str(uuid4())}
        return {"key": str(uuid4()), "ops": [_filled({"op": verb, "type": type_} | rest, ids)]}

    return make


def _filled(value: Any, ids: Ids) -> Any:
    if isinstance(value, dict):
        return {name: _filled(item, ids) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, ids) for item in value]
    return re.sub(r"\{(\w+)\}", lambda match: ids[match[1]], value) if isinstance(value, str) else value


CARD = {"lane": "{lane}", "step": "{step}", "text": "x"}


@pytest.mark.parametrize(
    "change",
    [
        op("card", id="{their_card}", fields={"text": "mine"}),
        op("card", id="{card}", fields={"lane": "{their_lane}", "step": "{step}"}),
        op("card", id="{card}", fields={"lane": "{lane}", "step": "{their_step}"}),
        op("card", "insert", id="{new}", fields=CARD | {"lane": "{their_lane}"}),
        op("card", "insert", id="{their_card}", fields=CARD),
        op("card", id="{card}", fields={"hurts_at": "{their_card}"}),
        op("card", id="{card}", fields={"answers": ["{their_card}"]}),
        op("card", id="{card}", fields={"assignee": "{their_user}"}),
        op("step", id="{step}", fields={"stage": "{their_stage}"}),
        op("emotion", id="{emotion}", fields={"persona": "{their_persona}"}),
        op("emotion", "insert", id="{new}", fields={"lane": "{curve}", "step": "{their_step}", "valence": 1}),
        op("comment", "insert", id="{new}", fields={"on": "card", "target": "{their_card}", "text": "x"}),
        op("comment", id="{their_comment}", fields={"resolved": True}),
        op("map", id="{their_map}", fields={"title": "mine"}),
        op("map", id="{map}", fields={"owner": "{their_user}"}),
        op("map", id="{map}", fields={"personas": ["{their_persona}"]}),
        op("map", id="{map}", fields={"workspace": "{their_workspace}"}),
        op("card", id="{card}", fields={"map": "{their_map}"}),
        op("card", id="{card}", fields={"rank": "a1"}),
        op("comment", id="{comment}", fields={"author": "{their_user}"}),
        op("comment", "insert", id="{new}", fields={"on": "map", "target": "{map}", "text": "x", "author_name": "Eve"}),
        op("persona", id="{their_persona}", fields={"name": "mine"}),
    ],
)
def test_no_op_reaches_or_names_what_is_elsewhere(change: Callable[[Ids, Ids], Any], world: World) -> None:
    there = world.elsewhere | {"user": str(world.cast.stan.pk)}
    before = Change.objects.count()
    answer = world.callers["owner"].post(f"maps/{world.here['map']}/changes/", change(world.here, there))
    assert answer.status in {400, 403, 404, 409}, answer.body
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("maps/", {"title": "x", "workspace": "{their_workspace}"}),
        ("maps/", {"title": "x", "workspace": "{workspace}", "id": "{their_map}"}),
        ("maps/", {"title": "x", "workspace": "{workspace}", "owner": "{their_user}"}),
        ("maps/{map}/copy/", {"workspace": "{their_workspace}"}),
        ("maps/{map}/shares/", {"role": "view", "hidden_lanes": ["{their_lane}"]}),
        ("maps/{map}/shares/", {"role": "edit"}),
        ("maps/{map}/shares/", {"role": "view", "made_by": "{their_user}"}),
        ("maps/{map}/undo/", {"key": "{new}", "change": "{their_change}"}),
        ("maps/{map}/redo/", {"key": "{new}", "change": "{their_redo}"}),
        ("imports/", {"workspace": "{their_workspace}", "text": "x"}),
        ("imports/", {"workspace": "{workspace}", "map": "{their_map}", "text": "Stage\n- a"}),
        ("personas/", {"workspace": "{their_workspace}", "name": "x"}),
        ("personas/", {"workspace": "{workspace}", "name": "x", "id": "{their_persona}"}),
        ("workspaces/{workspace}/invitations/", {"role": "viewer", "invited_by": "{their_user}"}),
        ("workspaces/", {"name": "x", "id": "{their_workspace}"}),
        ("me/tokens/", {"name": "x", "user": "{their_user}"}),
    ],
)
def test_no_body_reaches_or_names_what_is_elsewhere(path: str, body: dict[str, Any], world: World) -> None:
    there = world.elsewhere | {"user": str(world.cast.stan.pk)}
    ids = world.here | {f"their_{name}": value for name, value in there.items()} | {"new": str(uuid4())}
    answer = world.callers["owner"].post(_filled(path, ids), _filled(body, ids))
    assert answer.status in {400, 403, 404, 409}, answer.body


@pytest.mark.parametrize("query", ["maps/?workspace={their_workspace}", "personas/?workspace={their_workspace}"])
def test_no_filter_shows_what_is_elsewhere(query: str, world: World) -> None:
    path = query.replace("{their_workspace}", world.elsewhere["workspace"])
    answer = world.callers["owner"].get(path)
    assert answer.status == 404 or answer.body["items"] == []

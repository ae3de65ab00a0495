"""The pages of personas: who sees what, and how little is asked of the database for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maps.edits import create_map
from maps.models import Map
from personas.edits import create_persona
from personas.models import Persona, Section, Skill
from tests.cast import Cast


def make(cast: Cast, name: str, **fields: Any) -> UUID:
    """A persona in the library."""
    return create_persona(cast.actor(cast.edith), workspace_id=cast.workspace.pk, fields={"name": name} | fields)


def use(cast: Cast, persona: UUID, *titles: str) -> None:
    """Maps that are about the persona."""
    edith = cast.api_of(cast.edith)
    for title in titles:
        map_id = create_map(cast.actor(cast.edith), workspace_id=cast.workspace.pk, title=title, kind="blank")
        op = {"op": "set", "type": "map", "id": str(map_id), "fields": {"personas": [str(persona)]}}
        assert edith.post(f"maps/{map_id}/changes/", {"key": str(uuid4()), "ops": [op]}).status == 201


def library(cast: Cast, person: Any, **query: str) -> str:
    return cast.client_of(person).get("/personas/", query).content.decode()


def test_the_library_says_who_they_are_and_where_they_are_used(cast: Cast) -> None:
    mary = make(cast, "Mary", role="Commuter", motto="Rain or shine")
    use(cast, mary, "Buying a bike", "Fixing a bike")
    page = library(cast, cast.victor)
    for words in ("Mary", "Commuter", "Rain or shine", "On 2 maps", "Buying a bike, Fixing a bike"):
        assert words in page


def test_only_who_may_write_is_offered_to(cast: Cast) -> None:
    make(cast, "Mary")
    assert "data-new" in library(cast, cast.edith)
    for person in (cast.victor, cast.colin):
        assert "data-new" not in library(cast, person)
        assert "data-ask" not in library(cast, person)


def test_an_empty_library_says_what_a_persona_is_for(cast: Cast) -> None:
    assert "Who are your maps about?" in library(cast, cast.edith)


def test_a_stranger_sees_nothing_of_it(cast: Cast) -> None:
    mary = make(cast, "Mary")
    assert "Mary" not in library(cast, cast.stan, workspace=str(cast.workspace.pk))
    assert cast.client_of(cast.stan).get(f"/personas/{mary}/").status_code == 404
    for path in ("/personas/", f"/personas/{mary}/"):
        assert cast.client_of(None).get(path)["Location"].startswith("/accounts/login/")


def test_a_used_persona_is_archived_and_comes_back(cast: Cast) -> None:
    mary = make(cast, "Mary")
    use(cast, mary, "Buying a bike")
    edith = cast.api_of(cast.edith)
    assert edith.delete(f"personas/{mary}/").body == {"archived": True}
    assert "Mary" not in library(cast, cast.edith)
    assert "Mary" in library(cast, cast.edith, archived="1")
    assert edith.post(f"personas/{mary}/restore/", {}).body["archived"] is False
    assert "Mary" in library(cast, cast.edith)


def test_an_unused_persona_is_deleted_with_all_it_said(cast: Cast) -> None:
    mary = make(cast, "Mary", skills=[{"name": "Riding", "level": 80}], sections=[{"title": "Quotes", "text": "…"}])
    assert cast.api_of(cast.edith).delete(f"personas/{mary}/").body == {"archived": False}
    assert not Persona.objects.filter(pk=mary).exists()
    assert (Skill.objects.count(), Section.objects.count()) == (0, 0)


def test_a_map_in_the_trash_is_not_named_but_still_keeps_its_persona(cast: Cast) -> None:
    mary = make(cast, "Mary")
    use(cast, mary, "Buying a bike")
    edith = cast.api_of(cast.edith)
    edith.delete(f"maps/{Map.objects.get().pk}/")
    assert "On no map yet" in library(cast, cast.edith)
    assert edith.delete(f"personas/{mary}/").body == {"archived": True}


def test_the_library_asks_the_database_as_little_for_forty_as_for_one(cast: Cast) -> None:
    client = cast.client_of(cast.edith)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/personas/")
        return len(asked)

    use(cast, make(cast, "Mary"), "Buying a bike")
    few = questions()
    for number in range(40):
        make(cast, f"Mary {number}")
    assert questions() == few <= 12


def test_the_sheet_names_its_maps_and_tells_the_scripts_who_reads(cast: Cast) -> None:
    mary = make(cast, "Mary </script>")
    use(cast, mary, "Buying a <bike>")
    page = cast.client_of(cast.victor).get(f"/personas/{mary}/").content.decode()
    assert f'data-persona="{mary}"' in page
    assert 'data-role="viewer"' in page
    assert "Buying a \\u003Cbike\\u003E" in page
    assert "Mary </script>" not in page


def test_skills_and_sections_come_with_a_new_persona_in_their_order(cast: Cast) -> None:
    edith = cast.api_of(cast.edith)
    body = {
        "workspace": str(cast.workspace.pk),
        "name": "Mary",
        "skills": [{"name": "Riding", "level": 80}, {"name": "Repairing"}],
        "sections": [{"title": "Quotes", "text": "I just want to ride."}],
    }
    made = edith.post("personas/", body)
    assert made.status == 201
    again = edith.get(f"personas/{made.body['id']}/").body
    assert [(skill["name"], skill["level"]) for skill in again["skills"]] == [("Riding", 80), ("Repairing", 50)]
    assert [section["title"] for section in again["sections"]] == ["Quotes"]


@pytest.mark.parametrize(
    "wrong", [{"skills": "many"}, {"skills": [{"level": 101}]}, {"sections": [{"heading": "?"}]}, {"skills": [7]}]
)
def test_skills_and_sections_that_are_none_are_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    body = {"workspace": str(cast.workspace.pk), "name": "Mary"} | wrong
    assert cast.api_of(cast.edith).post("personas/", body).status == 400
    assert Persona.objects.count() == 0


def test_two_people_in_one_section_keep_both_their_words(cast: Cast) -> None:
    mary = make(cast, "Mary", sections=[{"title": "Quotes", "text": "to ride"}])
    edith, adam = cast.api_of(cast.edith), cast.api_of(cast.adam)
    document = edith.get(f"personas/{mary}/document/").body
    section = document["sections"][0]["id"]

    def write(who: Any, delta: list[Any]) -> int:
        op = {"op": "text", "type": "section", "id": section, "field": "text", "base": document["seq"], "delta": delta}
        return int(who.post(f"personas/{mary}/changes/", {"key": str(uuid4()), "ops": [op]}).status)

    assert (write(edith, ["I just want "]), write(adam, [7, ", please"])) == (201, 201)
    assert Section.objects.get().text == "I just want to ride, please"


def test_the_sheet_fetches_every_module_it_starts_with_side_by_side() -> None:
    root = Path(settings.BASE_DIR) / "static"
    page = (Path(settings.BASE_DIR) / "templates" / "personas" / "preload.html").read_text()
    named = set(re.findall(r"static '([^']+)'", page))
    needed, waiting = set(), [root / "js" / "personas" / "main.js"]
    while waiting:
        module = waiting.pop()
        name = module.relative_to(root).as_posix()
        if name in needed:
            continue
        needed.add(name)
        found = re.findall(r'^(?:import|export|\}) [^"\n]*?from "(\.[^"]+)";', module.read_text(), re.MULTILINE)
        waiting += [(module.parent / path).resolve() for path in found]
    assert named == needed, "bring templates/personas/preload.html up to date"

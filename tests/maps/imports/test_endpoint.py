"""Importing over REST: a map out of text or a file, or a sentence that says why not, and then nothing changed."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journeymap.accounts.models import User
from maps.demo import demo_draft
from maps.models import Map
from personas.models import Persona
from tests.cast import Answer, Cast

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"
MARKETING = (SAMPLES / "marketing-automation.txt").read_text(encoding="utf-8")
Wire = dict[str, Any]


def paste(cast: Cast, text: Any, *, by: User | None = None, **more: Any) -> Answer:
    return cast.api_of(by or cast.edith).post("imports/", {"workspace": str(cast.workspace.pk), "text": text, **more})


def upload(cast: Cast, name: str, data: bytes) -> Answer:
    client = cast.client_of(cast.edith)
    form = {"workspace": str(cast.workspace.pk), "file": SimpleUploadedFile(name, data)}
    response = client.post("/api/v1/imports/", form, headers={"Idempotency-Key": str(uuid.uuid4())})
    return Answer(status=response.status_code, body=json.loads(response.content), headers=response.headers)


def document(cast: Cast, answer: Answer) -> Wire:
    body: Wire = cast.api_of(cast.edith).get(f"maps/{answer.body['map']}/document/").body
    return body


def cell(wire: Wire, lane: str, stage: str) -> list[str]:
    lanes = {each["id"] for each in wire["lanes"] if each["title"] == lane}
    stages = {each["id"] for each in wire["stages"] if each["title"] == stage}
    steps = {each["id"] for each in wire["steps"] if each["stage"] in stages}
    return [card["text"] for card in wire["cards"] if card["lane"] in lanes and card["step"] in steps]


def test_pasted_text_becomes_a_map_with_its_persona(cast: Cast) -> None:
    answer = paste(cast, MARKETING)

    assert answer.status == 201
    assert answer.body["left_over"] == []
    assert answer.body["understood"] == {
        "stages": 5, "steps": 5, "lanes": 6, "cards": 63, "emotions": 5, "personas": 1,
    }  # fmt: skip
    wire = document(cast, answer)
    assert [stage["title"] for stage in wire["stages"]] == [
        "AWARENESS", "CONSIDERATION", "DECISION", "ONBOARDING", "ADVOCACY",
    ]  # fmt: skip
    assert cell(wire, "Opportunity", "ADVOCACY") == [
        "Formal referral program with reward",
        "Case study process",
        "Customer advisory board",
    ]
    assert [persona["name"] for persona in wire["personas"]] == [
        "Mid-market marketing manager wanting marketing automation"
    ]


def test_a_dry_run_says_what_was_understood_and_makes_nothing(cast: Cast) -> None:
    answer = paste(cast, MARKETING, dry_run=True)

    assert answer.status == 200
    assert answer.body["map"] is None
    assert answer.body["understood"]["cards"] == 63
    assert not Map.objects.exists()
    assert not Persona.objects.exists()


@pytest.mark.parametrize("name", ["clinic-visit.csv", "buying-a-bike.mmd", "pension-utf-16.tsv", "flat-hunt.json"])
def test_an_uploaded_file_becomes_a_map(cast: Cast, name: str) -> None:
    answer = upload(cast, name, (SAMPLES / name).read_bytes())

    assert answer.status == 201
    counted = {what: len(document(cast, answer)[what]) for what in answer.body["understood"]}
    assert counted == answer.body["understood"]


def test_an_import_is_the_first_change_of_its_map(cast: Cast) -> None:
    wire = document(cast, paste(cast, MARKETING))

    assert wire["seq"] == 1


def test_what_is_left_over_is_told_and_kept_in_the_notes(cast: Cast) -> None:
    answer = paste(cast, "Stage 1: Buy\nActions: pays\n\nStage 2: Eat\nActions: eats\n\n## Summary\nBread is good\n")

    assert answer.body["left_over"] == ["## Summary", "Bread is good"]
    assert document(cast, answer)["map"]["notes"] == "## Summary\nBread is good"


def test_a_text_can_be_added_to_a_map_that_is_there(cast: Cast) -> None:
    first = paste(cast, "Stage 1: Buy\nActions: pays\n")

    second = paste(cast, "Persona: Rosa\nStage 1: Eat\nActions: eats\n", map=first.body["map"])

    assert second.body["map"] == first.body["map"]
    assert [persona["name"] for persona in document(cast, first)["personas"]] == ["Rosa"]
    assert [stage["title"] for stage in document(cast, first)["stages"]] == ["Buy", "Eat"]


def test_our_own_document_comes_back_the_same(cast: Cast) -> None:
    from maps.edits import create_map

    draft = demo_draft()
    map_id = create_map(
        cast.actor(cast.edith), workspace_id=cast.workspace.pk, title=draft.title, kind=draft.kind, draft=draft
    )
    path = f"maps/{map_id}/document/"
    before = cast.api_of(cast.edith).get(path).body

    after = document(cast, paste(cast, json.dumps(before)))

    assert without_ids(after) == without_ids(before)


def without_ids(wire: Wire) -> Wire:
    """The document with every id as the place of what it names; people's ids as they are."""
    lists = ("stages", "steps", "lanes", "cards", "emotions")
    places = {record["id"]: f"{name} {at}" for name in lists for at, record in enumerate(wire[name])}
    places |= {wire["map"]["id"]: "map"}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(inside) for key, inside in value.items()}
        if isinstance(value, list):
            return [renamed(inside) for inside in value]
        return places.get(value, value) if isinstance(value, str) else value

    kept: Wire = renamed({name: wire[name] for name in ("map", *lists, "personas")})
    return kept


BAD_TEXTS: dict[str, tuple[Any, int, str]] = {
    "empty": ("", 400, "invalid"),
    "only blanks": (" \n\t", 400, "invalid"),
    "NUL": ("Stage 1: a\0b", 400, "invalid"),
    "no text": (5, 400, "invalid"),
    "5 MB": ("Stage 1: a\n" * 480_000, 413, "too_large"),
    "10,000 columns": (
        "Stage;" + ";".join(f"S{n}" for n in range(10_000)) + "\nActions;" + ";".join("x" * 10_000),
        413,
        "too_large",
    ),
    "a quote that never closes": ('Stage;A;B\nActions;"never;x\nPain points;y;z\n', 422, "unprocessable"),
    "JSON without an end": ('{"map": {', 422, "unprocessable"),
    "bottomless JSON": ('{"a":' * 1_000 + "1" + "}" * 1_000, 422, "unprocessable"),
}


@pytest.mark.parametrize(("text", "status", "code"), BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_bad_text_is_refused_and_nothing_is_made(cast: Cast, text: Any, status: int, code: str) -> None:
    answer = paste(cast, text)

    assert (answer.status, answer.body["error"]) == (status, code)
    assert answer.body["message"].endswith(".")
    assert not Map.objects.exists()
    assert not Persona.objects.exists()


BAD_FILES: dict[str, tuple[bytes, int]] = {
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, 422),
    "sheet.xlsx": (b"PK\x03\x04" + bytes(range(256)), 422),
    "noise.csv": (bytes(range(256)) * 50, 422),
    "empty.csv": (b"", 400),
    "big.txt": (b"Stage 1: a\n" * 480_000, 413),
    "broken.csv": (b'Stage;A;B\nActions;"never;x\nPain points;y;z\n', 422),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_and_nothing_is_made(cast: Cast, name: str) -> None:
    data, status = BAD_FILES[name]

    answer = upload(cast, name, data)

    assert answer.status == status
    assert answer.body["message"].endswith(".")
    assert not Map.objects.exists()


def test_only_editors_of_the_workspace_import(cast: Cast) -> None:
    assert paste(cast, MARKETING, by=cast.colin).status == 403
    assert paste(cast, MARKETING, by=cast.stan).status == 404
    assert not Map.objects.exists()

"""Asking for a file over REST, from the request to the download, by everybody who may and may not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from exports.models import Export, unpacked
from exports.press import press
from journeymap.core import jobs
from journeymap.core.ids import new_id
from maps.edits import create_map, empty_draft
from maps.models import GuestPass, Map, ShareLink
from tests.cast import Cast

pytestmark = pytest.mark.django_db
# A run's heartbeat comes from a thread of its own, which must see the job: no transaction around such a test.
DRAWN = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def press_ends() -> Iterator[None]:
    yield
    press.stop()


@pytest.fixture
def map_id(cast: Cast) -> UUID:
    return create_map(
        cast.actor(cast.edith), workspace_id=cast.workspace.pk, title="Bike & <b>Co</b>", draft=empty_draft()
    )


def ask(cast: Cast, who: Any, map_id: UUID, **body: Any) -> Any:
    return cast.api_of(who).post(f"maps/{map_id}/exports/", {"format": "pdf", **body})


@DRAWN
def test_victor_downloads_the_map_as_it_was_when_he_asked(cast: Cast, map_id: UUID) -> None:
    api = cast.api_of(cast.victor)
    answer = ask(cast, cast.victor, map_id)
    assert answer.status == 202
    assert {name: answer.body[name] for name in ("status", "progress", "format", "file")} == {
        "status": "queued", "progress": 0, "format": "pdf", "file": None,
    }  # fmt: skip
    asked_at = answer.body["seq"]
    assert jobs.run_next()
    done = api.get(f"exports/{answer.body['id']}/").body
    assert (done["status"], done["progress"], done["seq"]) == ("done", 100, asked_at)
    file = api.client.get(done["file"])
    assert file.content.startswith(b"%PDF-1.7")
    assert len(file.content) == done["bytes"]
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("attachment;")
    assert f"Bike & b Co b ({asked_at}).pdf" in file["Content-Disposition"]
    assert Export.objects.get().document is None, "the frozen map is dropped once the file is made"


def test_the_same_key_makes_one_file(cast: Cast, map_id: UUID) -> None:
    api, key = cast.api_of(cast.edith), new_id()
    first = api.post(f"maps/{map_id}/exports/", {"format": "png"}, key=key)
    again = api.post(f"maps/{map_id}/exports/", {"format": "png"}, key=key)
    assert first.body["id"] == again.body["id"]
    assert Export.objects.count() == 1


def test_the_list_says_who_and_when_newest_first(cast: Cast, map_id: UUID) -> None:
    ask(cast, cast.edith, map_id)
    ask(cast, cast.victor, map_id, format="png")
    items = cast.api_of(cast.colin).get(f"maps/{map_id}/exports/").body["items"]
    assert [(item["requested_by"]["name"], item["format"]) for item in items] == [("Victor", "png"), ("Edith", "pdf")]


def test_gus_may_download_by_his_link_and_sees_only_his_own(cast: Cast, map_id: UUID) -> None:
    let_in(cast, map_id, may_download=True)
    theirs = ask(cast, cast.edith, map_id).body["id"]
    answer = ask(cast, cast.gus, map_id)
    assert answer.status == 202
    gus = cast.api_of(cast.gus)
    assert [item["id"] for item in gus.get(f"maps/{map_id}/exports/").body["items"]] == [answer.body["id"]]
    assert gus.get(f"exports/{theirs}/").status == 404
    assert gus.get(f"exports/{answer.body['id']}/").body["requested_by"] == {"name": "Gus", "guest": True}


def test_gus_may_not_download_where_the_link_forbids_it(cast: Cast, map_id: UUID) -> None:
    let_in(cast, map_id, may_download=False)
    assert ask(cast, cast.gus, map_id).status == 403
    assert cast.api_of(cast.gus).get(f"maps/{map_id}/exports/").status == 403


def test_what_a_link_hides_is_not_in_the_file(cast: Cast, map_id: UUID) -> None:
    api = cast.api_of(cast.edith)
    lanes = [api.post(f"maps/{map_id}/lanes/", {"kind": "text", "title": title}).body for title in ("Shown", "Secret")]
    hidden = next(lane for lane in lanes if lane["title"] == "Secret")
    let_in(cast, map_id, may_download=True, hidden_lanes=[hidden["id"]])
    ask(cast, cast.gus, map_id)
    frozen = unpacked(bytes(Export.objects.get().document or b""))
    assert b"Shown" in frozen
    assert b"Secret" not in frozen


@pytest.mark.parametrize(("name", "status"), [("stan", 404), ("dora", 401), ("nobody", 401)])
def test_strangers_learn_nothing(cast: Cast, map_id: UUID, name: str, status: int) -> None:
    export = ask(cast, cast.edith, map_id).body["id"]
    who = getattr(cast, name, None)
    assert ask(cast, who, map_id).status == status
    api = cast.api_of(who)
    for path in (f"exports/{export}/", f"exports/{export}/file/", f"maps/{map_id}/exports/", f"exports/{new_id()}/"):
        assert api.get(path).status == status, path
    assert api.delete(f"exports/{export}/").status == status
    assert Export.objects.filter(pk=export).exists()


def test_who_asked_or_an_editor_may_remove_a_file(cast: Cast, map_id: UUID) -> None:
    first = ask(cast, cast.victor, map_id).body["id"]
    assert cast.api_of(cast.colin).delete(f"exports/{first}/").status == 403
    assert cast.api_of(cast.victor).delete(f"exports/{first}/").status == 204
    second = ask(cast, cast.victor, map_id).body["id"]
    assert cast.api_of(cast.edith).delete(f"exports/{second}/").status == 204
    assert not Export.objects.exists()
    assert not jobs.run_next(), "nothing is left to do"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "doc"}, "format"),
        ({"format": ["pdf"]}, "format"),
        ({"options": []}, "options"),
        ({"options": {"paper": "A9"}}, "options.paper"),
        ({"options": {"scale": True}}, "options.scale"),
        ({"options": {"scale": 1e99}}, "options.scale"),
        ({"options": {"lanes": [1]}}, "options.lanes"),
        ({"options": {"lanes": ["x"] * 501}}, "options.lanes"),
        ({"options": {"no such": 1}}, "options.no such"),
        ({"options": {"language": 'en" onload="'}}, "options.language"),
        ({"extra": 1}, "extra"),
    ],
)
def test_wrong_options_are_named(cast: Cast, map_id: UUID, body: dict[str, Any], field: str) -> None:
    answer = ask(cast, cast.edith, map_id, **body)
    assert answer.status == 400
    assert field in answer.body["fields"]
    assert not Export.objects.exists()


def test_a_file_that_is_not_ready_or_failed_says_so(cast: Cast, map_id: UUID) -> None:
    api = cast.api_of(cast.edith)
    export = ask(cast, cast.edith, map_id).body["id"]
    assert api.get(f"exports/{export}/file/").body["error"] == "not_ready"
    jobs.cancel(Export.objects.get().job_id)
    assert api.get(f"exports/{export}/").body["status"] == "cancelled"
    assert api.get(f"exports/{export}/file/").status == 409


def test_one_person_cannot_fill_the_queue(cast: Cast, map_id: UUID) -> None:
    answers = [ask(cast, cast.edith, map_id).status for _ in range(6)]
    assert answers == [202] * 5 + [429]
    assert ask(cast, cast.victor, map_id).status == 202


@DRAWN
def test_an_unreadable_paper_fails_with_advice(cast: Cast, map_id: UUID) -> None:
    stages = [{"op": "insert", "type": "stage", "fields": {"title": f"Stage {number}"}} for number in range(40)]
    change = {"key": str(new_id()), "ops": stages}
    assert cast.api_of(cast.edith).post(f"maps/{map_id}/changes/", change).status == 201
    export = ask(cast, cast.edith, map_id, options={"model": "fit", "paper": "A4"}).body["id"]
    jobs.run_next()
    body = cast.api_of(cast.edith).get(f"exports/{export}/").body
    assert body["status"] == "failed"
    assert "too small to read" in body["message"]
    assert "poster" in body["message"]


def let_in(cast: Cast, map_id: UUID, *, may_download: bool, hidden_lanes: list[str] | None = None) -> None:
    """Gus came in by a link."""
    link = ShareLink.objects.create(
        map=Map.objects.get(pk=map_id), digest=str(map_id), may_download=may_download, hidden_lanes=hidden_lanes or []
    )
    GuestPass.objects.create(guest=cast.gus, link=link, generation=link.generation, since=1)

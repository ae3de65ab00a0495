"""A write repeated with its `Idempotency-Key` answers as the first time and does nothing."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from journeymap.accounts.models import ApiToken, Invitation, Workspace
from journeymap.core.models import IdempotentAnswer
from maps.models import Map
from tests.cast import Api, Cast, make_cast


def test_a_repeated_write_answers_the_same_and_does_nothing(cast: Cast) -> None:
    edith, key = cast.api_of(cast.edith), uuid4()
    first = edith.post("workspaces/", {"name": "Trains"}, key=key)
    again = edith.post("workspaces/", {"name": "Trains"}, key=key)
    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
    assert Workspace.objects.filter(name="Trains").count() == 1


def test_the_same_key_with_another_body_is_a_conflict(cast: Cast) -> None:
    edith, key = cast.api_of(cast.edith), uuid4()
    edith.post("workspaces/", {"name": "Trains"}, key=key)
    refused = edith.post("workspaces/", {"name": "Ships"}, key=key)
    assert (refused.status, refused.body["error"]) == (409, "conflict")


def test_a_key_belongs_to_one_person_and_one_address(cast: Cast) -> None:
    key = uuid4()
    for person in (cast.edith, cast.colin):
        assert cast.api_of(person).post("workspaces/", {"name": "Trains"}, key=key).status == 201
    assert cast.api_of(cast.edith).post("me/tokens/", {"name": "Trains"}, key=key).status == 201
    assert Workspace.objects.filter(name="Trains").count() == 2


def test_what_was_refused_may_be_tried_again(cast: Cast) -> None:
    edith, key = cast.api_of(cast.edith), uuid4()
    assert edith.post("workspaces/", {"name": ""}, key=key).status == 400
    assert edith.post("workspaces/", {"name": "Trains"}, key=key).status == 201


@pytest.mark.parametrize("key", ["", "1", "not a uuid", "{" + str(uuid4()) + "}"])
def test_a_key_that_is_no_uuid_is_refused(cast: Cast, key: str) -> None:
    client = cast.client_of(cast.edith)
    answer = Api(client, {"Idempotency-Key": key}).post("workspaces/", {"name": "Trains"})
    assert answer.status == 400
    assert "Idempotency-Key" in answer.body["fields"]
    assert not Workspace.objects.filter(name="Trains").exists()


def test_a_deletion_is_repeated_too(cast: Cast) -> None:
    olive, key = cast.api_of(cast.olive), uuid4()
    path = f"workspaces/{cast.workspace.pk}/members/{cast.edith.pk}/"
    assert olive.delete(path, key=key).status == 204
    assert olive.delete(path, key=key).status == 204
    assert olive.delete(path).status == 404


def test_secrets_are_not_kept_with_the_answer(cast: Cast) -> None:
    edith, key = cast.api_of(cast.edith), uuid4()
    text = edith.post("me/tokens/", {"name": "nightly"}, key=key).body["token"]
    assert edith.post("me/tokens/", {"name": "nightly"}, key=key).body["token"] is None
    assert ApiToken.objects.count() == 1
    olive = cast.api_of(cast.olive)
    path = f"workspaces/{cast.workspace.pk}/invitations/"
    url = olive.post(path, {"role": "viewer"}, key=key).body["url"]
    assert olive.post(path, {"role": "viewer"}, key=key).body["url"] == url
    assert Invitation.objects.count() == 1
    kept = " ".join(IdempotentAnswer.objects.values_list("body", flat=True))
    assert text not in kept
    assert url not in kept


@pytest.mark.django_db(transaction=True)
def test_two_twins_at_once_do_it_once() -> None:
    cast, key = make_cast(), uuid4()
    answers: list[int] = []
    start = threading.Barrier(4)

    def send() -> None:
        edith = cast.api_of(cast.edith)
        start.wait()
        answers.append(edith.post("workspaces/", {"name": "Trains"}, key=key).status)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 4
    assert Workspace.objects.filter(name="Trains").count() == 1


def test_a_form_with_a_file_from_a_browser_is_repeated_too(cast: Cast) -> None:
    browser = cast.client_of(cast.edith)
    browser.handler.enforce_csrf_checks = True
    browser.get("/personas/")
    token = browser.cookies["csrftoken"].value
    key = str(uuid4())

    def send(text: bytes) -> int:
        body = {"workspace": str(cast.workspace.pk), "file": SimpleUploadedFile("ride.md", text)}
        headers = {"X-CSRFToken": token, "Idempotency-Key": key}
        return browser.post("/api/v1/imports/", body, headers=headers).status_code

    assert (send(b"# Ride\n\n- a"), send(b"# Ride\n\n- a"), send(b"# Ride\n\n- b")) == (201, 201, 409)
    assert Map.objects.count() == 1

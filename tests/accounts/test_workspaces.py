"""Workspaces and their members: who may do what, over REST and on the pages."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from django.db import connection

from journeymap.accounts.models import Membership, User
from journeymap.accounts.signals import rights_changed
from tests.cast import Cast, make_cast


def role_of(cast: Cast, person: User) -> str | None:
    return Membership.objects.filter(workspace=cast.workspace, user=person).values_list("role", flat=True).first()


def members(cast: Cast, person: User | None = None) -> str:
    path = f"workspaces/{cast.workspace.pk}/members/"
    return path + f"{person.pk}/" if person else path


def test_a_new_workspace_is_owned_by_who_made_it(cast: Cast) -> None:
    edith = cast.api_of(cast.edith)
    made = edith.post("workspaces/", {"name": "Trains"})
    assert made.status == 201
    assert made.body["role"] == "owner"
    assert {each["name"] for each in edith.get("workspaces/").body["items"]} == {"Bikes", "Trains"}
    assert cast.api_of(cast.olive).get(f"workspaces/{made.body['id']}/").status == 404


def test_admins_rename_and_editors_do_not(cast: Cast) -> None:
    path = f"workspaces/{cast.workspace.pk}/"
    assert cast.api_of(cast.adam).patch(path, {"name": "Bicycles"}).body["name"] == "Bicycles"
    refused = cast.api_of(cast.edith).patch(path, {"name": "Mine"})
    assert (refused.status, refused.body["error"]) == (403, "forbidden")
    assert cast.api_of(cast.victor).get(path).body["name"] == "Bicycles"


def test_every_member_sees_the_members_and_a_stranger_sees_nothing(cast: Cast) -> None:
    seen = cast.api_of(cast.victor).get(members(cast)).body["items"]
    assert {each["name"]: each["role"] for each in seen}["Edith"] == "editor"
    assert next(each["active"] for each in seen if each["name"] == "Dora") is False
    assert cast.api_of(cast.stan).get(members(cast)).status == 404


def test_an_admin_gives_roles_up_to_their_own_and_never_touches_an_owner(cast: Cast) -> None:
    adam = cast.api_of(cast.adam)
    assert adam.patch(members(cast, cast.victor), {"role": "admin"}).body["role"] == "admin"
    assert adam.patch(members(cast, cast.edith), {"role": "owner"}).status == 403
    assert adam.patch(members(cast, cast.adam), {"role": "owner"}).status == 403
    assert adam.patch(members(cast, cast.olive), {"role": "viewer"}).status == 403
    assert adam.delete(members(cast, cast.olive)).status == 403
    assert role_of(cast, cast.olive) == "owner"


def test_the_last_owner_stays_an_owner(cast: Cast) -> None:
    olive = cast.api_of(cast.olive)
    for refused in (olive.patch(members(cast, cast.olive), {"role": "admin"}), olive.delete(members(cast, cast.olive))):
        assert (refused.status, refused.body["error"]) == (409, "last_owner")
    assert olive.patch(members(cast, cast.adam), {"role": "owner"}).status == 200
    assert olive.delete(members(cast, cast.olive)).status == 204
    assert role_of(cast, cast.olive) is None


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind() -> None:
    cast = make_cast()
    Membership.objects.filter(user=cast.adam).update(role="owner")
    told: list[int] = []
    start = threading.Barrier(2)

    def leave(person: User) -> None:
        api = cast.api_of(person)
        start.wait()
        told.append(api.delete(members(cast, person)).status)
        connection.close()

    threads = [threading.Thread(target=leave, args=[person]) for person in (cast.olive, cast.adam)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [204, 409]
    assert Membership.objects.filter(workspace=cast.workspace, role="owner").count() == 1


def test_an_owner_whose_account_is_closed_does_not_count_as_one(cast: Cast) -> None:
    Membership.objects.filter(user=cast.dora).update(role="owner")
    assert cast.api_of(cast.olive).delete(members(cast, cast.olive)).status == 409


def test_everybody_may_leave_and_only_admins_remove(cast: Cast) -> None:
    assert cast.api_of(cast.edith).delete(members(cast, cast.victor)).status == 403
    assert cast.api_of(cast.victor).delete(members(cast, cast.victor)).status == 204
    assert cast.api_of(cast.adam).delete(members(cast, cast.edith)).status == 204
    assert cast.api_of(cast.edith).get(members(cast)).status == 404


def test_a_member_is_found_by_the_id_of_the_membership_too(cast: Cast) -> None:
    row = Membership.objects.get(workspace=cast.workspace, user=cast.colin)
    path = f"workspaces/{cast.workspace.pk}/members/{row.pk}/"
    assert cast.api_of(cast.olive).patch(path, {"role": "viewer"}).body["role"] == "viewer"


def test_the_same_person_elsewhere_is_not_reached_through_this_workspace(cast: Cast) -> None:
    path = f"workspaces/{cast.workspace.pk}/members/{cast.stan.pk}/"
    assert cast.api_of(cast.olive).patch(path, {"role": "viewer"}).status == 404
    assert cast.api_of(cast.olive).delete(path).status == 404


def test_whoever_keeps_a_door_open_hears_of_changed_rights(cast: Cast) -> None:
    heard: list[tuple[UUID | None, UUID | None]] = []

    def listen(sender: object, workspace_id: UUID | None, user_id: UUID | None, **_: object) -> None:
        heard.append((workspace_id, user_id))

    rights_changed.connect(listen)
    try:
        olive = cast.api_of(cast.olive)
        olive.patch(members(cast, cast.edith), {"role": "viewer"})
        olive.patch(members(cast, cast.edith), {"role": "viewer"})
        olive.delete(members(cast, cast.colin))
        cast.client_of(cast.victor).post("/accounts/logout/")
    finally:
        rights_changed.disconnect(listen)
    here = cast.workspace.pk
    assert heard == [(here, cast.edith.pk), (here, cast.colin.pk), (None, cast.victor.pk)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": 7}, "name"),
        ({"name": None}, "name"),
        ({"name": ["Trains"]}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Trains", "id": "…"}, "id"),
        ({"name": "Trains", "is_demo": True}, "is_demo"),
    ],
)
def test_what_is_wrong_with_a_workspace_is_said_by_field(cast: Cast, body: dict[str, object], field: str) -> None:
    refused = cast.api_of(cast.edith).post("workspaces/", body)
    assert (refused.status, refused.body["error"]) == (400, "invalid")
    assert field in refused.body["fields"]


@pytest.mark.parametrize(
    "body",
    [b"[]", b'"a"', b"{", b"\xff", b'{"name": "a\\u0000b"}', b'{"name": "\\ud800"}', b"[" * 1000 + b"]" * 1000, b"nul"],
)
def test_what_is_no_object_is_refused_in_the_contracts_shape(cast: Cast, body: bytes) -> None:
    refused = cast.api_of(cast.edith).post("workspaces/", body)
    assert refused.status == 400
    assert set(refused.body) == {"error", "message", "fields"}


def test_text_is_kept_as_it_was_sent(cast: Cast) -> None:
    made = cast.api_of(cast.edith).post("workspaces/", {"name": " نقشه‌ها 🚲 <b>\r\n"})
    assert made.body["name"] == " نقشه‌ها 🚲 <b>\n"


def test_lists_go_on_where_the_cursor_stands(cast: Cast) -> None:
    edith = cast.api_of(cast.edith)
    for number in range(5):
        edith.post("workspaces/", {"name": f"Trains {number}"})
    names, cursor = [], None
    while True:
        page = edith.get("workspaces/", limit="2", **({"cursor": cursor} if cursor else {})).body
        names += [each["name"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert names == ["Bikes", *(f"Trains {number}" for number in range(5))]
    for query in ({"limit": "0"}, {"limit": "101"}, {"limit": "²"}, {"cursor": "?"}, {"cursor": "ü" * 22}):
        assert edith.get("workspaces/", **query).status == 400


def test_the_pages_do_what_rest_does(cast: Cast) -> None:
    olive = cast.client_of(cast.olive)
    here = f"/workspaces/{cast.workspace.pk}/"
    assert "Edith" in olive.get(f"{here}members/").content.decode()
    olive.post(f"{here}members/{cast.edith.pk}/role/", {"role": "viewer"})
    assert role_of(cast, cast.edith) == "viewer"
    olive.post(f"{here}members/{cast.edith.pk}/remove/")
    assert role_of(cast, cast.edith) is None
    assert olive.post(here, {"name": "Bicycles"}).status_code == 302
    refused = olive.post(f"{here}leave/", follow=True)
    assert "at least one owner" in refused.content.decode()
    assert cast.client_of(cast.victor).post(f"{here}leave/", follow=True).status_code == 200
    assert role_of(cast, cast.victor) is None


def test_the_page_of_members_needs_as_many_statements_for_ten_as_for_two_hundred(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    people = [User(email=f"p{number}@example.org", name=f"P {number}") for number in range(200)]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        [Membership(workspace=cast.workspace, user=person, role="viewer") for person in people]
    )
    client = cast.client_of(cast.olive)
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # pytest-django's own callable
        assert client.get(f"/workspaces/{cast.workspace.pk}/members/").status_code == 200

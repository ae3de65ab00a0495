"""Whoever loses a right hears nothing after that moment, and is shown out within two seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from journeymap.accounts.edits import deactivate, end_sessions
from journeymap.accounts.models import ApiToken
from maps.models import ShareLink
from tests.cast import PASSWORD, Api
from tests.rights.sockets import heard, leave, open_socket, say
from tests.rights.world import World, make_world

NEW = "another bicycle, made for three"
SOON = 2.0


@pytest.fixture
def world(transactional_db: None) -> World:
    """Sockets read the database in threads of their own: what they shall see must be there for all."""
    return make_world()


def removed(world: World) -> None:
    path = f"workspaces/{world.here['workspace']}/members/{world.cast.edith.pk}/"
    assert world.callers["owner"].delete(path).status == 204


def password_changed(world: World) -> None:
    elsewhere = Api(world.cast.client_of(world.cast.edith), {})
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert elsewhere.client.post("/accounts/password/change/", form).status_code == 302


def signed_out(world: World) -> None:
    world.callers["editor"].client.post("/accounts/logout/")


def signed_out_everywhere(world: World) -> None:
    end_sessions(world.cast.edith)


def deactivated(world: World) -> None:
    deactivate(world.cast.edith)


def trashed(world: World) -> None:
    assert world.callers["owner"].delete(f"maps/{world.here['map']}/").status == 204


def token_revoked(world: World) -> None:
    for row in ApiToken.objects.filter(user=world.cast.edith):
        world.callers["token"].delete(f"me/tokens/{row.pk}/")


def link_revoked(world: World) -> None:
    share = f"maps/{world.here['map']}/shares/{world.here['share']}/"
    assert world.callers["owner"].delete(share).status == 204


@pytest.mark.parametrize(
    ("principal", "loses"),
    [
        ("editor", removed),
        ("editor", password_changed),
        ("editor", signed_out),
        ("editor", signed_out_everywhere),
        ("editor", deactivated),
        ("editor", trashed),
        ("token", removed),
        ("token", deactivated),
        ("token", token_revoked),
        ("link_viewer", link_revoked),
        ("link_viewer", trashed),
    ],
    ids=lambda item: item if isinstance(item, str) else item.__name__,
)
async def test_who_loses_a_right_is_shown_out(principal: str, loses: Callable[[World], None], world: World) -> None:
    caller = world.callers[principal]
    socket = await _inside(caller, world)
    await sync_to_async(loses)(world)
    lost_at = time.monotonic()
    if loses is not trashed:
        await sync_to_async(_edit)(world)
    last = await heard(socket)
    assert last == {"code": 4403}, last
    assert time.monotonic() - lost_at < SOON
    again = await open_socket("maps", caller, world.here)
    await again.receive_output(timeout=10)
    assert (await heard(again))["code"] in {4401, 4403, 4404}


async def test_who_is_lowered_goes_on_with_the_lower_role(world: World) -> None:
    socket = await _inside(world.callers["editor"], world)
    path = f"workspaces/{world.here['workspace']}/members/{world.cast.edith.pk}/"
    await sync_to_async(world.callers["owner"].patch)(path, {"role": "viewer"})
    assert (await heard(socket)) == {"type": "reload", "what": "state"}
    assert (await heard(socket)) == {"code": 1012}
    again = await open_socket("maps", world.callers["editor"], world.here)
    await again.receive_output(timeout=10)
    await say(again, {"type": "hello", "v": 1, "since": None, "tab": str(uuid4())})
    assert (await heard(again))["role"] == "viewer"
    await leave(again)


async def test_a_link_that_runs_out_shows_its_guests_out(world: World) -> None:
    soon = timezone.now() + timedelta(seconds=1)
    await ShareLink.objects.filter(pk=world.here["share"]).aupdate(expires_at=soon)
    socket = await _inside(world.callers["link_viewer"], world)
    last = await asyncio.wait_for(heard(socket), 6)
    while "code" not in last:
        last = await asyncio.wait_for(heard(socket), 6)
    assert last == {"code": 4403}
    assert timezone.now() - soon < timedelta(seconds=SOON + 1)


async def _inside(caller: Api, world: World) -> Any:
    socket = await open_socket("maps", caller, world.here)
    await socket.receive_output(timeout=10)
    await say(socket, {"type": "hello", "v": 1, "since": None, "tab": str(uuid4())})
    assert (await heard(socket))["type"] == "welcome"
    return socket


def _edit(world: World) -> None:
    op = {"op": "set", "type": "card", "id": world.here["card"], "fields": {"text": "a secret"}}
    body = {"key": str(uuid4()), "ops": [op]}
    assert world.callers["owner"].post(f"maps/{world.here['map']}/changes/", body).status == 201


@pytest.mark.parametrize("loses", [removed, signed_out_everywhere, deactivated])
async def test_who_loses_a_right_between_handshake_and_hello_is_told_nothing(
    loses: Callable[[World], None], world: World
) -> None:
    socket = await open_socket("maps", world.callers["editor"], world.here)
    await socket.receive_output(timeout=10)
    await asyncio.sleep(0.2)
    await sync_to_async(loses)(world)
    await say(socket, {"type": "hello", "v": 1, "since": None, "tab": str(uuid4())})
    assert (await heard(socket))["code"] in {4401, 4403, 4404}

"""The cast of every story: who they are, what they may do, and how they come in at our doors.

Olive owns the workspace “Bikes”, Adam administers it, Edith edits, Colin comments, Victor views. Gus is a guest
without an account, Stan a stranger with a workspace of his own, Dora was an editor until her account was closed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from journeymap.accounts.actors import GUESTS_KEY, Actor, actor_for
from journeymap.accounts.models import Guest, Membership, User, Workspace
from journeymap.accounts.roles import Role
from journeymap.accounts.tokens import create_api_token

PASSWORD = "a bicycle made for two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What REST said."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Api:
    """REST as one person reaches it; paths are relative to /api/v1/."""

    client: Client
    headers: Mapping[str, str]

    def get(self, path: str, **query: str) -> Answer:
        return _read(self.client.get(_full(path), query, headers=self.headers))

    def post(self, path: str, body: Any = None, *, key: str | UUID | None = None) -> Answer:
        return self._send("POST", path, body, key)

    def patch(self, path: str, body: Any = None, *, key: str | UUID | None = None) -> Answer:
        return self._send("PATCH", path, body, key)

    def put(self, path: str, body: Any = None, *, key: str | UUID | None = None) -> Answer:
        return self._send("PUT", path, body, key)

    def delete(self, path: str, body: Any = None, *, key: str | UUID | None = None) -> Answer:
        return self._send("DELETE", path, body, key)

    def _send(self, method: str, path: str, body: Any, key: str | UUID | None) -> Answer:
        headers = {**self.headers, **({"Idempotency-Key": str(key)} if key else {})}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return _read(self.client.generic(method, _full(path), data, "application/json", headers=headers))


def _full(path: str) -> str:
    return path if path.startswith("/") else f"/api/v1/{path}"


def _read(response: Any) -> Answer:
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    body = json.loads(response.content) if is_json and response.content else None
    return Answer(status=response.status_code, body=body, headers=response.headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody, in their workspaces."""

    olive: User
    adam: User
    edith: User
    colin: User
    victor: User
    stan: User
    dora: User
    gus: Guest
    workspace: Workspace
    stans_workspace: Workspace

    def actor(self, person: User | Guest | None) -> Actor:
        """`person` as the code below the edge meets them."""
        if isinstance(person, Guest):
            return Actor(guests=(person.pk,))
        return actor_for(person)

    def client_of(self, person: User | Guest | None) -> Client:
        """A browser in which `person` is signed in (a guest: carries their pass; None: nobody)."""
        client = Client()
        if isinstance(person, User):
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        if isinstance(person, Guest):
            session = client.session
            session[GUESTS_KEY] = [str(person.pk)]
            session.save()
            client.cookies["sessionid"] = str(session.session_key)
        return client

    def api_of(self, person: User | Guest | None) -> Api:
        """REST with the browser's session of `person`."""
        return Api(self.client_of(person), {})

    def api_by_token(self, person: User) -> Api:
        """REST from a script of `person`."""
        return Api(Client(), {"Authorization": f"Bearer {self.token_of(person)}"})

    def token_of(self, person: User) -> str:
        """A new API token of `person`."""
        return create_api_token(person, name="a script")[1]


def make_cast() -> Cast:
    """The whole cast in the database. Nobody has a password until a test gives them one: hashing is slow."""
    workspace = Workspace.objects.create(name="Bikes")
    stans_workspace = Workspace.objects.create(name="Stan's workspace")
    people = {
        name.lower(): _person(name, workspace if role else stans_workspace, role or Role.OWNER)
        for name, role in {
            "Olive": Role.OWNER,
            "Adam": Role.ADMIN,
            "Edith": Role.EDITOR,
            "Colin": Role.COMMENTER,
            "Victor": Role.VIEWER,
            "Dora": Role.EDITOR,
            "Stan": None,
        }.items()
    }
    people["dora"].is_active = False
    people["dora"].save(update_fields=["is_active"])
    gus = Guest.objects.create(name="Gus")
    return Cast(gus=gus, workspace=workspace, stans_workspace=stans_workspace, **people)


def _person(name: str, workspace: Workspace, role: Role) -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name)
    Membership.objects.create(workspace=workspace, user=user, role=role.slug)
    return user


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, anew for each test."""
    return make_cast()

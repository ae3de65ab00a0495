"""The world that the matrix walks through: two workspaces with one of everything, and eleven callers at the doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from journeymap.accounts.invitations import path_of
from journeymap.accounts.models import ApiToken, Invitation, Membership, User, Workspace
from tests.cast import PASSWORD, Api, Cast, make_cast
from tests.rights.bodies import Ids, picture

PRINCIPALS = (
    "anonymous",
    "link_viewer",
    "link_commenter",
    "viewer",
    "commenter",
    "editor",
    "admin",
    "owner",
    "token",
    "stranger",
    "deactivated",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The cast, the ids of `here` (Bikes) and `elsewhere` (Stan's workspace), and a caller for each principal."""

    cast: Cast
    here: Ids
    elsewhere: Ids
    callers: dict[str, Api]


def make_world() -> World:
    """Everything once, made through the doors themselves by who owns it."""
    cast = make_cast()
    for user in (cast.olive, cast.adam, cast.edith, cast.colin, cast.victor, cast.stan, cast.dora):
        user.set_password(PASSWORD)
        user.save()
    here = furnish(cast.api_of(cast.olive), cast.workspace, member=cast.victor, token_of=cast.edith)
    elsewhere = furnish(cast.api_of(cast.stan), cast.stans_workspace, member=cast.stan, token_of=cast.stan)
    dora = cast.client_of(_opened(cast.dora))
    User.objects.filter(pk=cast.dora.pk).update(is_active=False)
    callers = {
        "anonymous": cast.api_of(None),
        "link_viewer": guest_of(here["view_link"]),
        "link_commenter": guest_of(here["comment_link"]),
        "viewer": cast.api_of(cast.victor),
        "commenter": cast.api_of(cast.colin),
        "editor": cast.api_of(cast.edith),
        "admin": cast.api_of(cast.adam),
        "owner": cast.api_of(cast.olive),
        "token": cast.api_by_token(cast.edith),
        "stranger": cast.api_of(cast.stan),
        "deactivated": Api(dora, {}),
    }
    for caller in callers.values():
        caller.client.raise_request_exception = False
    return World(cast=cast, here=here, elsewhere=elsewhere, callers=callers)


def furnish(api: Api, workspace: Workspace, *, member: User, token_of: User) -> Ids:
    """One of everything in `workspace`, made by its owner; the ids by what they are."""
    map_id = _made(api.post("maps/", {"title": "Buying a bike", "workspace": str(workspace.pk), "template": "none"}))
    ids = {name: str(uuid4()) for name in ("stage", "step", "spare", "lane", "card", "curve", "emotion", "comment")}
    change, undo = str(uuid4()), str(uuid4())
    _made(api.post(f"maps/{map_id}/changes/", {"key": str(uuid4()), "ops": _board(ids)}), named="key")
    for key in (change, undo):
        op = {"op": "set", "type": "card", "id": ids["card"], "fields": {"text": f"Reads a review {key}"}}
        _made(api.post(f"maps/{map_id}/changes/", {"key": key, "ops": [op]}), named="key")
    _made(api.post(f"maps/{map_id}/undo/", {"key": (redo := str(uuid4())), "change": undo}), named="key")
    persona = _made(api.post("personas/", {"workspace": str(workspace.pk), "name": "Paula"}))
    persona_change = _made(api.post(f"personas/{persona}/changes/", _renamed(persona)), named="key")
    persona_redo = _made(
        api.post(f"personas/{persona}/undo/", {"key": str(uuid4()), "change": persona_change}), named="key"
    )
    persona_change = _made(api.post(f"personas/{persona}/changes/", _renamed(persona)), named="key")
    portrait = api.client.post(f"/api/v1/personas/{persona}/portrait/", picture()).json()["portrait"]
    links = [api.post(f"maps/{map_id}/shares/", {"role": role}) for role in ("view", "comment")]
    invitation = Invitation.objects.create(
        workspace=workspace, role="viewer", expires_at="2999-01-01T00:00:00Z", invited_by=member
    )
    return ids | {
        "workspace": str(workspace.pk),
        "member": str(Membership.objects.get(workspace=workspace, user=member).pk),
        "invitation": str(invitation.pk),
        "invitation_link": path_of(invitation),
        "token": str(ApiToken.objects.create(user=token_of, name="old", prefix="abc", digest=uuid4().hex).pk),
        "map": map_id,
        "change": change,
        "undone": undo,
        "redo": redo,
        "version": _made(api.post(f"maps/{map_id}/versions/", {"title": "First"})),
        "persona": persona,
        "name": portrait.rsplit("/", 1)[1],
        "persona_change": persona_change,
        "persona_redo": persona_redo,
        "persona_version": _made(api.post(f"personas/{persona}/versions/", {"title": "First"})),
        "share": str(links[0].body["id"]),
        "view_link": links[0].body["url"],
        "comment_link": links[1].body["url"],
        "export": _made(api.post(f"maps/{map_id}/exports/", {"format": "pdf"})),
    }


def guest_of(link: str) -> Api:
    """A browser that followed a share link and pressed “Continue”."""
    client = Client()
    path = "/s/" + link.split("/s/")[1]
    assert client.post(path, {"name": "Gus"}).status_code == 302, "the share link let nobody in"
    return Api(client, {})


def _opened(user: User) -> User:
    """The account as it was before it was closed: its session is older than that."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    return user


def _renamed(persona: str) -> dict[str, Any]:
    op = {"op": "set", "type": "persona", "id": persona, "fields": {"role": f"Commuter {uuid4()}"}}
    return {"key": str(uuid4()), "ops": [op]}


def _board(ids: Ids) -> list[dict[str, Any]]:
    def insert(type_: str, id_: str, **fields: Any) -> dict[str, Any]:
        return {"op": "insert", "type": type_, "id": id_, "fields": fields}

    return [
        insert("stage", ids["stage"], title="Discover"),
        insert("step", ids["step"], stage=ids["stage"], title="Search"),
        insert("step", ids["spare"], stage=ids["stage"], title="Compare"),
        insert("lane", ids["lane"], kind="actions", title="Actions"),
        insert("lane", ids["curve"], kind="emotions", title="Feelings"),
        insert("card", ids["card"], lane=ids["lane"], step=ids["step"], text="Reads a review"),
        insert("emotion", ids["emotion"], lane=ids["curve"], step=ids["step"], valence=-40),
        insert("comment", ids["comment"], on="card", target=ids["card"], text="Really?"),
    ]


def _made(answer: Any, *, named: str = "id") -> str:
    assert answer.status in {200, 201, 202}, answer
    return str(answer.body[named])

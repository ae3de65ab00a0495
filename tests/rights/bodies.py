"""What is sent through each door that takes something: the least that its owner may send."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

Ids = dict[str, str]

Body = Callable[[Ids], Any]
NEW_PASSWORD = "another bicycle, made for three"


class Form(dict[str, Any]):
    """Sent as multipart rather than as JSON: it holds a file."""


def body_of(door: str, ids: Ids) -> Any:
    """The body for a door, None where it takes none."""
    make = BODIES.get(door)
    return None if make is None else make(ids)


def _change(type_: str, named: str, **fields: Any) -> Body:
    return lambda ids: {
        "key": str(uuid4()),
        "ops": [{"op": "set", "type": type_, "id": ids[named], "fields": fields}],
    }


def _key(change: str) -> Body:
    return lambda ids: {"key": str(uuid4()), "change": ids[change]}


def picture() -> Form:
    """A small portrait, as a browser sends it."""
    content = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(content, "PNG")
    return Form(file=SimpleUploadedFile("paula.png", content.getvalue(), "image/png"))


def _fixed(**body: Any) -> Body:
    return lambda ids: body


MAP = "api/v1/maps/<map_id>/"
PERSONA = "api/v1/personas/<persona_id>/"
WORKSPACE = "api/v1/workspaces/<workspace_id>/"

BODIES: dict[str, Body] = {
    "POST api/v1/workspaces/": _fixed(name="Trains"),
    f"PATCH {WORKSPACE}": _fixed(name="Trains"),
    f"PATCH {WORKSPACE}members/<member_id>/": _fixed(role="commenter"),
    f"POST {WORKSPACE}invitations/": _fixed(role="viewer"),
    "POST api/v1/me/tokens/": _fixed(name="script"),
    "POST api/v1/maps/": lambda ids: {"title": "Map", "workspace": ids["workspace"]},
    f"PATCH {MAP}": _fixed(title="Another"),
    f"POST {MAP}changes/": _change("card", "card", color="pink"),
    f"POST {MAP}undo/": _key("change"),
    f"POST {MAP}redo/": _key("redo"),
    f"POST {MAP}versions/": _fixed(title="Second"),
    f"POST {MAP}shares/": _fixed(role="view"),
    f"POST {MAP}exports/": _fixed(format="pdf"),
    f"POST {MAP}stages/": _fixed(title="Buy"),
    f"POST {MAP}steps/": lambda ids: {"stage": ids["stage"], "title": "Pay"},
    f"POST {MAP}lanes/": _fixed(kind="goals"),
    f"POST {MAP}cards/": lambda ids: {"lane": ids["lane"], "step": ids["step"], "text": "Pays"},
    f"POST {MAP}emotions/": lambda ids: {"lane": ids["curve"], "step": ids["step"], "state": "tomorrow", "valence": 1},
    f"POST {MAP}comments/": lambda ids: {"on": "card", "target": ids["card"], "text": "Why?"},
    f"PATCH {MAP}stages/<record_id>/": _fixed(title="Buy"),
    f"PATCH {MAP}steps/<record_id>/": _fixed(title="Pay"),
    f"PATCH {MAP}lanes/<record_id>/": _fixed(title="Goals"),
    f"PATCH {MAP}cards/<record_id>/": _fixed(color="pink"),
    f"PATCH {MAP}emotions/<record_id>/": _fixed(valence=10),
    f"PATCH {MAP}comments/<record_id>/": _fixed(resolved=True),
    f"POST {MAP}copy/": _fixed(),
    f"POST {MAP}restore/": _fixed(),
    f"POST {MAP}versions/<version_id>/restore/": _fixed(),
    "POST api/v1/imports/": lambda ids: {
        "workspace": ids["workspace"],
        "text": "journey\n  section Buy\n    Pay: 3: Me",
    },
    "POST api/v1/personas/": lambda ids: {"workspace": ids["workspace"], "name": "Pia"},
    f"PATCH {PERSONA}": _fixed(name="Pia"),
    f"POST {PERSONA}changes/": _change("persona", "persona", name="Pia"),
    f"POST {PERSONA}portrait/": lambda ids: picture(),
    f"POST {PERSONA}undo/": _key("persona_change"),
    f"POST {PERSONA}redo/": _key("persona_redo"),
    f"POST {PERSONA}versions/": _fixed(title="Second"),
    f"POST {PERSONA}versions/<version_id>/restore/": _fixed(),
    "POST accounts/login/": _fixed(login="olive@example.org", password="wrong wrong wrong"),
    "POST accounts/signup/": _fixed(name="Nora", email="nora@example.org", password1=NEW_PASSWORD),
    "POST accounts/password/reset/": _fixed(email="nobody@example.org"),
    "POST accounts/password/change/": _fixed(oldpassword="wrong", password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    "POST accounts/password/set/": _fixed(password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    "POST accounts/reauthenticate/": _fixed(password="wrong"),
    "POST accounts/email/": _fixed(action_add="", email="new@example.org"),
    "POST settings/": _fixed(name="Another"),
    "POST settings/tokens/": _fixed(name="script"),
    "POST workspaces/new/": _fixed(name="Trains"),
    "POST workspaces/<workspace_id>/": _fixed(name="Trains"),
    "POST workspaces/<workspace_id>/invitations/": _fixed(role="viewer"),
    "POST workspaces/<workspace_id>/members/<member_id>/role/": _fixed(role="commenter"),
    "POST s/<token>/": _fixed(name="Gus"),
}

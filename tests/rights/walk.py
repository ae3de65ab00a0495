"""Sends one caller through one door, and leaves the world as it was."""

from __future__ import annotations

import json
from copy import copy
from typing import Any

from django.core.cache import cache
from django.db import transaction

from tests.cast import Api
from tests.rights.bodies import Form, Ids, body_of
from tests.rights.doors import path_of


def answer_at(door: str, caller: Api, ids: Ids) -> str:
    """What `caller` is told at `door`: the status, or `in` for being sent to sign in. Everything is taken back."""
    cookies = copy(caller.client.cookies)
    cache.clear()
    try:
        with transaction.atomic():
            answer = _send(door, caller, ids)
            transaction.set_rollback(True)
    finally:
        caller.client.cookies = cookies
    return answer


def _send(door: str, caller: Api, ids: Ids) -> str:
    verb, path = door.split(" ", 1)[0], path_of(door, ids)
    body, headers = body_of(door, ids), dict(caller.headers)
    if verb == "POST" and (not path.startswith("/api/") or isinstance(body, Form)):
        return _said(caller.client.post(path, body or {}, headers=headers))
    data = b"" if body is None else json.dumps(body).encode()
    return _said(caller.client.generic(verb, path, data, "application/json", headers=headers))


def _said(answer: Any) -> str:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    return "in" if to_sign_in else str(answer.status_code)

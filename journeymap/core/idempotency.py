"""`@idempotent`: a write repeated with the same `Idempotency-Key` answers as the first time and does nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from journeymap.core.errors import Conflict
from journeymap.core.ids import parse_id
from journeymap.core.models import IdempotentAnswer
from journeymap.core.rest import encode

Method = Callable[..., Response]
Restore = Callable[[Request, dict[str, Any]], dict[str, Any]]


def idempotent(*, hide: Collection[str] = (), restore: Restore | None = None) -> Callable[[Method], Method]:
    """Decorates an APIView's method. The header is optional; without it every request is a new one.

    The answer is kept with the write, in one transaction. Keys of it named in `hide` (secrets) are not stored;
    `restore(request, body)` may put them back when the answer is given again, otherwise they come as null.
    An error is not kept: nothing happened, so the request may be tried again.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
            key = _key_of(request)
            if key is None:
                return method(view, request, *args, **kwargs)
            asked = _asked(request, key)
            first = _first_answer(asked)
            if first is None:
                try:
                    return _keep(asked, hide, lambda: method(view, request, *args, **kwargs))
                except _CameSecond:
                    first = IdempotentAnswer.objects.get(**_place(asked))
            return _repeat(request, first, asked, restore)

        return answer

    return decorate


class _CameSecond(Exception):
    """The same key was answered by another request meanwhile."""


def _key_of(request: Request) -> UUID | None:
    text = request.headers.get("Idempotency-Key")
    return None if text is None else parse_id(text, name="Idempotency-Key")


def _asked(request: Request, key: UUID) -> IdempotentAnswer:
    path = request.path if len(request.path) < 250 else sha256(request.path.encode()).hexdigest()
    return IdempotentAnswer(
        actor=_actor_key(request), route=f"{request.method} {path}", key=key, digest=_digest(request)
    )


def _actor_key(request: Request) -> str:
    user = getattr(request, "user", None)
    if user is not None and user.pk is not None:
        return f"user:{user.pk}"
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return f"session:{sha256(session.encode()).hexdigest()}"


def _digest(request: Request) -> str:
    # The parsed body, so that another order of keys or other blanks are the same request; files count whole. The
    # raw body of a form is not to be had: Django has read it for the CSRF token by now.
    files = {name: _digest_of_file(file) for name, file in request.FILES.items()}
    data: Any = request.data
    if files:
        data = {name: value for name, value in data.items() if name not in files}
    return sha256(json.dumps([data, files], sort_keys=True).encode()).hexdigest()


def _digest_of_file(file: UploadedFile[Any]) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _place(asked: IdempotentAnswer) -> dict[str, Any]:
    return {"actor": asked.actor, "route": asked.route, "key": asked.key}


def _first_answer(asked: IdempotentAnswer) -> IdempotentAnswer | None:
    return IdempotentAnswer.objects.filter(**_place(asked)).first()


def _keep(asked: IdempotentAnswer, hide: Collection[str], act: Callable[[], Response]) -> Response:
    with transaction.atomic():
        try:
            # Taking the place first makes a twin wait at the constraint until this transaction has ended.
            with transaction.atomic():
                asked.save(force_insert=True)
        except IntegrityError as error:
            raise _CameSecond from error
        response = act()
        asked.status, asked.body = response.status_code, _stored(response.data, hide)
        asked.save(update_fields=["status", "body"])
    return response


def _stored(data: Any, hide: Collection[str]) -> str:
    if data is None:
        return ""
    if isinstance(data, dict):
        data = {name: None if name in hide else value for name, value in data.items()}
    return encode(data).decode()


def _repeat(request: Request, first: IdempotentAnswer, asked: IdempotentAnswer, restore: Restore | None) -> Response:
    if first.digest != asked.digest:
        raise Conflict("This Idempotency-Key came before with another body.", code="conflict")
    body = json.loads(first.body) if first.body else None
    if restore is not None and isinstance(body, dict):
        body = restore(request, body)
    return Response(body, status=first.status)

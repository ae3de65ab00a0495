"""REST at the edge: JSON in and out, one shape for every error, idempotency of writes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from journeymap.core.errors import BadRequest, Forbidden, NotFound, NotSignedIn, Problem, TooFast, TooLarge, Unavailable

log = logging.getLogger(__name__)
MAX_BODY = 6 * 1024 * 1024
MAX_DEPTH = 60


class JSONRenderer(BaseRenderer):
    """Writes JSON with orjson; dataclasses, UUIDs and times travel as the contract says."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if data is None:
            return b""
        return encode(data)


class JSONParser(BaseParser):
    """Reads JSON; what is none, too deep or too large is a clear 400 or 413."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return decode(stream.read(MAX_BODY + 1))


def encode(data: Any) -> bytes:
    """`data` as JSON bytes, times in UTC with a Z."""
    return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def decode(body: bytes | str, *, most: int = MAX_BODY) -> Any:
    """What `body` spells as JSON.

    Raises TooLarge above `most` bytes and BadRequest for what is no JSON, deeper than 60 levels, or carries NUL or
    lone surrogates.
    """
    if len(body) > most:
        raise TooLarge(f"This is larger than {most // 1024} KB.")
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest("This is not well-formed JSON.") from error
    if not _is_clean(data):
        raise BadRequest("The JSON is nested too deeply or holds a NUL character.")
    return data


def _is_clean(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for item in level:
            if type(item) is str:
                if "\x00" in item:
                    return False
            elif type(item) is dict:
                below.extend(item.values())
                below.extend(item.keys())
            elif type(item) is list:
                below.extend(item)
        if not below:
            return True
        level = below
    return False


def answer_problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler: every error in the contract's shape; anything unforeseen stays a 500."""
    problem = as_problem(error)
    if problem is None:
        return None
    response = Response(problem.as_json(), status=problem.status)
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if "retry_after" in problem.extra:
        response["Retry-After"] = str(problem.extra["retry_after"])
    return response


def as_problem(error: Exception) -> Problem | None:
    """The Problem that an exception of Django, DRF or the database amounts to; None if it is a bug."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return NotSignedIn("Sign in, or send a valid token.")
    if isinstance(error, exceptions.PermissionDenied | PermissionDenied):
        return Forbidden(str(error) or "You may not do this.")
    if isinstance(error, Http404 | exceptions.NotFound):
        return NotFound("There is nothing at this address.")
    if isinstance(error, exceptions.Throttled):
        return TooFast("Too many requests; wait a moment.", retry_after=int(getattr(error, "wait", None) or 1))
    if isinstance(error, RequestDataTooBig):
        return TooLarge("This is larger than 6 MB.")
    if isinstance(error, exceptions.APIException):
        return _of_api_exception(error)
    if isinstance(error, OperationalError) or (isinstance(error, DatabaseError) and "closed" in str(error)):
        log.warning("database unavailable: %s", error)
        return Unavailable("The database cannot be reached just now. Nothing was changed; try again.")
    return None


class _Other(Problem):
    """An error of DRF's own that the contract gives no name of its own, such as 405 or 415."""


def _of_api_exception(error: exceptions.APIException) -> Problem:
    problem: Problem = _Other(str(error.detail), code=str(error.default_code))
    problem.status = error.status_code  # type: ignore[misc]  # the one problem whose status is DRF's to say
    return problem


def body_of(data: Any) -> dict[str, Any]:
    """The request's body as an object; BadRequest for anything else."""
    if not isinstance(data, dict):
        raise BadRequest("The body must be a JSON object.")
    return data


def only(data: Mapping[str, Any], *names: str) -> None:
    """Refuse keys that are not among `names`."""
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise BadRequest("There are fields here that are not known.", fields=dict.fromkeys(unknown, "unknown field"))

"""Shapes that every part of the OpenAPI document shares: errors and lists. They describe; they never parse."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

NAMES = {
    400: "The request is wrong; `fields` says where.",
    401: "Nobody is signed in, or the token is not valid.",
    403: "Known, but not allowed.",
    404: "There is nothing here that the caller may know of.",
    409: "It contradicts what is there, or the key came with another body.",
    410: "No longer there.",
    413: "Too large.",
    415: "Not JSON.",
    422: "Understood, but impossible.",
    429: "Too fast; `Retry-After` says how long to wait.",
    503: "The database cannot be reached just now.",
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "format": "uuid"},
    OpenApiParameter.HEADER,
    description="Repeated with the same body, the request answers as the first time and does nothing.",
)
CURSOR = OpenApiParameter("cursor", str, description="The `next` of the page before.")
LIMIT = OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 100})


class ErrorShape(serializers.Serializer[Any]):
    """The one shape of every error."""

    error = serializers.CharField(help_text="A word for programs.")
    message = serializers.CharField(help_text="A sentence for a person.")
    fields = serializers.DictField(  # type: ignore[assignment]  # the contract's name, which is also one of DRF's
        child=serializers.CharField(), help_text="What is wrong, by field."
    )
    op = serializers.IntegerField(required=False, help_text="The index of the operation at fault.")


def errors(*statuses: int) -> dict[int, OpenApiResponse]:
    """The error answers an operation may give, for `extend_schema(responses=…)`."""
    return {status: OpenApiResponse(ErrorShape, description=NAMES[status]) for status in sorted(statuses)}


def list_of(shape: type[serializers.Serializer[Any]], *, name: str) -> Any:
    """The shape of a page of `shape`s."""
    return inline_serializer(
        name, {"items": shape(many=True), "next": serializers.CharField(allow_null=True, help_text="A cursor.")}
    )

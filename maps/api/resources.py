"""REST of what stands on a map as ordinary resources: stages, steps, lanes, cards, emotions, comments."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from journeymap.accounts.actors import actor_of
from journeymap.accounts.roles import Role
from journeymap.core.errors import NotFound
from journeymap.core.shapes import IDEMPOTENCY_KEY, errors
from maps import queries
from maps.access import map_for
from maps.api import writes
from maps.hiding import hide
from maps.records import TYPES

ANYTHING = {"application/json": {"type": "object", "additionalProperties": True}}
PLURALS = {table.plural: name for name, table in TYPES.items() if not table.single}


class Records(APIView):
    """The records of one type on a map."""

    type_: ClassVar[str] = ""

    def get(self, request: Request, map_id: UUID) -> Response:
        access = map_for(actor_of(request), map_id, need=Role.VIEWER)
        document = hide(queries.snapshot(map_id), access.grant)
        return Response({"items": document[TYPES[self.type_].plural], "next": None})

    def post(self, request: Request, map_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=TYPES[self.type_].least)
        id_, outcome = writes.insert_record(request, actor, map_id, self.type_)
        fresh = not (outcome.repeated or outcome.noop)
        return Response(writes.one_record(map_id, self.type_, id_), status=201 if fresh else 200)


class OneRecord(APIView):
    """One record of a map."""

    type_: ClassVar[str] = ""

    def get(self, request: Request, map_id: UUID, record_id: UUID) -> Response:
        access = map_for(actor_of(request), map_id, need=Role.VIEWER)
        document = hide(queries.snapshot(map_id), access.grant)
        found = [item for item in document[TYPES[self.type_].plural] if item["id"] == str(record_id)]
        if not found:
            raise NotFound(f"There is no such {self.type_} on this map.")
        return Response(found[0])

    def patch(self, request: Request, map_id: UUID, record_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=TYPES[self.type_].least)
        writes.set_fields(request, actor, map_id, self.type_, str(record_id))
        return Response(writes.one_record(map_id, self.type_, str(record_id)))

    def delete(self, request: Request, map_id: UUID, record_id: UUID) -> Response:
        actor = actor_of(request)
        map_for(actor, map_id, need=TYPES[self.type_].least)
        writes.delete_record(request, actor, map_id, self.type_, str(record_id))
        return Response(status=204)


def views_of(type_: str) -> tuple[Any, Any]:
    """The two views of a record type, each described by its own name in the OpenAPI document."""
    table = TYPES[type_]
    record = {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}, "required": ["id"]}
    items = {"type": "array", "items": record}
    page = {"type": "object", "properties": {"items": items, "next": {"type": "string", "nullable": True}}}
    many: Any = type(
        f"{type_.title()}Records", (Records,), {"type_": type_, "__doc__": f"The {table.plural} of a map."}
    )
    one: Any = type(f"{type_.title()}Record", (OneRecord,), {"type_": type_, "__doc__": f"A {type_} of a map."})
    change = (400, 401, 403, 404, 409, 413, 415, 503)
    _describe(many, "get", f"list_{table.plural}", page, (401, 404))
    _describe(many, "post", f"create_{type_}", record, change, ok=(200, 201))
    _describe(one, "get", f"get_{type_}", record, (401, 404))
    _describe(one, "patch", f"change_{type_}", record, change)
    _describe(one, "delete", f"delete_{type_}", None, change, ok=(204,))
    return many.as_view(), one.as_view()


def _describe(
    view: Any, method: str, operation: str, answer: Any, wrong: tuple[int, ...], ok: tuple[int, ...] = (200,)
) -> None:
    base = getattr(view, method)

    def handler(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = base(self, request, *args, **kwargs)
        return response

    handler.__name__ = method
    takes_body = method in {"post", "patch"}
    described = extend_schema(
        operation_id=operation,
        parameters=[] if method == "get" else [IDEMPOTENCY_KEY],
        request=ANYTHING if takes_body else None,
        responses={**dict.fromkeys(ok, answer), **errors(*wrong)},
    )
    setattr(view, method, described(handler))

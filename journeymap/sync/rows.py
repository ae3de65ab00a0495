"""Writes what a plan says into the tables: inserts in bulk, updates and deletes one by one, in the plan's order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.sql.subqueries import DeleteQuery

from journeymap.sync.plan import Write
from journeymap.sync.records import DocumentKind, Many, Record, RecordType

DATABASE = "default"


def write(kind: DocumentKind, document_id: UUID, writes: Sequence[Write]) -> None:
    """Bring the tables up to the plan; a constraint that says no raises and undoes all of it."""
    for (action, _), run in groupby(_merged(writes), key=lambda item: (item.action, item.type.name)):
        some = list(run)
        if action == "insert":
            _insert(kind, document_id, some)
        elif action == "delete":
            _delete(some)
        else:
            for item in some:
                _update(item)


def _merged(writes: Sequence[Write]) -> Iterable[Write]:
    """The same writes with several updates of one record in a row made into one."""
    last: Write | None = None
    for item in writes:
        if last and item.action == last.action == "update" and item.id == last.id:
            last = Write("update", item.type, item.id, last.values | item.values, last.parts | item.parts)
            continue
        if last:
            yield last
        last = item
    if last:
        yield last


def _insert(kind: DocumentKind, document_id: UUID, writes: Sequence[Write]) -> None:
    type_ = writes[0].type
    type_.model._default_manager.bulk_create(
        [
            type_.model(pk=item.id, **{kind.column: document_id}, **_columns(type_, item.values, part=None))
            for item in writes
        ],
        batch_size=500,
    )
    for name in type_.parts:
        _insert_parts(type_, name, [item for item in writes if name in item.parts])
    for item in writes:
        _write_lists(type_, item, replace=False)


def _insert_parts(type_: RecordType, name: str, writes: Sequence[Write]) -> None:
    model = type_.parts[name].model
    rows = [model(pk=item.id, **_columns(type_, item.values, part=name)) for item in writes]
    if rows:
        model._default_manager.bulk_create(rows, batch_size=500)


def _update(item: Write) -> None:
    type_ = item.type
    own = _columns(type_, item.values, part=None)
    if own:
        type_.model._default_manager.filter(pk=item.id).update(**own)
    for name, part in type_.parts.items():
        columns = _columns(type_, item.values, part=name)
        if name in item.parts:
            part.model._default_manager.bulk_create([part.model(pk=item.id)], ignore_conflicts=True)
        if columns:
            part.model._default_manager.filter(pk=item.id).update(**columns)
    _write_lists(type_, item, replace=True)


def _delete(writes: Sequence[Write]) -> None:
    type_, ids = writes[0].type, [item.id for item in writes]
    for item in type_.fields.values():
        if item.many is not None:
            item.many.model._default_manager.filter(**{f"{item.many.owner}__in": ids}).delete()
    # Last made, first gone: a pain point refers to a touchpoint, and PostgreSQL looks at once.
    for name, part in reversed(tuple(type_.parts.items())):
        _delete_rows(part.model, [item.id for item in writes if name in item.parts])
    _delete_rows(type_.model, ids)


def _delete_rows(model: type[models.Model], ids: Sequence[str]) -> None:
    # The plan has deleted or freed whatever refers to these rows: no cascade has to be looked for.
    if ids:
        DeleteQuery(model).delete_batch(list(ids), DATABASE)


def _columns(type_: RecordType, values: Record, *, part: str | None) -> dict[str, Any]:
    columns = {
        item.attribute: values[name]
        for name, item in type_.fields.items()
        if name in values and item.part == part and item.many is None
    }
    if part is None and type_.ranked and "rank" in values:
        columns["rank"] = values["rank"]
    return columns


def _write_lists(type_: RecordType, item: Write, *, replace: bool) -> None:
    for name, entry in type_.fields.items():
        if entry.many is not None and name in item.values:
            _write_list(entry.many, item.id, item.values[name], replace=replace)


def _write_list(many: Many, owner: str, targets: Sequence[str], *, replace: bool) -> None:
    manager = many.model._default_manager
    if replace:
        manager.filter(**{many.owner: owner}).delete()
    manager.bulk_create(
        [many.model(**{many.owner: owner, many.target: target, "position": at}) for at, target in enumerate(targets)]
    )

"""Reads records from their tables as plain dicts, and remembers what was read while a change is planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from journeymap.sync.models import Alias
from journeymap.sync.records import PARTS, DocumentKind, Record, RecordType

AT_ONCE = 900
Place = tuple[Any, ...]


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# By type and not by isinstance: this is asked for every value of every record of a document.
AS_WIRE: dict[type, Callable[[Any], str]] = {UUID: str, datetime: _moment, date: date.isoformat}


def plain(value: Any) -> Any:
    """A value of the database as it travels."""
    convert = AS_WIRE.get(type(value))
    return convert(value) if convert else value


def load_records(type_: RecordType, **where: Any) -> list[Record]:
    """The records of one type that `where` picks, in one query, or two where the type keeps lists of references."""
    paths = {name: f"{item.part}__{item.attribute}" if item.part else item.attribute
             for name, item in type_.fields.items() if item.many is None}  # fmt: skip
    if type_.ranked:
        paths["rank"] = "rank"
    names = ["id", *paths, *type_.parts]
    columns = ["pk", *paths.values(), *(f"{part}__pk" for part in type_.parts)]
    rows = type_.model._default_manager.filter(**where).values_list(*columns)
    wide = len(paths) + 1
    # Of a detail that is not there come nulls; a field whose default is another value gets that.
    absent = [(name, item) for name, item in type_.fields.items() if item.part and item.fresh() is not None]
    records = []
    for row in rows:
        record: Record = dict(zip(names, map(plain, row[:wide]), strict=False))
        record[PARTS] = frozenset(part for part, pk in zip(type_.parts, row[wide:], strict=True) if pk is not None)
        for name, item in absent:
            if record.get(name) is None:
                record[name] = item.fresh()
        records.append(record)
    _add_lists(type_, records, where)
    return records


def _add_lists(type_: RecordType, records: Sequence[Record], where: Mapping[str, Any]) -> None:
    for name, item in type_.fields.items():
        if item.many is None:
            continue
        lists: dict[str, list[str]] = defaultdict(list)
        if any(item.part is None or item.part in record[PARTS] for record in records):
            # The same condition again and not the ids: one query, however many records there are.
            owners = type_.model._default_manager.filter(**where).values("pk")
            pairs = (
                item.many.model._default_manager.filter(**{f"{item.many.owner}__in": owners})
                .order_by(item.many.owner, "position")
                .values_list(item.many.owner, item.many.target)
            )
            for owner, target in pairs:
                lists[str(owner)].append(str(target))
        for record in records:
            record[name] = lists.get(record["id"], [])


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """`ids` in portions that every database takes as parameters."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


class Rows:
    """The records of one document as a change being planned sees them: read on demand, then edited here.

    What `put` and `drop` do is only remembered; writing is the plan's.
    """

    def __init__(self, kind: DocumentKind, document_id: UUID) -> None:
        self.kind = kind
        self.document_id = document_id
        self._known: dict[tuple[str, str], Record | None] = {}
        self._order: dict[tuple[str, Place], list[tuple[str, str]]] = {}
        self._fresh: set[str] = set()
        self._aliases: dict[str, str] = {}

    def get(self, type_: str, id_: str) -> Record | None:
        """The record, or None if it is not in this document."""
        if (type_, id_) not in self._known:
            self.fetch(type_, [id_])
        return self._known[type_, id_]

    def fetch(self, type_: str, ids: Iterable[str]) -> None:
        """Read several records of a type at once, unless they are known."""
        missing = [id_ for id_ in dict.fromkeys(ids) if (type_, id_) not in self._known]
        table = self.kind.types[type_]
        for some in chunks(missing):
            self._known |= dict.fromkeys(((type_, id_) for id_ in some), None)
            where: dict[str, Any] = {"pk": self.document_id}
            if not table.single:
                where = {"pk__in": some, self.kind.column: self.document_id}
            for record in load_records(table, **where):
                self._known[type_, record["id"]] = record

    def find(self, type_: str, id_: str) -> str:
        """The id a record is known by here: `id_`, or what it is an alias of."""
        if self.get(type_, id_) is not None:
            return id_
        if id_ not in self._aliases:
            row = Alias.objects.filter(document_id=self.document_id, alias=id_).values_list("record", flat=True).first()
            self._aliases[id_] = str(row) if row else id_
        return self._aliases[id_]

    def add_alias(self, alias: str, record: str) -> None:
        self._aliases[alias] = record

    def taken(self, type_: RecordType, ids: Sequence[str]) -> set[str]:
        """Which of `ids` name a record of this type in any document, or an alias in this one."""
        used: set[str] = set()
        for some in chunks(ids):
            used |= {str(id_) for id_ in type_.model._default_manager.filter(pk__in=some).values_list("pk", flat=True)}
        for some in chunks(ids) if type_.alone_in_place else ():
            aliases = Alias.objects.filter(document_id=self.document_id, alias__in=some)
            used |= {str(id_) for id_ in aliases.values_list("alias", flat=True)}
        return {id_ for id_ in ids if id_ in used or self._known.get((type_.name, id_)) is not None}

    def siblings(self, type_: RecordType, place: Place) -> list[tuple[str, str]]:
        """What stands in one place, as (rank, id) in order."""
        spot = (type_.name, place)
        if spot not in self._order:
            self._order[spot] = self._read_order(type_, place)
        return self._order[spot]

    def _read_order(self, type_: RecordType, place: Place) -> list[tuple[str, str]]:
        if self._fresh.intersection(place):
            return []
        where = {type_.fields[name].attribute: value for name, value in zip(type_.place, place, strict=True)}
        pairs = type_.model._default_manager.filter(**{self.kind.column: self.document_id}, **where)
        return sorted((rank, str(id_)) for rank, id_ in pairs.values_list("rank", "pk"))

    def occupant(self, type_: RecordType, place: Place) -> str | None:
        """Who holds a place that takes only one."""
        for (name, id_), record in self._known.items():
            if name == type_.name and record is not None and type_.place_of(record) == place:
                return id_
        if self._fresh.intersection(item for item in place if item is not None):
            return None
        where: dict[str, Any] = {self.kind.column: self.document_id}
        for name, value in zip(type_.place, place, strict=True):
            attribute = type_.fields[name].attribute
            where |= {f"{attribute}__isnull": True} if value is None else {attribute: value}
        for pk in type_.model._default_manager.filter(**where).values_list("pk", flat=True):
            # A row may stand here that this change has already moved or deleted.
            if (type_.name, str(pk)) not in self._known:
                return str(pk)
        return None

    def owned(self, type_: RecordType, ids: Sequence[str]) -> list[tuple[RecordType, Record]]:
        """The records that go down with any of `ids`, one level deep."""
        found: dict[tuple[str, str], tuple[RecordType, Record]] = {}
        for table in self.kind.types.values():
            for where in self._ways_to_own(table, type_.name, ids):
                ids_here = table.model._default_manager.filter(**{self.kind.column: self.document_id}, **where)
                self.fetch(table.name, [str(pk) for pk in ids_here.values_list("pk", flat=True)])
        for (name, id_), record in self._known.items():
            table = self.kind.types[name]
            if record is not None and any(t == type_.name and i in ids for t, i in table.owners_of(record)):
                found[name, id_] = (table, record)
        return list(found.values())

    def _ways_to_own(self, table: RecordType, owner: str, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        old = [id_ for id_ in ids if id_ not in self._fresh]
        if not old:
            return
        for some in chunks(old):
            for name, type_ in table.owned_by.items():
                if type_ == owner:
                    yield {f"{table.fields[name].attribute}__in": some}
            if table.owners is not None:
                yield {"target__in": some}
                yield {"parent__in": some}

    def referring(self, type_: RecordType, ids: set[str]) -> list[tuple[RecordType, Record, str]]:
        """The records that point to any of `ids` without being owned by it, with the field that does."""
        found = []
        for table in self.kind.types.values():
            for name, item in table.fields.items():
                if item.target != type_.name or name in table.owned_by:
                    continue
                self._fetch_referring(table, name, [id_ for id_ in ids if id_ not in self._fresh])
                for (known, _), record in self._known.items():
                    if known == table.name and record is not None and ids.intersection(_as_list(record[name])):
                        found.append((table, record, name))
        return found

    def _fetch_referring(self, table: RecordType, name: str, ids: Sequence[str]) -> None:
        item = table.fields[name]
        for some in chunks(ids):
            if item.many:
                pairs = item.many.model._default_manager.filter(**{f"{item.many.target}__in": some})
                pks = pairs.values_list(item.many.owner, flat=True)
            else:
                path = f"{item.part}__{item.attribute}__in" if item.part else f"{item.attribute}__in"
                pks = table.model._default_manager.filter(**{path: some}).values_list("pk", flat=True)
            self.fetch(table.name, [str(pk) for pk in pks])

    def put(self, type_: RecordType, record: Record, *, fresh: bool = False) -> None:
        """Remember a record as it will be; a new one, or one that moved, is put into its order."""
        before = self._known.get((type_.name, record["id"]))
        if type_.ranked and not _stays(type_, before, record):
            if before is not None:
                self._take_out(type_, before)
            spot = self.siblings(type_, type_.place_of(record))
            if (record["rank"], record["id"]) not in spot:
                spot.append((record["rank"], record["id"]))
                spot.sort()
        if fresh:
            self._fresh.add(record["id"])
        self._known[type_.name, record["id"]] = record

    def drop(self, type_: RecordType, record: Record) -> None:
        """Remember that a record is deleted."""
        if type_.ranked:
            self._take_out(type_, record)
        self._known[type_.name, record["id"]] = None

    def _take_out(self, type_: RecordType, record: Record) -> None:
        spot = self.siblings(type_, type_.place_of(record))
        if (record["rank"], record["id"]) in spot:
            spot.remove((record["rank"], record["id"]))


def _stays(type_: RecordType, before: Record | None, record: Record) -> bool:
    """Whether a record keeps its place and order, so that its neighbours need not even be read."""
    if before is None or before["rank"] != record["rank"]:
        return False
    return type_.place_of(before) == type_.place_of(record)


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [] if value is None else [value]

"""The tables of record types: what a document consists of, field by field; every app registers its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol
from uuid import UUID

from django.db import models

from journeymap.accounts.actors import Actor, Person
from journeymap.accounts.roles import Role

if TYPE_CHECKING:
    from journeymap.sync.ops import Op

Record = dict[str, Any]
# Under this key a loaded record carries the names of the detail tables it has a row in; it never travels.
PARTS = "#parts"
FieldKind = Literal["value", "text", "list", "ref"]
Check = Callable[[Any], Any]


class Required:
    """The default of a field that must be said."""


REQUIRED = Required()


@dataclass(frozen=True, kw_only=True)
class Many:
    """Where a list of references is kept: a table of pairs with a position."""

    model: type[models.Model]
    owner: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a record as it travels.

    `check` gives the stored form of an inbound value or raises ValueError with a sentence; `target` names what a
    reference points to: a record type of the document, or `user` or `persona` outside of it; `target_part` the
    detail that the target must have (a pain point hurts at a touchpoint). `most` caps a text's code points.
    `only_once`: an insert says it, nothing changes it after.
    """

    name: str
    kind: FieldKind = "value"
    check: Check
    default: Any = None
    target: str | None = None
    target_part: str | None = None
    most: int = 10_000
    part: str | None = None
    column: str = ""
    many: Many | None = None
    read_only: bool = False
    only_once: bool = False

    @property
    def attribute(self) -> str:
        """The model's attribute that holds it."""
        return self.column or self.name

    def fresh(self) -> Any:
        """The value of a record that was made without saying this field."""
        if isinstance(self.default, Required):
            return None
        return type(self.default)(self.default) if isinstance(self.default, list | dict) else self.default


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table of its own, one-to-one with a record, made when `made_for` says the record needs it."""

    model: type[models.Model]
    made_for: Callable[[Record, Lookup], bool]


class Lookup(Protocol):
    """How a record type looks at the rest of the document."""

    def get(self, type_: str, id_: str) -> Record | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an actor may do in one document, read under its lock."""

    role: Role
    person: Person
    user_id: UUID | None = None
    guest_id: UUID | None = None
    hidden: frozenset[str] = frozenset()
    may_download: bool = True
    since: int = 0
    ends_at: float | None = None


Judge = Callable[["Op", Record | None, Grant], str | None]
Owners = Callable[[Record], list[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """One type of record: its table, fields, place, owners and who may touch it.

    `place` are the fields that say where it stands; `ranked` says that what shares a place stands in order;
    `alone_in_place` that one place holds one record (an emotion). `owners` gives what a record goes down with.
    """

    name: str
    plural: str
    model: type[models.Model]
    fields: Mapping[str, Field]
    place: tuple[str, ...] = ()
    ranked: bool = False
    alone_in_place: bool = False
    owned_by: Mapping[str, str] = field(default_factory=dict)
    owners: Owners | None = None
    needs: str | None = None
    single: bool = False
    least: Role = Role.EDITOR
    judge: Judge | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    stamp: Callable[[Record, Grant, Any], None] | None = None
    complete: Callable[[Record, Lookup, Grant], None] | None = None

    def owners_of(self, record: Record) -> list[tuple[str, str]]:
        """The records, as (type, id), with which `record` is deleted."""
        if self.owners:
            return self.owners(record)
        return [(type_, record[name]) for name, type_ in self.owned_by.items()]

    @property
    def required(self) -> list[str]:
        """The fields without which a record of this type cannot stand anywhere."""
        return [name for name, item in self.fields.items() if isinstance(item.default, Required)]

    def place_of(self, record: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(record[name] for name in self.place)

    def blank(self, id_: str) -> Record:
        """A record with nothing but defaults."""
        record: Record = {"id": id_} | {name: item.fresh() for name, item in self.fields.items()}
        if self.ranked:
            record["rank"] = ""
        record[PARTS] = frozenset()
        return record


# Turns the operations of one change into those that a reader with hidden parts may see; None: reload instead.
View = Callable[[list[dict[str, Any]]], list[dict[str, Any]] | None]


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A kind of document: its record types in the order in which rows refer to one another.

    `grant` gives an actor's rights or raises; `snapshot` the document as JSON; `outside` which of some ids exist
    outside of it; `hide` and `view` what a reader with hidden parts gets of the document and of later changes;
    `derived` a message about what is not in the log, sent anew when a field in `derived_from` changes.
    """

    name: str
    types: Mapping[str, RecordType]
    grant: Callable[[Actor, UUID], Grant]
    snapshot: Callable[[UUID], dict[str, Any]]
    outside: Callable[[str, UUID, set[str]], set[str]]
    hide: Callable[[dict[str, Any], Grant], dict[str, Any]] | None = None
    view: Callable[[dict[str, Any], Grant], View] | None = None
    derived: Callable[[UUID], dict[str, Any]] | None = None
    derived_from: frozenset[str] = frozenset()
    welcomed: Callable[[Grant, int], None] | None = None
    column: str = "map_id"

    @property
    def head(self) -> RecordType:
        """The type of the one record that the document itself is."""
        return next(type_ for type_ in self.types.values() if type_.single)


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    """Make a kind of document known, once, when its app is ready."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> DocumentKind:
    return _kinds[name]

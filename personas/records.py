"""The table of a persona's record: one record, its fields and their kinds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from journeymap.accounts.actors import Actor
from journeymap.core.colors import COLORS
from journeymap.sync import checks
from journeymap.sync.models import Document
from journeymap.sync.records import DocumentKind, Field, Grant, RecordType, register as register_kind
from journeymap.sync.source import load_records
from personas.models import TEXTS, Persona


def text(name: str, most: int = checks.MOST_TEXT) -> Field:
    return Field(name=name, kind="text", check=checks.text(most), most=most, default="")


SKILL = checks.shaped({"name": checks.text(200), "level": checks.whole(0, 100)}, required=("name", "level"))
SECTION = checks.shaped({"title": checks.text(200), "text": checks.text()}, required=("title", "text"))
FIELDS = [
    text("name", checks.MOST_TITLE),
    text("role", checks.MOST_TITLE),
    text("motto"),
    *(text(name) for name in TEXTS),
    Field(name="color", check=checks.one_of(COLORS), default="violet"),
    Field(name="portrait", check=checks.optional(checks.text(300)), read_only=True),
    Field(name="channels", kind="list", check=checks.items(checks.text(200)), default=[]),
    Field(name="skills", check=checks.list_of(SKILL, most=50), default=[]),
    Field(name="sections", check=checks.list_of(SECTION, most=50), default=[]),
]
PERSONA = RecordType(
    name="persona", plural="persona", model=Persona, fields={item.name: item for item in FIELDS}, single=True
)


def grant(actor: Actor, document_id: UUID) -> Grant:
    from personas.access import persona_grant

    return persona_grant(actor, document_id)


def snapshot(document_id: UUID) -> dict[str, Any]:
    """`{"seq", "log", "persona": {…}}` as it is now; call it inside one snapshot of the database."""
    from journeymap.sync.plan import visible

    document = Document.objects.get(pk=document_id)
    record = visible(load_records(PERSONA, pk=document_id)[0])
    body = {"id": record["id"], "workspace": str(document.workspace_id)} | record
    return {"seq": document.seq, "log": str(document.log), "persona": body}


def outside(target: str, document_id: UUID, ids: set[str]) -> set[str]:
    return set()


KIND = DocumentKind(
    name="persona",
    types={"persona": PERSONA},
    grant=grant,
    snapshot=snapshot,
    outside=outside,
    column="document_id",
)


def register() -> None:
    register_kind(KIND)

"""The tables of a persona's records: the persona itself, its skills and its own sections."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from journeymap.accounts.actors import Actor
from journeymap.core.colors import COLORS
from journeymap.sync import checks
from journeymap.sync.models import Document
from journeymap.sync.records import DocumentKind, Field, Grant, RecordType
from journeymap.sync.records import register as register_kind
from journeymap.sync.source import load_records
from personas.models import TEXTS, Persona, Section, Skill


def text(name: str, most: int = checks.MOST_TEXT) -> Field:
    return Field(name=name, kind="text", check=checks.text(most), most=most, default="")


def table(*fields: Field) -> dict[str, Field]:
    return {item.name: item for item in fields}


PERSONA = RecordType(
    name="persona",
    plural="persona",
    model=Persona,
    single=True,
    fields=table(
        text("name", checks.MOST_TITLE),
        text("role", checks.MOST_TITLE),
        text("motto"),
        *(text(name) for name in TEXTS),
        Field(name="color", check=checks.one_of(COLORS), default="violet"),
        Field(name="portrait", check=checks.optional(checks.text(300)), read_only=True),
        Field(name="channels", kind="list", check=checks.items(checks.text(200)), default=[]),
    ),
)
# Records of their own, so that two people in two of them, or in one, keep both their words.
SKILL = RecordType(
    name="skill",
    plural="skills",
    model=Skill,
    ranked=True,
    fields=table(text("name", checks.MOST_TITLE), Field(name="level", check=checks.whole(0, 100), default=50)),
)
SECTION = RecordType(
    name="section",
    plural="sections",
    model=Section,
    ranked=True,
    fields=table(text("title", checks.MOST_TITLE), text("text")),
)
TYPES = {item.name: item for item in (PERSONA, SKILL, SECTION)}
LISTS = (SKILL, SECTION)


def grant(actor: Actor, document_id: UUID) -> Grant:
    from personas.access import persona_grant

    return persona_grant(actor, document_id)


def snapshot(document_id: UUID) -> dict[str, Any]:
    """`{"seq", "log", "persona": {…}, "skills": […], "sections": […]}` as it is now; call it inside one snapshot."""
    from journeymap.sync.plan import visible

    document = Document.objects.get(pk=document_id)
    record = visible(load_records(PERSONA, pk=document_id)[0])
    wire: dict[str, Any] = {"seq": document.seq, "log": str(document.log)}
    wire["persona"] = {"id": record["id"], "workspace": str(document.workspace_id)} | record
    for type_ in LISTS:
        rows = [visible(row) for row in load_records(type_, persona_id=document_id)]
        wire[type_.plural] = sorted(rows, key=lambda row: (row["rank"], row["id"]))
    return wire


def outside(target: str, document_id: UUID, ids: set[str]) -> set[str]:
    return set()


KIND = DocumentKind(
    name="persona",
    types=TYPES,
    grant=grant,
    snapshot=snapshot,
    outside=outside,
    column="persona_id",
)


def register() -> None:
    register_kind(KIND)

"""The tables of a map's records: every type with its fields, place, owners and rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from journeymap.accounts.actors import Actor
from journeymap.accounts.models import Membership
from journeymap.accounts.roles import Role
from journeymap.core.colors import COLORS
from journeymap.core.errors import Gone
from journeymap.sync import checks
from journeymap.sync.models import Document
from journeymap.sync.ops import Op
from journeymap.sync.records import (
    REQUIRED,
    DocumentKind,
    Field,
    Grant,
    Lookup,
    Many,
    Part,
    Record,
    RecordType,
    View,
)
from journeymap.sync.records import (
    register as register_kind,
)
from maps.models import (
    Answer,
    Card,
    Comment,
    Emotion,
    Lane,
    Map,
    MapPersona,
    Opportunity,
    PainPoint,
    Stage,
    Step,
    Touchpoint,
)
from maps.words import (
    COMMENT_TARGETS,
    LANE_KINDS,
    MAP_KINDS,
    MAP_STATUSES,
    OPPORTUNITY_STATUSES,
    QUALITIES,
    card_color,
)
from personas.models import Persona

TITLE = checks.MOST_TITLE


def _table(*fields: Field) -> dict[str, Field]:
    return {item.name: item for item in fields}


def _text(name: str, most: int = checks.MOST_TEXT) -> Field:
    return Field(name=name, kind="text", check=checks.text(most), most=most, default="")


def _value(name: str, check: checks.Check, default: Any = None, *, part: str | None = None) -> Field:
    check = checks.optional(check) if default is None else check
    return Field(name=name, check=check, default=default, part=part)


def _ref(name: str, target: str, *, needed: bool = False, part: str | None = None, to: str | None = None) -> Field:
    check = checks.reference if needed else checks.optional(checks.reference)
    default = REQUIRED if needed else None
    return Field(name=name, kind="ref", check=check, default=default, target=target, target_part=to,
                 part=part, column=f"{name}_id")  # fmt: skip


def _refs(name: str, target: str, many: Many, *, part: str | None = None, to: str | None = None) -> Field:
    return Field(name=name, kind="list", check=checks.items(checks.reference), default=[], target=target,
                 target_part=to, part=part, many=many)  # fmt: skip


NUMBER = checks.optional(checks.text(100))


def number(value: Any) -> Any:
    """A finite number, or a text where a figure is not one (“about 40 %”)."""
    if value is None or (type(value) in {int, float} and abs(value) < 1e15):
        return value
    return checks.clean_text(value, most=100)


METRIC = checks.shaped(
    {"name": checks.text(TITLE), "unit": checks.text(40), "baseline": number, "target": number, "current": number}
)


def settings(value: Any) -> Any:
    """A lane's settings: a small flat object of words, numbers and truth values."""
    if not isinstance(value, dict) or len(value) > 40:
        raise ValueError("must be an object of at most 40 settings")
    for key, item in value.items():
        checks.clean_text(key, most=60)
        # Within what every database and browser gives back as it was.
        is_number = type(item) in {int, float} and abs(item) < 1e15
        if item is not None and type(item) is not bool and not is_number:
            checks.clean_text(item, most=500)
    return value


def _complete_card(record: Record, rows: Lookup, _grant: Grant) -> None:
    lane = rows.get("lane", record["lane"])
    record["color"] = card_color(lane["kind"]) if lane else "yellow"


def _complete_lane(record: Record, _rows: Lookup, _grant: Grant) -> None:
    record["title"] = record["title"] or LANE_KINDS[record["kind"]]


def _made_in(*kinds: str) -> Any:
    def made_for(record: Record, rows: Lookup) -> bool:
        lane = rows.get("lane", record["lane"])
        return lane is not None and lane["kind"] in kinds

    return made_for


def _complete_comment(record: Record, rows: Lookup, grant: Grant) -> None:
    target = rows.get(record["on"], record["target"])
    if target is None or grant.hidden.intersection({record["target"], target.get("lane")}):
        raise Gone(f"The {record['on']} you comment on is no longer here.")
    parent = rows.get("comment", record["parent"]) if record["parent"] else None
    if record["parent"] and (parent is None or parent["target"] != record["target"]):
        raise Gone("The comment you answer is no longer here.")


def _stamp_comment(record: Record, grant: Grant, now: datetime) -> None:
    record["author"] = str(grant.user_id) if grant.user_id else None
    record["author_guest"] = str(grant.guest_id) if grant.guest_id else None
    record["author_name"] = grant.person.name[:100]
    record["at"] = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _judge_comment(op: Op, record: Record | None, grant: Grant) -> str | None:
    if op.op == "insert" or record is None or op.lenient:
        return None
    mine = _is_mine(record, grant)
    if op.op == "delete" or set(op.fields) == {"resolved"}:
        return None if mine or grant.role >= Role.EDITOR else "Only its author or an editor may do this."
    return None if mine else "Only its author may change a comment."


def _is_mine(record: Record, grant: Grant) -> bool:
    if grant.user_id:
        return bool(record["author"] == str(grant.user_id))
    return grant.guest_id is not None and record["author_guest"] == str(grant.guest_id)


def _owners_of_comment(record: Record) -> list[tuple[str, str]]:
    owners = [] if record["on"] == "map" else [(record["on"], record["target"])]
    return [*owners, ("comment", record["parent"])] if record["parent"] else owners


TYPES = {
    "map": RecordType(
        name="map",
        plural="map",
        model=Map,
        single=True,
        fields=_table(
            _text("title", TITLE),
            _value("kind", checks.one_of(MAP_KINDS), "current_state"),
            _text("scenario"),
            _text("objective"),
            _text("scope_start"),
            _text("scope_end"),
            _text("notes", 200_000),
            _value("status", checks.one_of(MAP_STATUSES), "draft"),
            _ref("owner", "user"),
            _refs("personas", "persona", Many(model=MapPersona, owner="map_id", target="persona_id")),
            _value("review_on", checks.day),
        ),
    ),
    "stage": RecordType(
        name="stage",
        plural="stages",
        model=Stage,
        ranked=True,
        needs="step",
        fields=_table(_text("title", TITLE), _value("color", checks.one_of(COLORS), "grey"), _text("goal")),
    ),
    "step": RecordType(
        name="step",
        plural="steps",
        model=Step,
        ranked=True,
        place=("stage",),
        owned_by={"stage": "stage"},
        fields=_table(_ref("stage", "stage", needed=True), _text("title", TITLE), _text("duration", TITLE)),
    ),
    "lane": RecordType(
        name="lane",
        plural="lanes",
        model=Lane,
        ranked=True,
        complete=_complete_lane,
        fields=_table(
            Field(name="kind", check=checks.one_of(LANE_KINDS), default=REQUIRED),
            _text("title", TITLE),
            _value("settings", settings, {}),
        ),
    ),
    "card": RecordType(
        name="card",
        plural="cards",
        model=Card,
        ranked=True,
        place=("lane", "step"),
        owned_by={"lane": "lane", "step": "step"},
        complete=_complete_card,
        parts={
            "touchpoint": Part(model=Touchpoint, made_for=_made_in("touchpoints")),
            "pain_point": Part(model=PainPoint, made_for=_made_in("pain_points")),
            "opportunity": Part(model=Opportunity, made_for=_made_in("opportunities")),
        },
        fields=_table(
            _ref("lane", "lane", needed=True),
            _ref("step", "step", needed=True),
            _value("span", checks.whole(1, 1000), 1),
            _text("text"),
            _value("color", checks.one_of(COLORS), "yellow"),
            Field(name="tags", kind="list", check=checks.items(checks.text(60), most=50), default=[]),
            _ref("assignee", "user"),
            _value("channel", checks.text(200), part="touchpoint"),
            _value("quality", checks.one_of(QUALITIES), part="touchpoint"),
            _value("moment_of_truth", checks.truth, False, part="touchpoint"),
            _value("missing", checks.truth, False, part="touchpoint"),
            _value("severity", checks.whole(1, 5), part="pain_point"),
            _value("frequency", checks.whole(1, 5), part="pain_point"),
            _ref("hurts_at", "card", part="pain_point", to="touchpoint"),
            _value("impact", checks.whole(1, 5), part="opportunity"),
            _value("effort", checks.whole(1, 5), part="opportunity"),
            _refs(
                "answers",
                "card",
                Many(model=Answer, owner="opportunity_id", target="pain_point_id"),
                part="opportunity",
                to="pain_point",
            ),
            _value("due_on", checks.day, part="opportunity"),
            _value("status", checks.one_of(OPPORTUNITY_STATUSES), part="opportunity"),
            _value("metric", METRIC),
            _value("image", checks.text(500)),
            _value("url", checks.web_address),
        ),
    ),
    "emotion": RecordType(
        name="emotion",
        plural="emotions",
        model=Emotion,
        place=("lane", "step", "persona", "state"),
        alone_in_place=True,
        owned_by={"lane": "lane", "step": "step"},
        fields=_table(
            _ref("lane", "lane", needed=True),
            _ref("step", "step", needed=True),
            _ref("persona", "persona"),
            _value("state", checks.text(20), "today"),
            _value("valence", checks.whole(-100, 100), 0),
            _value("feeling", checks.text(TITLE), ""),
            _value("emoji", checks.text(40), ""),
            _text("note"),
            _value("moment_of_truth", checks.truth, False),
        ),
    ),
    "comment": RecordType(
        name="comment",
        plural="comments",
        model=Comment,
        least=Role.COMMENTER,
        owners=_owners_of_comment,
        judge=_judge_comment,
        complete=_complete_comment,
        stamp=_stamp_comment,
        fields=_table(
            Field(name="on", check=checks.one_of(COMMENT_TARGETS), default=REQUIRED, only_once=True),
            Field(name="target", check=checks.reference, default=REQUIRED, only_once=True),
            replace(_ref("parent", "comment"), only_once=True),
            _text("text"),
            Field(name="author", kind="ref", check=checks.reference, column="author_user_id", read_only=True),
            Field(name="author_guest", kind="ref", check=checks.reference, column="author_guest_id", read_only=True),
            Field(name="author_name", check=checks.text(100), default="", read_only=True),
            Field(name="at", check=checks.text(40), default="", read_only=True),
            _value("resolved", checks.truth, False),
        ),
    ),
}


def outside(target: str, document_id: UUID, ids: set[str]) -> set[str]:
    """Which of `ids` name a persona or member of the map's workspace."""
    if not ids:
        return set()
    workspace = Document.objects.filter(pk=document_id).values("workspace_id")
    if target == "persona":
        personas = Persona.objects.filter(document__workspace_id__in=workspace, pk__in=ids)
        return {str(id_) for id_ in personas.values_list("pk", flat=True)}
    members = Membership.objects.filter(workspace_id__in=workspace, user_id__in=ids)
    return {str(id_) for id_ in members.values_list("user_id", flat=True)}


def _grant(actor: Actor, document_id: UUID) -> Grant:
    from maps.access import map_grant

    return map_grant(actor, document_id)


def _snapshot(document_id: UUID) -> dict[str, Any]:
    from maps.queries import wire_document

    return wire_document(document_id)


def _hide(message: dict[str, Any], grant: Grant) -> dict[str, Any]:
    from maps.hiding import hide

    return hide(message, grant)


def _view(document: dict[str, Any], grant: Grant) -> View:
    from maps.hiding import viewer

    return viewer(document, grant)


def _derived(document_id: UUID) -> dict[str, Any]:
    from maps.queries import personas_of

    return {"type": "personas", "personas": personas_of(document_id)}


def _welcomed(grant: Grant, seq: int) -> None:
    from maps.edits import note_first_welcome

    if grant.guest_id is not None and not grant.since:
        note_first_welcome(grant.guest_id, seq)


KIND = DocumentKind(
    name="map",
    types=TYPES,
    grant=_grant,
    snapshot=_snapshot,
    outside=outside,
    hide=_hide,
    view=_view,
    derived=_derived,
    derived_from=frozenset({"personas"}),
    welcomed=_welcomed,
)


def register() -> None:
    register_kind(KIND)

"""What a reader with hidden lanes does not get: their records, and every reference to them."""

from __future__ import annotations

from typing import Any

from journeymap.sync.records import Grant, View

Wire = dict[str, Any]


def hide(message: Wire, grant: Grant) -> Wire:
    """The document without hidden lanes, what stands in them, and comments on it."""
    if not grant.hidden:
        return message
    gone = set(grant.hidden)
    gone |= {item["id"] for name in ("cards", "emotions") for item in message[name] if item["lane"] in grant.hidden}
    cards = [_without(item, gone) for item in message["cards"] if item["id"] not in gone]
    return message | {
        "map": message["map"] | {"notes": ""},
        "lanes": [item for item in message["lanes"] if item["id"] not in gone],
        "cards": cards,
        "emotions": [item for item in message["emotions"] if item["id"] not in gone],
        "comments": [item for item in message["comments"] if item["target"] not in gone],
    }


def _without(card: Wire, gone: set[str]) -> Wire:
    if card["hurts_at"] not in gone and not gone.intersection(card["answers"]):
        return card
    hurts_at = None if card["hurts_at"] in gone else card["hurts_at"]
    return card | {"hurts_at": hurts_at, "answers": [id_ for id_ in card["answers"] if id_ not in gone]}


def viewer(document: Wire, grant: Grant) -> View:
    """What turns later changes into those this reader may see, starting from the whole `document`."""
    hidden = {item["id"] for name in ("cards", "emotions") for item in document[name] if item["lane"] in grant.hidden}
    hidden |= {item["id"] for item in document["comments"] if item["target"] in hidden | grant.hidden}
    return lambda ops: visible_ops(ops, hidden, grant.hidden)


def visible_ops(ops: list[Wire], hidden_ids: set[str], hidden_lanes: frozenset[str]) -> list[Wire] | None:
    """The operations that name nothing hidden; None where a card crosses the border, which takes a reload.

    `hidden_ids` is what stands in hidden lanes so far; it is kept up to date here.
    """
    kept: list[Wire] = []
    for op in ops:
        fields = op.get("fields", {})
        is_hidden = op["id"] in hidden_ids or op["id"] in hidden_lanes
        lands_hidden = fields.get("lane") in hidden_lanes
        if "lane" in fields and op["op"] == "set" and is_hidden != lands_hidden:
            return None
        if is_hidden or lands_hidden or fields.get("target") in hidden_ids or fields.get("target") in hidden_lanes:
            hidden_ids.add(op["id"])
            continue
        if op["type"] == "map" and op.get("field") == "notes":
            # What an import could not place may come from any lane.
            continue
        kept.append(_clean_op(op, hidden_ids))
    return kept


def _clean_op(op: Wire, hidden_ids: set[str]) -> Wire:
    fields = op.get("fields", {})
    clean = dict(fields)
    if fields.get("hurts_at") in hidden_ids:
        clean["hurts_at"] = None
    if isinstance(fields.get("answers"), list):
        clean["answers"] = [id_ for id_ in fields["answers"] if id_ not in hidden_ids]
    return op if clean == fields else op | {"fields": clean}

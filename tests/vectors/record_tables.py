"""The record tables of maps and personas in the words that the browser's table uses.

    python -m tests.vectors.record_tables

writes records.json from the tables in maps/records.py and personas/records.py; static/js/records.js and types.d.ts
are held to it by tests/js/records.test.js, the file itself to the tables by tests/sync/test_record_tables.py.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("records.json")


def tables() -> dict[str, Any]:
    """Every record type with its fields, place, owners and order."""
    from maps.records import KIND as MAP
    from personas.records import KIND as PERSONA

    return {name: _table(type_, kind.types) for kind in (MAP, PERSONA) for name, type_ in kind.types.items()}


def _table(type_: Any, siblings: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "list": type_.plural,
        "single": type_.single,
        "ranked": type_.ranked,
        "place": list(type_.place),
        "unique": list(type_.place) if type_.alone_in_place else [],
        "owners": dict(type_.owned_by),
        "fields": {name: _field(item, type_, siblings) for name, item in type_.fields.items()},
    }


def _field(item: Any, type_: Any, siblings: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": _kind(item, type_, siblings), "default": item.fresh()}


def _kind(item: Any, type_: Any, siblings: Mapping[str, Any]) -> str:
    """A reference that is no owner lets go when its record goes; other references are values to the browser."""
    inside = item.target in siblings
    if item.kind == "list":
        return "refs" if inside else "list"
    if item.kind == "ref":
        return "ref" if inside and item.name not in type_.owned_by and type_.owners is None else "value"
    return str(item.kind)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journeymap.settings")
    import django

    django.setup()
    PATH.write_text(json.dumps(tables(), indent=1) + "\n")


if __name__ == "__main__":
    main()

"""One table of record types: what the browser was told of it is what the server has."""

from __future__ import annotations

import json

from tests.vectors.record_tables import PATH, tables


def test_the_browsers_copy_of_the_record_tables_is_fresh() -> None:
    assert json.loads(PATH.read_text()) == tables(), "run: python -m tests.vectors.record_tables"

"""Accessibility of a page as axe sees it (WCAG 2.2 A and AA, best practices)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = (Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page, *, context: Any = None) -> None:
    """Fail with one line per violation: the rule, what it asks, and where. `context` is axe's include/exclude."""
    # Evaluated, not injected as a tag: the page's Content-Security-Policy refuses foreign scripts, as it should.
    page.evaluate(f"() => {{ {SOURCE}; }}")
    found = page.evaluate(
        "([context, tags]) => axe.run(context ?? document, {runOnly: {type: 'tag', values: tags}})", [context, TAGS]
    )
    lines = [
        f"{rule['id']}: {rule['help']} – {', '.join(str(node['target'][0]) for node in rule['nodes'][:5])}"
        for rule in found["violations"]
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)

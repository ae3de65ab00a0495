"""House rules that no linter knows: sizes, modules, markup that our Content-Security-Policy would refuse."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.checks.test_tree import texts

APPS = {"journeymap", "personas", "maps", "exports", "stack"}
MOST_LINES_OF_A_FUNCTION = 60
VAGUE = re.compile(r"(Manager|Handler|Helper|Util|Utils|Service)$")
# Names that Django or the format gives, not we.
GIVEN_NAMES = {"UserManager"}


def ours(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Our own sources of these kinds, tests and migrations apart."""
    for path, text in texts():
        is_ours = path.parts[0] in APPS | {"static", "templates"} and "migrations" not in path.parts
        if is_ours and path.suffix in suffixes:
            yield path, text


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    """Our Python, parsed."""
    return [(path, ast.parse(text)) for path, text in ours(".py") if text.strip()]


def test_every_python_module_says_what_it_is_for() -> None:
    silent = [path for path, tree in modules() if not ast.get_docstring(tree)]
    assert not silent, f"Begin each with one sentence: {silent}"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name} ({(node.end_lineno or 0) - node.lineno + 1} lines)"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, f"Split these: {long}"


def test_no_class_has_a_name_that_says_nothing() -> None:
    vague = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and VAGUE.search(node.name) and node.name not in GIVEN_NAMES
    ]
    assert not vague, f"Say what they do: {vague}"


def test_modules_export_names_and_never_put_data_into_markup() -> None:
    wrong = [
        f"{path}: {match[0]}"
        for path, text in ours(".js")
        for match in re.finditer(
            r"^export default|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|\beval\(", text, re.MULTILINE
        )
    ]
    assert not wrong, wrong


def test_templates_carry_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:"
    )
    wrong = [f"{path}: {match[0]}" for path, text in ours(".html") for match in inline.finditer(text)]
    assert not [line for line in wrong if not line.startswith("templates/mail/")], wrong


def test_stylesheets_stay_in_layers_and_use_logical_directions() -> None:
    sheets = [(path, text) for path, text in ours(".css") if "fonts" not in path.parts]
    shouting = [path for path, text in sheets if "!important" in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)]
    physical = [
        f"{path}: {match[0].strip()}"
        for path, text in sheets
        for match in re.finditer(r"[;{]\s*(?:margin|padding|border)-(?:left|right)\s*:", text)
    ]
    assert not shouting, f"Layers decide who wins: {shouting}"
    assert not physical, f"Write -inline-start and -inline-end: {physical}"


def test_no_promise_is_left_in_the_code() -> None:
    promises = re.compile(r"(?:#|//|/\*)\s*(?:TODO|FIXME|XXX)\b")
    left = [
        f"{path}: {match[0]}" for path, text in ours(".py", ".js", ".css", ".html") for match in promises.finditer(text)
    ]
    assert not left, f"Do it or open an issue: {left}"


def test_every_silenced_check_gives_its_reason() -> None:
    silenced = re.compile(r"#\s*(?:noqa|type:\s*ignore)[^#\n]*")
    bare = []
    for path, text in texts():
        if path.suffix == ".py" and "migrations" not in path.parts and path.name != "test_style.py":
            for number, line in enumerate(text.splitlines(), 1):
                found = silenced.search(line)
                reason = (
                    re.search(r"(?:noqa:? ?[A-Z0-9, ]*|ignore\[[^\]]*\])\s*(?:-|#|–)\s*\S+", line) if found else None
                )
                if found and not reason:
                    bare.append(f"{path}:{number}")
    assert not bare, f"Say why, in words: {bare}"

"""Reads what people already have into a map's draft: outlines, tables, Mermaid, Markdown, JSON."""

from maps.imports.reading import read_file, read_text

__all__ = ["read_file", "read_text"]

"""What a person can choose for an exported file, checked before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from journeymap.core.errors import BadRequest

FORMATS = {"pdf": "application/pdf", "png": "image/png"}
MODELS = ("poster", "fit", "tiles")
PAPERS = {  # width and height in points, upright
    "A4": (595.28, 841.89),
    "A3": (841.89, 1190.55),
    "A2": (1190.55, 1683.78),
    "A1": (1683.78, 2383.94),
    "A0": (2383.94, 3370.39),
    "Letter": (612.0, 792.0),
    "Tabloid": (792.0, 1224.0),
}
ORIENTATIONS = ("auto", "portrait", "landscape")
DIRECTIONS = ("auto", "ltr", "rtl")
MOST_NAMES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one export; `None` for a list means all of them.

    `model` is one page as large as the map, the map made to fit a paper, or sheets of it to be taped together.
    `scale` is for pictures only: 1 gives 96 dots to the inch. `margin` and `overlap` are in millimetres.
    """

    model: str = "poster"
    paper: str = "A3"
    orientation: str = "auto"
    margin: int = 10
    overlap: int = 10
    grey: bool = False
    lanes: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    personas: tuple[str, ...] | None = None
    states: tuple[str, ...] | None = None
    comments: bool = True
    date: bool = True
    direction: str = "auto"
    language: str = "en"
    tagged: bool = True
    scale: float = 2.0

    def as_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def read_options(wire: Any) -> Options:
    """The options that a request's JSON spells; BadRequest names every field that is wrong."""
    if not isinstance(wire, Mapping):
        raise BadRequest("“options” must be an object.", fields={"options": "not an object"})
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {}
    known = {field.name for field in fields(Options)}
    for name, value in wire.items():
        if name not in known:
            wrong[f"options.{name}"[:100]] = "there is no such option"
            continue
        try:
            values[name] = READERS[name](value)
        except ValueError as error:
            wrong[f"options.{name}"] = str(error)
    if wrong:
        name, reason = next(iter(wrong.items()))
        raise BadRequest(f"“{name}”: {reason}.", fields=wrong)
    return Options(**values)


def read_format(value: Any) -> str:
    """One of the formats there are; BadRequest otherwise."""
    if not isinstance(value, str) or value not in FORMATS:
        raise BadRequest(f"“format” must be one of {', '.join(FORMATS)}.", fields={"format": "unknown format"})
    return value


def _one_of(*names: str) -> Any:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise ValueError(f"must be one of {', '.join(names)}")
        return value

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _between(least: float, most: float, *, whole: bool = False) -> Any:
    def read(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise ValueError(f"must be a number from {least:g} to {most:g}")
        return int(value) if whole else float(value)

    return read


def _names(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST_NAMES:
        raise ValueError("must be a list of ids")
    if not all(isinstance(name, str) and len(name) <= 100 for name in value):
        raise ValueError("must be a list of ids")
    return tuple(value)


def _language(value: Any) -> str:
    if not isinstance(value, str) or not 2 <= len(value) <= 12 or not value.replace("-", "").isalnum():
        raise ValueError("must be a language code such as en or pt-BR")
    return value


READERS: dict[str, Any] = {
    "model": _one_of(*MODELS),
    "paper": _one_of(*PAPERS),
    "orientation": _one_of(*ORIENTATIONS),
    "margin": _between(0, 50, whole=True),
    "overlap": _between(0, 50, whole=True),
    "grey": _flag,
    "lanes": _names,
    "stages": _names,
    "personas": _names,
    "states": _names,
    "comments": _flag,
    "date": _flag,
    "direction": _one_of(*DIRECTIONS),
    "language": _language,
    "tagged": _flag,
    "scale": _between(0.25, 4),
}

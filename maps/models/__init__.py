"""The records of a map, in three files: the map itself, what stands on it, and who may see it by a link."""

from maps.models.board import (
    Answer,
    Card,
    Comment,
    Emotion,
    Lane,
    Opportunity,
    PainPoint,
    Stage,
    Step,
    Touchpoint,
)
from maps.models.journey import Map, MapPersona
from maps.models.sharing import GuestPass, ShareLink

__all__ = [
    "Answer",
    "Card",
    "Comment",
    "Emotion",
    "GuestPass",
    "Lane",
    "Map",
    "MapPersona",
    "Opportunity",
    "PainPoint",
    "ShareLink",
    "Stage",
    "Step",
    "Touchpoint",
]

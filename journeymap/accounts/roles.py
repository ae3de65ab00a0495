"""The five roles of a workspace, in their order."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What a person may do; a higher role may all that a lower one may."""

    VIEWER = 1
    COMMENTER = 2
    EDITOR = 3
    ADMIN = 4
    OWNER = 5

    @property
    def slug(self) -> str:
        """The name on the wire and in the database: `viewer` … `owner`."""
        return self.name.lower()

    @classmethod
    def of(cls, slug: str) -> Role:
        """The role named `slug`; KeyError if there is none."""
        return cls[slug.upper()]


ROLE_CHOICES = [(role.slug, role.name.capitalize()) for role in sorted(Role, reverse=True)]
ROLE_SLUGS = tuple(slug for slug, _ in ROLE_CHOICES)
PALETTE = (
    "#4f46e5",
    "#db2777",
    "#0e7490",
    "#c2410c",
    "#7c3aed",
    "#15803d",
    "#b45309",
    "#be123c",
    "#0369a1",
    "#4d7c0f",
)


def color_for(identity: int) -> str:
    """The colour a person has on every screen, picked by their id (as an integer)."""
    return PALETTE[identity % len(PALETTE)]

"""Tells the kind of a map from its title and its lanes."""

from __future__ import annotations

from collections.abc import Sequence

from maps.imports.labels import folded, simplified

SAID: tuple[tuple[str, str], ...] = (
    ("future state", "future_state"), ("future-state", "future_state"), ("to-be", "future_state"),
    ("soll-zustand", "future_state"), ("estado futuro", "future_state"), ("etat futur", "future_state"),
    ("day in the life", "day_in_the_life"), ("tagesablauf", "day_in_the_life"),
    ("blueprint", "service_blueprint"), ("empathy map", "empathy_map"), ("empathy-map", "empathy_map"),
    ("mapa de empatia", "empathy_map"), ("buyer's journey", "buyer_journey"), ("buyer journey", "buyer_journey"),
    ("customer support journey", "customer_support"), ("support journey", "customer_support"),
    ("lead nurturing", "lead_nurturing"), ("churn", "churn"), ("experience map", "experience"),
    ("current state", "current_state"),
)  # fmt: skip
EMPATHY = {"says", "say", "thinks", "think", "does", "do", "feels", "feel", "pains", "gains", "hears", "sees"}


def kind_of_map(title: str, kinds: Sequence[str], titles: Sequence[str]) -> str:
    """The kind that title and lanes speak of; `current_state` where nothing says otherwise."""
    plain = folded(title)
    for words, kind in SAID:
        if words in plain:
            return kind
    if "backstage" in kinds and {"frontstage", "support", "physical_evidence"} & set(kinds):
        return "service_blueprint"
    if len(EMPATHY & {simplified(title) for title in titles}) >= 3:
        return "empathy_map"
    return "current_state"

"""How the records of a map stand in its document: the shape that replay and history put changes on."""

from journeymap.sync.replay import Listed, Shape

# Owners come before what they own: a list is ordered by the places of the lists above it.
MAP_SHAPE: Shape = {
    "map": Listed("map", single=True),
    "stage": Listed("stages", ("rank",)),
    "step": Listed("steps", ("@stage", "rank")),
    "lane": Listed("lanes", ("rank",)),
    "card": Listed("cards", ("@lane", "@step", "rank")),
    "emotion": Listed("emotions", ("@lane", "@step", "persona", "state")),
    "comment": Listed("comments", ("at",)),
}

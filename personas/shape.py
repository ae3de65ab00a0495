"""How a persona stands in its own document: the shape that replay and history put changes on."""

from journeymap.sync.replay import Listed, Shape

PERSONA_SHAPE: Shape = {"persona": Listed("persona", single=True)}

"""How the records of a persona stand in its document: the shape that replay and history put changes on."""

from journeymap.sync.replay import Listed, Shape

PERSONA_SHAPE: Shape = {
    "persona": Listed("persona", single=True),
    "skill": Listed("skills", ("rank",)),
    "section": Listed("sections", ("rank",)),
}

"""Reads what an outline says of its personas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maps.imports.labels import simplified
from maps.imports.lines import Line
from maps.imports.sketch import Sketch
from maps.imports.words import phrases

NAMED = re.compile(r"([^,;(–—:]{2,60}?)\s*(?:,|;|\(| [–—-] |: )")
FACTS: dict[str, str] = {
    word: fact
    for fact, words in {
        "name": "name, full name, nombre, nom, vorname",
        "role": "role, job, job title, occupation, profession, position, beruf, rolle, metier, puesto, title",
        "demographics": """
            age, location, gender, family, family status, income, education, demographics, city, country, lives in,
            alter, wohnort, familie, einkommen, edad, ubicacion, lieu, status, company, industry, company size, segment
        """,
        "background": "background, bio, about, description, context, story, hintergrund, experience level, behaviors",
        "goals": "goal, goals, objective, objectives, ziel, ziele, objectifs, objetivos, user goal, customer goal",
        "needs": "need, needs, expectation, expectations, bedurfnisse, besoins, necesidades",
        "frustrations": """
            frustration, frustrations, pain, pains, pain point, pain points, challenge, challenges, fears, probleme,
            frustrationen, schmerzpunkte, dolores, problems, concerns
        """,
        "motivations": "motivation, motivations, motivationen, motivaciones, drivers",
        "motto": "quote, motto, zitat, citation, cita, in their own words",
    }.items()
    for word in phrases(words)
}


def names_in(text: str, *, plural: bool) -> Iterator[str]:
    """The personas that one line names: parted by semicolons, and by commas if the label says there are several."""
    for part in filter(str.strip, text.split(";")):
        names = [name.strip() for name in part.split(",")]
        short = all(0 < len(name.split()) <= 3 and name[:1].isupper() for name in names)
        yield from names if plural and len(names) > 1 and short else (part.strip(),)


def add_persona(sketch: Sketch, text: str) -> str:
    """The persona that a line describes: “Amina Diallo, 41, works shifts” is Amina Diallo, with the line kept."""
    found = NAMED.match(text)
    name = found.group(1).strip() if found else ""
    words = name.split()
    proper = 1 <= len(words) <= 4 and all(word[:1].isupper() for word in words)
    if found and proper and text[found.end() :].strip(" )"):
        return sketch.persona(name, background=text)
    return sketch.persona(text)


def add_fact(sketch: Sketch, name: str, line: Line, *, under: str) -> str:
    """Adds a line of a persona's section; answers the fact that lines beneath it go on with."""
    fact = FACTS.get(simplified(line.label)) if line.colon or line.mark == "heading" or line.bold else None
    if fact is None:
        sketch.persona(name, **{under or "background": line.text})
        return under
    if line.rest:
        said = line.text if fact == "demographics" else line.rest
        sketch.persona(name, **{"background" if fact == "name" else fact: said})
        return ""
    return fact

"""The plain form of a map on paper: an HTML table that WeasyPrint lays out by itself.

Slower and plainer than the painted page, but it uses nothing of WeasyPrint's inside: it stands in where the painted
page cannot be made, and `EXPORT_ENGINE=html` asks for it. Only text from the map comes in, all of it escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from weasyprint import HTML

from exports.layout.cards import QUALITY, STATUS
from exports.layout.heads import Facts
from exports.layout.plan import Plan, make_plan
from exports.options import PAPERS, Options
from exports.palette import GROUND, INK, INK_MUTED, LANE_MARKS, LINE, LINE_STRONG, STICKIES, sticky, valence_color
from exports.pdf import About, OnlyAssets
from maps.documents import CardRecord, EmotionRecord, LaneRecord, MapDocument
from maps.words import LANE_KINDS, MAP_KINDS

TITLES, STEP = 130, 168  # pixels
STYLE = f"""
*{{margin:0;padding:0;box-sizing:border-box}}
body{{font:13px/1.4 Inter,sans-serif;color:{INK}}}
h1{{font-size:22px}} .about{{color:{INK_MUTED};margin:4px 0 14px}}
table{{width:100%;border-collapse:collapse;table-layout:fixed;background:{GROUND}}}
th,td{{border:1px solid {LINE};padding:6px;text-align:start;vertical-align:top;overflow-wrap:anywhere}}
thead th{{border-bottom-color:{LINE_STRONG}}} .step{{font-weight:400;color:{INK_MUTED}}}
.card{{border-radius:6px;padding:6px 8px;margin-bottom:6px;white-space:pre-wrap;break-inside:avoid}}
.small{{font-size:11px;color:{INK_MUTED}}} .missing{{border:1px dashed {INK_MUTED}}}
""" + "".join(f".{name}{{background:{each.fill};color:{each.ink}}}" for name, each in STICKIES.items())


def write_table(document: MapDocument, options: Options, facts: Facts, about: About, *, config: Any) -> bytes:
    """The PDF file, as many pages as it takes, stages and steps repeated on each."""
    plan = make_plan(document, options)
    html = HTML(string="".join(_page(plan, options, facts, about)), url_fetcher=OnlyAssets(), base_url="asset:")
    variant = {"pdf_variant": "pdf/ua-1"} if options.tagged else {}
    file: bytes = html.write_pdf(font_config=config, **variant)
    return file


def _page(plan: Plan, options: Options, facts: Facts, about: About) -> Iterator[str]:
    record = plan.document.map
    direction = "rtl" if plan.rtl else "ltr"
    yield f'<html lang="{escape(about.language)}" dir="{direction}"><head><meta charset="utf-8">'
    yield f"<title>{escape(about.title)}</title><style>{STYLE}{_paper(plan, options)}</style></head><body>"
    kind = MAP_KINDS.get(record.kind, record.kind)
    people = ", ".join(persona.name for persona in plan.personas)
    about_line = " · ".join(part for part in (kind, people, facts.date) if part)
    yield f'<h1>{escape(record.title)}</h1><p class="about">{escape(about_line)}</p>'
    if record.scenario.strip():
        yield f'<p class="about">{escape(record.scenario)}</p>'
    if not plan.steps:
        yield "<p>This map has no stages yet.</p></body>"
        return
    yield f'<table><colgroup><col style="width:{TITLES}px"></colgroup><thead>'
    yield "<tr><td></td>" + "".join(_stages(plan)) + "</tr><tr><td></td>"
    yield "".join(f'<th class="step">{escape(step.title)}</th>' for step in plan.steps) + "</tr></thead><tbody>"
    for lane in plan.lanes:
        yield from _lane(plan, lane)
    yield "</tbody></table></body>"


def _paper(plan: Plan, options: Options) -> str:
    """As wide as the map, or the paper asked for with everything made smaller to its width."""
    width = TITLES + len(plan.steps) * STEP + 60
    if options.model == "poster":
        return f"@page{{size:{max(width, 700)}px {max(width, 700) / 1.414:.0f}px;margin:24px}}"
    across, down = sorted(PAPERS[options.paper], reverse=options.orientation != "portrait")
    zoom = min(1.0, across / 0.75 / width)
    return f"@page{{size:{across}pt {down}pt;margin:{options.margin}mm}}body{{font-size:{13 * zoom:.1f}px}}"


def _stages(plan: Plan) -> Iterator[str]:
    for stage in plan.stages:
        goal = f'<div class="small">Goal: {escape(stage.goal)}</div>' if stage.goal.strip() else ""
        yield f'<th colspan="{len(plan.columns(stage))}">{escape(stage.title)}{goal}</th>'


def _lane(plan: Plan, lane: LaneRecord) -> Iterator[str]:
    _, color = LANE_MARKS.get(lane.kind, LANE_MARKS["text"])
    title = escape(lane.title or LANE_KINDS.get(lane.kind, "Lane"))
    yield f'<tr><th scope="row" style="color:{color}">{title}</th>'
    for column in range(len(plan.steps)):
        feelings = "".join(
            _feeling(series.points[column], series.name)
            for series in plan.series.get(lane.id, ())
            if column in series.points
        )
        yield f"<td>{feelings}{''.join(_card(card) for card in plan.cells.get((lane.id, column), ()))}</td>"
    yield "</tr>"


def _feeling(emotion: EmotionRecord, name: str) -> str:
    words = " ".join(part for part in (emotion.feeling, emotion.emoji, "★" if emotion.moment_of_truth else "") if part)
    color = valence_color(emotion.valence)
    note = f'<div class="small">{escape(emotion.note)}</div>' if emotion.note.strip() else ""
    return (
        f'<div class="card" style="border-inline-start:4px solid {color}">{escape(words)} {emotion.valence:+d}'
        f'<div class="small">{escape(name)}</div>{note}</div>'
    )


def _card(card: CardRecord) -> str:
    color = card.color if card.color in STICKIES else "grey"
    edge = f"border:1px solid {sticky(color).line}"
    details = " · ".join(escape(word) for word in _details(card))
    small = f'<div class="small">{details}</div>' if details else ""
    missing = " missing" if card.missing else ""
    return f'<div class="card {color}{missing}" dir="auto" style="{edge}">{escape(card.text)}{small}</div>'


def _details(card: CardRecord) -> Iterator[str]:
    if card.missing:
        yield "missing"
    if card.channel:
        yield card.channel
    if card.quality in QUALITY:
        yield str(card.quality)
    if card.status:
        yield STATUS.get(card.status, card.status)
    for word, level in (
        ("severity", card.severity), ("how often", card.frequency), ("impact", card.impact), ("effort", card.effort),
    ):  # fmt: skip
        if level:
            yield f"{word} {level}/5"
    if card.moment_of_truth:
        yield "★ moment of truth"
    yield from (f"#{tag}" for tag in card.tags)

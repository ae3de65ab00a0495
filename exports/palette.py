"""The colours of a printed map: those of the light board in `static/css/tokens.css`, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#ffffff"
SURFACE = "#fffefb"
GROUND = "#f7f6f3"
INK = "#1f1d1a"
INK_MUTED = "#5f5a52"
LINE = "#e6e2db"
LINE_FAINT = "#eeebe4"
LINE_STRONG = "#cfc9bf"
CURVE = "#3b3833"
ACCENT = "#4a41d6"
STAR = "#b45309"
STAR_BRIGHT = "#d97706"
SEVERITY = "#b23a2b"
LOW, MIDDLE, HIGH = "#e0674f", "#c9a24a", "#14958a"


@dataclass(frozen=True, slots=True)
class Sticky:
    """The four colours of one sticky note colour: paper, ink, edge, and the strong one for marks."""

    fill: str
    ink: str
    line: str
    strong: str


STICKIES = {
    "yellow": Sticky("#fdf2c4", "#443608", "#f0dd94", "#866500"),
    "orange": Sticky("#fde4cd", "#562b06", "#f4c99f", "#a84d08"),
    "pink": Sticky("#fbdfed", "#62113f", "#f0b8d6", "#c01f78"),
    "red": Sticky("#fae3df", "#6a1d14", "#f0c2bb", "#b23a2b"),
    "violet": Sticky("#ebe4fd", "#41258a", "#d0c1f8", "#7440d8"),
    "blue": Sticky("#e1e9fd", "#1e3670", "#bccdf8", "#3457d5"),
    "teal": Sticky("#d9f1ed", "#0a4842", "#aadcd4", "#0c756b"),
    "green": Sticky("#e0f2da", "#1e4a15", "#b9dfad", "#39761f"),
    "grey": Sticky("#ebe9e5", "#3a3732", "#d3cfc8", "#5f5a52"),
    "white": Sticky("#ffffff", "#26241f", "#e3dfd8", "#45413b"),
}

# Icon and tint of a lane's title by its kind, so that a map in grey is legible too.
LANE_MARKS = {
    "actions": ("footprints", "#6f6a78"),
    "thoughts": ("message-square", "#6f6a78"),
    "questions": ("circle-question-mark", "#6f6a78"),
    "goals": ("target", "#39761f"),
    "text": ("text", "#6f6a62"),
    "touchpoints": ("radio", "#4a41d6"),
    "channels": ("route", "#4a41d6"),
    "emotions": ("heart", "#b45309"),
    "pain_points": ("triangle-alert", "#b23a2b"),
    "opportunities": ("lightbulb", "#0c756b"),
    "metrics": ("chart-column", "#3457d5"),
    "images": ("image", "#6f6a62"),
    "files": ("paperclip", "#6f6a62"),
    "personas": ("users", "#7440d8"),
    "owners": ("briefcase", "#6f6a62"),
    "evidence": ("quote", "#0c756b"),
    "physical_evidence": ("package", "#6f6a62"),
    "customer_actions": ("footprints", "#866500"),
    "frontstage": ("store", "#a84d08"),
    "backstage": ("wrench", "#7440d8"),
    "support": ("layers", "#5f5a52"),
}


def sticky(name: str) -> Sticky:
    """The colours called `name`; grey for a name nobody knows."""
    return STICKIES.get(name, STICKIES["grey"])


def blend(color: str, ground: str, share: float) -> str:
    """`color` laid over `ground` with opacity `share`."""
    top, below = _channels(color), _channels(ground)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in zip(top, below, strict=True))


def grey(color: str) -> str:
    """The colour without its colour, as light as it looks."""
    red, green, blue = _channels(color)
    return "#" + f"{round(0.2126 * red + 0.7152 * green + 0.0722 * blue):02x}" * 3


def valence_color(valence: float) -> str:
    """Coral at -100, sand at 0, teal at 100; the thirds at the ends are the pure colours."""
    share = max(-1.0, min(1.0, valence / 34))
    if abs(share) < 0.3:
        return MIDDLE
    return blend(HIGH if share > 0 else LOW, MIDDLE, min(1.0, (abs(share) - 0.3) / 0.35))


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)

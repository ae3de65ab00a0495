"""`./run bench export [CARDS …]`: from a frozen map to its file, for 60, 200, 600 and 2,000 cards in mixed scripts.

“file” is what a person waits for: a warm press, a fresh child, the document handed over, the file taken back.
“layout”, “PDF” and “tagged” are inside one process, best of three; their CPU seconds say more where the machine is
busy with other things. Memory is the peak of a fresh process that draws once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Goal, report

SIZES = (60, 200, 600, 2000)
ROUNDS = 3

# Runs in a process of its own, so that its peak of memory is the drawing's alone.
INSIDE = """
import json, resource, sys, time
from exports.layout import Facts, lay_out
from exports.options import Options
from exports.pdf import About, write_pdf
from exports.typeset import Typesetter
from tests.exports import boards
document = boards.crowd(int(sys.argv[1]))
options = Options(tagged=sys.argv[2] == "tagged")
best = []
for _ in range(3):
    began, busy = time.perf_counter(), time.process_time()
    typesetter = Typesetter()
    pages = lay_out(document, options, typesetter, Facts(date="today"))
    laid_out = time.perf_counter()
    file = write_pdf(pages, About("bench"), config=typesetter.config, tagged=options.tagged)
    best.append((time.perf_counter() - began, laid_out - began, len(file), time.process_time() - busy))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if len(best) == 1 else peak
whole, layout, size, _ = min(best)
busy = min(each[3] for each in best)
print(json.dumps({"whole": whole, "layout": layout, "bytes": size, "busy": busy, "peak": peak / 1024}))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size's figures: seconds, megabytes, bytes."""

    cards: int
    plain: dict[str, float]
    tagged: dict[str, float]
    file: float
    picture: float

    def row(self) -> list[str]:
        waits = (self.plain["layout"], self.plain["whole"], self.tagged["whole"], self.file, self.picture)
        seconds = (*waits, self.plain["busy"], self.tagged["busy"])
        return [
            str(self.cards), *(f"{value:.2f}" for value in seconds),
            f"{self.plain['peak']:.0f}", f"{self.tagged['peak']:.0f}", f"{self.tagged['bytes'] / 1024:.0f}",
        ]  # fmt: skip


def main(arguments: list[str]) -> int:
    sizes = [int(word) for word in arguments] or list(SIZES)
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="journeymap-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journeymap.settings")
    import django

    django.setup()
    measured = [measure(cards) for cards in sizes]
    heads = ["cards", "layout s", "PDF s", "tagged s", "file s", "PNG 1x s", "PDF CPU s", "tagged CPU s"]
    heads += ["MB", "tagged MB", "kB"]
    goals = [goal for each in measured for goal in goals_of(each)]
    report("export", table=[heads, *(each.row() for each in measured)], goals=goals)
    return 0


def measure(cards: int) -> Measured:
    return Measured(
        cards, inside(cards, "plain"), inside(cards, "tagged"), printed(cards, "pdf"), printed(cards, "png")
    )


def inside(cards: int, form: str) -> dict[str, float]:
    """Layout and writing in a fresh process."""
    from exports.fonts import font_config

    config = font_config(Path(os.environ["DATA_DIR"]) / "print")
    done = subprocess.run(
        [sys.executable, "-c", INSIDE, str(cards), form],
        env={**os.environ, "FONTCONFIG_FILE": str(config)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def printed(cards: int, format_: str) -> float:
    """The best seconds in which the press gives the file back."""
    from exports.options import Options
    from exports.press import Order, press
    from maps.documents import document_to_wire
    from tests.exports import boards

    document = json.dumps(document_to_wire(boards.crowd(cards))).encode()
    what = Order(document, format_, Options(scale=1.0).as_json(), {"date": "today"}, {"title": "bench"})
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        press.print(what, progress=lambda percent: None, lost=threading.Event())
        times.append(time.perf_counter() - began)
    return min(times[1:])


def goals_of(measured: Measured) -> list[Goal]:
    cards = measured.cards
    if cards == 2000:
        return [
            Goal("pdf_2000_cards_s", measured.plain["whole"], 1.0),
            Goal("tagged_pdf_2000_cards_s", measured.tagged["whole"], 1.3),
            Goal("memory_2000_cards_mb", measured.tagged["peak"], 250),
        ]
    return [Goal("file_200_cards_s", measured.file, 0.3)] if cards == 200 else []


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

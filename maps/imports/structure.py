"""Finds which lines of an outline are its stages and steps, by what they say and by what stands beneath them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maps.imports.labels import Numbered, core_of, is_around, numbered, simplified
from maps.imports.lines import Line

LONGEST_HEAD = 160
Shape = tuple[str, int, bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Heads:
    """The lines, by index, that open a stage or a step, with the title each gives it.

    `inverted` holds the stages' names where lanes stand outside and stages inside them.
    """

    stages: dict[int, str] = field(default_factory=dict)
    steps: dict[int, str] = field(default_factory=dict)
    inverted: tuple[str, ...] = ()


def heads_of(lines: list[Line]) -> Heads:
    """The heads of an outline; empty where nothing in it looks like a stage."""
    inverted = _inverted(lines)
    if inverted:
        return Heads(inverted=inverted)
    said = {index: found for index, line in enumerate(lines) if (found := _said(line))}
    stages = _explicit(lines, said, part="stage") or _declared(lines)
    steps = {index: found.title for index, found in said.items() if found.part == "step"}
    if stages:
        hosts = _hosts(lines, besides=stages)
        nested = hosts if _all_deeper(lines, hosts, stages) and _are_steps(lines, hosts, stages) else {}
        return Heads(stages=stages, steps={i: t for i, t in (nested | steps).items() if i not in stages})
    if len(steps) >= 2:
        return _around_steps(lines, steps)
    hosts = _hosts(lines, besides={})
    if hosts:
        outer = _outer(lines, hosts)
        return Heads(stages=outer, steps=hosts) if len(outer) >= 2 else Heads(stages=hosts)
    return Heads(stages=_unlabelled(lines))


def is_lane_label(line: Line) -> bool:
    """Whether a line names a lane for certain: a known label, not merely a likely word without a colon."""
    if line.meaning is None or line.meaning.part != "lane":
        return False
    asked = line.text.endswith("?") and (line.bold or line.mark == "heading")
    return line.meaning.sure or line.colon or asked


def title_of(line: Line) -> str:
    """The title that a line gives its stage: the label where a description follows, else all of it."""
    if line.colon and line.rest and (line.mark != "heading" or len(line.text) > 60):
        return _unnumbered(line.label)
    return _unnumbered(line.text.rstrip(" :"))


def _unnumbered(text: str) -> str:
    """“1. Awareness” without its number; “24/7 help” keeps its own."""
    head, _, tail = text.partition(" ")
    counted = head.rstrip(".):").strip("(#")
    return tail.strip() if tail and head[-1:] in ".):" and (counted.isdigit() or counted in "IVX") else text


def _said(line: Line) -> Numbered | None:
    """The stage or step that a line announces by name; list items must say so at their beginning."""
    if len(line.text) > LONGEST_HEAD * 10 or (
        line.meaning is not None and line.meaning.part not in ("stages", "steps")
    ):
        return None
    found = numbered(line.text)
    if found is None:
        return None
    announces = numbered(line.label) if not line.colon else found
    standing = line.mark == "heading" or line.bold or line.caps or line.mark == "" or line.rest == ""
    return found if announces and standing and found.title else None


def _explicit(lines: list[Line], said: dict[int, Numbered], *, part: str) -> dict[int, str]:
    """The lines that call themselves stages, and their likes that open lanes as well."""
    found = {index: item.title for index, item in said.items() if item.part == part}
    if not found or (len(found) == 1 and not _opens(lines, next(iter(found)))):
        return {}
    shapes = Counter(shape_of(lines[index]) for index in found)
    usual = {shape for shape, times in shapes.items() if times * 2 >= len(found)}
    alike = {
        index: title_of(line)
        for index, line in enumerate(lines)
        if index not in said and shape_of(line) in usual and _may_head(line) and _styled(line) and _opens(lines, index)
    }
    return dict(sorted((found | alike).items()))


def _declared(lines: list[Line]) -> dict[int, str]:
    """Lines that repeat a name from a list such as “Stages: Awareness, Purchase”."""
    for line in lines:
        if line.meaning is not None and line.meaning.part == "stages" and line.rest:
            names = {simplified(name) for name in listed(line.rest)}
            heads = {i: title_of(other) for i, other in enumerate(lines) if simplified(title_of(other)) in names}
            return heads if len(heads) >= max(2, len(names) // 2) else {}
    return {}


def listed(text: str) -> list[str]:
    """The names in a list parted by arrows, semicolons, bars or commas."""
    for mark in ("→", "->", "=>", ">", ";", "|", "•", ",", " – ", " - ", "/"):
        if mark in text:
            return [name.strip(" .*") for name in text.split(mark) if name.strip(" .*")]
    return [text.strip()] if text.strip() else []


def shape_of(line: Line, *, spaced: bool = False) -> Shape:
    """How a line looks: heads of one rank look alike. With `spaced`, an empty line above a plain one counts too."""
    plain = line.mark == "" and not line.bold and not line.caps
    caps = line.caps and line.mark != "heading"
    ends_open = plain and line.colon and not line.rest
    return (line.mark, line.level or line.indent, line.bold, caps, ends_open, spaced and plain and line.blank_before)


def _styled(line: Line) -> bool:
    return line.mark == "heading" or line.bold or line.caps


def _may_head(line: Line) -> bool:
    return line.meaning is None and len(title_of(line)) <= LONGEST_HEAD and not is_around(line.text)


def _opens(lines: list[Line], index: int) -> bool:
    """Whether the label of a lane follows, at most after a few lines of description of another look."""
    shape = shape_of(lines[index])
    for line in lines[index + 1 : index + 5]:
        if is_lane_label(line):
            return line.depth >= _head_depth(lines[index])
        labelled = line.meaning is not None and line.meaning.part in ("goal", "duration", "objective")
        if labelled or (shape_of(line) != shape and not _styled(line) and line.depth >= lines[index].depth):
            continue
        return False
    return False


def _hosts(lines: list[Line], *, besides: Iterable[int]) -> dict[int, str]:
    """The lines of one look that part the labels of lanes best: each with its own round of labels beneath it."""
    taken = set(besides)
    labels = [(index, core_of(line.label)) for index, line in enumerate(lines) if is_lane_label(line)]
    if not labels:
        return {}
    parting = _best_parting(lines, labels, taken, spaced=False)
    if parting is None or not _styled(lines[parting.heads[0]]):
        spaced = _best_parting(lines, labels, taken, spaced=True)
        parting = spaced if spaced and (parting is None or spaced.score > parting.score) else parting
    heads = {index: title_of(lines[index]) for index in parting.heads} if parting else {}
    restarting = dict(_restarting(lines, taken))
    if len(restarting) >= 2 and set(restarting) < set(heads):
        others = [index for index in heads if index not in restarting]
        if all(_stands_in_list(lines, index) for index in others):
            return restarting
    return heads or restarting


@dataclass(frozen=True, slots=True)
class Parting:
    """How well a set of heads parts the labels: whole rounds of them, less those that repeat or stand before all."""

    score: float
    heads: list[int]
    repeated: int = 0


def _best_parting(lines: list[Line], labels: list[tuple[int, str]], taken: set[int], *, spaced: bool) -> Parting | None:
    groups: dict[Shape, list[int]] = defaultdict(list)
    usual = Counter(_place_of(lines[index]) for index, _ in labels)
    for index, line in enumerate(lines):
        if index not in taken and index < labels[-1][0] and (_may_head(line) or _may_be_named_so(lines, index, usual)):
            groups[shape_of(line, spaced=spaced)].append(index)
    found = [_parting(lines, heads, labels) for heads in groups.values()]
    good = [parting for parting in found if parting.heads and parting.score >= 0.5]
    return max(good, key=lambda parting: (parting.score, -parting.heads[0]), default=None)


def _parting(lines: list[Line], heads: list[int], labels: list[tuple[int, str]]) -> Parting:
    """Weighs `heads`; of those without labels beneath, only styled ones between others stay."""
    below: dict[int, list[str]] = {head: [] for head in heads}
    before = 0
    for index, name in labels:
        place = bisect_right(heads, index) - 1
        if place < 0:
            before += 1
        elif lines[index].depth >= _head_depth(lines[heads[place]]):
            below[heads[place]].append(name)
    full = [head for head in heads if below[head]]
    repeated = sum(len(names) - len(set(names)) for names in below.values())
    empty = len(heads) - len(full)
    if len(full) == 1 and not _styled(lines[full[0]]) and full[0] >= 3:
        return Parting(0, [])
    kept = [head for head in heads if below[head] or (_styled(lines[head]) and full and full[0] < head < full[-1])]
    rounds = sum(len(set(names)) for names in below.values()) - repeated - before / 2
    return Parting(rounds / len({name for _, name in labels}) - empty / 2, kept, repeated)


def _head_depth(line: Line) -> tuple[int, int]:
    """How deep a head stands: a numbered one as deep as a plain line, for “1. Awareness” often has plain labels."""
    return (line.indent, 0) if line.mark in ("number", "quote") else line.depth


def _place_of(line: Line) -> tuple[str, int, bool]:
    return (line.mark, line.level or line.indent, line.bold)


def _may_be_named_so(lines: list[Line], index: int, usual: Counter[tuple[str, int, bool]]) -> bool:
    """Whether a stage happens to be called like a lane, as “Need” or “Support”: labels of another look follow it."""
    line = lines[index]
    if line.meaning is None or line.meaning.part not in ("lane", "goal") or line.rest or index + 1 >= len(lines):
        return False
    after = lines[index + 1]
    rare = usual[_place_of(line)] * 3 <= max(usual.values())
    return rare and is_lane_label(after) and _place_of(after) != _place_of(line)


def _stands_in_list(lines: list[Line], index: int) -> bool:
    """Whether a plain line goes on with the list that a label above it has opened."""
    line = lines[index]
    if _styled(line) or line.mark or line.blank_before or not index:
        return False
    above = lines[index - 1]
    return not is_lane_label(above) or not above.rest


def _restarting(lines: list[Line], taken: set[int]) -> Iterator[tuple[int, str]]:
    """Plain lines right before a label that begins the round of labels anew."""
    labels = [line for line in lines if is_lane_label(line)]
    first = simplified(labels[0].label) if labels else ""
    for index, line in enumerate(lines[:-1]):
        after = lines[index + 1]
        restarts = is_lane_label(after) and simplified(after.label) == first
        if index not in taken and restarts and _may_head(line) and line.mark == "" and len(line.text) <= 80:
            yield index, title_of(line)


def _are_steps(lines: list[Line], hosts: dict[int, str], stages: dict[int, str]) -> bool:
    """Whether heads inside stages are steps: they are headings, or the stages' labels repeat without them."""
    if all(lines[index].mark == "heading" for index in hosts):
        return True
    labels = [(index, core_of(line.label)) for index, line in enumerate(lines) if is_lane_label(line)]
    with_steps = _parting(lines, sorted({*hosts, *stages}), labels)
    return with_steps.repeated < _parting(lines, list(stages), labels).repeated


def _all_deeper(lines: list[Line], inner: Iterable[int], outer: Iterable[int]) -> bool:
    """Whether every inner head stands deeper than the outer ones, and after the first of them."""
    inside, outside = list(inner), list(outer)
    if not inside or not outside:
        return False
    level = max(lines[index].depth for index in outside)
    return min(inside) > min(outside) and all(lines[index].depth > level for index in inside)


def _outer(lines: list[Line], hosts: dict[int, str]) -> dict[int, str]:
    """The heads above the hosts, each with at least one host below it."""
    level = min(lines[index].depth for index in hosts)
    groups: dict[Shape, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index not in hosts and line.depth < level and _may_head(line) and index < max(hosts):
            groups[shape_of(line)].append(index)
    best: list[int] = []
    for indexes in groups.values():
        bounds = [*indexes, len(lines)]
        holding = [i for i, end in zip(indexes, bounds[1:], strict=True) if any(i < host < end for host in hosts)]
        if len(holding) * 2 > len(indexes) and len(holding) > len(best):
            best = holding
    return {index: title_of(lines[index]) for index in best}


def _around_steps(lines: list[Line], steps: dict[int, str]) -> Heads:
    """Steps that say so are the columns; what stands above several of them is a stage, else they are the stages."""
    outer = _outer(lines, steps)
    return Heads(stages=outer, steps=steps) if len(outer) >= 2 else Heads(stages=steps)


def _unlabelled(lines: list[Line]) -> dict[int, str]:
    """Stages of an outline that names no lanes: headings, bold or capital lines, or lines with something beneath."""
    if any(is_lane_label(line) for line in lines):
        return {}
    groups: dict[Shape, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if _may_head(line) and (_styled(line) or (line.colon and not line.rest) or _holds(lines, index)):
            groups[shape_of(line)].append(index)
    for _, indexes in sorted(groups.items(), key=lambda group: min(lines[index].depth for index in group[1])):
        if len(indexes) >= 2:
            return {index: title_of(lines[index]) for index in indexes}
    return {}


def _holds(lines: list[Line], index: int) -> bool:
    """Whether the next line stands deeper."""
    return index + 1 < len(lines) and lines[index + 1].depth > lines[index].depth


def _inverted(lines: list[Line]) -> tuple[str, ...]:
    """The names of stages that recur beneath different lanes, each lane being named once."""
    lanes = [index for index, line in enumerate(lines) if is_lane_label(line) and not line.rest]
    names = Counter(simplified(lines[index].label) for index in lanes)
    if len(lanes) < 2 or max(names.values()) > 1:
        return ()
    below: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
    bounds = [*lanes, len(lines)]
    for lane, end in zip(lanes, bounds[1:], strict=True):
        for line in lines[lane + 1 : end]:
            name = simplified(line.label)
            if line.meaning is None and line.colon and name and len(line.label) <= 60:
                below[name].add(lane)
                spelled.setdefault(name, line.label)
    recurring = [name for name, under in below.items() if len(under) >= 2 and len(under) * 2 >= len(lanes)]
    return tuple(_stage_name(spelled[name]) for name in recurring) if len(recurring) >= 2 else ()


def _stage_name(label: str) -> str:
    found = numbered(f"{label}:")
    return found.title if found and found.title else _unnumbered(label)

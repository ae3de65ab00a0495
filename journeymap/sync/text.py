"""Text deltas as a pure alphabet: parse, apply, invert, compose, transform.

A delta walks a text from its start: a number keeps that many code points, a
string inserts itself, `{"d": n}` deletes; what is not walked over is kept.
`[5, "new", {"d": 3}]` keeps five, inserts "new", deletes three.

Every function gives the normal form: no empty parts, no two neighbours of one
kind, no keep at the end, and an insert before a delete at the same place. Both
twins (this file and static/js/text.js) must agree on that form to the letter:
two writers converge only when both transform the very same delta.

The transformation is operational transformation for two sites with a total
order given by the log (Ellis and Gibbs 1989; the walk over two component lists
follows Jupiter, Nichols et al. 1995). Inserts at one place: what is already in
the log stands left.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypedDict

from journeymap.core.errors import BadRequest


class Deleted(TypedDict):
    """So many code points go."""

    d: int


Part: TypeAlias = int | str | Deleted
Delta: TypeAlias = tuple[Part, ...]


class BadDelta(BadRequest):
    """A delta that is malformed or does not fit its text."""


def parse(wire: object) -> Delta:
    """The normal form of a delta as it came over the wire; BadDelta if it is none."""
    if not isinstance(wire, list | tuple):
        raise BadDelta("A text delta is a list of numbers, strings and deletions.")
    return normalise([_parse_part(part) for part in wire])


def normalise(parts: Iterable[Part]) -> Delta:
    """The one way to write this delta."""
    writer = _Writer()
    for part in parts:
        writer.put(part)
    return writer.delta()


def is_clean(text: str) -> bool:
    """Can this text be stored: no NUL, no CR, no half of a surrogate pair?"""
    return not any(c in "\0\r" or "\ud800" <= c <= "\udfff" for c in text)


def apply(text: str, delta: Sequence[Part]) -> str:
    """The text after the delta; BadDelta if it walks past the end."""
    at, out = 0, []
    for part in delta:
        if isinstance(part, str):
            out.append(part)
            continue
        count = _length(part)
        if at + count > len(text):
            raise BadDelta("The text delta reaches past the end of the text.")
        if isinstance(part, int):
            out.append(text[at : at + count])
        at += count
    out.append(text[at:])
    return "".join(out)


def invert(text: str, delta: Sequence[Part]) -> Delta:
    """The delta that leads back to `text` from `apply(text, delta)`."""
    at, writer = 0, _Writer()
    for part in delta:
        if isinstance(part, str):
            writer.put({"d": len(part)})
            continue
        count = _length(part)
        if at + count > len(text):
            raise BadDelta("The text delta reaches past the end of the text.")
        writer.put(part if isinstance(part, int) else text[at : at + count])
        at += count
    return writer.delta()


def walked(delta: Sequence[Part]) -> int:
    """How many code points of its text a delta walks over: the least that text must have."""
    return sum(_length(part) for part in delta if not isinstance(part, str))


def growth(delta: Sequence[Part]) -> int:
    """By how many code points a delta makes its text longer (shorter: negative)."""
    return sum(len(part) if isinstance(part, str) else -part["d"] for part in delta if not isinstance(part, int))


def compose(first: Sequence[Part], second: Sequence[Part]) -> Delta:
    """One delta that does what `first` and then `second` do."""
    ours, theirs, writer = _Walk(first), _Walk(second), _Writer()
    while True:
        if isinstance(ours.head, dict):
            writer.put(ours.take())
        elif isinstance(theirs.head, str):
            writer.put(theirs.take())
        elif ours.head is None or theirs.head is None:
            return _rest(writer, ours, theirs)
        else:
            _compose_step(writer, ours, theirs)


def transform(delta: Sequence[Part], over: Sequence[Part], *, left: bool) -> Delta:
    """`delta` as it must read once `over` was applied to the same text.

    `left` says whose inserts stand left at one place: True for the delta that
    is in the log already, False for the one that arrives later.
    """
    mine, other = _Walk(normalise(delta)), _Walk(normalise(over))
    writer = _Writer()
    while mine.head is not None:
        if isinstance(mine.head, str) and (left or not isinstance(other.head, str)):
            writer.put(mine.take())
        elif isinstance(other.head, str):
            writer.put(len(other.head))
            other.take()
        elif other.head is None:
            writer.put(mine.take())
        else:
            _transform_step(writer, mine, other)
    return writer.delta()


def rebase(deltas: Iterable[Sequence[Part]], log: Iterable[Sequence[Part]]) -> tuple[Delta, ...]:
    """Deltas that follow one another, as they must read after those of the log, which start from the same text.

    One by one on both sides: transforming over a composition may order inserts otherwise than the browser does.
    """
    mine = tuple(normalise(delta) for delta in deltas)
    for entry in log:
        over: Sequence[Part] = entry
        moved = []
        for delta in mine:
            moved.append(transform(delta, over, left=False))
            over = transform(over, delta, left=True)
        mine = tuple(moved)
    return mine


def difference(before: str, after: str) -> Delta:
    """The smallest delta with one hole that leads from one text to another, in linear time."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return normalise([start, after[start : len(after) - end], {"d": len(before) - end - start}])


def transform_caret(caret: int, over: Sequence[Part], *, left: bool = True) -> int:
    """Where a caret stands after `over`; with `left` an insert at its very place goes behind it."""
    at = 0
    for part in over:
        if at > caret or (at == caret and left):
            break
        if isinstance(part, str):
            caret += len(part)
            at += len(part)
        elif isinstance(part, int):
            at += part
        else:
            caret -= min(part["d"], caret - at)
    return caret


def _parse_part(part: object) -> Part:
    if isinstance(part, str):
        if not is_clean(part):
            raise BadDelta("A text delta may not insert NUL, CR or half a character.")
        return part
    if isinstance(part, Mapping):
        if set(part) != {"d"}:
            raise BadDelta('A deletion in a text delta is written {"d": number}.')
        return {"d": _parse_count(part["d"])}
    return _parse_count(part)


def _parse_count(count: object) -> int:
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise BadDelta("Counts in a text delta are whole numbers from 0 up.")
    if count > 1_000_000_000:
        raise BadDelta("The text delta reaches past the end of the text.")
    return count


def _length(part: Part) -> int:
    if isinstance(part, dict):
        return part["d"]
    return part if isinstance(part, int) else len(part)


def _compose_step(writer: "_Writer", ours: "_Walk", theirs: "_Walk") -> None:
    """Both heads walk over the text between the two deltas: what one wrote the other reads."""
    count = min(ours.left(), theirs.left())
    written, read = ours.take(count), theirs.take(count)
    if isinstance(read, int):
        writer.put(written)
    elif isinstance(written, int):
        writer.put(read)


def _transform_step(writer: "_Writer", mine: "_Walk", other: "_Walk") -> None:
    """Both heads walk over the common text: what the other deleted needs no word of mine."""
    count = min(mine.left(), other.left())
    ours, theirs = mine.take(count), other.take(count)
    if isinstance(theirs, int):
        writer.put(ours)


def _rest(writer: "_Writer", ours: "_Walk", theirs: "_Walk") -> Delta:
    for walk in (ours, theirs):
        while walk.head is not None:
            writer.put(walk.take())
    return writer.delta()


class _Walk:
    """Reads a delta in bites of any length."""

    def __init__(self, delta: Sequence[Part]) -> None:
        self._parts: Iterator[Part] = iter([part for part in delta if _length(part)])
        self.head: Part | None = next(self._parts, None)

    def left(self) -> int:
        return 0 if self.head is None else _length(self.head)

    def take(self, count: int | None = None) -> Part:
        """The next bite of at most `count`; all of the head without one."""
        head = self.head
        if head is None:
            raise BadDelta("A text delta was read past its end.")
        if count is None or count >= _length(head):
            self.head = next(self._parts, None)
            return head
        if isinstance(head, str):
            self.head = head[count:]
            return head[:count]
        if isinstance(head, int):
            self.head = head - count
            return count
        self.head = {"d": head["d"] - count}
        return {"d": count}


class _Writer:
    """Writes parts so that only the normal form can come out."""

    def __init__(self) -> None:
        self._done: list[Part] = []
        self._insert: list[str] = []
        self._delete = 0

    def put(self, part: Part) -> None:
        if isinstance(part, str):
            if part:
                self._insert.append(part)
        elif isinstance(part, dict):
            self._delete += part["d"]
        elif part:
            self._keep(part)

    def delta(self) -> Delta:
        self._flush()
        if self._done and isinstance(self._done[-1], int):
            self._done.pop()
        return tuple(self._done)

    def _keep(self, count: int) -> None:
        self._flush()
        last = self._done[-1] if self._done else None
        if isinstance(last, int):
            self._done[-1] = last + count
        else:
            self._done.append(count)

    def _flush(self) -> None:
        if self._insert:
            self._done.append("".join(self._insert))
        if self._delete:
            self._done.append({"d": self._delete})
        self._insert, self._delete = [], 0

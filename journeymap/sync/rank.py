"""Order keys: strings that sort by code point, with a new key always possible between two.

Fractional indexing after David Greenspan ("Implementing fractional indexing", 2020): a head letter that
tells the length of the integer part, base-62 digits, then a fraction without trailing zeros. Gives the very
keys of the npm package `fractional-indexing` 4, which the browser uses; tests/vectors/rank.json proves it.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
HEADS = DIGITS[10:]
_SMALLEST = "A" + "0" * 26
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


class BadRank(ValueError):
    """Not an order key."""


def between(a: str | None, b: str | None) -> str:
    """A key after `a` and before `b`; None is the start or the end. The two may come in either order, not equal."""
    for key in (a, b):
        if key is not None:
            _check(key)
    if a is not None and b is not None and a > b:
        a, b = b, a
    if a is None:
        return "a0" if b is None else _before(b)
    if b is None:
        return _after(a)
    whole, other = _integer(a), _integer(b)
    if whole == other:
        return whole + _midpoint(a[len(whole) :], b[len(other) :])
    following = _step(whole, 1)
    if following is None:
        raise BadRank("There is no integer key after the last one.")
    return following if following < b else whole + _midpoint(a[len(whole) :], None)


def many(a: str | None, b: str | None, n: int) -> list[str]:
    """`n` keys in order between `a` and `b`: counted on at an open end, spread evenly in between."""
    if n <= 0:
        return []
    if n == 1:
        return [between(a, b)]
    if b is None:
        return _chain(a, n)
    if a is None:
        return _chain_down(b, n)
    half = n // 2
    middle = between(a, b)
    return [*many(a, middle, half), middle, *many(middle, b, n - half - 1)]


def is_rank(key: str) -> bool:
    """Is this an order key in the form that `between` accepts?"""
    try:
        _check(key)
    except BadRank:
        return False
    return True


def _before(b: str) -> str:
    whole = _integer(b)
    if whole == _SMALLEST:
        return whole + _midpoint("", b[len(whole) :])
    if whole < b:
        return whole
    previous = _step(whole, -1)
    if previous is None:
        raise BadRank("There is no integer key before the first one.")
    return previous


def _after(a: str) -> str:
    whole = _integer(a)
    return _step(whole, 1) or whole + _midpoint(a[len(whole) :], None)


def _chain(a: str | None, n: int) -> list[str]:
    keys = [between(a, None)]
    while len(keys) < n:
        keys.append(between(keys[-1], None))
    return keys


def _chain_down(b: str, n: int) -> list[str]:
    keys = [between(None, b)]
    while len(keys) < n:
        keys.append(between(None, keys[-1]))
    return keys[::-1]


def _midpoint(a: str, b: str | None) -> str:
    """The shortest fraction between two; `b` None is the end of the unit."""
    done = ""
    while True:
        if b is not None and a >= b:
            raise BadRank("Two equal order keys have no key between them.")
        if b:
            same = 0
            while (a[same : same + 1] or "0") == b[same : same + 1]:
                same += 1
            done, a, b = done + b[:same], a[same:], b[same:]
        low = _VALUE[a[0]] if a else 0
        high = _VALUE[b[0]] if b else len(DIGITS)
        if high - low > 1:
            return done + DIGITS[(low + high + 1) // 2]
        if b and len(b) > 1:
            return done + b[0]
        done, a, b = done + DIGITS[low], a[1:], None


def _step(whole: str, by: int) -> str | None:
    """The next integer part up (by 1) or down (by -1); None where there is none."""
    head, digits = whole[0], list(whole[1:])
    for place in range(len(digits) - 1, -1, -1):
        value = _VALUE[digits[place]] + by
        if 0 <= value < len(DIGITS):
            digits[place] = DIGITS[value]
            return head + "".join(digits)
        digits[place] = "0" if by > 0 else "z"
    at = HEADS.index(head) + by
    if not 0 <= at < len(HEADS):
        return None
    return HEADS[at] + ("0" if by > 0 else "z") * (_integer_length(HEADS[at]) - 1)


def _integer(key: str) -> str:
    length = _integer_length(key[:1])
    if length > len(key):
        raise BadRank(f"Not an order key: {key!r}")
    return key[:length]


def _integer_length(head: str) -> int:
    at = HEADS.find(head) if head else -1
    if at < 0:
        raise BadRank(f"No order key starts with {head!r}")
    return 27 - at if at < 26 else at - 24


def _check(key: str) -> None:
    whole = _integer(key)
    if key == _SMALLEST or key[len(whole) :].endswith("0") or any(c not in _VALUE for c in key):
        raise BadRank(f"Not an order key: {key!r}")

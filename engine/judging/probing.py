"""Looking where an answer could hide: beside the zeros of what is inside its kinks and exponentials."""

from collections.abc import Iterator
from fractions import Fraction

from flint import ctx

from engine.calculus.balls import NoValueError, OpenError, side
from engine.judging.enclosures import enclose
from engine.judging.places import Domain, Drawn, balls
from engine.reading.tree import Binary, Node, names_in, walk

_BITS = 192
_HALVINGS = 70
_TINY = Fraction(1, 10**20)
_MOST_NODES = 6
_MOST_PLACES = 4
_GRID = tuple(
    sign * Fraction(mantissa) * Fraction(10) ** power
    for sign, powers in ((-1, range(18, -4, -1)), (1, range(-3, 19)))
    for power in powers
    for mantissa in ((1, 3) if abs(power) < 3 else (1,))
)


def side_of(node: Node, at: Drawn) -> int | None:
    """Return the proven sign of an expression at a point, None where there is none."""
    try:
        return side(enclose(node, balls(at, _BITS), _BITS))
    except (NoValueError, OpenError):
        return None


def side_between(node: Node, low: Drawn, high: Drawn) -> int | None:
    """Return the one sign of an expression all the way from one point to another, 0 where it may have several.

    None where it may be undefined on the way.
    """
    lower, upper = balls(low, _BITS), balls(high, _BITS)
    with ctx.workprec(_BITS):
        at = {name: each.union(upper[name]) for name, each in lower.items()}
    try:
        found = enclose(node, at, _BITS)
    except (NoValueError, OpenError):
        return None
    return 1 if found > 0 else -1 if found < 0 else 0


def beside_zeros(node: Node, base: Drawn, domain: Domain) -> Iterator[Drawn]:
    """Yield points at and on both sides of zeros of the sums inside an expression.

    Only one variable moves away from `base` at a time; zeros that no grid from 10^-3 to 10^18 brackets
    are not found.
    """
    sums = [each for each in walk(node) if names_in(each) and (each is node or _is_sum(each))]
    for each in sorted(set(sums), key=sums.index)[:_MOST_NODES]:
        for name in sorted(names_in(each)):
            for low, high in _brackets(each, base, name):
                for value in (low, high, (low + high) / 2, 2 * low - high, 2 * high - low):
                    at = {**base, name: value}
                    if domain.has(at):
                        yield at


def _is_sum(node: Node) -> bool:
    return isinstance(node, Binary) and node.sign in "+-"


def _brackets(node: Node, base: Drawn, name: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield narrow and wide brackets of sign changes along one variable."""
    found = 0
    before: tuple[Fraction, int] | None = None
    for value in _GRID:
        here = side_of(node, {**base, name: value})
        if here is None:
            continue
        if before is not None and here * before[1] <= 0 and here != before[1]:
            yield before[0], value
            yield _narrowed(node, base, name, (before[0], value), before[1])
            found += 1
            if found == _MOST_PLACES:
                return
        before = (value, here)


def _narrowed(
    node: Node, base: Drawn, name: str, ends: tuple[Fraction, Fraction], left: int
) -> tuple[Fraction, Fraction]:
    low, high = ends
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        here = side_of(node, {**base, name: middle})
        if here == 0:
            return middle - _TINY, middle + _TINY
        if here is None:
            break
        if here == left:
            low = middle
        else:
            high = middle
    return low, high

"""Every rule is tried at points before it is shown: what its node claims against what series of balls give.

Three points with 57 digits each do not prove an identity of functions, but they let no slip of a rule
through; the final result is compared with the derivative that was found the other way, too.
"""

from collections.abc import Iterator
from itertools import count, islice

from flint import arb
from sympy import Expr

from engine.building import symbol
from engine.calculus.balls import ball
from engine.derivation.derive import derive
from engine.derivation.enclosed import BITS, Around, OutsideError, precision
from engine.derivation.rules import Derivation
from engine.errors import NotSupported, TooLarge
from engine.reading.tree import Node, Number, names_in, walk

_POINTS = 3
_CANDIDATES = 90
_GOLDEN = 0.6180339887498949
_CLOSE = arb(2) ** -60
_NOUGHT = arb(2) ** -120
_SPREADS = ((1.3, 2.0), (0.0, 4.0), (0.5, 0.9), (0.0, 0.9), (10.0, 18.0), (0.0, 200.0), (900.0, 1500.0))


def checked(tree: Node, by: str, expected: Expr) -> Derivation | None:
    """Return the derivation of a tree by a variable, if every node of it and its end are found true.

    expected: the derivative as the engine states it.
    None where a node fails, where fewer than two points of the domain are found, or where a rule is missing.
    """
    try:
        derivation = derive(tree, by)
    except (NotSupported, TooLarge):
        return None
    return derivation if holds(derivation, expected) else None


def holds(derivation: Derivation, expected: Expr) -> bool:
    """Tell whether all nodes are true, and the result is `expected`, at two points of the domain at least."""
    found = 0
    with precision():
        for point in islice(_points(derivation), _CANDIDATES):
            try:
                good = _true_at(derivation, Around(point, derivation.by)) and _equals(derivation, expected, point)
            except OutsideError:
                continue
            if not good:
                return False
            found += 1
            if found == _POINTS:
                break
    return found >= 2


def _true_at(node: Derivation, around: Around) -> bool:
    """Tell whether the node and all below it are true at a point. Raises OutsideError."""
    if not _same(around.slope(node.input), around.value(node.result)):
        return False
    if node.rule != "chain":
        return all(_true_at(child, around) for child in node.children)
    outer, inner = node.children
    inside = Around({**around.point, outer.by: around.value(node.inner)}, outer.by)
    return _true_at(outer, inside) and _true_at(inner, around)


def _equals(derivation: Derivation, expected: Expr, point: dict[str, arb]) -> bool:
    stated = ball(expected, BITS, {symbol(name): value for name, value in point.items()})
    if stated is None:
        raise OutsideError
    return _same(stated, Around(point, derivation.by).value(derivation.result))


def _same(one: arb, other: arb) -> bool:
    """Tell whether two balls are one number as far as can be seen; balls too wide to tell lie outside."""
    difference = abs(one - other)
    size = max(abs(one).mid(), abs(other).mid())
    if difference < _NOUGHT or difference < size * _CLOSE:
        return True
    if difference.contains(0):
        raise OutsideError
    return False


def _points(derivation: Derivation) -> Iterator[dict[str, arb]]:
    """Yield points, the same ones every time: usual sizes first, then near the numbers that occur."""
    names = sorted(names_in(derivation.input) | {derivation.by})
    numbers = {float(each.value) for each in walk(derivation.input) if isinstance(each, Number)}
    near = [(sign * each, 0.2 + each / 10) for each in sorted(numbers)[:12] for sign in (1, -1) if each < 1e9]
    spreads = [*_SPREADS[:4], *near, *_SPREADS[4:]]
    for turn in count():
        middle, width = spreads[turn % len(spreads)]
        shares = ((turn * len(names) + i + 1) * _GOLDEN % 1 - 0.5 for i in range(len(names)))
        yield {name: arb(middle + width * share) for name, share in zip(names, shares, strict=True)}

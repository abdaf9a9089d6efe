"""Is what the chain rule gives the derivative of the composition: seen at places, and proven where that is short."""

from collections.abc import Iterator
from contextlib import suppress
from random import Random

import sympy
from flint import arb
from sympy import Expr

from engine.answering.scalar import Scalar
from engine.building import symbol, unbuild
from engine.calculus import derivatives
from engine.calculus.balls import ball, side
from engine.derivation.enclosed import BITS, Around, OutsideError, precision
from engine.errors import NotSupported
from engine.judging.exact import identical
from engine.judging.places import EVERYWHERE, balls, draw

_LEAST, _ENOUGH, _DRAWN, _SEED = 2, 3, 60, 1
_LONGEST = 300  # operations of an expression that a proof is tried for
_CLOSE = arb(2) ** -90


def refuse_unseen(whole: Scalar, by: str, value: Expr, start: dict[str, arb] | None) -> None:
    """Refuse a derivative that is not the composition's own, as series of balls give it, at two points at least."""
    found = 0
    with precision():
        for point in _points(whole, start):
            with suppress(OutsideError):
                if not _agrees(whole, by, value, point):
                    raise NotSupported("The chain rule and the composition disagree here, so I give no answer.")
                found += 1
            if found == _ENOUGH:
                return
    if found < _LEAST:
        raise NotSupported(
            "I found no places where these functions fit together and are smooth, so I could check nothing.",
            option="inner",
        )


def _points(whole: Scalar, start: dict[str, arb] | None) -> Iterator[dict[str, arb]]:
    """Yield the point given and places near it, then drawn ones, the same every time."""
    if start is not None:
        for i in range(4):
            yield {name: value + arb(i) / (1000 + 7 * j) for j, (name, value) in enumerate(start.items())}
    names = sorted({str(each) for each in whole.expression.free_symbols} | set(whole.names))
    for point in draw(names, EVERYWHERE, Random(_SEED), _DRAWN):  # noqa: S311 - no secret is made of the places
        yield balls(point, BITS)


def _agrees(whole: Scalar, by: str, value: Expr, point: dict[str, arb]) -> bool:
    """Tell whether both are one number as far as can be seen. Raises OutsideError."""
    stated = ball(value, BITS, {symbol(name): each for name, each in point.items()})
    if stated is None:
        raise OutsideError
    slope = Around(point, by).slope(whole.read.tree)
    difference, size = abs(stated - slope), max(abs(stated).mid(), abs(slope).mid(), arb(1))
    if difference < size * _CLOSE:
        return True
    if side(difference) is None:
        raise OutsideError
    return False


def is_proven(whole: Scalar, by: str, value: Expr) -> bool:
    """Tell whether an identity is found between a derivative and the one of the composition as a whole."""
    (itself,) = derivatives.gradient(whole.expression, [symbol(by)])
    if max(map(sympy.count_ops, (value, itself))) > _LONGEST:
        return False
    try:
        return identical(unbuild(value), unbuild(itself), EVERYWHERE)
    except NotSupported:
        return False

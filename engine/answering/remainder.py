"""How far an approximation can be off: Lagrange's remainder, enclosed along the way to a point."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy
from flint import arb
from sympy import Expr, Symbol

from engine.answering.scalar import Scalar
from engine.answering.tidying import is_late
from engine.calculus import derivatives
from engine.calculus.balls import ball, side
from engine.calculus.domain import Condition
from engine.errors import Refused
from engine.values import Budget

_PIECES = 32
_BITS = 64
_TIME = sympy.Dummy("t", real=True)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the errors of both approximations stay below, proven; None where nothing is."""

    linear: float | None = None
    quadratic: float | None = None


def bounds(
    scalar: Scalar, start: Sequence[Expr], end: Sequence[Expr], partials: Sequence[Expr], budget: Budget
) -> Bounds:
    """Return bounds of |f - L| and |f - Q| at the end of the segment, L and Q made at its start.

    By Taylor's theorem along the segment: half of the largest second derivative on it, and a sixth of the
    largest third one. None where f is not proven smooth on all of it, and where time runs out.
    """
    if is_late(budget):
        return Bounds()
    way = {s: a + _TIME * (b - a) for s, a, b in zip(scalar.symbols, start, end, strict=True)}
    try:
        slope = sympy.Add(*(g.xreplace(way) * (b - a) for g, a, b in zip(partials, start, end, strict=True)))
        (second,) = derivatives.gradient(slope, [_TIME])
        if not _smooth(scalar.conditions, way):
            return Bounds()
        linear = _largest(second, budget)
        if is_late(budget):
            return Bounds(_half_up(linear, 2))
        (third,) = derivatives.gradient(second, [_TIME])
        return Bounds(_half_up(linear, 2), _half_up(_largest(third, budget), 6))
    except Refused:
        return Bounds()


def _smooth(conditions: Sequence[Condition], way: Mapping[Symbol, Expr]) -> bool:
    """Tell whether f is proven to be smooth on the whole segment."""
    for condition in conditions:
        if not condition.smooth:
            continue
        along = condition.of.xreplace(dict(way))
        sides = {side(ball(along, _BITS, {_TIME: piece})) for piece in _pieces()}
        if not (sides <= {1} or (condition.smooth == "≠ 0" and sides <= {-1})):
            return False
    return True


def _pieces() -> list[arb]:
    """Return balls that cover 0 to 1."""
    return [arb((2 * k + 1) / (2 * _PIECES), 1 / (2 * _PIECES)) for k in range(_PIECES)]


def _largest(expression: Expr, budget: Budget) -> arb | None:
    """Return a number that the absolute value stays below for t from 0 to 1."""
    found = arb(0)
    for piece in _pieces():
        value = None if budget.left() <= 0 else ball(expression, _BITS, {_TIME: piece})
        if value is None:
            return None
        found = found.max(arb(value.abs_upper()))
    return found


def _half_up(value: arb | None, factorial: int) -> float | None:
    """Return the float next above the value over a factorial."""
    if value is None:
        return None
    exact = (value / factorial).abs_upper()
    near = float(exact)
    above = near if arb(near) >= exact else math.nextafter(near, math.inf)
    return above if math.isfinite(above) else None

"""Boxes that branch and prune leaves open: the degenerate zeros in them, and whether these are the only ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np
import sympy as sp
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol, diff, expand, fraction, together

from engine.calculus.balls import ball, side
from engine.calculus.signs import decimal, is_real_finite, sign
from engine.critical.found import CriticalPoint
from engine.critical.kinks import extremum
from engine.critical.pointwise import describe, off_kinks
from engine.critical.punctured import alone
from engine.critical.rays import star
from engine.critical.spans import Array
from engine.values import Budget

Bounds = tuple[tuple[float, float], ...]
_MOST_APART = 200
_CELLS = 8
_HIGHEST = 8  # order of a zero that is looked for
_BESIDE = 0.01
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Leftover:
    """Open boxes that touch, the exact critical point found in them, and whether it is proven to be the only one."""

    box: Bounds
    point: CriticalPoint | None
    closed: bool


def leftovers(
    f: Expr, variables: tuple[Symbol, ...], boxes: Sequence[tuple[Array, Array]], budget: Budget
) -> list[Leftover]:
    """Return what is known of boxes in which a gradient may have zeros, those that touch taken together.

    A box beside a point that was found in another one may be settled by it.
    """
    bounds = [tuple((float(a), float(b)) for a, b in zip(*box, strict=True)) for box in _hulls(boxes)]
    found = [_settled(f, variables, box, budget) for box in bounds]
    points = [left.point for left in found if left.point is not None]
    return [
        replace(left, closed=left.closed or any(_beside(f, variables, left.box, point, budget) for point in points))
        for left in found
    ]


def _settled(f: Expr, variables: tuple[Symbol, ...], box: Bounds, budget: Budget) -> Leftover:
    for at in product(*(_simple(a, b) for a, b in box)):
        if budget.left() < 0:
            break
        here = dict(zip(variables, at, strict=True))
        if is_real_finite(f.xreplace(here)) is not True:
            if len(variables) == 1 and _only_hole(f, variables[0], at[0], box[0]):
                return Leftover(box, None, closed=True)
            continue
        found = _smooth(f, here, box, budget) if off_kinks(f, here) else None
        found = found or _rough(f, here, box, budget)
        if found is not None:
            return found
    return Leftover(box, None, closed=False)


def _smooth(f: Expr, here: dict[Symbol, Expr], box: Bounds, budget: Budget) -> Leftover | None:
    variables, at = tuple(here), tuple(here.values())
    gradient = [diff(f, v) for v in variables]
    if not all(_zero(partial.xreplace(here)) for partial in gradient):
        return None
    only = _lone(gradient, variables, at, box, budget)
    return Leftover(box, describe(f, variables, at, budget, isolated=only), only)


def _beside(f: Expr, variables: tuple[Symbol, ...], box: Bounds, point: CriticalPoint, budget: Budget) -> bool:
    """Tell whether a box is proven to have no zero of the gradient but the point, which need not be in it."""
    if not point.smooth or any(c.has(sp.Float) for c in point.at):
        return False
    if any(min(abs(c - low), abs(c - high)) > _BESIDE for c, (low, high) in zip(point.decimal, box, strict=True)):
        return False
    wide = tuple((min(low, c), max(high, c)) for c, (low, high) in zip(point.decimal, box, strict=True))
    return _lone([diff(f, v) for v in variables], variables, point.at, wide, budget)


def _lone(
    gradient: Sequence[Expr], variables: tuple[Symbol, ...], at: Sequence[Expr], box: Bounds, budget: Budget
) -> bool:
    if len(variables) == 1:
        return _alone(gradient[0], variables[0], at[0], box[0])
    reach = [max(abs(end - decimal(c)) for end in ends) + _ROUNDING for ends, c in zip(box, at, strict=True)]
    return alone(gradient, variables, at, reach, budget)


def _rough(f: Expr, here: dict[Symbol, Expr], box: Bounds, budget: Budget) -> Leftover | None:
    """Return an extremum at a kink, and whether the box lies where f is known to be monotone along the rays."""
    if all(is_real_finite(diff(f, v).xreplace(here)) for v in here) and off_kinks(f, here):
        return None
    seen = star(f, tuple(here), tuple(here.values()), budget)
    if seen is None or (seen.way == "both" and not seen.flat):
        return None
    point = extremum(f, tuple(here), tuple(here.values()), seen)
    reach = [max(abs(end - c) for end in ends) for ends, c in zip(box, point.decimal, strict=True)]
    return Leftover(box, point, seen.way != "both" and max(reach) < 0.99 * seen.reach)


def _zero(value: Expr) -> bool:
    near = ball(value, 96)
    return near is not None and bool(near.contains(0)) and sign(expand(value)) == 0


def _only_hole(f: Expr, variable: Symbol, at: Expr, ends: tuple[float, float]) -> bool:
    """Tell whether the slope's numerator is zero at a point outside of the domain only."""
    top = fraction(together(diff(f, variable)))[0]
    return _zero(top.xreplace({variable: at})) and _alone(top, variable, at, ends)


def _alone(slope: Expr, variable: Symbol, at: Expr, ends: tuple[float, float]) -> bool:
    """Tell whether a function of one variable has no other zero between two ends.

    Between two zeros its derivative has one (Rolle): where the first derivative that is not zero at the
    point is not zero between the ends either, there are no more zeros, counted by order, than at the point.
    """
    low, high = (fmpq(*Fraction(end).as_integer_ratio()) for end in ends)
    whole = arb((low + high) / 2, (high - low) / 2 * fmpq(1001, 1000))
    for _ in range(_HIGHEST):
        slope = diff(slope, variable)
        if _zero(slope.xreplace({variable: at})):
            continue
        return bool(side(ball(slope, 128, {variable: whole})))
    return False


def _simple(low: float, high: float) -> Iterator[Expr]:
    """Return simple numbers in an interval: a rational, and a multiple of pi."""
    room = (high - low) / 4 + 1e-12
    yield _rational(low - room, high + room)
    if low > 1 or high < -1 or low * high > 0:
        yield _rational((low - room) / np.pi, (high + room) / np.pi) * sp.pi


def _rational(low: float, high: float) -> Rational:
    """Return the rational number with the smallest denominator between two numbers (Stern and Brocot)."""
    if low <= 0 <= high:
        return sp.S.Zero
    if high < 0:
        return -_rational(-high, -low)
    floor = int(np.floor(low))
    if floor + 1 <= high:
        return sp.Integer(floor + 1) if low > floor else sp.Integer(floor)
    if low == floor:
        return sp.Integer(floor)
    return floor + 1 / _rational(1 / (high - floor), 1 / (low - floor))


def _hulls(boxes: Sequence[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
    """Return the hulls of boxes that touch each other, as (low, high); of very many, those of parts of the plane."""
    groups: list[tuple[Array, Array]] = []
    for low, high in sorted(_parts(boxes), key=lambda box: tuple(box[0])):
        lo, hi = low.copy(), high.copy()
        reach = 1e-9 + 0.5 * (hi - lo)
        apart = []
        for other in groups:
            if ((lo - reach <= other[1]) & (other[0] <= hi + reach)).all():
                lo, hi = np.minimum(lo, other[0]), np.maximum(hi, other[1])
            else:
                apart.append(other)
        groups = [*apart, (lo, hi)]
    return groups


def _parts(boxes: Sequence[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
    """Return few boxes that hold all boxes, one for each cell of a coarse grid."""
    if len(boxes) <= _MOST_APART:
        return list(boxes)
    low, high = (np.array(each) for each in zip(*boxes, strict=True))
    start, width = low.min(axis=0), np.maximum(high.max(axis=0) - low.min(axis=0), 1e-300)
    cells = (np.minimum((low + high) / 2 - start, width) / width * _CELLS).astype(int)
    found = []
    for cell in np.unique(cells, axis=0):
        chosen = (cells == cell).all(axis=1)
        found.append((low[chosen].min(axis=0), high[chosen].max(axis=0)))
    return found

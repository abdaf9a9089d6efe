"""Rates of change by their definition, at points where no rule of differentiation applies: |x| at 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import sympy
from sympy import Expr, Symbol

from engine.answering import series
from engine.answering.scalar import Scalar
from engine.answering.series import OutsideError, Series, UnsureError
from engine.answering.tidying import tidied
from engine.calculus import derivatives
from engine.calculus.signs import sign

Going = Literal["finite", "infinite", "jumps", "outside", "unsure"]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What happens to a function on the way from a point along a vector.

    going: whether it has a rate there or an infinite one, jumps at the point, has no value beside it, or
           whether nothing is proven.
    rate:  for the whole vector: the limit of (f(p + t v) - f(p)) / t for t falling to 0; None unless finite.
    """

    going: Going
    rate: Expr | None = None


def leave(scalar: Scalar, point: dict[Symbol, Expr], vector: Sequence[Expr]) -> Leaving:
    """Return how a function changes along a vector from a point at which it exists."""
    ways = dict(zip(scalar.symbols, vector, strict=True))
    values = {
        str(name): Series.of(
            {Fraction(0): value, Fraction(1): ways.get(name, sympy.S.Zero)},
            float("inf"),
        )
        for name, value in point.items()
    }
    try:
        return _read_off(series.along(scalar.read.tree, values), derivatives.at(scalar.expression, point))
    except OutsideError:
        return Leaving("outside")
    except UnsureError:
        return Leaving("unsure")


def _read_off(found: Series, value: Expr) -> Leaving:
    jump = sign(tidied(found.coefficient(0) - value))
    if jump:
        return Leaving("jumps")
    if jump is None or found.order <= 1:
        return Leaving("unsure")
    slow = [sign(each) for exponent, each in found.terms if 0 < exponent < 1]
    if any(slow):
        return Leaving("infinite")
    if None in slow:
        return Leaving("unsure")
    return Leaving("finite", found.coefficient(1))


def is_kink(scalar: Scalar, point: dict[Symbol, Expr], vector: Sequence[Expr], rate: Expr) -> bool:
    """Tell whether the function is proven not to be differentiable at a point with that rate along the vector.

    Proven where a way out of the point has no finite rate, where there and back do not cancel, or where
    the rates along the axes do not add up to the given one.
    """
    size = len(scalar.symbols)
    axes = [[sympy.Integer(int(i == j)) for j in range(size)] for i in range(size)]
    slopes = []
    for way, known in [(list(vector), rate), *((axis, None) for axis in axes)]:
        there = Leaving("finite", known) if known is not None else leave(scalar, point, way)
        back = leave(scalar, point, [-each for each in way])
        if {there.going, back.going} & {"infinite", "jumps", "outside"}:
            return True
        if there.rate is None or back.rate is None:
            return False
        if sign(tidied(there.rate + back.rate)):
            return True
        slopes.append(there.rate)
    linear = sympy.Add(*(slope * each for slope, each in zip(slopes[1:], vector, strict=True)))
    return bool(sign(tidied(linear - rate)))

"""Derivatives at a single point that a function is mended at, by their definition as limits.

Such a function is one quotient of polynomials in two variables everywhere near the point, and a number at it. What
is said holds on the two lines through the point, along which all these limits are taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy import Expr, Poly, Symbol

from engine.building import build, symbol
from engine.calculus.signs import sign
from engine.errors import Refused
from engine.reading import Expression, Point
from engine.reading.functions import CASES
from engine.reading.tree import Apply
from engine.spelling import formula as spell

_STEP = Symbol("h", real=True)
_LONG = 60


@dataclass(frozen=True, slots=True)
class Mended:
    """Derivatives at the point; None where the limit is infinite, or there is no first one to go on from."""

    first: tuple[Expr | None, Expr | None]
    mixed: tuple[Expr | None, Expr | None]

    def told(self, names: tuple[str, ...]) -> str:
        """Return in words which derivatives there are, and whether the mixed ones agree."""
        x, y = (spell.variable(name).text for name in names)
        firsts = " and ".join(_said(f"f_{v}", each) for v, each in zip((x, y), self.first, strict=True))
        if None in self.first:
            return f" By their definition as limits, {firsts} there."
        said = f" By their definition as limits, {firsts} there; that alone does not make f differentiable."
        one, other = (_said(f"f_{a}{b}", each) for (a, b), each in zip(((x, y), (y, x)), self.mixed, strict=True))
        if None in self.mixed:
            return f"{said} Of the mixed ones, {one} and {other}."
        if self.mixed[0] == self.mixed[1]:
            return f"{said} The mixed ones agree: {one} and {other}."
        return f"{said} But {one} and {other}: the mixed ones differ, since they are not continuous there."


def _said(name: str, value: Expr | None) -> str:
    return f"{name} does not exist" if value is None else f"{name} = {value}"


def mended(f: Expression, names: tuple[str, ...], at: Point) -> Mended | None:
    """Return the derivatives of `quotient if side > 0 else number` at a point where the side is zero, else None."""
    tree = f.tree
    if len(names) != 2 or not isinstance(tree, Apply) or tree.function != CASES or len(tree.arguments) != 3:
        return None
    piece, condition, other = tree.arguments
    if not isinstance(condition, Apply) or condition.function not in {">", "!="}:
        return None
    x, y = map(symbol, names)
    try:
        left, right = map(build, condition.arguments)
        here = dict(zip((x, y), map(build, at.coordinates), strict=True))
        quotient, value = build(piece), build(other).xreplace(here)
    except Refused:
        return None
    if not _fits(quotient, left - right, value, here):
        return None
    if not all(_holds_beside(condition.function, left - right, quotient, v, here) for v in (x, y)):
        return None
    first = tuple(_slope(_along(quotient, v, here), value) for v in (x, y))
    mixed = tuple(
        None if start is None else _slope(_along(sympy.diff(quotient, v), w, here), start)
        for (v, w), start in zip(((x, y), (y, x)), first, strict=True)
    )
    return Mended((first[0], first[1]), (mixed[0], mixed[1]))


def _fits(quotient: Expr, side: Expr, value: Expr, here: Mapping[Symbol, Expr]) -> bool:
    """Tell whether all of it is rational, in the two variables and at the point."""
    known = set(here)
    numbers = [*here.values(), value, sympy.expand(side.xreplace(dict(here)))]
    return (
        all(each.is_Rational for each in numbers)
        and numbers[-1] == 0
        and side.is_polynomial(*known)
        and quotient.is_rational_function(*known)
        and not (quotient.free_symbols | side.free_symbols) - known
        and sympy.count_ops(quotient) + sympy.count_ops(side) <= _LONG
    )


def _holds_beside(relation: str, side: Expr, quotient: Expr, variable: Symbol, here: Mapping[Symbol, Expr]) -> bool:
    """Tell whether the condition holds, and the quotient exists, on both sides of the point along one line."""
    moved = {**here, variable: here[variable] + _STEP}
    below = sympy.expand(sympy.fraction(sympy.together(quotient))[1].xreplace(moved))
    rise = Poly(sympy.expand(side.xreplace(moved)), _STEP)
    if below == 0 or rise.is_zero:
        return False
    (degree,), lowest = rise.terms()[-1]
    return relation == "!=" or (degree % 2 == 0 and sign(lowest) == 1)


def _along(quotient: Expr, variable: Symbol, here: Mapping[Symbol, Expr]) -> Expr:
    """Return a quotient on the line through the point, as a function of the step from it."""
    return quotient.xreplace({**here, variable: here[variable] + _STEP})


def _slope(along: Expr, start: Expr) -> Expr | None:
    """Return the limit of (along - start)/step for a step to 0; None where it is infinite."""
    above, below = sympy.fraction(sympy.cancel((along - start) / _STEP))
    under = sympy.expand(below).xreplace({_STEP: sympy.S.Zero})
    return None if under == 0 else sympy.expand(above).xreplace({_STEP: sympy.S.Zero}) / under

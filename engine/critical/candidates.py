"""Critical points of functions beyond exact elimination: candidates, kept only where they are proven."""

from collections.abc import Iterator
from itertools import product

import sympy as sp
from sympy import Derivative, Expr, Rational, S, Subs, Symbol, diff, expand

from engine.calculus.balls import ball
from engine.calculus.signs import is_real_finite, sign
from engine.critical.found import CriticalPoint, Found
from engine.critical.pointwise import describe, off_kinks
from engine.values import Budget

_VALUES = (
    S.Zero,
    S.One,
    S.NegativeOne,
    sp.pi / 2,
    -sp.pi / 2,
    sp.pi,
    -sp.pi,
    S.Half,
    -S.Half,
    Rational(2),
    Rational(-2),
    S.Exp1,
    1 / S.Exp1,
)
_MOST = 400
_WHY = "the points listed are proven, others may exist"


def candidates(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found:
    """Return the critical points found among simple exact values; all are proven, more may exist."""
    gradient = [diff(f, v) for v in variables]
    if any(partial.has(Derivative, Subs) for partial in gradient):
        return Found((), (), "not proven", f"{f} has a part without a known derivative.")
    points: list[CriticalPoint] = []
    for at in _grid(len(variables)):
        if budget.left() < 0:
            return Found(tuple(points), (), "not proven", f"{_WHY}; the time was too short for more.")
        here = dict(zip(variables, at, strict=True))
        if not _vanishes([partial.xreplace(here) for partial in gradient]):
            continue
        if off_kinks(f, here) and is_real_finite(f.xreplace(here)):
            points.append(describe(f, variables, at, budget, isolated=False))
    return Found(tuple(sorted(points, key=lambda point: point.decimal)), (), "not proven", f"{_WHY}.")


def linear(f: Expr, variables: tuple[Symbol, ...], budget: Budget) -> Found | None:
    """Return the only critical point of f where the gradient is linear, with any constants in it; else None."""
    if not f.is_polynomial(*variables):
        return None
    solved = _linear([diff(f, v) for v in variables], variables)
    if solved is None:
        return None
    point = describe(f, variables, solved, budget, isolated=True)
    return Found((point,), (), "proven", "the gradient is linear with a determinant that is not zero.")


def _vanishes(gradient: list[Expr]) -> bool:
    for partial in gradient:
        value = ball(partial, 64)
        if value is None or not value.contains(0):
            return False
    return all(sign(expand(partial)) == 0 for partial in gradient)


def _grid(count: int) -> Iterator[tuple[Expr, ...]]:
    """Return points with simple coordinates, the simplest values for each coordinate first."""
    size = max(n for n in range(2, len(_VALUES) + 1) if n**count <= _MOST or n == 2)
    return product(_VALUES[:size], repeat=count)


def _linear(gradient: list[Expr], variables: tuple[Symbol, ...]) -> tuple[Expr, ...] | None:
    """Return the only zero of a linear gradient by Cramer's rule, None where it is none or not proven."""
    if len(variables) > 4:
        return None
    matrix = sp.Matrix([[expand(diff(partial, v)) for v in variables] for partial in gradient])
    if matrix.free_symbols:
        return None
    determinant = matrix.det(method="berkowitz")
    if not sign(expand(determinant)):
        return None
    origin = dict.fromkeys(variables, S.Zero)
    wanted = [-partial.xreplace(origin) for partial in gradient]
    if not all(is_real_finite(each) for each in wanted):
        return None
    found = []
    for column in range(len(variables)):
        changed = matrix.copy()
        changed[:, column] = sp.Matrix(wanted)
        found.append(expand(changed.det(method="berkowitz")) / expand(determinant))
    return tuple(found)

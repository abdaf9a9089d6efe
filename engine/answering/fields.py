"""A function as descent needs it: in floats, and exactly where it is quadratic."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import sympy
from sympy import Expr, Matrix

from engine.answering.scalar import Scalar
from engine.building import unbuild
from engine.descending.floats import compiled
from engine.descending.rates import Quadratic
from engine.descending.walk import Field, Needed, Point
from engine.values import Budget


def field_of(scalar: Scalar, partials: Sequence[Expr], matrix: Matrix) -> Field:
    """Return the function with its derivatives and conditions in floats."""

    def function(expression: Expr) -> object:
        return compiled(unbuild(expression), scalar.names)

    needed = [
        Needed(compiled(unbuild(each.of), scalar.names), each.exists, each.smooth, each.shown)
        for each in scalar.conditions
        if each.of.free_symbols
    ]
    slopes = tuple(compiled(unbuild(each), scalar.names) for each in partials)
    curvatures = tuple(tuple(compiled(unbuild(each), scalar.names) for each in row) for row in matrix.tolist())
    return Field(compiled(scalar.read.tree, scalar.names), slopes, curvatures, tuple(needed))


def seen(field: Field, at: Point, turn: int) -> np.ndarray | None:
    """Return the Hessian seen from below: turned over for ascent; None where it is not finite."""
    matrix = field.hessian(at)
    return None if matrix is None else turn * matrix


def largest_curvatures(field: Field, turn: int, path: Sequence[Point], budget: Budget) -> tuple[float, ...]:
    """Return the largest curvature at each point, as far as the time reaches and the numbers are finite."""
    found = []
    for i, at in enumerate(path):
        matrix = seen(field, at, turn)
        if matrix is None or (i % 32 == 31 and budget.left() <= 0):
            break
        found.append(float(np.linalg.eigvalsh(matrix)[-1]))
    return tuple(found)


def quadratic_of(
    scalar: Scalar, partials: Sequence[Expr], matrix: Matrix, at: tuple[Expr, ...], turn: int
) -> Quadratic | None:
    """Return what is known exactly of a quadratic function of rational numbers, from a start; None for others.

    turn: -1 to turn it over for ascent. A start that is not rational stands for the origin.
    """
    if any(each.of.free_symbols for each in scalar.conditions):
        return None
    rows = [[sympy.expand(turn * each) for each in row] for row in matrix.tolist()]
    start = at if all(each.is_Rational for each in at) else (sympy.S.Zero,) * len(rows)
    if not all(each.is_Rational for row in rows for each in row):
        return None
    there = dict(zip(scalar.symbols, start, strict=True))
    slope = [sympy.expand(turn * each.xreplace(there)) for each in partials]
    if not all(each.is_Rational for each in slope):
        return None
    return Quadratic.of([list(map(fraction, row)) for row in rows], list(map(fraction, slope)))


def fraction(value: Expr) -> Fraction:
    """Return a rational number as a fraction."""
    return Fraction(int(value.p), int(value.q))

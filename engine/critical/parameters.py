"""Critical points of functions with parameters, by cases, where the gradient is linear in the variables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sympy as sp
from sympy import Expr, S, Symbol, cancel, diff, expand, factor, fraction

from engine.calculus.signs import sign
from engine.critical.found import Kind

Relation = Literal["> 0", "< 0", "= 0"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a parameter expression has to be."""

    of: Expr
    relation: Relation


@dataclass(frozen=True, slots=True)
class Case:
    """A critical point where all conditions hold, or, without one, the equations of all that are there, if any.

    Of several with the same conditions each holds.
    """

    when: tuple[Condition, ...]
    at: tuple[Expr, ...] | None
    kind: Kind
    strict: bool | None
    value: Expr | None
    equations: tuple[Expr, ...]


def by_cases(f: Expr, variables: Sequence[Symbol]) -> tuple[Case, ...] | None:
    """Return the critical points for all values of the other letters.

    None where f is not quadratic in one or two variables, or its Hessian is singular for all values.
    The conditions of the cases exclude each other, and one of them always holds where f is defined.
    """
    if len(variables) > 2 or not f.is_polynomial(*variables):
        return None
    gradient = tuple(expand(diff(f, v)) for v in variables)
    matrix = sp.Matrix([[expand(diff(partial, v)) for v in variables] for partial in gradient])
    if matrix.free_symbols & set(variables):
        return None
    determinant, first = expand(matrix.det(method="berkowitz")), matrix[0, 0]
    if determinant == 0:
        return None
    point = _point(f, variables, gradient, matrix, determinant)
    single = len(variables) == 1
    found: list[Case] = []
    for turn in (1, -1):
        for bend in (1,) if single or turn < 0 else (1, -1):
            when = _when([(determinant, turn)] if single or turn < 0 else [(determinant, turn), (first, bend)])
            if when is not None:
                kind = _kind(turn, bend, single=single)
                strict = None if kind == "saddle point" else True
                found.append(Case(when, point[0], kind, strict, point[1], ()))
    flat = _when([(determinant, 0)])
    if flat is not None:
        found.append(Case(flat, None, "not decided", None, None, gradient))
    return tuple(found)


def _kind(turn: int, bend: int, *, single: bool) -> Kind:
    if single:
        return "local minimum" if turn > 0 else "local maximum"
    if turn < 0:
        return "saddle point"
    return "local minimum" if bend > 0 else "local maximum"


def _point(
    f: Expr, variables: Sequence[Symbol], gradient: Sequence[Expr], matrix: sp.Matrix, determinant: Expr
) -> tuple[tuple[Expr, ...], Expr]:
    """Return the only zero of the gradient (Cramer's rule) and the value there."""
    origin = dict.fromkeys(variables, S.Zero)
    wanted = sp.Matrix([-partial.xreplace(origin) for partial in gradient])
    at = []
    for column in range(len(variables)):
        changed = matrix.copy()
        changed[:, column] = wanted
        at.append(factor(cancel(changed.det(method="berkowitz") / determinant)))
    return tuple(at), factor(cancel(f.xreplace(dict(zip(variables, at, strict=True)))))


def _when(wanted: Sequence[tuple[Expr, int]]) -> tuple[Condition, ...] | None:
    """Return the conditions that are left, None where one never holds."""
    left = []
    for whole, side in wanted:
        # a quotient is zero where its numerator is, and has else the sign of its product with the denominator
        above, below = fraction(cancel(whole))
        expr = above if side == 0 else expand(above * below)
        known = sign(expr) if not expr.free_symbols else None
        if known is None:
            left.append(Condition(_primitive(expr), "> 0" if side > 0 else "< 0" if side < 0 else "= 0"))
        elif known != side:
            return None
    relations = {each.of: each.relation for each in left}
    if any(relations[each.of] != each.relation for each in left):
        return None
    return tuple(dict.fromkeys(left))


def _primitive(expr: Expr) -> Expr:
    """Return an expression without its positive numerical factor."""
    content, rest = factor(expr).as_content_primitive()
    return rest if content.is_positive else -rest

"""Functions seen to be convex or concave from how they are built, and regions that are convex."""

from collections.abc import Sequence

import sympy as sp
from sympy import Add, Expr, Symbol

from engine.calculus.definiteness import definiteness
from engine.calculus.signs import sign
from engine.constrained.found import Candidate, End, Kind
from engine.constrained.problem import Constraint, Problem

_UP = ("positive definite", "positive semidefinite", "zero matrix")


def is_convex(f: Expr, variables: Sequence[Symbol]) -> bool:
    """Return whether f is seen to be convex on the convex set where it exists.

    Source: Boyd and Vandenberghe, Convex Optimization, section 3.2: sums of convex functions are convex, and a
    convex function of one number may be taken of an affine one.
    """
    plain: list[Expr] = []
    bent: list[Expr] = []
    for term in Add.make_args(sp.expand(f)):
        (plain if term.is_polynomial(*variables) else bent).append(term)
    return _quadratic(Add(*plain), variables) and all(_bent(term, variables) for term in bent)


def is_convex_region(constraints: Sequence[Constraint], variables: Sequence[Symbol]) -> bool:
    """Return whether all equations are linear and all inequalities ask a convex function not to be positive."""
    return all(
        _affine(each.g, variables) if each.sign == "=" else is_convex(-each.inward, variables) for each in constraints
    )


def only(problem: Problem, candidates: Sequence[Candidate], end: End, kind: Kind) -> End:
    """Return the end that a local extremum is of a function bent one way on a convex region, else the end given."""
    found = [each for each in candidates if each.kind == kind]
    f = problem.f if kind == "local minimum" else -problem.f
    if end.reach != "not proven" or not found or any(edge.exists == "≠ 0" for edge in problem.edges):
        return end
    if not (is_convex(f, problem.variables) and is_convex_region(problem.constraints, problem.variables)):
        return end
    word = "convex" if kind == "local minimum" else "concave"
    why = f"f is {word} on a convex region, where no point is better than one that is best near it"
    return End("attained", found[0].value, found[0].value_decimal, tuple(each.at for each in found), why)


def _quadratic(poly: Expr, variables: Sequence[Symbol]) -> bool:
    matrix = sp.hessian(poly, variables)
    return not matrix.free_symbols and definiteness(matrix.applyfunc(sp.expand)) in _UP


def _affine(expr: Expr, variables: Sequence[Symbol]) -> bool:
    bends = sp.hessian(expr, variables).applyfunc(sp.expand)
    return bool(expr.is_polynomial(*variables) and bends.is_zero_matrix)


def _bent(term: Expr, variables: Sequence[Symbol]) -> bool:
    """Return whether a number times exp, -ln, |u| or a power of an affine function is convex."""
    factor, rest = term.as_independent(*variables, as_Add=False)
    way = sign(factor)
    if isinstance(rest, sp.exp):
        return way == 1 and _affine(rest.args[0], variables)
    if isinstance(rest, sp.Abs):
        return way == 1 and _affine(rest.args[0], variables)
    if isinstance(rest, sp.log):
        return way == -1 and _affine(rest.args[0], variables)
    if rest.is_Pow and rest.exp.is_Rational and not rest.exp.is_Integer and _affine(rest.base, variables):
        # where it exists the base is not negative
        return way == (-1 if 0 < rest.exp < 1 else 1)
    return False

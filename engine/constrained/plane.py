"""The extent of a function over a region, where that comes down to two variables."""

from collections.abc import Sequence
from itertools import combinations, product

from flint import fmpq_mpoly
from sympy import Expr, Rational, S, Symbol

from engine.constrained.extent import OpenError, Region
from engine.constrained.faces import Face, face, flattened
from engine.constrained.problem import Problem
from engine.critical.polynomials import polynomial, ring
from engine.critical.quotients import NotRationalError, read
from engine.values import Budget

_CUTS = (0, 1, -1, 2, -2)
_MOST_CUTS = 25
_OPEN = (None, None)
Bounds = tuple[Expr | None, Expr | None]


def extent(problem: Problem, budget: Budget) -> Bounds:
    """Return infimum and supremum of f apart from single values, each None where it is not known.

    Beyond two variables only infinities are found: by cutting planes through the region.
    """
    found = face(problem.f, problem.variables, [each.inward for each in problem.equalities])
    if found is None or len(found.equations) > 1:
        return _OPEN
    if len(found.free) > 2:
        found = flattened(found)
    if len(found.free) <= 2:
        return _bounds(found, problem, budget)
    return _cut(found, problem, budget)


def _cut(found: Face, problem: Problem, budget: Budget) -> Bounds:
    low: Expr | None = None
    high: Expr | None = None
    equations = [each.inward for each in problem.equalities]
    size = len(found.free) - 2
    # planes of all directions: along one alone the region may be bounded in each
    cuts = ((some, cut) for cut in product(_CUTS, repeat=size) for some in combinations(found.free, size))
    for count, (some, cut) in enumerate(cuts):
        if count >= _MOST_CUTS or (low is not None and high is not None) or budget.left() < 0:
            break
        fixed = [v - Rational(c) for v, c in zip(some, cut, strict=True)]
        part = face(problem.f, problem.variables, [*equations, *fixed])
        if part is None or len(part.equations) > 1 or len(part.free) > 2:
            continue
        ends = _bounds(part, problem, budget)
        low = S.NegativeInfinity if ends[0] == S.NegativeInfinity else low
        high = S.Infinity if ends[1] == S.Infinity else high
    return low, high


def _bounds(found: Face, problem: Problem, budget: Budget) -> Bounds:
    closed, strict = ([found.everywhere(c.inward) for c in some] for some in (problem.closure, problem.strict))
    closed = [h for h, c in zip(closed, problem.closure, strict=True) if c.sign != "="]
    try:
        outer = _region(found, closed, (), budget).extent()
        # with excluded edges the values are known only where leaving these out makes no difference
        inner = _region(found, closed, strict, budget).extent() if strict else outer
    except (OpenError, NotRationalError):
        return _OPEN
    return tuple(a if a == b else None for a, b in zip(outer, inner, strict=True))  # type: ignore[return-value]  # two


def _region(found: Face, closed: Sequence[Expr], strict: Sequence[Expr], budget: Budget) -> Region:
    """Return the region of a face with two free variables at most. Raises where it is no rational one."""
    context = ring(2)
    spare = tuple(Symbol(f"spare{i}") for i in range(2 - len(found.free)))
    names = (*found.free, *spare)
    equations = [*found.equations, *spare]
    if len(equations) > 1:
        raise OpenError
    f = read(found.f, names, context)

    def polys(some: Sequence[Expr]) -> tuple[fmpq_mpoly, ...]:
        exact = [polynomial(each, names, context) for each in some]
        known = tuple(poly for poly in exact if poly is not None)
        if len(known) < len(exact):
            raise OpenError
        return known

    kept = polys(closed)
    if any(poly.is_constant() and not poly.is_zero() and poly.leading_coefficient() < 0 for poly in kept):
        raise OpenError
    narrow = tuple(poly for poly in kept if not poly.is_constant())
    edges = tuple(poly for poly in polys(strict) if not poly.is_constant())
    return Region(f, polys(equations)[0] if equations else None, narrow, edges, budget)

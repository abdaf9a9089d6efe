"""The convex pieces of a set that is described by inequalities: one where it is convex itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import sympy as sp
from flint import fmpq_mpoly
from sympy import Expr, Symbol

from engine.convexity.affine import combined
from engine.convexity.lengths import over_one
from engine.convexity.orthant import POSITIVE, UP
from engine.convexity.region import Part, Region, slopes_of
from engine.convexity.rules import Rules
from engine.convexity.signs import DOWN, Signed
from engine.critical.definite import signs
from engine.critical.polynomials import expression, polynomial, ring
from engine.values import Budget

Wanted = Literal["≠ 0", "> 0", "≥ 0"]
MAX_PIECES = 8


@dataclass(frozen=True, slots=True)
class Demand:
    """What an expression must be in the set."""

    of: Expr
    wanted: Wanted


class NotConvexError(Exception):
    """A set that was not taken apart into convex pieces; `of` is the demand that was in the way."""

    def __init__(self, of: Demand) -> None:
        super().__init__()
        self.of = of


def regions(demands: Sequence[Demand], variables: Sequence[Symbol], budget: Budget) -> tuple[Region, ...]:
    """Return the convex pieces of the set in which all demands are met; none where no inner point is left.

    Raises NotConvexError where a demand is neither always met, nor asks for a convex set, nor parts the
    space by planes.
    """
    found = [Region(tuple(variables))]
    for demand in demands:
        found = [piece for region in found for piece in _met(region, demand, budget)]
        found = [piece for piece in found if not _is_thin(piece)]
        if len(found) > MAX_PIECES:
            raise NotConvexError(demand)
    return tuple(map(_plain, found))


def _met(region: Region, demand: Demand, budget: Budget) -> list[Region]:
    """Return the pieces of a region in which a demand is met."""
    signed = Signed(region, budget)
    side = signed.of(demand.of)
    if demand.wanted == "≠ 0" and side == UP:
        demand = _bare(Demand(demand.of, "> 0"))
    if side == POSITIVE or (demand.wanted == "≠ 0" and 0 not in side) or (demand.wanted == "≥ 0" and side <= UP):
        return [region]
    if side == frozenset((-1,)) or (demand.wanted != "≠ 0" and side <= DOWN):
        return []
    strict = demand.wanted != "≥ 0"
    if demand.wanted != "≠ 0" and Rules(signed).proof(demand.of, -1) is not None:
        return [_with(region, [Part(demand.of, strict)])]
    planes = _planes(demand.of, region, budget)
    if planes is None:
        raise NotConvexError(demand)
    turn, factors = planes
    if not strict and not all(odd for _, odd in factors):
        raise NotConvexError(demand)
    found = []
    for chosen in product((1, -1), repeat=len(factors)):
        whole = turn
        for way, (_, odd) in zip(chosen, factors, strict=True):
            whole *= way if odd else 1
        if demand.wanted == "≠ 0" or whole == 1:
            parts = [Part(sp.expand(way * factor), strict) for way, (factor, _) in zip(chosen, factors, strict=True)]
            found.append(_with(region, parts))
    return found


def _bare(demand: Demand) -> Demand:
    """Take roots and other positive powers off an expression that must be positive and is not negative."""
    while demand.of.is_Pow and demand.of.exp.is_positive and not demand.of.exp.is_Integer:
        demand = Demand(demand.of.base, demand.wanted)
    return demand


def _planes(expr: Expr, region: Region, budget: Budget) -> tuple[int, list[tuple[Expr, bool]]] | None:
    """Return the sign of what is left and the affine factors, each with whether it occurs oddly often."""
    context = ring(len(region.variables))
    turn, found = 1, []
    quotient = over_one(expr)
    for each in quotient or ():
        poly = polynomial(each, region.variables, context)
        if poly is None or poly.is_zero():
            return None
        constant, factors = poly.factor()
        turn *= 1 if constant > 0 else -1
        for factor, multiplicity in factors:
            side = _one_sided(factor, budget)
            if side is not None:
                turn *= side if multiplicity % 2 else 1
                continue
            plane = expression(factor, region.variables)
            if slopes_of(plane, region.variables) is None:
                return None
            found.append((plane, multiplicity % 2 == 1))
    return (turn, found) if quotient is not None and len(found) <= 4 else None


def _one_sided(factor: fmpq_mpoly, budget: Budget) -> int | None:
    if factor.total_degree() < 2:
        return None
    return {"positive": 1, "negative": -1}.get(signs(factor, budget))


def _with(region: Region, parts: Sequence[Part]) -> Region:
    """Return the region with more parts; the stricter one of two about the same expression counts."""
    found = {part.of: part for part in region.parts}
    for part in parts:
        if part.of not in found or part.strict:
            found[part.of] = part
    return Region(region.variables, tuple(found.values()))


def _is_thin(region: Region) -> bool:
    """Tell whether a part can never be positive where the others hold."""
    for part in region.parts:
        others = Region(region.variables, tuple(each for each in region.parts if each != part))
        found = combined(part.of, others)
        if found is not None and found <= DOWN:
            return True
    return False


def _plain(region: Region) -> Region:
    """Leave out what follows from the other parts."""
    kept = list(region.parts)
    for part in region.parts:
        others = Region(region.variables, tuple(each for each in kept if each != part))
        found = combined(part.of, others)
        if found == POSITIVE or (found is not None and not part.strict and found <= UP):
            kept.remove(part)
    return Region(region.variables, tuple(kept))

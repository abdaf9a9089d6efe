"""Convex sets of points: where concave functions are positive, or not negative."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from engine.calculus.signs import sign
from engine.convexity.lengths import is_short


@dataclass(frozen=True, slots=True)
class Part:
    """What must not be negative in a region, where strict even positive; concave, so that it asks for a convex set."""

    of: Expr
    strict: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """Between which numbers a variable lies; None where there is no bound, and whether the bound itself is excluded."""

    low: Expr | None = None
    high: Expr | None = None
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A convex set with inner points: where all parts hold."""

    variables: tuple[Symbol, ...]
    parts: tuple[Part, ...] = ()

    def inner(self) -> "Region":
        """Return the inner points alone: a concave function that is zero inside of its set is zero everywhere."""
        return replace(self, parts=tuple(Part(each.of, strict=True) for each in self.parts))

    def is_open(self) -> bool:
        """Tell whether no edge belongs to the region."""
        return all(each.strict for each in self.parts)

    def contains(self, point: Mapping[Symbol, Expr]) -> bool | None:
        """Tell whether a point of exact coordinates lies in the region; None where that is not decided."""
        found = [sign(each.of.xreplace(dict(point))) for each in self.parts]
        if any(
            s is not None and (s < 0 or (s == 0 and part.strict)) for s, part in zip(found, self.parts, strict=True)
        ):
            return False
        return None if None in found else True

    def ends(self) -> dict[Symbol, Ends]:
        """Return the bounds of each variable that a single part states, rational or not."""
        found = dict.fromkeys(self.variables, Ends())
        for part in self.parts:
            slopes = slopes_of(part.of, self.variables)
            if slopes is None:
                continue
            moving = [v for v, slope in zip(self.variables, slopes, strict=True) if slope != 0]
            if len(moving) == 1:
                (name,) = moving
                slope = slopes[self.variables.index(name)]
                at = sp.expand(-part.of.xreplace({name: sp.S.Zero}) / slope)
                found[name] = _tightened(found[name], at, part, rising=sign(slope) == 1)
        return found


def _tightened(ends: Ends, at: Expr, part: Part, *, rising: bool) -> Ends:
    if rising:
        order = 1 if ends.low is None else sign(at - ends.low)
        if order == 0:
            return replace(ends, above=ends.above or part.strict)
        return replace(ends, low=at, above=part.strict) if order == 1 else ends
    order = -1 if ends.high is None else sign(at - ends.high)
    if order == 0:
        return replace(ends, below=ends.below or part.strict)
    return replace(ends, high=at, below=part.strict) if order == -1 else ends


def slopes_of(expr: Expr, variables: tuple[Symbol, ...]) -> tuple[Expr, ...] | None:
    """Return the constant partial derivatives of an affine expression; None for any other."""
    if not (expr.is_polynomial(*variables) and is_short(expr)):
        return None
    try:
        poly = sp.Poly(expr, *variables)
    except sp.PolynomialError:
        return None
    if poly.total_degree() > 1:
        return None
    return tuple(poly.coeff_monomial(v) for v in variables)

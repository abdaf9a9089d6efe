"""The values of a rational function on a closed region of the plane that need not be bounded.

Every value that is taken is taken at a point nearest to a fixed place, among the points with that value.
These points lie on a curve for each face of the region, so that curves are all there is to look at. Along
a curve the number of points with the value v changes only at finitely many v: where f is stationary on
the curve, where the curve meets an edge, and where a point goes off to infinity, which is where a leading
coefficient of a resultant is zero. One sample between two of these decides for all v between them.
Source: Basu, Pollack, Roy, Algorithms in Real Algebraic Geometry, 2nd ed., chapters 5 and 12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from flint import arb, fmpq, fmpq_mpoly, fmpq_poly
from sympy import Expr, S

from engine.calculus.signs import decimal
from engine.critical.components import components
from engine.critical.definite import between, univariate
from engine.critical.polynomials import irreducibles, remainder, ring, terms
from engine.critical.quotients import Quotient
from engine.critical.roots import Root, isolated
from engine.critical.solutions import Place, solutions
from engine.values import Budget

_PLANE = ring(2)
_SPACE = ring(3)
_HIGHEST = 24  # degree of Q(t); a minimal polynomial takes seconds where that is higher
_PLACE = (fmpq(3, 11), fmpq(17, 13))
_X, _Y, _V = _SPACE.gens()


class OpenError(Exception):
    """Not decided by this method, or not in time."""


@dataclass(frozen=True, slots=True)
class Region:
    """f on the points of the plane where the equation, if any, is zero and no inequality is negative.

    strict: those of the inequalities whose edge is excluded; it is followed all the same.
    All in the ring of two variables.
    """

    f: Quotient
    equation: fmpq_mpoly | None
    inequalities: tuple[fmpq_mpoly, ...]
    strict: tuple[fmpq_mpoly, ...]
    budget: Budget

    def extent(self) -> tuple[Expr, Expr]:
        """Return infimum and supremum of f; infinities where there is no bound, oo and -oo for no point at all.

        Single values which f takes at points of its own are left out: an extremum there is a candidate.
        Raises OpenError where they are not decided.
        """
        lows, highs = [], []
        for curve in self._curves():
            low, high = self._along(curve)
            lows.append(low)
            highs.append(high)
        return min(lows, key=_size, default=S.Infinity), max(highs, key=_size, default=S.NegativeInfinity)

    def _curves(self) -> list[fmpq_mpoly]:
        """Return irreducible polynomials of the curves that decide."""
        if self.equation is not None:
            return irreducibles(self.equation)
        f, gens = self.f, _PLANE.gens()
        slope = [f.derivative(i).above * _other(f, i) for i in (0, 1)]
        polar = (gens[0] - _PLACE[0]) * slope[1] - (gens[1] - _PLACE[1]) * slope[0]
        if polar.is_zero():
            raise OpenError
        found = {
            str(q): q for each in (polar, *self.inequalities) if not each.is_constant() for q in irreducibles(each)
        }
        return list(found.values())

    def _along(self, curve: fmpq_mpoly) -> tuple[Expr, Expr]:
        special = self._special(curve)
        if special is None:
            return S.Infinity, S.NegativeInfinity
        roots = sorted(isolated(special), key=_about) if special.degree() > 0 else []
        samples = between(special) if special.degree() > 0 else [fmpq(0)]
        taken = [self._taken(curve, samples[0])]
        first = next((i for i, v in enumerate(samples) if (taken[0] if i == 0 else self._taken(curve, v))), None)
        if first is None:
            return S.Infinity, S.NegativeInfinity
        last = next(i for i in reversed(range(len(samples))) if i == first or self._taken(curve, samples[i]))
        low = S.NegativeInfinity if first == 0 else _written(roots[first - 1])
        high = S.Infinity if last == len(roots) else _written(roots[last])
        return low, high

    def _special(self, curve: fmpq_mpoly) -> fmpq_poly | None:
        """Return a polynomial with all the values in question among its zeros, None where f is constant."""
        f = self.f
        above, below = f.above, f.below
        slope = [above.derivative(i) * below - above * below.derivative(i) for i in (0, 1)]
        turning = slope[0] * curve.derivative(1) - slope[1] * curve.derivative(0)
        if remainder(turning, [curve]).is_zero():
            return None
        if not below.is_constant() and self._points([curve, above, below]):
            raise OpenError
        found = [fmpq_poly([1])]
        for other in (turning, *self.inequalities):
            if other.is_constant() or remainder(other, [curve]).is_zero():
                continue
            found += [self._value(place) for place in self._points([curve, other]) if self._defined(place)]
        level = _lifted(above) - _V * _lifted(below)
        lifted = _lifted(curve)
        for name, kept in (("v1", 0), ("v0", 1)):
            leading = _leading(lifted.resultant(level, name), kept)
            found.append(leading)
        total = prod(found, start=fmpq_poly([1]))
        return total // total.gcd(total.derivative()) if total.degree() > 0 else total

    def _points(self, system: Sequence[fmpq_mpoly]) -> list[Place]:
        if self.budget.left() < 0:
            raise OpenError
        parts, complete = components(system, _PLANE, self.budget)
        if not complete or any(part.dim > 0 for part in parts):
            raise OpenError
        found: list[Place] = []
        for part in parts:
            places = solutions(part.basis, _PLANE, self.budget)
            if places is None:
                raise OpenError
            found += places
        return found

    def _defined(self, place: Place) -> bool:
        return place.root.sign(place.value(self.f.below)) != 0

    def _value(self, place: Place) -> fmpq_poly:
        root = place.root
        if root.modulus.degree() > _HIGHEST:
            raise OpenError
        element = place.value(self.f.above) * root.inverse(root.reduce(place.value(self.f.below)))
        return fmpq_poly(list(root.minimal(element)))

    def _taken(self, curve: fmpq_mpoly, level: fmpq) -> bool:
        """Return whether f takes a value on a curve, inside of the region."""
        places = self._points([curve, self.f.above - level * self.f.below])
        return any(self._defined(place) and self._inside(place) for place in places)

    def _inside(self, place: Place) -> bool:
        """Return whether a point is feasible; one on an excluded edge counts where feasible points are near it."""
        signs = [(h, place.root.sign(place.value(h))) for h in self.inequalities]
        if any(sign < 0 for _, sign in signs):
            return False
        edges = [h for h, sign in signs if sign == 0]
        if not any(h in self.strict for h in edges):
            return True
        slopes = [place.root.sign(place.value(edges[0].derivative(i))) for i in (0, 1)]
        return self.equation is None and len(edges) == 1 and any(slopes)


def _other(f: Quotient, index: int) -> fmpq_mpoly:
    """Return what brings both partial derivatives to one denominator."""
    one, two = f.derivative(index).below, f.derivative(1 - index).below
    return divmod(two, one.gcd(two))[0]


def _lifted(poly: fmpq_mpoly) -> fmpq_mpoly:
    return poly.compose(_X, _Y, ctx=_SPACE)


def _leading(poly: fmpq_mpoly, index: int) -> fmpq_poly:
    """Return the coefficient, a polynomial in v, of the highest power of one variable."""
    if poly.is_zero():
        raise OpenError
    highest = int(poly.degrees()[index])
    parts = {tuple(0 if i == index else e for i, e in enumerate(m)): c for m, c in terms(poly) if m[index] == highest}
    return univariate(_SPACE.from_dict(parts), 2)


def _about(root: Root) -> arb:
    return root.ball(fmpq_poly([0, 1]), 512).mid()


def _written(root: Root) -> Expr:
    return root.expression(fmpq_poly([0, 1]))


def _size(value: Expr) -> float:
    return float(value) if value.is_infinite else decimal(value)


__all__ = ["OpenError", "Region"]

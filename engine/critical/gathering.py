"""Solves the polynomial equations of a gradient, and gathers the critical points and sets they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flint import fmpq_mpoly
from sympy import Expr, Symbol, expand, rem

from engine.calculus.signs import sign
from engine.critical.components import Component, components
from engine.critical.domain import Domain, crosses, meets, outside, zero_at
from engine.critical.found import CriticalPoint, CriticalSet, Kind
from engine.critical.jets import Seconds, second_derivatives
from engine.critical.jets import critical_point as spot_point
from engine.critical.places import critical_point as place_point
from engine.critical.pointwise import describe
from engine.critical.polynomials import expression
from engine.critical.sets import kind_along, kind_known
from engine.critical.solutions import Place, solutions
from engine.critical.spots import spot
from engine.critical.unknowns import Unknowns
from engine.values import Budget

_LONGEST = 160
_SHORT = 60  # operations of a function that is derived again as it stands


@dataclass(slots=True)
class Gathering:
    """Points and sets while they are gathered, and what is missing for a proof that they are all.

    poles: for a rational function, polynomials that must not be zero.
    """

    f: Expr
    system: Unknowns
    inside: Domain
    poles: Sequence[fmpq_mpoly]
    budget: Budget
    points: dict[tuple[Expr, ...], CriticalPoint] = field(default_factory=dict)
    sets: list[CriticalSet] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    _seconds: Seconds | None = None

    def surface(self, factor: fmpq_mpoly) -> None:
        """Take up the zero set of a common factor that is no polynomial, where it is seen to change sign."""
        built = self.system.tower
        equation = built.written(factor)
        if crosses(equation, built.variables, self.inside):
            kind = kind_known(built, [factor], self.budget)
            self.sets.append(CriticalSet((equation,), len(built.variables) - 1, kind, _strict(kind)))
        else:
            self.missing.append(f"whether {equation} = 0 has real solutions is not decided")

    def solve(self) -> None:
        """Take up all points and sets that solve the system."""
        context, budget = self.system.context, self.budget
        parts, complete = components(self.system.equations, context, budget)
        if not complete:
            self.missing.append("the time was too short for the elimination")
        wide = [p for p in parts if p.dim > 0 and not any(outside(q, p.basis, budget) for q in self.poles)]
        for part in wide:
            self._set(part)
        places: list[Place] = []
        for part in parts:
            found = solutions(part.basis, context, budget) if part.dim == 0 else []
            if found is None:
                self.missing.append("the equations have too many complex solutions for the time")
            places += found or []
        for place in places:
            if budget.left() < 0:
                self.missing.append("the time was too short for all points")
                return
            if not any(all(zero_at(place, part.basis)) for part in wide):
                self._point(place)

    def _set(self, part: Component) -> None:
        built = self.system.tower
        large = [self.system.large(poly) for poly in part.basis]
        if any(built.never_zero(poly, self.budget) for poly in large):
            return
        names = [(*built.variables, *(k.expr for k in built.kernels))[i] for i in self.system.places]
        ordered = sorted(part.basis, key=lambda p: (p.total_degree(), str(p)))
        # what holds between a kernel and its argument says nothing in the learner's terms
        equations = tuple(equation for equation in (_tidy(poly, names) for poly in ordered) if expand(equation) != 0)
        text = ", ".join(f"{equation} = 0" for equation in equations)
        text = text if len(text) < _LONGEST else "a longer system of equations"
        if any(_divides(equation, each) for equation in equations for each in self.inside.nonzero):
            return
        if built.kernels:
            kind = kind_known(built, large, self.budget)
            if not self._reached(part, equations):
                self.missing.append(f"whether {text} has real solutions in the domain is not decided")
                return
        else:
            kind = kind_along(built.function, part, self.budget)
        if part.real is None:
            self.missing.append(f"whether {text} has real solutions is not decided")
        self.sets.append(CriticalSet(equations, part.dim, kind, _strict(kind)))

    def _reached(self, part: Component, equations: tuple[Expr, ...]) -> bool:
        """Return whether a set is proven to have a real point in the domain."""
        variables = self.system.tower.variables
        if self.system.places == tuple(range(len(variables))) and self.inside == Domain((), ()):
            return part.real is not None
        single = len(equations) == 1 and crosses(equations[0], variables, self.inside)
        return single or meets(equations, variables, self.inside)

    def _point(self, place: Place) -> None:
        built, alone = self.system.tower, not self.missing
        if not built.kernels:
            if not any(zero_at(place, [built.function.below, *self.poles])):
                point = place_point(self.f, built.function, built.variables, place, self.budget, isolated=alone)
                self.points[point.at] = point
            return
        if not self.system.allowed(place):
            return
        here = spot(self.system, place)
        values = dict(zip(built.variables, here.at, strict=True))
        inside = self.inside.holds(values)
        if inside is None:
            self.missing.append(f"whether {here.at} is in the domain is not decided")
        if inside and here.at not in self.points and self._off_sets(values):
            self._seconds = self._seconds or second_derivatives(built)
            point = spot_point(self.f, here, self._seconds, self.budget, isolated=alone)
            if point.kind == "not decided" and len(values) < 3 and self.f.count_ops() < _SHORT:
                again = describe(self.f, built.variables, here.at, self.budget, isolated=alone)
                point = point if again.kind == "not decided" else again
            self.points[here.at] = point

    def _off_sets(self, values: dict[Symbol, Expr]) -> bool:
        """Return whether a point is on none of the sets known; notes it where that is not decided."""
        for known in self.sets:
            found = [sign(equation.xreplace(values)) for equation in known.equations]
            if None in found and not any(found):
                self.missing.append(f"whether {tuple(values.values())} lies on {known.equations[0]} = 0 is not decided")
            if not any(found):
                return False
        return True


def _tidy(poly: fmpq_mpoly, names: Sequence[Expr]) -> Expr:
    """Return the polynomial without denominators."""
    return expression(poly, names).as_content_primitive()[1]


def _divides(equation: Expr, whole: Expr) -> bool:
    """Return whether one polynomial divides another."""
    names = tuple(whole.free_symbols | equation.free_symbols)
    if not names or not (equation.is_polynomial(*names) and whole.is_polynomial(*names)):
        return False
    return bool(rem(whole, equation, *names) == 0)


def _strict(kind: Kind) -> bool | None:
    """Return False for an extremum: f is constant along a set of critical points."""
    return False if kind in ("local minimum", "local maximum") else None

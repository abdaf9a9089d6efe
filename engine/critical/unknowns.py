"""Which variables and kernels are the unknowns of a polynomial system, and the way back to the variables."""

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from flint import fmpq_mpoly
from sympy import Expr, S

from engine.calculus.signs import sign
from engine.critical.kernels import Kernel
from engine.critical.polynomials import Ring, occurring, ring, terms
from engine.critical.solutions import Place
from engine.critical.tower import Tower


@dataclass(frozen=True, slots=True)
class Unknowns:
    """The unknowns of a system: places of generators in the tower's ring, and the equations in these alone.

    changed: variables that occur inside one kernel only, which is then the unknown in their place.
    """

    tower: Tower
    places: tuple[int, ...]
    context: Ring
    equations: tuple[fmpq_mpoly, ...]
    changed: dict[int, Kernel]

    def small(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        """Return a polynomial of the tower in the ring of the unknowns."""
        return self.context.from_dict({tuple(m[i] for i in self.places): c for m, c in terms(poly)})

    def large(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        """Return a polynomial in the unknowns in the ring of the tower."""
        images = [self.tower.context.gen(i) for i in self.places]
        return poly.compose(*images, ctx=self.tower.context)

    def allowed(self, place: Place) -> bool:
        """Return whether the kernels that are positive are so at a solution."""
        first = len(self.tower.variables)
        return all(
            place.root.sign(value) > 0
            for i, value in zip(self.places, place.at, strict=True)
            if i >= first and self.tower.kernels[i - first].positive
        )

    def back(self, place: Place) -> tuple[Expr, ...]:
        """Return the variables at a solution; of a periodic one the value in (-period/2, period/2]."""
        values = dict(zip(self.places, place.expressions(), strict=True))
        return tuple(
            self._inverted(i, self.changed[i], values) if i in self.changed else values[i]
            for i in range(len(self.tower.variables))
        )

    def _inverted(self, index: int, kernel: Kernel, values: dict[int, Expr]) -> Expr:
        slope = kernel.expr.args[0] / self.tower.variables[index]
        value = values[self._place(kernel)]
        if kernel.name == "exp":
            return sp.log(value) / slope
        if kernel.name == "log":
            return sp.exp(value) / slope
        other = values[self._place(self._partner(kernel))]
        sine, cosine = (value, other) if kernel.name == "sine" else (other, value)
        return _angle(sine, cosine) / slope

    def _place(self, kernel: Kernel) -> int:
        return len(self.tower.variables) + self.tower.kernels.index(kernel)

    def _partner(self, kernel: Kernel) -> Kernel:
        return partner(self.tower.kernels, kernel)

    def periods(self) -> tuple[Expr, ...]:
        """Return for each variable its period, 0 without one."""
        return tuple(
            2 * sp.pi / abs(self.changed[i].expr.args[0] / v)
            if i in self.changed and self.changed[i].name in ("sine", "cosine")
            else S.Zero
            for i, v in enumerate(self.tower.variables)
        )


def partner(kernels: Sequence[Kernel], kernel: Kernel) -> Kernel:
    """Return the cosine beside a sine, or the sine beside a cosine."""
    return next(k for k in kernels if {k.name, kernel.name} == {"sine", "cosine"} and k.inner == kernel.inner)


def unknowns(tower: Tower, equations: Sequence[fmpq_mpoly]) -> Unknowns | None:
    """Return the unknowns of a system in variables and kernels; None where it is not algebraic in any."""
    first = len(tower.variables)
    used, system, changed = _closure(tower, equations)
    for place in sorted(i for i in used if i >= first):
        kernel = tower.kernels[place - first]
        if kernel.name in ("root", "size"):
            continue
        index = _only(tower, kernel)
        if index is None or index in used:
            return None
        known = changed.setdefault(index, kernel)
        if known is not kernel and known is not _beside(tower, kernel):
            return None
    places = tuple(sorted(used | {i for i in range(first) if i not in changed}))
    context = ring(len(places))
    found = Unknowns(tower, places, context, (), changed)
    return Unknowns(tower, places, context, tuple(found.small(poly) for poly in system), changed)


def _beside(tower: Tower, kernel: Kernel) -> Kernel | None:
    return partner(tower.kernels, kernel) if kernel.name in ("sine", "cosine") else None


def _closure(tower: Tower, equations: Sequence[fmpq_mpoly]) -> tuple[set[int], list[fmpq_mpoly], dict[int, Kernel]]:
    """Return all generators the equations need, and the equations with those between the generators."""
    first, system = len(tower.variables), [poly for poly in equations if not poly.is_zero()]
    used: set[int] = set()
    for poly in system:  # grows while it is read
        for place in occurring(poly):
            if place in used:
                continue
            used.add(place)
            if place < first:
                continue
            relation = tower.relation(place)
            if relation is not None and relation not in system:
                system.append(relation)
    return used, system, {}


def _only(tower: Tower, kernel: Kernel) -> int | None:
    """Return the variable that a kernel is a function of, times a constant; None if it is of another form."""
    if kernel.name not in ("exp", "log", "sine", "cosine") or len(kernel.expr.free_symbols) != 1:
        return None
    (variable,) = kernel.expr.free_symbols
    slope = kernel.expr.args[0] / variable
    if slope.free_symbols or not sign(slope) or (kernel.name == "log" and sign(slope) != 1):
        return None
    return tower.variables.index(variable)


def _angle(sine: Expr, cosine: Expr) -> Expr:
    """Return the angle in (-pi, pi] with this sine and cosine, as a multiple of pi where that is simple."""
    for parts in (1, 2, 3, 4, 5, 6, 8, 10, 12):
        for times in range(-parts + 1, parts + 1):
            angle = sp.pi * sp.Rational(times, parts)
            if sign(sine - sp.sin(angle)) == 0 and sign(cosine - sp.cos(angle)) == 0:
                return angle
    return sp.acos(cosine) if sign(sine) in (0, 1) else -sp.acos(cosine)

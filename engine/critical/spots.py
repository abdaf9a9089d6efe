"""Exact values at a solution of the polynomial equations of a function in kernels."""

from dataclasses import dataclass

from flint import arb, fmpq_mpoly, fmpq_poly
from sympy import Expr

from engine.calculus.balls import ball, side
from engine.critical.degenerate import lift
from engine.critical.near import enclosed
from engine.critical.polynomials import Exponents, Ring, ring, terms
from engine.critical.solutions import Place
from engine.critical.unknowns import Unknowns


@dataclass(frozen=True, slots=True)
class Spot:
    """A solution, and its variables as expressions.

    Values there are polynomials in the generators that are no unknowns and, last, in the root t:
    exact zero is zero whatever real numbers the former are.
    """

    system: Unknowns
    place: Place
    at: tuple[Expr, ...]
    context: Ring
    others: tuple[int, ...]

    def value(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        """Return the value of a polynomial of the tower."""
        totals: dict[Exponents, fmpq_poly] = {}
        monomials = self.place.monomials()
        for exponents, coefficient in terms(poly):
            outside = tuple(exponents[i] for i in self.others)
            inside = monomials(tuple(exponents[i] for i in self.system.places))
            totals[outside] = totals.get(outside, fmpq_poly([0])) + inside * coefficient
        parts = {(*m, i): c for m, total in totals.items() for i, c in enumerate(total.coeffs()) if c != 0}
        return self.context.from_dict(parts)

    def reduce(self, value: fmpq_mpoly) -> fmpq_mpoly:
        """Return the canonical form of a value."""
        return value % lift(self.place.root.modulus, self.context)

    def ball(self, value: fmpq_mpoly, bits: int) -> arb | None:
        """Return a ball round a value."""
        numbers = self.numbers(bits)
        if numbers is None:
            return None
        chosen = [numbers[i] for i in self.others]
        return enclosed(value, [*chosen, self.place.root.ball(fmpq_poly([0, 1]), bits)], bits)

    def numbers(self, bits: int) -> list[arb] | None:
        """Return balls round all generators of the tower."""
        tower, root = self.system.tower, self.place.root
        balls: dict[Expr, arb] = {}
        for name, coordinate in zip(tower.variables, self.at, strict=True):
            near = ball(coordinate, bits)
            if near is None:
                return None
            balls[name] = near
        known = dict(zip(self.system.places, self.place.at, strict=True))
        found = []
        for i, name in enumerate((*tower.variables, *(kernel.expr for kernel in tower.kernels))):
            number = root.ball(known[i], bits) if i in known else ball(name, bits, balls)
            if number is None:
                return None
            found.append(number)
        return found

    def sign(self, value: fmpq_mpoly) -> int | None:
        """Return the sign of a value, None where it is not proven."""
        if value.is_zero():
            return 0
        common = self.common(value)
        if common is not None:
            return self.place.root.sign(self.element(value))
        return next((s for bits in (64, 192, 640) for s in [side(self.ball(value, bits))] if s is not None), None)

    def common(self, value: fmpq_mpoly) -> Exponents | None:
        """Return the powers of positive kernels that are a factor of a value, if the rest is in Q(t)."""
        first = len(self.system.tower.variables)
        found = {m[:-1] for m, _ in terms(value)}
        if len(found) != 1:
            return None
        (powers,) = found
        positive = all(
            i >= first and self.system.tower.kernels[i - first].positive
            for i, e in zip(self.others, powers, strict=True)
            if e
        )
        return powers if positive else None

    def element(self, value: fmpq_mpoly) -> fmpq_poly:
        """Return a value without its common powers, as an element of Q(t)."""
        total = fmpq_poly([0])
        for exponents, coefficient in terms(value):
            total += fmpq_poly([0] * exponents[-1] + [coefficient])
        return total


def spot(system: Unknowns, place: Place) -> Spot:
    """Return a solution with its variables as expressions."""
    others = tuple(i for i in range(len(system.tower.symbols)) if i not in system.places)
    return Spot(system, place, system.back(place), ring(len(others) + 1), others)

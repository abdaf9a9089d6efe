"""Checks that critical points are all: from the gradient's equations by sums of multiples, factors and roots."""

from collections.abc import Iterable
from functools import reduce
from itertools import product
from typing import Any

from flint import arb, arb_poly, ctx, fmpq, fmpq_mpoly, fmpq_poly

from engine.proofs.field import Field
from engine.proofs.terms import Rejected, Term, derivative, needs, number, read, value

Values = dict[int, fmpq_poly]
Sides = list[tuple[fmpq, fmpq]]
Window = list[tuple[arb, arb] | None]
_BITS, _ASIDE = 512, fmpq(1, 7)


class Algebra:
    """A function and the points listed in boxes; met: for each of these its coordinates, by the root met as it."""

    def __init__(self, f: Term, names: list[str], kernels: list[str], window: Window, sets: list[list[str]]) -> None:
        self.f, self.window, self.field = f, window, (field := Field(names, kernels))
        partials = [field.lift(derivative(f, i)) for i in range(len(names))]
        if any(name != "cos" and i not in field.used for i, (name, _) in enumerate(field.kernels, len(names))):
            raise Rejected("a kernel has no place in f")
        self.gradient, asked = [above for above, _ in partials], list(field.nonzero)
        self.sets = [[field.lift(read(each, names))[0] for each in one] for one in sets]
        field.nonzero = asked  # an equation of a set asks nothing of f
        self.start = [*self.gradient, *field.relations.values()]
        self.boxes, self.met = list[Sides](), list[dict[str, list[arb]]]()
        self.turns = dict[int, fmpq]()  # the period over pi of variables in one sine and its cosine alone
        for place, (name, inner) in enumerate(field.kernels, len(names)):
            others = [*partials, *(each for _, each in field.kernels if each != inner)]
            linear = field.linear(place) if name == "sin" else None
            if linear and not any(each.degrees()[linear[0]] for both in others for each in both):
                self.turns[linear[0]] = 2 / abs(linear[1])

    def poly(self, given: Iterable[list[Any]]) -> fmpq_mpoly:
        """Return a polynomial from its terms, each a coefficient and the exponents of the generators."""
        return self.field.ring.from_dict({tuple(powers): number(c) for c, *powers in given})

    def combined(self, parts: list[Any], known: list[fmpq_mpoly]) -> fmpq_mpoly:
        """Return a sum of multiples of known polynomials."""
        return sum((known[i] * self.poly(factor) for i, factor in parts), self.field.one * 0)

    def one_sign(self, poly: fmpq_mpoly) -> bool:
        """Return whether the terms have one sign everywhere, and one of them no zero."""
        free = [
            [int(e) for e, gen in zip(m, self.field.gens, strict=True) if gen not in self.field.positive]
            for m in poly.monoms()
        ]
        even = not any(e % 2 for powers in free for e in powers)
        return even and len({c > 0 for c in poly.coeffs()}) == 1 and not all(map(any, free))

    def never(self, poly: fmpq_mpoly) -> bool:
        """Return whether a polynomial has no zero: it divides one that has none, or its terms have one sign."""
        return not poly.is_zero() and (any((q % poly).is_zero() for q in self.field.nonzero) or self.one_sign(poly))

    def check(self, branch: dict[str, Any], known: list[fmpq_mpoly]) -> None:
        """Check that all critical points at which known polynomials are zero are listed; refuses (Rejected) else."""
        known = list(known)
        for step in branch["steps"]:
            known.append(self.combined(step, known))
        match branch["end"]:
            case {"zero": int(i)} if self.never(known[i]):
                return
            case {"set": int(i)} if all(equation in known for equation in self.sets[i]):
                return
            case {"product": int(i), "constant": str(c), "parts": parts}:
                factors = [self.poly(part["factor"]) for part in parts]
                powers = (q ** part["power"] for q, part in zip(factors, parts, strict=True))
                if known[i] != reduce(lambda a, b: a * b, powers, self.field.one * number(c)):
                    raise Rejected("a product is not the polynomial that it is said to be")
                for q, part in zip(factors, parts, strict=True):
                    self.check(part["branch"], [*known, q])
            case {"form": form, "modulus": modulus, "at": at}:
                values = {int(i): fmpq_poly([*map(number, each)]) for i, each in at.items()}
                self._roots(self.poly(form), fmpq_poly([*map(number, modulus)]), values, known)
            case _:
                raise Rejected("a branch does not end in what is shown")

    def _roots(self, form: fmpq_mpoly, modulus: fmpq_poly, values: Values, known: list[fmpq_mpoly]) -> None:
        """Check the points whose generators are polynomials in a root t of a modulus, t = form."""
        wanted = [composed(modulus, form), *(self.field.gens[i] - composed(q, form) for i, q in values.items())]
        if not all(each.is_zero() or each in known for each in wanted) or not self._owned(values):
            raise Rejected("that coordinates are polynomials in a root is not shown")
        bound = [each for place, each in self.field.relations.items() if place in values]
        if not all(zero_at(each, values, modulus) for each in [*self.gradient, *bound]):
            raise Rejected("a gradient is not zero at the roots of a branch")
        apart = [[q] for q in self.field.nonzero] + self.sets
        if any(all(zero_at(each, values, modulus) for each in equations) for equations in apart):
            return
        with ctx.workprec(_BITS):
            found: Any = modulus.numer().complex_roots()
            for k, (root, _) in enumerate(found):
                if root.imag.is_zero():
                    balls = {i: arb_poly(each)(root.real) for i, each in values.items()}
                    self._met(balls, f"{form} {modulus} {sorted(values.items())} {k}")

    def _owned(self, values: Values) -> bool:
        """Return whether values are of variables, of roots, and of kernels of one further variable each."""
        owned = [i for i in values if i < self.field.count]
        for place in values.keys() - owned:
            name, linear = self.field.kernels[place - self.field.count][0], self.field.linear(place)
            angle = name == "sin" and place + 1 in values and linear and linear[0] in self.turns
            if linear and (name in ("exp", "log") or angle):
                owned.append(linear[0])
            elif not (name == "cos" and place - 1 in values) and not name.startswith("root"):
                return False
        return sorted(owned) == list(range(self.field.count))

    def _met(self, balls: dict[int, arb], key: str) -> None:
        """Check that a solution is outside the domain or the window, or a point listed, and take it as met."""
        if any(ball < 0 and self.field.gens[i] in self.field.positive for i, ball in balls.items()):
            return
        here, memo = [self._variable(i, balls, _ASIDE) for i in range(self.field.count)], dict[int, arb]()
        if any(value(each, here, memo) < 0 for each in needs(self.f)):
            return
        if not all(
            value(g, here, memo).is_finite() for g in [self.f, *(derivative(self.f, i) for i in range(len(here)))]
        ):
            raise Rejected("whether a solution is in the domain is not shown")
        for at in product(*(self._copies(i, here[i]) for i in range(self.field.count))):
            count = 0
            for sides, met in zip(self.boxes, self.met, strict=True):
                guess = [(low + high) / 2 for low, high in sides]
                point = [at[i] if self.window[i] else self._variable(i, balls, guess[i]) for i in range(len(at))]
                if all(low < each < high for each, (low, high) in zip(point, sides, strict=True)):
                    met[key], count = point, count + 1
            beyond = any(
                ends and (each < ends[0] or each > ends[1]) for each, ends in zip(at, self.window, strict=True)
            )
            if count != int(not beyond):
                raise Rejected(f"a critical point is not listed once: {[float(each.mid()) for each in at]}")

    def _copies(self, i: int, ball: arb) -> list[arb]:
        """Return the values of a variable, in its window those of an angle that differ by whole periods."""
        ends = self.window[i]
        if ends is None or i not in self.turns:
            return [ball]
        turn = self.turns[i] * arb.pi()
        first, last = (round(float(((end - ball) / turn).mid())) for end in ends)
        return [ball + k * turn for k in range(first - 1, last + 2)]

    def _variable(self, i: int, balls: dict[int, arb], guess: fmpq) -> arb:
        """Return the value of a variable, from that of its kernel if need be; of angles the one nearest to a guess."""
        if i in balls:
            return balls[i]
        linears = ((p, self.field.linear(p)) for p in balls)
        place, slope = next((p, linear[1]) for p, linear in linears if linear and linear[0] == i)
        match self.field.kernels[place - self.field.count][0]:
            case "exp":
                return balls[place].log() / slope
            case "log":
                return balls[place].exp() / slope
        s, c, turn = balls[place], balls[place + 1], arb(guess * slope)
        return guess + arb.atan2(s * turn.cos() - c * turn.sin(), c * turn.cos() + s * turn.sin()) / slope


def zero_at(poly: fmpq_mpoly, values: Values, modulus: fmpq_poly) -> bool:
    """Return whether a polynomial is zero at all roots, whatever the generators without a value are."""
    groups: dict[tuple[int, ...], fmpq_poly] = {}
    for powers, coefficient in poly.terms():
        rest, term = tuple(0 if i in values else int(e) for i, e in enumerate(powers)), fmpq_poly([coefficient])
        for i in values:
            term = reduce(lambda p, q: p * q % modulus, [values[i]] * int(powers[i]), term)
        groups[rest] = groups.get(rest, fmpq_poly([0])) + term
    return not any(each % modulus for each in groups.values())


def composed(outer: fmpq_poly, inner: fmpq_mpoly) -> fmpq_mpoly:
    """Return the value of one polynomial at another."""
    return reduce(lambda total, c: total * inner + c, reversed(outer.coeffs()), inner * 0)

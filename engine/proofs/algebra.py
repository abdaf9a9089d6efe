"""Checks that critical points are all: from the gradient's equations by sums of multiples, factors and roots."""

from functools import reduce
from typing import Any

from flint import arb, arb_poly, ctx, fmpq, fmpq_mpoly, fmpq_poly

from engine.proofs.field import Field
from engine.proofs.terms import Rejected, Term, derivative, needs, number, value, walk

Values = dict[int, fmpq_poly]
Sides = list[tuple[fmpq, fmpq]]
Window = list[tuple[arb, arb] | None]


class Algebra:
    """A function, and the points listed in boxes; met: for each its coordinates, by the root that it was met as."""

    def __init__(self, f: Term, boxes: list[Sides], window: Window, sets: list[list[Term]]) -> None:
        self.f, self.boxes, self.window, count = f, boxes, window, len(window)
        self.slopes = [derivative(f, i) for i in range(count)]
        self.field = field = Field(count, self.slopes)
        partials = [field.lift(each) for each in self.slopes]
        self.gradient, asked = [above for above, _ in partials], list(field.nonzero)
        self.met: list[dict[str, list[arb]]] = [{} for _ in boxes]
        self.sets = [[field.lift(each)[0] for each in one] for one in sets]
        field.nonzero = asked  # an equation of a set asks nothing of f
        self.start = [*self.gradient, *field.relations.values()]
        # generators that can have a value: variables, kernels of one, with their slopes, and those bound by relations
        self.owners: dict[int, tuple[str, int, fmpq]] = {i: ("", i, fmpq(1)) for i in range(count)}
        self.turns = dict[int, fmpq]()  # the periods over pi of variables in one sine and its cosine alone
        for (name, u), place in field.places.items():
            slope = field.units[name, u]
            if name == "root":
                self.owners[place] = ("bound", -1, fmpq(1))
            if u[0] == "var" and name in ("exp", "log"):
                self.owners[place] = (name, u[1], slope)
            other = {part for each in field.places if each != (name, u) for part in walk(each[1])}
            other |= {("var", i) for both in partials for p in both for i, degree in enumerate(p.degrees()) if degree}
            if u[0] == "var" and name == "sin" and u not in other:
                self.owners |= {place: (name, u[1], slope), place + 1: ("bound", -1, fmpq(1))}
                self.turns[u[1]] = 2 / slope

    def poly(self, given: list[list[Any]]) -> fmpq_mpoly:
        """Return a polynomial from its terms, each a coefficient and the exponents of the generators."""
        return self.field.ring.from_dict({tuple(powers): number(c) for c, *powers in given})

    def combined(self, parts: list[Any], known: list[fmpq_mpoly]) -> fmpq_mpoly:
        """Return a sum of multiples of known polynomials."""
        return sum((known[i] * self.poly(factor) for i, factor in parts), self.field.one * 0)

    def one_sign(self, poly: fmpq_mpoly) -> bool:
        """Return whether the terms have one sign everywhere, and one of them no zero."""
        signed = [gen not in self.field.positive for gen in self.field.gens]
        free = [[int(e) for e, odd in zip(powers, signed, strict=True) if odd] for powers in poly.monoms()]
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
                pass
            case {"set": int(i)} if all(equation in known for equation in self.sets[i]):
                pass
            case {"product": int(i), "constant": c, "parts": parts}:
                factors = [self.poly(part["factor"]) for part in parts]
                powers = (q ** part["power"] for q, part in zip(factors, parts, strict=True))
                if known[i].is_zero() or known[i] != reduce(lambda a, b: a * b, powers, self.field.one * number(c)):
                    raise Rejected("a product is not the polynomial that it is said to be")
                for q, part in zip(factors, parts, strict=True):
                    self.check(part["branch"], [*known, q])
            case {"form": form, "modulus": modulus, "at": at}:
                values = {int(i): fmpq_poly([*map(number, each)]) for i, each in at.items()}
                self._roots(self.poly(form), fmpq_poly([*map(number, modulus)]), values, known)
            case _:
                raise Rejected("a branch does not end in what is shown")

    def _roots(self, form: fmpq_mpoly, modulus: fmpq_poly, values: Values, known: list[fmpq_mpoly]) -> None:
        # generators are polynomials in a root t of the modulus, t = form; that the gradient is zero there is seen too
        wanted = [composed(modulus, form), *(self.field.gens[i] - composed(q, form) for i, q in values.items())]
        owned = [self.owners[i][1] for i in values if self.owners[i][0] != "bound"]
        if not all(q.is_zero() or q in known for q in wanted) or sorted(owned) != list(range(len(self.window))):
            raise Rejected("that coordinates are polynomials in a root is not shown")
        bound = [each for place, each in self.field.relations.items() if place in values]
        if modulus.degree() < 1 or not all(zero_at(each, values, modulus) for each in [*self.gradient, *bound]):
            raise Rejected("a gradient is not zero at the roots of a branch")
        apart = [[q] for q in self.field.nonzero] + self.sets
        if any(all(zero_at(each, values, modulus) for each in equations) for equations in apart):
            return
        with ctx.workprec(512):
            found: Any = modulus.numer().complex_roots()
            for k, (root, _) in enumerate(found):
                if root.imag.is_zero():
                    balls = {i: arb_poly(each)(root.real) for i, each in values.items()}
                    self._met(balls, f"{form} {modulus} {sorted(values.items())} {k}")

    def _met(self, balls: dict[int, arb], key: str) -> None:
        if any(ball < 0 and self.field.gens[i] in self.field.positive for i, ball in balls.items()):
            return
        here, memo = [self._variable(i, balls, fmpq(1, 7)) for i in range(len(self.window))], dict[int, arb]()
        if any(value(each, here, memo) < 0 for each in needs(self.f)):
            return
        if not all(value(each, here, memo).is_finite() for each in (self.f, *self.slopes)):
            raise Rejected("whether a solution is in the domain is not shown")
        count = 0
        for sides, met in zip(self.boxes, self.met, strict=True):
            at = [self._variable(i, balls, (low + high) / 2) for i, (low, high) in enumerate(sides)]
            if all(low < each < high for each, (low, high) in zip(at, sides, strict=True)):
                met[key], count = at, count + 1
        beyond = any(ends and (each < ends[0] or each > ends[1]) for each, ends in zip(here, self.window, strict=True))
        if count != int(not beyond):
            raise Rejected(f"a critical point is not listed once: {[float(each.mid()) for each in here]}")

    def _variable(self, i: int, balls: dict[int, arb], guess: fmpq) -> arb:
        # from the value of its kernel if need be; of angles the one nearest to a guess
        place = next(place for place in balls if self.owners[place][1] == i)
        name, _, slope = self.owners[place]
        if name != "sin":
            return {"": balls[place], "exp": balls[place].log() / slope, "log": balls[place].exp()}[name]
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

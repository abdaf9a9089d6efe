"""The gradient of a function in kernels, and the polynomial equations that say where it is zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq_mpoly
from sympy import Expr, S, Symbol

from engine.critical.definite import Signs, signs
from engine.critical.kernels import Kernel, Rewriting
from engine.critical.polynomials import Ring, expression, irreducibles, occurring, ring, terms
from engine.critical.quotients import Quotient, quotient, read
from engine.values import Budget


@dataclass(frozen=True, slots=True)
class Tower:
    """A function as a quotient of polynomials in variables and, after them, kernels."""

    variables: tuple[Symbol, ...]
    kernels: tuple[Kernel, ...]
    context: Ring
    function: Quotient
    inner: tuple[Quotient, ...]

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the ring's generators."""
        return (*self.variables, *(kernel.symbol for kernel in self.kernels))

    def written(self, poly: fmpq_mpoly) -> Expr:
        """Return a polynomial in the learner's terms."""
        return expression(poly, (*self.variables, *(kernel.expr for kernel in self.kernels)))

    def gradient(self) -> list[Quotient]:
        """Return the partial derivatives by the variables."""
        return [self.derivative(self.function, i) for i in range(len(self.variables))]

    def derivative(self, function: Quotient, index: int) -> Quotient:
        """Return a partial derivative: every kernel's derivative is again a quotient in kernels."""
        total = function.derivative(index)
        for place, kernel in enumerate(self.kernels, len(self.variables)):
            outer = function.derivative(place)
            if outer.above.is_zero() or kernel.inner is S.Zero:
                continue
            rate = _times(self._rate(kernel, place), self.derivative(self.inner[place - len(self.variables)], index))
            total = _plus(total, _times(outer, rate))
        return total

    def _rate(self, kernel: Kernel, place: int) -> Quotient:
        """Return the derivative of a kernel by its argument."""
        here, one = self.context.gen(place), self.context.constant(1)
        inner = self.inner[place - len(self.variables)]
        u, v = inner.above, inner.below
        rates = {
            "exp": (here, one),
            "root": (one, kernel.degree * here ** (kernel.degree - 1)),
            "size": (u, v * here),
            "log": (v, u),
            "atan": (v * v, v * v + u * u),
            "atanh": (v * v, v * v - u * u),
        }
        if kernel.name in ("sine", "cosine"):
            return Quotient(self.partner(kernel) * (1 if kernel.name == "sine" else -1), one)
        return quotient(*rates[kernel.name])

    def partner(self, kernel: Kernel) -> fmpq_mpoly:
        """Return the generator of the cosine beside a sine, or of the sine beside a cosine."""
        return next(
            self.context.gen(place)
            for place, other in enumerate(self.kernels, len(self.variables))
            if {other.name, kernel.name} == {"sine", "cosine"} and other.inner == kernel.inner
        )

    def relation(self, place: int) -> fmpq_mpoly | None:
        """Return the equation, if any, between a kernel and what stands before it."""
        kernel, here = self.kernels[place - len(self.variables)], self.context.gen(place)
        inner = self.inner[place - len(self.variables)]
        if kernel.name == "root":
            return here**kernel.degree * inner.below - inner.above
        if kernel.name == "size":
            return here**2 * inner.below**2 - inner.above**2
        if kernel.name in ("sine", "cosine"):
            return here**2 + self.partner(kernel) ** 2 - 1
        return None

    def transcendental(self, poly: fmpq_mpoly) -> bool:
        """Return whether kernels occur that are no roots of polynomials."""
        first = len(self.variables)
        inside = [self.kernels[i - first] for i in occurring(poly) if i >= first]
        return any(kernel.name not in ("root", "size") for kernel in inside)

    def never_zero(self, poly: fmpq_mpoly, budget: Budget) -> bool:
        """Return whether a factor is proven not to be zero anywhere, given that some kernels are positive."""
        positive = self._positive()
        parts = terms(poly)
        if len({c > 0 for _, c in parts}) == 1 and not any(
            e % 2 for m, _ in parts for e, always in zip(m, positive, strict=True) if not always
        ):
            # terms of one sign: one that has no zero is enough
            return any(all(always or not e for e, always in zip(m, positive, strict=True)) for m, _ in parts)
        return self.signs(poly, budget) in ("positive", "negative")

    def signs(self, poly: fmpq_mpoly, budget: Budget) -> Signs:
        """Return the signs of a polynomial in kernels, as far as they follow from some being positive or bounded."""
        inside = {i for i in occurring(poly) if i >= len(self.variables)}
        images = [g**2 if always else g for g, always in zip(self.context.gens(), self._positive(), strict=True)]
        for i in inside:
            kernel = self.kernels[i - len(self.variables)]
            if kernel.name in ("sine", "cosine") and not inside & self._places(self.partner(kernel)):
                poly = _bounded(poly, i)
        return signs(poly.compose(*images, ctx=self.context), budget)

    def _places(self, generator: fmpq_mpoly) -> set[int]:
        return set(occurring(generator))

    def _positive(self) -> list[bool]:
        return [*(False for _ in self.variables), *(kernel.positive for kernel in self.kernels)]

    def solved(self, poly: fmpq_mpoly) -> fmpq_mpoly:
        """Return an equation with the same zeros, without the kernel where one alone is inverted."""
        inside = [self.kernels[i - len(self.variables)] for i in occurring(poly) if i >= len(self.variables)]
        if len(inside) != len(occurring(poly)) or not inside:
            return poly
        if len(inside) == 1 and inside[0].name in ("log", "atan", "atanh") and len(poly) == 1:
            inner = self.inner[self.kernels.index(inside[0])]
            return inner.above - inner.below if inside[0].name == "log" else inner.above
        parts = terms(poly)
        if all(kernel.name == "exp" for kernel in inside) and len(parts) == 2 and parts[0][1] == -parts[1][1]:
            # e^a = e^b where a = b
            total = Quotient(self.context.constant(0), self.context.constant(1))
            for i, (up, down) in enumerate(zip(parts[0][0], parts[1][0], strict=True)):
                if up != down:
                    inner = self.inner[i - len(self.variables)]
                    total = _plus(total, Quotient(inner.above * (up - down), inner.below))
            return total.above if not any(k.inner is S.Zero for k in inside) else poly
        return poly

    def factors(self, poly: fmpq_mpoly, budget: Budget) -> list[fmpq_mpoly]:
        """Return factors whose zeros together are the zeros of a polynomial where f is defined."""
        found, open_ = [], irreducibles(poly)
        while open_:
            factor = open_.pop()
            if self.never_zero(factor, budget):
                continue
            simpler = self.solved(factor)
            if simpler == factor:
                found.append(factor)
            else:
                open_ += irreducibles(simpler)
        return found


def tower(f: Expr, variables: Sequence[Symbol]) -> tuple[Tower, Rewriting]:
    """Return a function in kernels, and what has to hold for it to be defined and smooth.

    Raises NoKernelError or NotRationalError where it has no such form.
    """
    rewriting = Rewriting(tuple(variables))
    rational = rewriting.run(f)
    kernels = tuple(rewriting.kernels.values())
    symbols = (*variables, *(kernel.symbol for kernel in kernels))
    context = ring(len(symbols))
    inner = tuple(read(kernel.inner, symbols, context) for kernel in kernels)
    return Tower(tuple(variables), kernels, context, read(rational, symbols, context), inner), rewriting


def _bounded(poly: fmpq_mpoly, place: int) -> fmpq_mpoly:
    """Return a polynomial with the signs that another one has for values 2t / (1 + t^2), all those from -1 to 1."""
    context, degree = poly.context(), int(poly.degrees()[place])
    t, found = poly.context().gen(place), poly.context().constant(0)
    for exponents, coefficient in terms(poly):
        power = exponents[place]
        rest = context.term(exp_vec=(*exponents[:place], 0, *exponents[place + 1 :]), coeff=coefficient)
        found += rest * (2 * t) ** power * (1 + t**2) ** (degree - power)
    return found


def _plus(one: Quotient, other: Quotient) -> Quotient:
    return quotient(one.above * other.below + other.above * one.below, one.below * other.below)


def _times(one: Quotient, other: Quotient) -> Quotient:
    return quotient(one.above * other.above, one.below * other.below)

"""Fractions of polynomials in generators: variables, and roots, logarithms, exponentials that stand for themselves.

Calculating with generators as if they were independent is sound: what is equal then is equal as
functions, wherever both are defined. What is not equal then may still be.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

_POOL = 20
_MOST_TERMS = 1500
_MOST_PRODUCTS = 60_000
_MOST_DEGREE = 400
_RING = fmpq_mpoly_ctx.get([f"g{i}" for i in range(_POOL)], Ordering.lex)
_GENERATORS = _RING.gens()


class TooHardError(Exception):
    """Beyond the caps, or beyond the rules."""


class NowhereError(Exception):
    """Proven: defined nowhere."""


@dataclass(frozen=True, slots=True)
class Fraction:
    """above / below, polynomials without a common factor."""

    above: fmpq_mpoly
    below: fmpq_mpoly

    @property
    def key(self) -> Hashable:
        """Equal for equal fractions."""
        return (key_of(self.above), key_of(self.below))

    @property
    def number(self) -> fmpq | None:
        """The value of a constant, None of anything else."""
        if self.above.is_constant() and self.below.is_constant():
            return _number(self.above) / _number(self.below)
        return None


def key_of(polynomial: fmpq_mpoly) -> Hashable:
    """Return a key, equal for equal polynomials."""
    return tuple((tuple(map(int, powers)), str(c)) for powers, c in polynomial.to_dict().items())


def from_key(key: Any) -> fmpq_mpoly:  # noqa: ANN401 - what key_of returns
    """Return the polynomial of a key."""
    return polynomial({powers: fmpq(*map(int, text.split("/"))) for powers, text in key})


def _number(polynomial: fmpq_mpoly) -> fmpq:
    return polynomial.coeffs()[0] if len(polynomial) else fmpq(0)


def polynomial(value: int | fmpq | dict[tuple[int, ...], fmpq]) -> fmpq_mpoly:
    """Return a polynomial: a constant, or terms by the powers of the generators."""
    return _RING.from_dict(value) if isinstance(value, dict) else _RING.constant(value)


@dataclass(slots=True)
class Field:
    """The generators in use, each under what it stands for, and the relations between them."""

    numbers: dict[Hashable, int] = field(default_factory=dict)
    relations: dict[int, tuple[int, fmpq_mpoly]] = field(default_factory=dict)

    def generator(self, meaning: Hashable, degree: int = 0, power: fmpq_mpoly | None = None) -> Fraction:
        """Return the generator that stands for a meaning; its `degree`-th power is another polynomial."""
        number = self.numbers.setdefault(meaning, len(self.numbers))
        if number >= _POOL:
            raise TooHardError
        if power is not None:
            self.relations[number] = (degree, power)
        return Fraction(_GENERATORS[number], polynomial(1))

    def meaning(self, number: int) -> Any:  # noqa: ANN401 - whatever the rules took as a name
        """Return what a generator stands for."""
        return list(self.numbers)[number]

    def constant(self, value: int | fmpq) -> Fraction:
        """Return a number."""
        return Fraction(polynomial(value), polynomial(1))

    def of(self, above: fmpq_mpoly, below: fmpq_mpoly) -> Fraction:
        """Return above / below, reduced. Raises NowhereError where below is zero."""
        above, below = self.reduced(above), self.reduced(below)
        if below.is_zero():
            raise NowhereError
        if not below.is_constant():
            common = above.gcd(below)
            if not common.is_constant():
                above, below = above / common, below / common
        lead = below.leading_coefficient()
        return Fraction(above / lead, below / lead)

    def add(self, a: Fraction, b: Fraction) -> Fraction:
        """Return a + b."""
        if a.below == b.below:
            return self.of(a.above + b.above, a.below)
        return self.of(_times(a.above, b.below) + _times(b.above, a.below), _times(a.below, b.below))

    def negative(self, a: Fraction) -> Fraction:
        """Return -a."""
        return Fraction(-a.above, a.below)

    def multiply(self, a: Fraction, b: Fraction) -> Fraction:
        """Return a * b."""
        return self.of(_times(a.above, b.above), _times(a.below, b.below))

    def inverse(self, a: Fraction) -> Fraction:
        """Return 1 / a."""
        return self.of(a.below, a.above)

    def power(self, a: Fraction, exponent: int) -> Fraction:
        """Return a to a whole power."""
        if abs(exponent) * max(a.above.total_degree(), a.below.total_degree(), 1) > _MOST_DEGREE:
            raise TooHardError
        result, left = self.constant(1), abs(exponent)
        while left:
            if left & 1:
                result = self.multiply(result, a)
            left >>= 1
            if left:
                a = self.multiply(a, a)
        return self.inverse(result) if exponent < 0 else result

    def reduced(self, polynomial: fmpq_mpoly) -> fmpq_mpoly:
        """Return the polynomial with high powers replaced by what the relations say they are."""
        if len(polynomial) > _MOST_TERMS:
            raise TooHardError
        for number in sorted(self.relations, reverse=True):
            degree, power = self.relations[number]
            while polynomial.degrees()[number] >= degree:
                polynomial = _replaced(polynomial, number, degree, power)
        return polynomial


def _times(a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
    if len(a) * len(b) > _MOST_PRODUCTS:
        raise TooHardError
    return a * b


def _replaced(whole: fmpq_mpoly, number: int, degree: int, power: fmpq_mpoly) -> fmpq_mpoly:
    by_times: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for powers, coefficient in whole.to_dict().items():
        times, rest = divmod(int(powers[number]), degree)
        left = (*powers[:number], rest, *powers[number + 1 :])
        by_times.setdefault(times, {})[left] = coefficient
    result = polynomial(0)
    for times, terms in by_times.items():
        result += _times(polynomial(terms), power**times)
    return result

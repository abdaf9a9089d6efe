"""Generators for what is not rational: exponentials, logarithms, roots, absolute values, sines and cosines.

ln u is the sum of the logarithms of its factors' sizes, e^u the product over the terms of u, and a
factor whose sign is known needs no bars: so that few generators stand for many spellings.
"""

import dataclasses
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mpoly, fmpz

from engine.judging.fractions import Field, Fraction, TooHardError, from_key, key_of, polynomial

_MOST_TERMS = 8
MOST_MULTIPLE = 12
_LARGEST_FACTORED = 10**15


@dataclass(slots=True)
class Kernels:
    """The rules for generators of one field.

    units: for each exponential or root the fraction of its argument that one generator stands for.
    signs: the factors that are known not to change their sign, 1 or -1.
    stale: whether a unit shrank in this round, so that what was said with it before means something else.
    again: whether something was learnt that makes another round worth while.
    """

    field: Field
    units: dict[Hashable, int] = dataclasses.field(default_factory=dict)
    signs: dict[Hashable, int] = dataclasses.field(default_factory=dict)
    stale: bool = False
    again: bool = False

    def pi(self) -> Fraction:
        """Return pi."""
        return self.field.generator(("pi",))

    def unit(self, key: Hashable, part: int) -> int:
        """Return into how many parts a generator's argument is divided, at least `part`."""
        known = self.units.get(key, 1)
        if known % part:
            known = int(fmpz(known).lcm(fmpz(part)))
            if known > MOST_MULTIPLE:
                raise TooHardError
            self.units[key], self.stale = known, True
        return known

    def euler(self, u: Fraction) -> Fraction:
        """Return e^u, the product over the terms of u."""
        result = self.field.constant(1)
        for factor, term, base in self.terms(u):
            if base is not None:
                result = self.field.multiply(result, self.size_power(base, factor))
                continue
            key = ("exp", term.key)
            parts = self.unit(key, int(factor.q))
            one = self.field.generator(key)
            result = self.field.multiply(result, self.field.power(one, int(factor * parts)))
        return result

    def terms(self, u: Fraction) -> Iterator[tuple[fmpq, Fraction, fmpq_mpoly | None]]:
        """Yield the terms of u: the number, what stands behind it, and f where that is ln|f| alone."""
        if len(u.above) > _MOST_TERMS:
            raise TooHardError
        for powers, coefficient in u.above.to_dict().items():
            term = self.field.of(polynomial({tuple(powers): fmpq(1)}), u.below)
            places = [place for place, power in enumerate(powers) if power]
            base = None
            if len(places) == 1 and powers[places[0]] == 1 and u.below.is_constant():
                meaning = self.field.meaning(places[0])
                base = from_key(meaning[1]) if meaning[0] == "ln" else None
            yield coefficient, term, base

    def logarithm(self, u: Fraction) -> Fraction:
        """Return ln u, the sum over the sizes of u's factors; u is then known to be positive."""
        self.learn(u)
        content, factors = self.factors(u)
        result = self.field.constant(0)
        for base, power in [*_primes(content), *factors]:
            one = self.field.multiply(self.field.constant(power), self.size_logarithm(base))
            result = self.field.add(result, one)
        return result

    def size_logarithm(self, base: fmpq_mpoly) -> Fraction:
        """Return ln|base| of one factor."""
        meaning = self.single(base)
        if meaning is not None and meaning[0] == "exp":
            above, below = meaning[1]
            exponent = self.field.of(from_key(above), from_key(below))
            return self.field.multiply(exponent, self.field.constant(fmpq(1, self.units.get(meaning, 1))))
        if meaning is not None and meaning[0] == "root":
            inner = self.logarithm(Fraction(from_key(meaning[1]), polynomial(1)))
            return self.field.multiply(inner, self.field.constant(fmpq(1, self.units[meaning])))
        if meaning is not None and meaning[0] == "size":
            base = from_key(meaning[1])
        return self.field.generator(("ln", key_of(base if base.leading_coefficient() > 0 else -base)))

    def single(self, base: fmpq_mpoly) -> tuple[Any, ...] | None:
        """Return what a polynomial stands for that is one generator, else None."""
        powers = base.monoms()[0] if len(base) == 1 else ()
        places = [place for place, power in enumerate(powers) if power]
        return self.field.meaning(places[0]) if len(places) == 1 and powers[places[0]] == 1 else None

    def factors(self, u: Fraction) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
        """Return a number and the irreducible factors, those below with negative powers."""
        if u.above.is_zero():
            raise TooHardError
        content, above = u.above.factor()
        lower, below = u.below.factor()
        return content / lower, [*above, *((base, -power) for base, power in below)]

    def sign(self, base: fmpq_mpoly) -> int | None:
        """Return the sign that a factor is known to have, zero aside."""
        if base.leading_coefficient() < 0:
            found = self.sign(-base)
            return None if found is None else -found
        known = self.signs.get(_named(base))
        if known is not None:
            return known
        terms = zip(base.monoms(), base.coeffs(), strict=True)
        return 1 if all(c > 0 and self.even(powers) for powers, c in terms) else None

    def even(self, powers: tuple[int, ...]) -> bool:
        """Tell whether a product of generators is surely not negative."""
        for place, power in enumerate(powers):
            if power % 2 == 0:
                continue
            meaning = self.field.meaning(place)
            if meaning[0] in {"exp", "size", "root", "pi"}:
                continue
            if self.signs.get(_named(self.field.generator(meaning).above)) != 1:
                return False
        return True

    def learn(self, u: Fraction) -> None:
        """Note that u is not negative, where that says something about one factor."""
        if u.above.is_constant() and u.below.is_constant():
            return
        content, factors = self.factors(u)
        sign, unknown = (1 if content > 0 else -1), []
        for base, power in factors:
            if power % 2 == 0:
                continue
            found = self.sign(base)
            if found is None:
                unknown.append(base)
            else:
                sign *= found
        if len(unknown) == 1:
            base = unknown[0]
            self.signs[_named(base)] = sign if base.leading_coefficient() > 0 else -sign
            self.again = True

    def size(self, u: Fraction) -> Fraction:
        """Return |u|."""
        if u.above.is_zero():
            return u
        content, factors = self.factors(u)
        result = self.field.constant(abs(content))
        for base, power in factors:
            result = self.field.multiply(result, self.field.power(self.factor_size(base), power))
        return result

    def factor_size(self, base: fmpq_mpoly) -> Fraction:
        """Return the size of one factor: itself where its sign is known, else a generator."""
        found = self.sign(base)
        if found is not None:
            return Fraction(base * found, polynomial(1))
        base = base if base.leading_coefficient() > 0 else -base
        return self.field.generator(("size", key_of(base)), 2, base * base)

    def size_power(self, base: fmpq_mpoly, power: fmpq) -> Fraction:
        """Return |base| to a rational power."""
        size = self.factor_size(base)
        if power.q == 1:
            return self.field.power(size, int(power))
        key = ("root", key_of(size.above))
        parts = self.unit(key, int(power.q))
        one = self.field.generator(key, parts, size.above)
        return self.field.power(one, int(power * parts))

    def root(self, u: Fraction, power: fmpq) -> Fraction:
        """Return u to a rational power; u is then known not to be negative."""
        if power.q == 1:
            return self.field.power(u, int(power))
        if u.above.is_zero():
            if power < 0:
                raise TooHardError
            return u
        self.learn(u)
        content, factors = self.factors(u)
        result, left = self.field.constant(1), polynomial(1 if content > 0 else -1)
        for base, times in [*_primes(content), *factors]:
            sign = self.sign(base)
            if times % 2:
                # Only the product of what has no known sign is known not to be negative: one root for all of it.
                left *= base if sign is None else polynomial(sign)
            kept = times - times % 2 if sign is None else times
            result = self.field.multiply(result, self.size_power(base, power * kept))
        if left.is_constant():
            return result
        key = ("root", key_of(left))
        parts = self.unit(key, int(power.q))
        one = self.field.generator(key, parts, left)
        return self.field.multiply(result, self.field.power(one, int(power * parts)))

    def odd(self, function: str, u: Fraction) -> Fraction:
        """Return an odd function that stands for itself, with u turned so that it leads with plus."""
        if u.number is not None and (function, abs(u.number)) in _KNOWN:
            part = _KNOWN[function, abs(u.number)] * (1 if u.number > 0 else -1)
            return self.field.multiply(self.field.constant(part), self.pi())
        if u.above.is_zero():
            return u
        if u.above.leading_coefficient() < 0:
            return self.field.negative(self.odd(function, self.field.negative(u)))
        return self.field.generator((function, u.key))


_KNOWN = {("atan", fmpq(1)): fmpq(1, 4), ("asin", fmpq(1)): fmpq(1, 2), ("asin", fmpq(1, 2)): fmpq(1, 6)}


def _primes(content: fmpq) -> list[tuple[fmpq_mpoly, int]]:
    """Return the prime factors of the size of a number, as constant polynomials."""
    above, below = abs(content.p), content.q
    if max(above, below) > _LARGEST_FACTORED:
        raise TooHardError
    found = [(prime, power) for prime, power in above.factor() if prime != 1]
    found += [(prime, -power) for prime, power in below.factor() if prime != 1]
    return [(polynomial(int(prime)), int(power)) for prime, power in found]


def _named(base: fmpq_mpoly) -> str:
    return str(base if base.leading_coefficient() > 0 else -base)

"""Sines and cosines: the addition theorem takes a sum of angles apart into multiples of its terms."""

from dataclasses import dataclass

from flint import fmpq

from engine.judging.fractions import Field, Fraction, TooHardError
from engine.judging.kernels import MOST_MULTIPLE, Kernels

# Twelfths of pi -> the square of the sine, as numerator and denominator.
_SINES = {0: (0, 1), 2: (1, 4), 3: (1, 2), 4: (3, 4), 6: (1, 1), 8: (3, 4), 9: (1, 2), 10: (1, 4), 12: (0, 1)}

Turn = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Angles:
    """The rules for angles of one field."""

    kernels: Kernels

    @property
    def field(self) -> Field:
        """The field of the kernels."""
        return self.kernels.field

    def circle(self, u: Fraction) -> Turn:
        """Return the cosine and the sine of u, by the addition theorem over its terms."""
        cosine, sine = self.field.constant(1), self.field.constant(0)
        if u.above.is_zero():
            return cosine, sine
        for factor, term, _ in self.kernels.terms(u):
            turned = self.turned(factor) if term.key == self.kernels.pi().key else self.multiple(factor, term)
            cosine, sine = self.together((cosine, sine), turned)
        return cosine, sine

    def together(self, one: Turn, other: Turn) -> Turn:
        """Return the cosine and sine of a sum of angles."""
        (c, s), (d, t), f = one, other, self.field
        return f.add(f.multiply(c, d), f.negative(f.multiply(s, t))), f.add(f.multiply(s, d), f.multiply(c, t))

    def multiple(self, factor: fmpq, term: Fraction) -> Turn:
        """Return the cosine and sine of a multiple of one term."""
        parts = self.kernels.unit(("circle", term.key), int(factor.q))
        cosine = self.field.generator(("cos", term.key))
        sine = self.field.generator(("sin", term.key), 2, 1 - cosine.above * cosine.above)
        times = int(factor * parts)
        if abs(times) > MOST_MULTIPLE:
            raise TooHardError
        if times < 0:
            sine = self.field.negative(sine)
        result = (cosine, sine)
        for _ in range(abs(times) - 1):
            result = self.together(result, (cosine, sine))
        return result

    def turned(self, factor: fmpq) -> Turn:
        """Return the cosine and sine of a multiple of pi, where it is one of pi/12's known ones."""
        twelfths = factor * 12
        if twelfths.q != 1:
            return self.multiple(factor, self.kernels.pi())
        return self.known_sine(int(twelfths) + 6), self.known_sine(int(twelfths))

    def known_sine(self, twelfths: int) -> Fraction:
        """Return the sine of so many twelfths of pi."""
        turns = twelfths % 24
        size = _SINES.get(turns % 12)
        if size is None:
            raise TooHardError
        root = self.kernels.root(self.field.constant(fmpq(*size)), fmpq(1, 2))
        return root if turns < 12 else self.field.negative(root)

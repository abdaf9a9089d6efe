"""What the rate does on a quadratic function: limits that are exact, and the fate of one start, proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import sympy
from sympy import Expr

from engine.calculus.signs import sign
from engine.descending.methods import Method
from engine.descending.spectrum import Felt, Rows, Sides, eigenvalues

Verdict = Literal["converges", "converges alternating", "cycles", "diverges", "stalls", "undecided"]


def limit_factor(method: Method, momentum: Expr) -> Expr | None:
    """Return c, so that a method on a convex quadratic converges below c / (largest eigenvalue); None: no such c.

    Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964, for heavy
    ball; Nesterov's follows from z^2 - (1 - r l)(1 + b) z + b (1 - r l) having its roots inside of the unit circle.
    """
    match method:
        case "gradient":
            return sympy.Integer(2)
        case "momentum":
            return 2 * (1 + momentum)
        case "nesterov":
            return (2 + 2 * momentum) / (1 + 2 * momentum)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Quadratic:
    """A quadratic function as descent sees it: turned over where it is to be maximised.

    rows:        its Hessian, rational.
    slope:       its gradient at the start.
    eigenvalues: the different ones, rising, exact.
    """

    rows: Rows
    slope: tuple[Fraction, ...]
    eigenvalues: tuple[Expr, ...]
    felt: Felt

    @classmethod
    def of(cls, rows: Rows, slope: Sequence[Fraction]) -> "Quadratic":
        """Return the function with its eigenvalues."""
        return cls(rows, tuple(slope), eigenvalues(rows), Felt.of(rows, slope))

    @property
    def is_convex(self) -> bool:
        """Whether it is convex: no eigenvalue is negative."""
        return bool(sign(self.eigenvalues[0]) != -1)

    @property
    def is_bounded(self) -> bool:
        """Whether it has a lowest point: convex, and level where it does not curve."""
        return self.is_convex and self.felt.way is not None

    def limit(self, method: Method, momentum: Expr) -> Expr | None:
        """Return the rate from which on the method does not converge from every start; None: it never does."""
        if method == "newton":
            return None if any(sign(each) == 0 for each in self.eigenvalues) else sympy.Integer(2)
        factor = limit_factor(method, momentum)
        if factor is None or not self.is_bounded or sign(self.eigenvalues[-1]) == 0:
            return None
        return _short(factor / self.eigenvalues[-1])

    def best(self, method: Method) -> Expr | None:
        """Return the best fixed rate: for descent without momentum, and 1 for Newton's method."""
        if method == "newton":
            return None if any(sign(each) == 0 for each in self.eigenvalues) else sympy.Integer(1)
        curved = [each for each in self.eigenvalues if sign(each) == 1]
        if method != "gradient" or not self.is_bounded or not curved:
            return None
        return _short(2 / sympy.expand(curved[0] + curved[-1]))

    def verdict(self, method: Method, rate: Fraction, momentum: Fraction) -> Verdict | None:
        """Return where the path from the start leads, proven in exact arithmetic; None where nothing is proven."""
        if not any(self.slope):
            return "converges" if self.is_convex else "stalls"
        if method == "newton":
            return _by(rate, Fraction(1), Fraction(2)) if all(sign(each) for each in self.eigenvalues) else None
        factor = limit_factor(method, sympy.Rational(momentum.numerator, momentum.denominator))
        if factor is None:
            return None
        zero = self.felt.sides(Fraction(0))
        far = self.felt.sides(Fraction(int(factor.p), int(factor.q)) / rate)
        turning = self.felt.sides((1 + momentum if method == "momentum" else Fraction(1)) / rate)
        if zero is None or far is None or turning is None:
            return None
        return self._from_sides(zero, far, turning)

    def _from_sides(self, zero: Sides, far: Sides, turning: Sides) -> Verdict:
        if zero.below or zero.on or far.above:
            return "diverges"
        if far.on:
            return "cycles"
        if not self.is_convex:
            return "stalls"
        return "converges alternating" if turning.above else "converges"


def _short(value: Expr) -> Expr:
    """Return a quotient with its roots above the line, as one writes it."""
    return value if value.has(sympy.CRootOf) else sympy.radsimp(value)


def _by(rate: Fraction, turning: Fraction, far: Fraction) -> Verdict:
    if rate > far:
        return "diverges"
    if rate == far:
        return "cycles"
    return "converges alternating" if rate > turning else "converges"

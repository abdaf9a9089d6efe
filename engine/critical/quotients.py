"""Rational functions over Q as numerator and denominator."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mpoly
from sympy import Expr, Symbol

from engine.critical.polynomials import Ring

_HIGHEST = 60  # of a sum: the terms multiply
_HIGHEST_OF_ONE = 1000


class NotRationalError(Exception):
    """The expression is no rational function over Q."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """A numerator and a denominator without common factors."""

    above: fmpq_mpoly
    below: fmpq_mpoly

    def derivative(self, index: int) -> "Quotient":
        """Return a partial derivative."""
        a, b = self.above, self.below
        return quotient(a.derivative(index) * b - a * b.derivative(index), b * b)


def quotient(above: fmpq_mpoly, below: fmpq_mpoly) -> Quotient:
    """Return above/below in lowest terms, with leading coefficient 1 below."""
    common = above.gcd(below)
    scale = (below / common).leading_coefficient()
    return Quotient(above / common / scale, below / common / scale)


def read(expr: Expr, unknowns: Sequence[Symbol], context: Ring) -> Quotient:
    """Return an expression of sums, products and integer powers as a quotient.

    Raises NotRationalError for anything else, for powers too high to write out and for a division by zero.
    """
    one = context.constant(1)
    if expr.is_Rational:
        return Quotient(context.constant(fmpq(int(expr.p), int(expr.q))), one)
    if expr in unknowns:
        return Quotient(context.gen(list(unknowns).index(expr)), one)
    if expr.is_Pow:
        return _power(read(expr.base, unknowns, context), expr.exp)
    if not (expr.is_Add or expr.is_Mul):
        raise NotRationalError
    total = Quotient(context.constant(int(expr.is_Mul)), one)
    for arg in expr.args:
        part = read(arg, unknowns, context)
        if expr.is_Mul:
            total = quotient(total.above * part.above, total.below * part.below)
        elif part.below == total.below:
            total = quotient(total.above + part.above, total.below)
        else:
            total = quotient(total.above * part.below + part.above * total.below, total.below * part.below)
    return total


def _power(base: Quotient, exponent: Expr) -> Quotient:
    highest = _HIGHEST if len(base.above) + len(base.below) > 2 else _HIGHEST_OF_ONE
    if not exponent.is_Integer or abs(exponent) > highest or (exponent < 0 and base.above.is_zero()):
        raise NotRationalError
    size = abs(int(exponent))
    if exponent < 0:
        return quotient(base.below**size, base.above**size)
    return Quotient(base.above**size, base.below**size)

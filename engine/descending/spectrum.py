"""Eigenvalues of rational symmetric matrices: exact, and on which side of a number they lie, proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy
from flint import arb, fmpq, fmpq_mat, fmpq_poly, fmpz_poly
from sympy import Expr

from engine.calculus.balls import real_roots
from engine.calculus.signs import decimal

Rows = Sequence[Sequence[Fraction]]
_PRECISIONS = (64, 256, 1024, 4096)
_X = sympy.Symbol("x")


def matrix(rows: Rows) -> fmpq_mat:
    """Return the matrix for exact arithmetic."""
    return fmpq_mat([[fmpq(each.numerator, each.denominator) for each in row] for row in rows])


def eigenvalues(rows: Rows) -> tuple[Expr, ...]:
    """Return the different eigenvalues, rising: numbers, radicals, or roots of a polynomial where these are longer."""
    found: list[Expr] = []
    _, factors = _whole(matrix(rows).charpoly()).factor()
    for factor, _ in factors:
        found += _roots([int(each) for each in factor.coeffs()])
    return tuple(sorted(found, key=decimal))


def _whole(polynomial: fmpq_poly) -> fmpz_poly:
    """Return a multiple of the polynomial with integer coefficients."""
    return polynomial.numer()


def _roots(coefficients: list[int]) -> list[Expr]:
    """Return the roots of an irreducible polynomial, all of them real; coefficients from the constant term up."""
    if len(coefficients) == 2:
        return [sympy.Rational(-coefficients[0], coefficients[1])]
    if len(coefficients) == 3:
        c, b, a = map(sympy.Integer, coefficients)
        root = sympy.sqrt(b**2 - 4 * a * c)
        return [sympy.expand((-b + each * root) / (2 * a)) for each in (-1, 1)]
    polynomial = sympy.Poly(coefficients[::-1], _X)
    return [sympy.CRootOf(polynomial, i) for i in range(len(coefficients) - 1)]


@dataclass(frozen=True, slots=True)
class Sides:
    """How many eigenvalues lie below a number, on it and above it."""

    below: int
    on: int
    above: int


@dataclass(frozen=True, slots=True)
class Felt:
    """The part of a quadratic function that descent from one start meets.

    The steps never leave the space of g, Hg, H^2 g, .. (the gradient g at the start); `polynomial` is the
    one of least degree that takes g to zero, and its roots, all simple, are the eigenvalues met.

    way: the exact vector from the start to the point where the gradient is zero; None where there is none.
    """

    polynomial: fmpq_poly
    way: tuple[Fraction, ...] | None

    @classmethod
    def of(cls, rows: Rows, slope: Sequence[Fraction]) -> "Felt":
        """Return what descent meets, from the Hessian and the gradient at the start."""
        hessian, size = matrix(rows), len(slope)
        columns = [matrix([[each] for each in slope])]
        for _ in range(size):
            columns.append(hessian * columns[-1])
        reduced, rank = fmpq_mat([[column[i, 0] for column in columns] for i in range(size)]).rref()
        # The columns are independent up to the rank, and the next one is a sum of these.
        polynomial = fmpq_poly([*(-reduced[i, rank] for i in range(rank)), 1])
        return cls(polynomial, _way(polynomial, columns, size))

    def sides(self, of: Fraction) -> Sides | None:
        """Return on which sides of a number the eigenvalues met lie; None where that is not decided."""
        number = fmpq(of.numerator, of.denominator)
        coefficients = tuple(int(each) for each in _whole(self.polynomial).coeffs())
        if len(coefficients) < 2:
            return Sides(0, 0, 0)
        on = int(self.polynomial(number) == 0)
        for bits in _PRECISIONS:
            roots = real_roots(coefficients, bits)
            below, above = (
                sum(1 for each in roots if each < arb(number)),
                sum(1 for each in roots if each > arb(number)),
            )
            if below + above + on == len(coefficients) - 1:
                return Sides(below, on, above)
        return None


def _way(polynomial: fmpq_poly, columns: Sequence[fmpq_mat], size: int) -> tuple[Fraction, ...] | None:
    """Return d with gradient + H d = 0 in the space of the columns."""
    coefficients = polynomial.coeffs()
    if coefficients[0] == 0:
        return None
    entries = []
    for row in range(size):
        total = sum((c * column[row, 0] for c, column in zip(coefficients[1:], columns, strict=False)), fmpq(0))
        found = total / coefficients[0]
        entries.append(Fraction(int(found.p), int(found.q)))
    return tuple(entries)

"""What a symmetric matrix does in each direction: the signs of its eigenvalues, proven."""

from itertools import pairwise
from typing import Literal

import sympy
from sympy import Expr, Matrix

from engine.calculus.signs import sign

Definiteness = Literal[
    "positive definite",
    "negative definite",
    "positive semidefinite",
    "negative semidefinite",
    "indefinite",
    "zero matrix",
]


def eigenvalue_signs(matrix: Matrix) -> tuple[int, int, int] | None:
    """Return how many eigenvalues are positive, zero and negative; None where a sign is not decided.

    All roots of a symmetric matrix's characteristic polynomial are real, so that Descartes' rule of
    signs counts them exactly.
    """
    coefficients = [sign(c) for c in _characteristic(matrix)]
    if any(found is None for found in coefficients):
        return None
    size = matrix.shape[0]
    zero = next(i for i, found in enumerate(reversed(coefficients)) if found)
    kept = [found for found in coefficients if found]
    positive = sum(1 for a, b in pairwise(kept) if a != b)
    return positive, zero, size - zero - positive


def determinant(matrix: Matrix) -> Expr:
    """Return the determinant of a 2 x 2 matrix, multiplied out where its entries are algebraic."""
    found = matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]
    return sympy.expand(found) if found.free_symbols or found.is_algebraic else found


def _characteristic(matrix: Matrix) -> list[Expr]:
    """Return the coefficients of the characteristic polynomial, the highest power's first."""
    if matrix.shape == (2, 2):
        return [sympy.S.One, -matrix[0, 0] - matrix[1, 1], determinant(matrix)]
    found: list[Expr] = matrix.charpoly(simplify=lambda entry: entry).all_coeffs()
    return found


def definiteness(matrix: Matrix) -> Definiteness | None:
    """Return the definiteness of an exact symmetric matrix; None where it is not decided."""
    found = eigenvalue_signs(matrix)
    if found is None:
        return None
    positive, zero, negative = found
    if positive and negative:
        return "indefinite"
    if not positive and not negative:
        return "zero matrix"
    word = "positive" if positive else "negative"
    return f"{word} {'semidefinite' if zero else 'definite'}"  # type: ignore[return-value]  # one of the names above


def eigen(matrix: Matrix) -> tuple[tuple[Expr, tuple[Expr, ...]], ...] | None:
    """Return eigenvalues with eigenvectors, each as often as it occurs, ascending; None beyond 2 x 2 radicals.

    Exact for 2 x 2 matrices and for diagonal ones; the vectors are not normalised.
    """
    size = matrix.shape[0]
    if matrix.is_diagonal():
        pairs = [(matrix[i, i], tuple(sympy.Integer(int(i == j)) for j in range(size))) for i in range(size)]
    elif size == 2:
        a, b, c = matrix[0, 0], matrix[0, 1], matrix[1, 1]
        tidy = sympy.expand if all(entry.is_algebraic for entry in (a, b, c)) else lambda entry: entry
        root = sympy.sqrt(tidy((a - c) ** 2 + 4 * b**2))
        values = [tidy((a + c + each * root) / 2) for each in (-1, 1)]
        pairs = [(value, (b, tidy(value - a))) for value in values]
    else:
        return None
    return tuple(sorted(pairs, key=lambda pair: float(pair[0])))

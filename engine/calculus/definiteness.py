"""What a symmetric matrix does in each direction: the signs of its eigenvalues, proven."""

from itertools import pairwise
from typing import Literal

import sympy
from sympy import Expr, Matrix

from engine.calculus.derivatives import algebraic
from engine.calculus.signs import decimal, sign

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
    return sympy.expand(found) if found.free_symbols or algebraic(found) else found


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
    """Return eigenvalues with eigenvectors, each as often as it occurs, ascending.

    The vectors are not normalised. None where a block larger than 2 x 2 has entries that are not rational,
    or a repeated eigenvalue that is no rational number.
    """
    pairs: list[tuple[Expr, tuple[Expr, ...]]] = []
    for block in _blocks(matrix):
        found = _eigen_of(matrix.extract(block, block))
        if found is None:
            return None
        for value, vector in found:
            wide = dict(zip(block, vector, strict=True))
            pairs.append((value, tuple(wide.get(i, sympy.S.Zero) for i in range(matrix.shape[0]))))
    if len(pairs) == 2 and not matrix.is_diagonal():
        return tuple(pairs)
    return tuple(sorted(pairs, key=lambda pair: decimal(pair[0])))


def _blocks(matrix: Matrix) -> list[list[int]]:
    """Return the rows in groups that have nothing to do with each other."""
    left, found = list(range(matrix.shape[0])), []
    while left:
        block = [left.pop(0)]
        for i in block:
            near = [j for j in left if matrix[i, j] != 0]
            block += near
            left = [j for j in left if j not in near]
        found.append(sorted(block))
    return found


def _eigen_of(matrix: Matrix) -> list[tuple[Expr, tuple[Expr, ...]]] | None:
    size = matrix.shape[0]
    if size == 1:
        return [(matrix[0, 0], (sympy.S.One,))]
    if size == 2:
        return _eigen_of_two(matrix)
    return _eigen_of_many(matrix) if all(entry.is_Rational for entry in matrix) else None


def _eigen_of_two(matrix: Matrix) -> list[tuple[Expr, tuple[Expr, ...]]]:
    a, b, c = matrix[0, 0], matrix[0, 1], matrix[1, 1]
    tidy = sympy.expand if all(map(algebraic, (a, b, c))) else lambda entry: entry
    root = sympy.sqrt(tidy((a - c) ** 2 + 4 * b**2))
    values = [tidy((a + c + each * root) / 2) for each in (-1, 1)]
    return [(value, (b, tidy(value - a))) for value in values]


def _eigen_of_many(matrix: Matrix) -> list[tuple[Expr, tuple[Expr, ...]]] | None:
    """Factor the characteristic polynomial; a simple root's vector is a column of the adjugate of M - root."""
    size, unknown = matrix.shape[0], sympy.Dummy("lamda")
    pairs: list[tuple[Expr, tuple[Expr, ...]]] = []
    adjugate = (matrix - unknown * sympy.eye(size)).adjugate()
    for factor, times in matrix.charpoly(unknown).factor_list()[1]:
        roots = factor.real_roots()
        if factor.degree() == 1:
            pairs += [(roots[0], tuple(column)) for column in (matrix - roots[0] * sympy.eye(size)).nullspace()]
        elif times > 1:
            return None
        else:
            columns = [[sympy.Poly(entry, unknown).rem(factor) for entry in adjugate.col(i)] for i in range(size)]
            column = next(each for each in columns if any(not entry.is_zero for entry in each))
            pairs += [
                (root, tuple(sympy.expand(entry.as_expr().xreplace({unknown: root})) for entry in column))
                for root in roots
            ]
    return pairs

"""Curvature read off the matrix of second derivatives: its minors have signs that can be proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import sympy as sp
from sympy import Expr, Matrix, Symbol

from engine.calculus.definiteness import definiteness
from engine.calculus.derivatives import hessian
from engine.convexity.lengths import multiplied, over_one
from engine.convexity.orthant import UP
from engine.convexity.signs import Signed

_LARGEST = 4  # rows of a block whose minors are written out
_LONG = 1500


@dataclass(frozen=True, slots=True)
class Minor:
    """A determinant of some rows and the same columns of the Hessian, and whether it is never zero."""

    names: tuple[Symbol, ...]
    value: Expr
    positive: bool


@dataclass(frozen=True, slots=True)
class Bent:
    """A proof that a Hessian is nowhere indefinite; definite: all its leading minors are positive."""

    minors: tuple[Minor, ...]
    definite: bool


def matrix_of(f: Expr, variables: Sequence[Symbol]) -> Matrix:
    """Return the Hessian with its polynomial entries multiplied out."""
    return hessian(f, variables).applyfunc(lambda e: multiplied(e) if e.is_polynomial() else e)


def bent(matrix: Matrix, variables: Sequence[Symbol], signed: Signed) -> Bent | None:
    """Return the proof that a matrix is positive semidefinite at every point of the region; None without one."""
    minors: list[Minor] = []
    definite = True
    for rows in blocks(matrix):
        part = matrix.extract(rows, rows)
        names = tuple(variables[i] for i in rows)
        found = _block(part, names, signed)
        if found is None:
            return None
        minors += found.minors
        definite = definite and found.definite
    return Bent(tuple(minors), definite)


def blocks(matrix: Matrix) -> list[list[int]]:
    """Return the rows that belong together: between different blocks all entries are zero."""
    left = set(range(matrix.rows))
    found: list[list[int]] = []
    while left:
        group: set[int] = set()
        grown = {min(left)}
        while grown != group:
            group = grown
            grown = group | {j for i in group for j in left if matrix[i, j] != 0}
        found.append(sorted(group))
        left -= group
    return found


def _block(part: Matrix, names: tuple[Symbol, ...], signed: Signed) -> Bent | None:
    if not part.free_symbols:
        word = definiteness(part)
        if word not in ("positive definite", "positive semidefinite", "zero matrix"):
            return None
    if part.rows > _LARGEST or sum(sp.count_ops(each) for each in part) > _LONG:
        return None if part.free_symbols else Bent((), definite=word == "positive definite")
    leading = [_minor(part, range(k + 1), names, signed) for k in range(part.rows)]
    if all(each is not None and each.positive for each in leading):
        return Bent(tuple(each for each in leading if each is not None), definite=True)
    if leading[0] is None:
        return None
    every: list[Minor] = []
    for size in range(1, part.rows + 1):
        for rows in combinations(range(part.rows), size):
            one = _minor(part, rows, names, signed)
            if one is None:
                return None
            every.append(one)
    return Bent(tuple(every), definite=False)


def _minor(part: Matrix, rows: Sequence[int], names: tuple[Symbol, ...], signed: Signed) -> Minor | None:
    """Return a principal minor that is nowhere negative; None where that is not proven."""
    value = determinant(part.extract(list(rows), list(rows)))
    found = signed.of(value)
    if not found <= UP:
        return None
    return Minor(tuple(names[i] for i in rows), value, positive=0 not in found)


def determinant(matrix: Matrix) -> Expr:
    """Return the determinant of a few rows, over one denominator where that stays short."""
    found = _laplace(matrix)
    short = over_one(found)
    return found if short is None else short[0] / short[1]


def _laplace(matrix: Matrix) -> Expr:
    if matrix.rows == 1:
        return matrix[0, 0]
    found = sp.S.Zero
    for j in range(matrix.cols):
        if matrix[0, j] != 0:
            found += (-1) ** j * matrix[0, j] * _laplace(matrix.minor_submatrix(0, j))
    return found

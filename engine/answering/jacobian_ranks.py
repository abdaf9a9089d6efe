"""The rank and the determinant of a matrix of constants, proven."""

from collections.abc import Iterator
from itertools import combinations, islice

import sympy
from flint import fmpq, fmpq_mat
from sympy import Expr, Matrix

from engine.answering.jacobian_forms import MAX_SIZE, products
from engine.calculus.signs import sign
from engine.errors import Refused

_MINORS = 200
_LONG = 60
_LONGEST = 400


def determinant_at(matrix: Matrix) -> Expr | None:
    """Return the determinant of a square matrix of constants, multiplied out where short; None where it is too long."""
    if all(each.is_Rational for each in matrix):
        found = _rational(matrix).det()
        return sympy.Rational(int(found.p), int(found.q))
    length = sum(sympy.count_ops(each) for each in matrix)
    if matrix.rows > MAX_SIZE or length > _LONGEST:
        return None
    found = sympy.Add(*products(matrix))
    return sympy.expand(found) if length <= _LONG else found


def rank(matrix: Matrix) -> int | None:
    """Return the rank of a matrix of constants; None where a sign that it needs is not decided."""
    if all(each.is_Rational for each in matrix):
        return int(_rational(matrix).rank())
    size = min(matrix.shape)
    if size > MAX_SIZE:
        return None
    for order in range(size, 0, -1):
        signs = []
        for minor in islice(_minors(matrix, order), _MINORS + 1):
            signs.append(_sign(minor))
            if signs[-1]:
                return order
        if None in signs or len(signs) > _MINORS:
            return None
    return 0


def _minors(matrix: Matrix, order: int) -> Iterator[Matrix]:
    for chosen in combinations(range(matrix.rows), order):
        for columns in combinations(range(matrix.cols), order):
            yield matrix.extract(list(chosen), list(columns))


def _sign(minor: Matrix) -> int | None:
    try:
        found = determinant_at(minor)
    except Refused:
        return None
    return None if found is None else sign(found)


def _rational(matrix: Matrix) -> fmpq_mat:
    return fmpq_mat(matrix.rows, matrix.cols, [fmpq(int(each.p), int(each.q)) for each in matrix])

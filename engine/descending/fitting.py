"""The lowest points of a loss: exact for least squares, proven to exist or not for logistic regression."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import fmpq_mat

from engine.descending.spectrum import Rows, matrix

Kind = Literal["point", "set", "none", "not decided"]


@dataclass(frozen=True, slots=True)
class Lowest:
    """Where a loss is lowest.

    kind: a point, a set (a line, a plane ..), none (it is approached for ever), or not decided.
    at:   the point; of a set the one nearest to the origin, exact; None where it has no exact form.
    free: the dimension of the set.
    why:  what decides it, in a sentence.
    """

    kind: Kind
    why: str
    at: tuple[Fraction, ...] | None = None
    free: int = 0


def least_squares(features: Rows, targets: Sequence[Fraction], l2: Fraction) -> Lowest:
    """Return where the mean of (features * parameters - target)^2 plus l2 times the parameters' squares is lowest."""
    rows = matrix(features)
    turned = rows.transpose()
    count = len(targets)
    normal = turned * rows + _diagonal(rows.ncols(), l2 * count)
    right = turned * matrix([[each] for each in targets])
    free = rows.ncols() - normal.rank()
    if not free:
        found = normal.solve(right)
        return Lowest("point", "the normal equations have one solution", _column(found))
    # The nearest solution lies in the span of the rows: with G = N N, it is N z for any z with G z = right.
    inner = _any_solution(normal * normal, right)
    why = "some directions change no prediction: the data do not tell all parameters apart"
    return Lowest("set", why, _column(normal * inner), free)


def _diagonal(size: int, value: Fraction) -> fmpq_mat:
    return matrix([[value if i == j else Fraction(0) for j in range(size)] for i in range(size)])


def _column(found: fmpq_mat) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(found[i, 0].p), int(found[i, 0].q)) for i in range(found.nrows()))


def _any_solution(square: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
    """Return one solution of a system that has some."""
    size = square.nrows()
    whole = fmpq_mat([[*(square[i, j] for j in range(size)), right[i, 0]] for i in range(size)])
    reduced, rank = whole.rref()
    found = fmpq_mat(size, 1)
    for i in range(rank):
        pivot = next(j for j in range(size) if reduced[i, j] != 0)
        found[pivot, 0] = reduced[i, size]
    return found


def logistic(features: Rows, positive: Sequence[bool], l2: Fraction) -> Lowest:
    """Return whether the mean of ln(1 + e^(-margin)) has a lowest point, which seldom has a closed form.

    It has none exactly where some direction makes no margin smaller and one of them larger.
    Source: Albert, Anderson, "On the existence of maximum likelihood estimates in logistic regression
    models", Biometrika 71, 1984.
    """
    if l2 > 0:
        return Lowest("point", "with l2 the loss is strictly convex and grows in every direction")
    margins = [[value if good else -value for value in row] for row, good in zip(features, positive, strict=True)]
    way = improving(margins)
    if way is not None:
        shown = ", ".join(map(str, way))
        return Lowest("none", f"along ({shown}) no point gets less likely and some get more likely, for ever", way)
    free = len(margins[0]) - matrix(margins).rank()
    if free:
        return Lowest("set", "some directions change no prediction", free=free)
    return Lowest("point", "no direction suits all the points, and every direction changes some prediction")


def improving(margins: Rows) -> tuple[Fraction, ...] | None:
    """Return d with every margin . d >= 0 and one of them > 0, None where there is none: proven either way.

    Simplex in fractions with Bland's rule, which never cycles: the sum of the margins, held below 1, is
    made as large as it gets.
    """
    size, count = len(margins[0]), len(margins)
    total = [sum((row[j] for row in margins), Fraction(0)) for j in range(size)]
    rows = [[-value for value in row] for row in margins] + [total]
    # Each d is a difference of two variables that are not negative; a slack variable closes each row.
    table = [
        [*row, *(-value for value in row), *(Fraction(i == j) for j in range(count + 1)), Fraction(i == count)]
        for i, row in enumerate(rows)
    ]
    goal = [-value for value in total] + total + [Fraction(0)] * (count + 2)
    basis = [2 * size + i for i in range(count + 1)]
    # Once the sum is above zero, the direction is found; how far it could grow does not matter.
    while goal[-1] <= 0 and (column := next((j for j, value in enumerate(goal[:-1]) if value < 0), None)) is not None:
        leaving = [(row[-1] / row[column], basis[i], i) for i, row in enumerate(table) if row[column] > 0]
        if not leaving:
            break
        pivot = min(leaving)[2]
        _turn(table, goal, pivot, column)
        basis[pivot] = column
    if goal[-1] <= 0:
        return None
    values = dict(zip(basis, (row[-1] for row in table), strict=True))
    return tuple(values.get(j, Fraction(0)) - values.get(size + j, Fraction(0)) for j in range(size))


def _turn(table: list[list[Fraction]], goal: list[Fraction], pivot: int, column: int) -> None:
    """Make a column that of the pivot row's variable."""
    head = table[pivot][column]
    table[pivot] = [value / head for value in table[pivot]]
    for row in (*(each for i, each in enumerate(table) if i != pivot), goal):
        share = row[column]
        if share:
            row[:] = [a - share * b for a, b in zip(row, table[pivot], strict=True)]

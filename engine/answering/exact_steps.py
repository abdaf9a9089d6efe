"""The first steps of a descent in exact numbers, as they are done on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Expr, Matrix

from engine.answering.scalar import Scalar
from engine.calculus import derivatives, domain
from engine.descending.methods import Memory, Step, Vector, step
from engine.errors import Refused

MAX_ROWS = 6
_MAX_BITS = 80


@dataclass(frozen=True, slots=True)
class Row:
    """A point of the path, exact. slope: the gradient there; None at the last point."""

    point: tuple[Expr, ...]
    value: Expr
    slope: tuple[Expr, ...] | None = None


class _OverError(Exception):
    """The numbers are no fractions any more, or the function is not smooth at this point."""


def exact_rows(
    scalar: Scalar, partials: Sequence[Expr], matrix: Matrix, how: Step, start: tuple[Expr, ...], steps: int
) -> tuple[Row, ...]:
    """Return the start and up to five further points, as long as all numbers are short fractions.

    how: the step in exact numbers; its gradient and its Newton step are put in here.
    """
    if how.method in {"rmsprop", "adam"}:
        return ()

    def slope(at: Vector) -> Vector:
        values = dict(zip(scalar.symbols, at, strict=True))
        domain.check_smooth(scalar.conditions, values, "there")
        return _short([derivatives.at(each, values) for each in partials])

    def newton(at: Vector) -> Vector:
        there = matrix.applyfunc(lambda each: derivatives.at(each, dict(zip(scalar.symbols, at, strict=True))))
        _short(list(there))
        if there.det() == 0:
            raise _OverError
        return _short(list(there.LUsolve(Matrix(slope(at)))))

    exactly = replace(how, slope=slope, newton=newton)
    rows: list[Row] = []
    memory: Memory = ()
    at: Vector = start
    try:
        rows.append(Row(_short(at), _value(scalar, at)))
        for _ in range(min(steps, MAX_ROWS - 1)):
            there = slope(at)
            at, memory = step(exactly, at, memory)
            following = Row(_short(at), _value(scalar, at))
            rows[-1] = replace(rows[-1], slope=there)
            rows.append(following)
    except (_OverError, Refused):
        pass
    return tuple(rows)


def _value(scalar: Scalar, at: Vector) -> Expr:
    (value,) = _short([derivatives.at(scalar.expression, dict(zip(scalar.symbols, at, strict=True)))])
    return value


def _short(values: Sequence[Expr]) -> tuple[Expr, ...]:
    """Return the values. Raises _OverError unless all are fractions of few digits."""
    for each in values:
        if not each.is_Rational or max(int(each.p).bit_length(), int(each.q).bit_length()) > _MAX_BITS:
            raise _OverError
    return tuple(values)

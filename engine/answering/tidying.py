"""When it is worth to go on: multiplying out what stays short, and starting what ends in time."""

import sympy
from sympy import Expr, Matrix

from engine.values import Budget

_SHORT = 40
_SHORT_MATRIX = 120
# Up to this size the curvatures of a matrix of any constants are counted in time, beyond it of rational ones.
_SMALL = 3
_POWER = 4


def tidied(value: Expr) -> Expr:
    """Return an expression multiplied out where that stays short; a long one takes long, and reads no better."""
    if value.is_Rational or sympy.count_ops(value) > _SHORT:
        return value
    powers = (each for each in value.atoms(sympy.Pow) if each.base.is_Add and each.exp.is_Rational)
    return value if any(abs(each.exp) > _POWER for each in powers) else sympy.expand(value)


def has_short_curvatures(matrix: Matrix) -> bool:
    """Tell whether the signs of a constant matrix's eigenvalues are found in short time."""
    if all(each.is_Rational for each in matrix):
        return True
    small = matrix.shape[0] <= _SMALL and not matrix.free_symbols
    return small and sum(sympy.count_ops(each) for each in matrix) <= _SHORT_MATRIX


def is_late(budget: Budget) -> bool:
    """Tell whether half of the time is used, so that a long step more could take all that is left."""
    return budget.left() < 0.5 * budget.soft_share * (budget.deadline - budget.started)

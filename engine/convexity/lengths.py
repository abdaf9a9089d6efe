"""How long an expression gets when it is multiplied out, and doing so only where that stays short."""

from math import comb

import sympy as sp
from sympy import Expr

_MOST, _MOST_OVER = 300, 6000
_NEVER = 10**9


def terms(expr: Expr) -> int:
    """Return a bound for the number of terms of an expression multiplied out."""
    if expr.is_Add:
        return min(_NEVER, sum(map(terms, expr.args)))
    if expr.is_Mul:
        size = 1
        for arg in expr.args:
            size = min(_NEVER, size * terms(arg))
        return size
    if expr.is_Pow and expr.exp.is_Integer and not isinstance(expr, sp.exp):
        size, power = terms(expr.base), abs(int(expr.exp))
        return 1 if size == 1 else _NEVER if power > 60 else min(_NEVER, comb(size + power - 1, power))
    return max(map(terms, expr.args), default=1)


def is_short(expr: Expr) -> bool:
    """Tell whether an expression multiplied out stays short."""
    return terms(expr) <= _MOST


def multiplied(expr: Expr) -> Expr:
    """Return an expression multiplied out where that stays short, else as it is."""
    return sp.expand(expr) if is_short(expr) else expr


def over_one(expr: Expr) -> tuple[Expr, Expr] | None:
    """Return numerator, multiplied out, and denominator; None where that gets long."""
    size = 1
    for term in sp.Add.make_args(expr):
        size = min(_NEVER, size * terms(sp.fraction(term)[1]))
    if size * terms(expr) > _MOST_OVER:
        return None
    above, below = sp.fraction(sp.together(expr))
    return (sp.expand(above), below) if is_short(above) else None

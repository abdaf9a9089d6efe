"""How near to zero an algebraic constant can come without being zero."""

from math import prod

import sympy as sp
from sympy import Expr


class _NotAlgebraicError(Exception):
    """Something else than rationals, roots of them, and sums, products and quotients of these."""


def zero_bits(expr: Expr) -> int | None:
    """Return b so that the constant is zero if it is nearer to zero than 2^-b; None if it is not algebraic.

    Source: Burnikel, Funke, Mehlhorn, Schirra, Schmitt, "A Separation Bound for Real Algebraic
    Expressions", ESA 2001. With expr = U/L in algebraic integers of a field of degree d, U not
    zero, and no conjugate of U, L above u, l, the norm of U is at least 1, so |U/L| >= 1/(u^(d-1) l).
    """
    degrees: dict[Expr, int] = {}
    try:
        above, below = _bound(expr, degrees)
    except _NotAlgebraicError:
        return None
    return prod(degrees.values()) * above + below


def _bound(expr: Expr, degrees: dict[Expr, int]) -> tuple[int, int]:
    """Return bits (u, l): expr = U/L with algebraic integers whose conjugates stay below 2^u and 2^l."""
    if expr.is_Rational:
        return abs(expr.p).bit_length(), expr.q.bit_length()
    if isinstance(expr, sp.CRootOf):
        degrees[expr] = expr.poly.degree()
        sizes = [abs(int(c)) for c in expr.poly.all_coeffs()]
        return (sizes[0] + max(sizes)).bit_length(), sizes[0].bit_length()
    if expr.is_Pow and expr.exp.is_Rational:
        above, below = _bound(expr.base, degrees)
        power, root = expr.exp.p, expr.exp.q
        if root > 1:
            degrees[sp.Pow(expr.base, sp.Rational(1, root))] = root
            above = -(-(above + (root - 1) * below) // root)
        return (above * power, below * power) if power > 0 else (below * -power, above * -power)
    if not (expr.is_Add or expr.is_Mul):
        raise _NotAlgebraicError
    parts = [_bound(arg, degrees) for arg in expr.args]
    low = sum(below for _, below in parts)
    if expr.is_Mul:
        return sum(above for above, _ in parts), low
    return max(above + low - below for above, below in parts) + len(parts).bit_length(), low

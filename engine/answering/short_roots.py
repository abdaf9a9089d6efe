"""Real roots of one equation that are written down shortly: fractions, square roots, pure roots."""

import sympy
from sympy import Expr, Poly, S, Symbol

from engine.calculus.signs import sign

_MAX_DEGREE = 9


class StuckError(Exception):
    """There is no short way by hand."""


def roots(equation: Expr, variable: Symbol) -> list[Expr]:
    """Return all real roots, rising; raises StuckError where they are not short."""
    poly = Poly(equation, variable)
    if poly.degree() > _MAX_DEGREE:
        raise StuckError
    if not all(each.is_Rational for each in poly.all_coeffs()):
        return _short_roots(poly)
    _, factors = sympy.factor_list(equation)
    found = [root for base, _ in factors for root in _short_roots(Poly(base, variable))]
    if len(found) != poly.count_roots():
        raise StuckError
    return sorted(found, key=float)


def _short_roots(poly: Poly) -> list[Expr]:
    """Return the real roots of a linear, quadratic or pure equation, rising."""
    degree, highest, last = poly.degree(), poly.LC(), poly.nth(0)
    if degree == 1:
        return [sympy.expand(-last / highest)]
    if degree == 2:
        middle = poly.nth(1)
        inside = sympy.expand(middle**2 - 4 * highest * last)
        side = sign(inside)
        if side is None:
            raise StuckError
        apart = [] if side < 0 else [S.Zero] if side == 0 else [-sympy.sqrt(inside), sympy.sqrt(inside)]
        return sorted((sympy.expand((-middle + each) / (2 * highest)) for each in apart), key=float)
    if any(poly.nth(k) != 0 for k in range(1, degree)):
        raise StuckError
    return _pure_roots(sympy.expand(-last / highest), degree)


def _pure_roots(value: Expr, degree: int) -> list[Expr]:
    """Return the real solutions of v^degree = value."""
    side = sign(value)
    if side is None:
        raise StuckError
    root = sympy.root(abs(value), degree)
    if degree % 2:
        return [side * root]
    return [] if side < 0 else [S.Zero] if side == 0 else [-root, root]

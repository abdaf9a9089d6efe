"""Products and quotients that are known to be convex or concave."""

from collections.abc import Sequence

import sympy as sp
from sympy import Expr, S, Symbol

from engine.calculus.signs import sign
from engine.convexity.lengths import is_short
from engine.convexity.orthant import POSITIVE, UP
from engine.convexity.proof import Proof, Slopes, Way
from engine.convexity.region import slopes_of
from engine.convexity.signs import Signed
from engine.critical.definite import signs
from engine.critical.polynomials import polynomial, ring


def product(expr: Expr, way: Way, signed: Signed) -> Proof | None:
    """Return a proof for a product of powers, a square over a positive affine function, or u ln u; None without one."""
    for rule in (_powers, _square_over, _entropy):
        found = rule(expr, way, signed)
        if found is not None:
            return found
    return None


def factors(expr: Expr) -> list[tuple[Expr, Expr]]:
    """Return bases with exponents, the factors of a power under a root taken apart."""
    found: list[tuple[Expr, Expr]] = []
    for each in sp.Mul.make_args(expr):
        base, exponent = (each.base, each.exp) if each.is_Pow and not isinstance(each, sp.exp) else (each, S.One)
        if base.is_Mul or (base.is_Pow and not isinstance(base, sp.exp)):
            found += [(inner, power * exponent) for inner, power in factors(base)]
        else:
            found.append((base, exponent))
    return found


def _powers(expr: Expr, way: Way, signed: Signed) -> Proof | None:
    """Prove a product of powers of affine functions that are not negative.

    Source: Boyd and Vandenberghe, Convex Optimization, section 3.1.5 and exercise 3.16.
    """
    found = factors(expr)
    if len(found) < 2:
        return None
    slopes: list[tuple[Expr, ...]] = []
    for base, exponent in found:
        slope = slopes_of(base, signed.region.variables)
        if slope is None or not exponent.is_Rational or not signed.of(base) <= (UP if exponent > 0 else POSITIVE):
            return None
        if any(each != 0 for each in slope):
            slopes.append(slope)
    exponents = [e for base, e in found if base.free_symbols]
    up = [e for e in exponents if e > 0]
    total = sum(exponents, S.Zero)
    if way == -1 and len(up) == len(exponents) and total <= 1:
        says = f"powers of affine functions that are not negative, with exponents above 0 and the sum {total} ≤ 1"
        return Proof("power-product", expr, way, says)
    if way == 1 and not up:
        return Proof("power-product", expr, way, "negative powers of positive affine functions", strict=tuple(slopes))
    if way == 1 and len(up) == 1 and total >= 1:
        says = f"one exponent above 0, {up[0]}, the others below 0, and their sum {total} ≥ 1, of affine functions"
        return Proof("power-product", expr, way, says)
    return None


def _square_over(expr: Expr, way: Way, signed: Signed) -> Proof | None:
    above, below = sp.fraction(expr)
    variables = signed.region.variables
    if way == -1 or below == 1 or slopes_of(below, variables) is None or not signed.is_positive(below):
        return None
    if not is_square_sum(above, variables, signed):
        return None
    return Proof("square-over-affine", expr, way, "a sum of squares of affine functions over a positive affine one")


def is_square_sum(expr: Expr, variables: Sequence[Symbol], signed: Signed) -> bool:
    """Tell whether a polynomial of degree 2 is nowhere negative: then it is a sum of squares of affine functions."""
    if not (expr.is_polynomial(*variables) and is_short(expr)):
        return False
    context = ring(len(variables))
    poly = polynomial(expr, list(variables), context)
    if poly is None or poly.total_degree() != 2:
        return False
    return signs(poly, signed.budget) in ("positive", "nonnegative")


def _entropy(expr: Expr, way: Way, signed: Signed) -> Proof | None:
    """Prove u ln u and u ln(u/v), of affine functions."""
    logs = [each for each in sp.Mul.make_args(expr) if isinstance(each, sp.log)]
    if way == -1 or len(logs) != 1:
        return None
    u, inside = expr / logs[0], logs[0].args[0]
    slope, variables = slopes_of(u, signed.region.variables), signed.region.variables
    if slope is None or not signed.of(u) <= UP:
        return None
    ratio = sp.cancel(inside / u)
    if not ratio.free_symbols and sign(ratio) == 1:
        return Proof("entropy", expr, way, "u ln u is convex for u > 0, and u is affine", strict=_of(slope))
    other = 1 / ratio
    if slopes_of(other, variables) is not None and signed.is_positive(other):
        return Proof("relative-entropy", expr, way, "u ln(u/v) is convex for u > 0 and v > 0, both affine")
    return None


def _of(slope: tuple[Expr, ...]) -> Slopes:
    return (slope,) if any(each != 0 for each in slope) else ()

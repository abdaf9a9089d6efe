"""Whether a formula is smooth in a region, and what it is where kinks are not met."""

import sympy as sp
from sympy import Expr, S

from engine.convexity.lengths import over_one
from engine.convexity.orthant import POSITIVE, UP
from engine.convexity.signs import DOWN, Signed

_ENTIRE = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.sech)


def is_smooth(expr: Expr, signed: Signed) -> bool:
    """Tell whether the formula is proven to have all derivatives everywhere in the region; it is analytic there."""
    if not expr.free_symbols:
        return True
    if not all(is_smooth(arg, signed) for arg in expr.args):
        return False
    if expr.is_Symbol or expr.is_Add or expr.is_Mul or isinstance(expr, _ENTIRE):
        return True
    if expr.is_Pow:
        if expr.exp.is_Integer:
            return bool(expr.exp > 0) or 0 not in signed.of(expr.base)
        return signed.is_positive(expr.base)
    if isinstance(expr, sp.log):
        return signed.is_positive(expr.args[0])
    if isinstance(expr, (sp.asin, sp.acos, sp.atanh)):
        return signed.is_positive(1 - expr.args[0] ** 2)
    if isinstance(expr, sp.acosh):
        return signed.is_positive(expr.args[0] - 1)
    if isinstance(expr, (sp.tan, sp.sec)):
        return 0 not in signed.of(sp.cos(expr.args[0]))
    return isinstance(expr, (sp.cot, sp.csc, sp.coth, sp.csch)) and _misses(expr, signed)


def _misses(expr: Expr, signed: Signed) -> bool:
    below = sp.sin(expr.args[0]) if isinstance(expr, (sp.cot, sp.csc)) else expr.args[0]
    return 0 not in signed.of(below)


def restricted(expr: Expr, signed: Signed) -> Expr:
    """Return the formula with |u|, sgn(u), max, min and logarithms of products written as they are in the region."""
    if not expr.free_symbols or not expr.args:
        return expr
    inner = [restricted(arg, signed) for arg in expr.args]
    if isinstance(expr, (sp.Abs, sp.sign)):
        found = signed.of(inner[0])
        if found == POSITIVE or (found <= UP and isinstance(expr, sp.Abs)):
            return inner[0] if isinstance(expr, sp.Abs) else S.One
        if found == frozenset((-1,)) or (found <= DOWN and isinstance(expr, sp.Abs)):
            return -inner[0] if isinstance(expr, sp.Abs) else S.NegativeOne
    if isinstance(expr, (sp.Max, sp.Min)):
        turn = 1 if isinstance(expr, sp.Max) else -1
        kept = [a for i, a in enumerate(inner) if not _beaten(a, inner[i + 1 :], turn, signed)]
        kept = [a for i, a in enumerate(kept) if not _beaten(a, kept[:i], turn, signed)]
        return expr.func(*kept)
    if isinstance(expr, sp.log):
        return logarithm(inner[0], signed)
    if expr.is_Mul:
        return sp.Mul(
            *(S.One if _is_idle(arg, expr.args, signed) else new for arg, new in zip(expr.args, inner, strict=True))
        )
    return expr.func(*inner)


def _is_idle(arg: Expr, beside: tuple[Expr, ...], signed: Signed) -> bool:
    """Tell whether a factor sgn(u) is 1 wherever the factor |u|^p beside it is not zero, as in a real cube root."""
    if not isinstance(arg, sp.sign) or not signed.of(arg.args[0]) <= UP:
        return False
    return any(other.is_Pow and other.base == sp.Abs(arg.args[0]) and other.exp.is_positive for other in beside)


def _beaten(one: Expr, others: list[Expr], turn: int, signed: Signed) -> bool:
    return any(signed.of(turn * (other - one)) <= UP for other in others)


def logarithm(inner: Expr, signed: Signed) -> Expr:
    """Return ln u as a sum of logarithms of its factors where these are proven to have a sign."""
    above, below = over_one(inner) or (inner, S.One)
    if below == 1:
        above = inner
    terms = []
    for factor, turn in ((above, 1), (below, -1)):
        for each in sp.Mul.make_args(factor):
            base, exponent = each.as_base_exp() if not isinstance(each, sp.exp) else (each, S.One)
            if isinstance(each, sp.exp):
                terms.append(turn * each.args[0])
                continue
            found = signed.of(base)
            even = exponent.is_Integer and exponent % 2 == 0
            if found == POSITIVE or (even and found == frozenset((-1,))):
                terms.append(turn * exponent * sp.log(base if found == POSITIVE else -base))
            else:
                return sp.log(inner)
    return sp.Add(*terms)

"""Constants and functions enclosed in balls of real numbers (Arb).

A ball contains the true value, so a ball that misses zero proves a sign. No ball proves zero:
that takes a separation bound, or rational arithmetic.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from typing import Any

import sympy as sp
from flint import arb, ctx, fmpq, fmpz_poly
from sympy import Expr, S

from engine.calculus.separation import zero_bits

_BITS_FOR_ZERO = 20_000
_LONG = 600
_At = Mapping[Expr, arb] | None


class NoValueError(Exception):
    """Proven: there is no real value."""


class OpenError(Exception):
    """Not decided at this precision."""


def ball(expr: Expr, bits: int, at: Mapping[Expr, arb] | None = None) -> arb | None:
    """Return a ball that contains the value of an expression, computed with `bits` bits.

    at: balls for the symbols in it; the result holds the values at all their points.

    None where the expression is undefined or not real somewhere in them, where a branch cannot
    be decided at this precision, or where a function is not one that can be enclosed.
    """
    with ctx.workprec(bits):
        try:
            value = _value(expr, at)
        except (NoValueError, OpenError):
            return None
    return value if value.is_finite() else None


def evaluate(expr: Expr, bits: int) -> arb:
    """Return a ball round a constant, maybe an infinite one. Raises NoValueError or OpenError."""
    with ctx.workprec(bits):
        return _value(expr, None)


def is_zero(expr: Expr) -> bool:
    """Return whether a constant is proven to be zero: False says that it is not proven.

    Beside transcendental factors only where all their algebraic coefficients are zero.
    """
    if expr.count_ops() > _LONG or ball(expr, 192) is None:
        return False
    if zero_bits(expr) is not None:
        return _algebraic_zero(expr)
    groups: dict[Expr, list[Expr]] = defaultdict(list)
    for term in sp.Add.make_args(sp.expand(expr)):
        factors = sp.Mul.make_args(term)
        rest = [factor for factor in factors if zero_bits(factor) is None]
        groups[sp.Mul(*rest)].append(sp.Mul(*(factor for factor in factors if factor not in rest)))
    # a sum of a_j T_j is zero where all a_j are, whatever real numbers the T_j are
    if any(ball(rest, 192) is None for rest in groups):
        return False
    return all(_algebraic_zero(sp.Add(*coefficients)) for coefficients in groups.values())


def _algebraic_zero(expr: Expr) -> bool:
    bits = zero_bits(expr)
    if bits is None or bits > _BITS_FOR_ZERO:
        return False
    value = ball(expr, 2 * bits + 64)
    return value is not None and bool(abs(value) < arb(1) * arb(2) ** -bits)


@lru_cache(maxsize=512)
def real_roots(coefficients: tuple[int, ...], bits: int) -> tuple[arb, ...]:
    """Return balls round the distinct real roots of a polynomial, rising, each alone in its ball.

    coefficients: from the constant term up; not all zero.
    """
    with ctx.workprec(bits):
        found: Any = fmpz_poly(list(coefficients)).complex_roots()
    roots = [root.real for root, _ in found if root.imag.is_zero()]
    return tuple(sorted(roots, key=lambda root: root.mid()))


def side(value: arb | None) -> int | None:
    """Return the sign that a ball proves, None where it proves none (or there is no ball)."""
    if value is None:
        return None
    if value.is_zero():
        return 0
    return 1 if value > 0 else -1 if value < 0 else None


def power(value: arb, exponent: int) -> arb:
    """Return an integer power; flint's own is undefined for a ball round zero."""
    result, square, left = arb(1), value, abs(exponent)
    while left:
        if left & 1:
            result = result * square
        square, left = square * square, left >> 1
    return result if exponent >= 0 else 1 / result


def _value(expr: Expr, at: _At) -> arb:
    if expr.is_Rational:
        return arb(fmpq(expr.p, expr.q))
    rule = _RULES.get(expr.func)
    if rule is not None:
        return rule(expr, at)
    if at is not None and expr in at:
        return arb(at[expr])
    raise OpenError


def _side(expr: Expr, value: arb, at: _At) -> int:
    found = side(value)
    if found is None and at is None and is_zero(expr):
        return 0
    if found is None:
        raise OpenError
    return found


def _power(expr: Expr, at: _At) -> arb:
    base, exponent = expr.args
    if base is S.Exp1:
        return _value(exponent, at).exp()
    value = _value(base, at)
    if exponent.is_Integer:
        if exponent.p < 0 and _side(base, value, at) == 0:
            raise NoValueError
        return power(value, int(exponent))
    found = _side(base, value, at)
    if exponent.is_Rational:
        if found < 0 or (found == 0 and exponent.p < 0):
            raise NoValueError
        return power(value.root(exponent.q), int(exponent.p)) if found else arb(0)
    if found > 0:
        return (value.log() * _value(exponent, at)).exp()
    raise OpenError


def _root_of(expr: Expr, _at: _At) -> arb:
    roots = real_roots(tuple(int(c) for c in reversed(expr.poly.all_coeffs())), ctx.prec)
    if expr.index >= len(roots):
        raise NoValueError
    return arb(roots[expr.index])


def _log(expr: Expr, at: _At) -> arb:
    value = _value(expr.args[0], at)
    if _side(expr.args[0], value, at) <= 0:
        raise NoValueError
    return value.log()


def _asin(expr: Expr, at: _At) -> arb:
    inner = expr.args[0]
    value = _value(inner, at)
    room = _side(1 - inner**2, 1 - value**2, at)
    if room < 0:
        raise NoValueError
    return value.asin() if room else value.sgn() * arb.pi() / 2


def _acosh(expr: Expr, at: _At) -> arb:
    value = _value(expr.args[0], at)
    room = _side(expr.args[0] - 1, value - 1, at)
    if room < 0:
        raise NoValueError
    return value.acosh() if room else arb(0)


def _atanh(expr: Expr, at: _At) -> arb:
    value = _value(expr.args[0], at)
    if _side(1 - expr.args[0] ** 2, 1 - value**2, at) <= 0:
        raise NoValueError
    return value.atanh()


def _step(expr: Expr, at: _At) -> arb:
    side = _side(expr.args[0], _value(expr.args[0], at), at)
    if side == 0:
        raise OpenError
    return arb(side > 0)


def _plain(name: str) -> Callable[[Expr, _At], arb]:
    return lambda expr, at: getattr(_value(expr.args[0], at), name)()


def _as(other: Callable[[Expr], Expr]) -> Callable[[Expr, _At], arb]:
    return lambda expr, at: _value(other(expr.args[0]), at)


def _fold(two: Callable[[arb, arb], arb]) -> Callable[[Expr, _At], arb]:
    return lambda expr, at: reduce(two, (_value(arg, at) for arg in expr.args))


_RULES: dict[Any, Callable[[Expr, _At], arb]] = {
    sp.Add: _fold(lambda a, b: a + b),
    sp.Mul: _fold(lambda a, b: a * b),
    sp.Max: _fold(lambda a, b: a.max(b)),
    sp.Min: _fold(lambda a, b: a.min(b)),
    sp.Pow: _power,
    type(S.Pi): lambda _expr, _at: arb.pi(),
    type(S.Exp1): lambda _expr, _at: arb.const_e(),
    sp.CRootOf: _root_of,
    sp.log: _log,
    sp.asin: _asin,
    sp.acos: lambda expr, at: arb.pi() / 2 - _asin(expr, at),
    sp.acosh: _acosh,
    sp.atanh: _atanh,
    sp.Heaviside: _step,
    sp.Abs: lambda expr, at: abs(_value(expr.args[0], at)),
    sp.sign: lambda expr, at: arb(_side(expr.args[0], _value(expr.args[0], at), at)),
    **{f: _plain(f.__name__) for f in (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh)},
    sp.tan: _as(lambda u: sp.sin(u) / sp.cos(u)),
    sp.cot: _as(lambda u: sp.cos(u) / sp.sin(u)),
    sp.sec: _as(lambda u: 1 / sp.cos(u)),
    sp.csc: _as(lambda u: 1 / sp.sin(u)),
    sp.coth: _as(lambda u: sp.cosh(u) / sp.sinh(u)),
    sp.sech: _as(lambda u: 1 / sp.cosh(u)),
    sp.csch: _as(lambda u: 1 / sp.sinh(u)),
    sp.asec: _as(lambda u: sp.acos(1 / u)),
    sp.acsc: _as(lambda u: sp.asin(1 / u)),
    sp.acot: _as(lambda u: sp.atan(1 / u)),
    sp.acoth: _as(lambda u: sp.atanh(1 / u)),
    sp.asech: _as(lambda u: sp.acosh(1 / u)),
    sp.acsch: _as(lambda u: sp.asinh(1 / u)),
}

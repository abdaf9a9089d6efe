"""Steps that are too small for double precision at a point, and steps that reach too far from it."""

import math
from collections.abc import Iterator
from fractions import Fraction

from sympy import CoercionFailed, Dummy, Expr, Poly, PolynomialError, Rational, Symbol

from engine.answering.numeric import Numeric
from engine.answering.place import decimal
from engine.calculus.domain import Condition
from engine.calculus.signs import sign
from engine.errors import Refused

_COARSE = 16
_FEW_APART = 10


def stuck(found: Numeric) -> dict[str, list[float]]:
    """Return for each variable the steps for which x + h is x itself in double precision."""
    return {
        name: [row.h for row in found.rows if at + row.h == at]
        for name, at in zip(found.place.scalar.names, _point(found), strict=True)
    }


def coarse(found: Numeric) -> dict[str, list[float]]:
    """Return for each variable the steps that are rounded by much, as the doubles near x are far apart."""
    return {
        name: [row.h for row in found.rows if at + row.h != at and row.h < _COARSE * math.ulp(at)]
        for name, at in zip(found.place.scalar.names, _point(found), strict=True)
    }


def drowned(found: Numeric) -> dict[str, list[float]]:
    """Return for each variable the steps over which f changes by a few of the distances between doubles, or less."""
    apart, tight = math.ulp(found.value), stuck(found)
    listed = {}
    for name, exact in zip(found.place.scalar.names, found.exact, strict=True):
        slope = 0.0 if exact is None else abs(decimal(exact))
        listed[name] = [
            row.h for row in found.rows if 0 < row.h * slope < _FEW_APART * apart and row.h not in tight[name]
        ]
    return listed


def leaving(found: Numeric) -> Iterator[tuple[Condition, list[float]]]:
    """Yield the conditions that fail between x - h and x + h for some variable, with the steps that reach so far.

    Without the steps for which a value of f is missing: these are told already.
    """
    scalar, values = found.place.scalar, found.place.values
    known = [row for row in found.rows if None not in (*row.found["forward"], *row.found["backward"])]
    for condition in scalar.conditions:
        lines = [
            _along(condition.of, symbol, values) for symbol in scalar.symbols if symbol in condition.of.free_symbols
        ]
        steps = [row.h for row in known if any(_fails(*line, row.h) for line in lines)]
        if steps:
            yield condition, steps


def _point(found: Numeric) -> tuple[float, ...]:
    return tuple(map(decimal, found.place.coordinates))


def _along(of: Expr, symbol: Symbol, values: dict[Symbol, Expr]) -> tuple[Expr, Symbol]:
    """Return what a condition speaks of along one axis, as a function of the step."""
    step = Dummy("h", real=True)
    return of.xreplace(values | {symbol: values[symbol] + step}), step


def _fails(of: Expr, step: Symbol, h: float) -> bool:
    """Tell whether what is not zero at the point is surely zero or broken between both ends, ends included."""
    end = Rational(Fraction(h))
    try:
        return bool(Poly(of, step, domain="QQ").count_roots(-end, end))
    except (CoercionFailed, PolynomialError):
        return _turns(of, step, end)


def _turns(of: Expr, step: Symbol, end: Expr) -> bool:
    """Tell whether the sign at one end is not the sign at the point itself."""
    try:
        signs = [sign(of.xreplace({step: each})) for each in (-end, Rational(0), end)]
    except Refused:
        return False
    return None not in signs and len(set(signs)) > 1

"""Functions with known critical points: sums of functions of one variable, carried through changes of variables."""

from dataclasses import dataclass
from random import Random

import sympy as sp
from sympy import Expr, Symbol, cos, exp, expand, log, pi, sin, sqrt, symbols

X, Y = symbols("x y", real=True)
_U = Symbol("u", real=True)
_MINIMUM, _MAXIMUM, _SADDLE = "local minimum", "local maximum", "saddle point"
_FLAT = 0  # neither maximum nor minimum
# A function of u, and where its derivative is zero: 1 for a minimum, -1 for a maximum.
_POLYNOMIALS: tuple[tuple[Expr, dict[Expr, int]], ...] = (
    (_U**2, {sp.S.Zero: 1}),
    (-(_U**2) + _U, {sp.S.Half: -1}),
    (_U**3 - 3 * _U, {sp.S.One: 1, -sp.S.One: -1}),
    (_U**4 - 2 * _U**2, {sp.S.Zero: -1, sp.S.One: 1, -sp.S.One: 1}),
    (_U**3, {sp.S.Zero: _FLAT}),
    (_U**4, {sp.S.Zero: 1}),
    (_U**3 + _U, {}),
)
_OTHERS: tuple[tuple[Expr, dict[Expr, int]], ...] = (
    (exp(_U) - 2 * _U, {log(2): 1}),
    (_U * exp(-_U), {sp.S.One: -1}),
    (_U * exp(-(_U**2)), {sqrt(2) / 2: -1, -sqrt(2) / 2: 1}),
    (_U + 2 * cos(_U), {pi / 6: -1, 5 * pi / 6: 1, -7 * pi / 6: 1, -11 * pi / 6: -1}),
    (log(1 + _U**2), {sp.S.Zero: 1}),
    (exp(sin(_U)), {pi / 2: -1, -pi / 2: 1, 3 * pi / 2: 1, -3 * pi / 2: -1}),
    (_U**2 + exp(_U) - _U, {sp.S.Zero: 1}),
    (sp.cosh(_U), {sp.S.Zero: 1}),
)
# Ends of the square in which a function that is no polynomial is searched.
REACH = 3


@dataclass(frozen=True)
class Planted:
    """A function of x and y, and the kinds of all its critical points, in the square where it is no polynomial."""

    f: Expr
    points: dict[tuple[float, float], str]
    windowed: bool


def planted(seed: int) -> Planted:
    """Return the function of a seed: a polynomial for an even one."""
    random = Random(seed)  # noqa: S311 - the same functions every time
    windowed = seed % 2 == 1
    first, last = random.choice(_OTHERS if windowed else _POLYNOMIALS), random.choice(_POLYNOMIALS[:4])
    slope, bend = random.choice((-2, -1, 1, 2)), random.choice((0, 0, 1, -1))
    # the square of what is small keeps the points of interest near
    u, v = X + sp.Rational(slope, 2) * Y + sp.Rational(bend, 2) * Y**2, Y
    f = first[0].xreplace({_U: u}) + last[0].xreplace({_U: v})
    f = f if windowed else expand(f)
    points = {}
    for a, side in first[1].items():
        for b, other in last[1].items():
            x = float(a - sp.Rational(slope, 2) * b - sp.Rational(bend, 2) * b**2)
            points[x, float(b)] = _kind(side, other)
    if windowed:
        f = random.choice((lambda g: g, lambda g: g, sp.atan))(f)
        points = {at: kind for at, kind in points.items() if max(map(abs, at)) <= REACH}
    return Planted(f, points, windowed)


def _kind(side: int, other: int) -> str:
    if side != other or side == _FLAT:
        return _SADDLE
    return _MINIMUM if side > 0 else _MAXIMUM

"""Closed forms of certified decimals: proposed from the decimals, taken only where putting them in proves them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import sympy as sp
from flint import arb, ctx, fmpq
from sympy import Expr, S, expand

from engine.calculus.balls import ball
from engine.calculus.signs import sign
from engine.critical.certificates import System, certified

_BITS = 192
_ELSEWHERE = arb(fmpq(5, 17))
_LARGEST = 60  # denominator
_NARROW = arb(2) ** -80


def closed_forms(system: System, zero: Sequence[arb]) -> tuple[Expr | None, ...]:
    """Return for each coordinate of a certified zero its exact value, None where none is proven.

    zero: balls so small that no other zero is in them.
    """
    proposed = [next(proposals(each), None) for each in zero]
    places = [i for i, each in enumerate(proposed) if each is not None]
    for chosen in [places] + [[i] for i in places] * (len(places) > 1):
        values = {i: proposed[i] for i in chosen}
        if values and _proven(system, zero, values):
            return tuple(values.get(i) for i in range(len(zero)))
    return (None,) * len(zero)


def _proven(system: System, zero: Sequence[arb], values: dict[int, Expr]) -> bool:
    """Tell whether a zero with these coordinates is in the balls: it is then the one zero in them."""
    here = {system.unknowns[i]: value for i, value in values.items()}
    left = [equation.xreplace(here) for equation in system.equations]
    rest = [equation for equation in left if not _is_zero(equation)]
    free = [i for i in range(len(zero)) if i not in values]
    if len(rest) != len(free):
        return False
    if not free:
        return True
    reduced = System.between(rest, [system.unknowns[i] for i in free])
    found = certified(reduced, [float(zero[i].mid()) for i in free])
    return found is not None and all(zero[i].overlaps(ball_) for i, ball_ in zip(free, found, strict=True))


def _is_zero(equation: Expr) -> bool:
    if equation.free_symbols:
        # a look at one place spares multiplying out
        near = ball(equation, 96, dict.fromkeys(equation.free_symbols, _ELSEWHERE))
        return near is not None and bool(near.contains(0)) and bool(expand(equation) == 0)
    value = ball(equation, 96)
    return value is not None and bool(value.contains(0)) and sign(expand(equation)) == 0


def proposals(value: arb) -> Iterator[Expr]:
    """Return exact numbers in a ball, the simplest first."""
    with ctx.workprec(_BITS):
        if not value.rad() < _NARROW:
            return
        for exact in _shapes(value):
            near = ball(exact, _BITS)
            if near is not None and near.overlaps(value):
                yield exact


def _shapes(value: arb) -> Iterator[Expr]:
    """Return what could be meant by a number."""
    if abs(value) < arb(2) ** -70:
        yield S.Zero
        return
    yield _rational(value)
    yield _rational(value / arb.pi()) * sp.pi
    yield (1 if value > 0 else -1) * sp.sqrt(_rational(value * value))
    if abs(value) < 30:
        yield sp.log(sp.Max(_rational(value.exp()), sp.Rational(1, _LARGEST)))
        yield (1 if value > 0 else -1) * sp.exp(_rational(abs(value).log()))
    if abs(value) < 4:
        for function in (sp.cos, sp.sin, sp.tan):
            inverse = {sp.cos: sp.acos, sp.sin: sp.asin, sp.tan: sp.atan}[function]
            angle = inverse(_rational(getattr(value, function.__name__)()))
            yield from (angle, -angle, sp.pi - angle, angle - sp.pi)


def _rational(value: arb) -> sp.Rational:
    middle = value.mid()
    if not middle.is_finite():
        return S.Zero
    mantissa, exponent = middle.man_exp()
    exact = fmpq(mantissa) * fmpq(2) ** int(exponent)
    near = Fraction(int(exact.p), int(exact.q)).limit_denominator(_LARGEST)
    return sp.Rational(near.numerator, near.denominator)

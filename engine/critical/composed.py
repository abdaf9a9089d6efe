"""Functions of one function, f = phi(g): critical where g is, and where g takes a value at which phi is flat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import sympy as sp
from flint import arb, fmpq
from sympy import Dummy, Expr, Float, S, Symbol, diff, expand, preorder_traversal

from engine.calculus.balls import ball, side
from engine.calculus.signs import decimal, sign
from engine.critical.definite import signs
from engine.critical.domain import Domain, crosses
from engine.critical.found import CriticalPoint, CriticalSet, Found, Kind
from engine.critical.kernels import NoKernelError, Rewriting
from engine.critical.outer import Core, carried, raised
from engine.critical.periods import rise
from engine.critical.polynomials import polynomial, ring
from engine.values import Budget

LETTER = Dummy("t", real=True)
# Smooth on all of the real line, a logarithm where its argument is positive there.
_SMOOTH = (sp.exp, sp.log, sp.sin, sp.cos, sp.tanh, sp.sinh, sp.cosh, sp.atan, sp.asinh)
_TURNS = (0, 1, -1, 2, -2)
_POWERS = (1, 2, 3, 4)
_EXTREMA: tuple[Kind, ...] = ("local minimum", "local maximum")
_ANYTIME = Budget(1.0, lambda: 0.0)


@dataclass(frozen=True, slots=True)
class Composed:
    """f = phi(g): phi is a function of LETTER, smooth on the whole line."""

    phi: Expr
    inner: Expr


def composed(f: Expr, variables: tuple[Symbol, ...]) -> Composed | None:
    """Return f as a function of its simplest inner part that holds all variables; None where there is none."""
    parts = {each for each in preorder_traversal(f) if each.free_symbols == set(variables) and each != f}
    for inner in sorted(parts, key=lambda each: each.count_ops()):
        if len(variables) == 1 and expand(inner).is_polynomial() and sp.degree(inner, *variables) < 2:
            continue
        phi = _outside(f, inner, variables)
        if phi is not None and not phi.is_polynomial(LETTER) and _smooth(phi):
            return Composed(phi, inner)
    return None


def _outside(f: Expr, inner: Expr, variables: tuple[Symbol, ...]) -> Expr | None:
    """Return f with a letter for the inner part, also where multiples of that occur or are spread over a sum."""
    multiples = {each: times * LETTER for each in preorder_traversal(f) for times in [_times(each, inner)] if times}
    phi = f.xreplace(multiples)
    if not phi.free_symbols & set(variables):
        return phi
    if phi.is_Mul:
        left = sp.Mul(*(factor for factor in phi.args if factor.free_symbols & set(variables)))
        for power in () if left.has(LETTER) else _POWERS:
            if times := _times(left, inner**power):
                return phi / left * times * LETTER**power
        return None
    left = sp.Add(*(term for term in sp.Add.make_args(phi) if term.free_symbols & set(variables)))
    constant, bare = expand(inner).as_coeff_Add()
    times = _times(left, bare)
    return phi - left + times * (LETTER - constant) if times and not left.has(LETTER) else None


def _times(expr: Expr, inner: Expr) -> Expr:
    """Return the rational number that an expression is times another one, 0 where it is none."""
    if expr.free_symbols != inner.free_symbols or not _alike(expr, inner):
        return S.Zero
    one, other = expand(expr).as_coefficients_dict(), expand(inner).as_coefficients_dict()
    if one.keys() != other.keys():
        return S.Zero
    ratios = {times / other[term] for term, times in one.items()}
    return ratios.pop() if len(ratios) == 1 else S.Zero


def _alike(one: Expr, other: Expr) -> bool:
    """Tell whether one may be a number times the other, from their values at two places: far cheaper than expanding."""
    first, second = (_values(each) for each in (one, other))
    if first is None or second is None:
        return False
    return bool((first[0] * second[1] - first[1] * second[0]).contains(0))


@lru_cache(maxsize=256)
def _values(expr: Expr) -> tuple[arb, arb] | None:
    names = sorted(expr.free_symbols, key=str)
    found = [
        ball(expr, 96, {name: arb(fmpq(turn + 3 * i, 7 + 2 * i + turn)) for i, name in enumerate(names, 1)})
        for turn in (1, 4)
    ]
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _smooth(phi: Expr) -> bool:
    if phi.atoms(sp.Function) - phi.atoms(*_SMOOTH):
        return False
    rewriting = Rewriting((LETTER,))
    try:
        rewriting.run(phi)
    except NoKernelError:
        return False
    signed = [_sign_everywhere(each) for each in (*rewriting.nonzero, *rewriting.positive)]
    return not rewriting.kinks and all(signed) and all(_sign_everywhere(each) == 1 for each in rewriting.positive)


def _sign_everywhere(expr: Expr) -> int | None:
    """Return the sign that an expression in the letter is known to have everywhere, None where that is not known."""
    if expr.is_positive or expr.is_negative:
        return 1 if expr.is_positive else -1
    poly = polynomial(expr, (LETTER,), ring(1))
    found = "unknown" if poly is None or poly.is_zero() else signs(poly, _ANYTIME)
    return {"positive": 1, "negative": -1}.get(found)


def outward(one: Composed, flat: Found, found: Found, f: Expr, variables: tuple[Symbol, ...]) -> Found | None:
    """Return what f has from what phi and g have; None where something of it is not decided.

    flat: what phi has; found: what g has.
    """
    if flat.complete != "proven" or flat.sets or any(point.kind == "not decided" for point in flat.points):
        return None
    slope = diff(one.phi, LETTER)
    if not flat.points:
        rising = sign(slope.xreplace({LETTER: S.Zero}))
        return carried(found, Core(one.inner, rising > 0), f, variables) if rising else None
    # of one variable the places where g has a value are points, which this does not work out; a level of which
    # only decimals are known has no equation
    if found.sets or found.kinks or len(variables) == 1 or any(point.at[0].has(Float) for point in flat.points):
        return None
    points = [_point(one, slope, flat, point, f, variables) for point in found.points]
    sets = _sets(one, flat, variables)
    if sets is None or "open" in points:
        return None
    kept = tuple(each for each in points if isinstance(each, CriticalPoint))
    if any(point.degenerate and point.strict for point in kept):
        # a point alone on such a level is strict, and the others of the set are not
        sets = [replace(each, strict=None) for each in sets]
    return replace(found, points=kept, sets=tuple(sets))


def _point(
    one: Composed, slope: Expr, flat: Found, point: CriticalPoint, f: Expr, variables: tuple[Symbol, ...]
) -> CriticalPoint | str | None:
    """Return a critical point of g as one of f; None where it lies on a set, "open" where that is not decided."""
    turn = _turn(slope, point.value)
    if turn is None or not point.smooth:
        return "open"
    if turn:
        return raised(point, Core(one.inner, turn > 0), f, variables)
    if point.kind == "saddle point":
        return None
    level = next((each for each in flat.points if _same(each.at[0], point.value, flat)), None)
    # alone among the points with its value of g only where its extremum is strict
    if level is None or not point.strict:
        return "open"
    way = 1 if point.kind == "local minimum" else -1
    beside = _turn(slope, point.value + way * _beside(flat))
    if not beside:
        return "open"
    return raised(replace(point, degenerate=True), Core(one.inner, beside > 0), f, variables)


def _turn(slope: Expr, value: Expr) -> int | None:
    """Return the sign of the slope of phi at a value."""
    if not value.has(Float):
        return sign(slope.xreplace({LETTER: value}))
    number = float(value)
    return side(ball(slope, 96, {LETTER: arb(number, 1e-9 * (1 + abs(number)))}))


def _same(level: Expr, value: Expr, flat: Found) -> bool:
    period = flat.periods[0] if flat.periods else S.Zero
    turns = round(decimal(value - level) / decimal(period)) if period != 0 else 0
    return sign(value - level - turns * period) == 0


def _beside(flat: Found) -> Expr:
    """Return a number smaller than the distance of any two levels."""
    levels = sorted(point.decimal[0] for point in flat.points)
    gaps = [b - a for a, b in pairwise(levels)]
    if flat.periods and flat.periods[0] != 0:
        gaps.append(levels[0] + decimal(flat.periods[0]) - levels[-1])
    return sp.Rational(1, 2 + int(2 / min(gaps, default=1.0)))


def _sets(one: Composed, flat: Found, variables: tuple[Symbol, ...]) -> list[CriticalSet] | None:
    """Return where g has values at which phi is flat; None where that is not decided."""
    if any(period != 0 for period in flat.periods):
        # critical points may repeat themselves where values do not
        return _waves(one, flat, variables) if rise(one.phi, LETTER, flat.periods[0]) == 0 else None
    found = []
    for level in flat.points:
        gap = one.inner - level.at[0]
        if crosses(gap, variables, Domain((), ())):
            found.append(_set(gap, level.kind, variables))
        elif not _never(gap, variables):
            return None
    return found


def _waves(one: Composed, flat: Found, variables: tuple[Symbol, ...]) -> list[CriticalSet] | None:
    """Return the same for a periodic phi with one lowest and one highest value."""
    found = []
    for kind in _EXTREMA:
        levels = [point for point in flat.points if point.kind == kind]
        if any(sign(level.value - levels[0].value) != 0 for level in levels):
            return None
        gaps = [one.inner - level.at[0] - turn * flat.periods[0] for level in levels for turn in _TURNS]
        if not levels or not any(crosses(gap, variables, Domain((), ())) for gap in gaps):
            return None
        found.append(_set(one.phi.xreplace({LETTER: one.inner}) - levels[0].value, kind, variables))
    return found if all(point.kind in _EXTREMA for point in flat.points) else None


def _set(equation: Expr, kind: Kind, variables: tuple[Symbol, ...]) -> CriticalSet:
    shown = expand(-equation) if equation.could_extract_minus_sign() else equation
    return CriticalSet((shown,), len(variables) - 1, kind, False if kind in _EXTREMA else None)


def _never(gap: Expr, variables: Sequence[Symbol]) -> bool:
    """Tell whether a polynomial is of one sign: then it is zero at its extrema at most, which are points of g."""
    poly = polynomial(gap, variables, ring(len(variables)))
    return poly is not None and signs(poly, _ANYTIME) in ("positive", "negative", "nonnegative", "nonpositive")

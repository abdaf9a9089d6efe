"""Critical points of a scalar function, searched, sorted out by domain and window, or classified."""

from collections.abc import Mapping
from dataclasses import replace

import sympy
from flint import arb
from sympy import Expr, Symbol

from engine.answering.listed import Listed
from engine.answering.place import Place
from engine.answering.scalar import Scalar
from engine.building import build, symbol
from engine.calculus import domain
from engine.calculus.balls import ball, side
from engine.calculus.signs import sign
from engine.certifying import certify
from engine.critical import CriticalPoint, Found, branches, by_cases, classify, families, find, meets, repeated
from engine.errors import NotInDomain, NotSupported, Refused
from engine.reading import Window
from engine.values import Budget, Json

_NEAR = 1e-12
_FOR_CERTIFICATE = 0.4  # seconds
_LINEAR = "the gradient is linear in the variables, and was solved for all values of the parameters"
_BRANCHES = (
    "elimination gives the values of the parameter at which points come, go or change their kind, "
    "and between two of these one value shows all"
)
_JUMPS = (sympy.sign, sympy.Heaviside, sympy.floor, sympy.ceiling, sympy.Piecewise, sympy.frac)

Ends = Mapping[Symbol, tuple[Expr, Expr]]


def searched(scalar: Scalar, budget: Budget, window: Window | None) -> Listed:
    """Return all critical points that are found, in the window if one is given.

    Without a window, -5..5 is searched where not all of the space can be, one period of what repeats.
    Points outside the domain are left out. Refuses parameters, and functions with jumps or in pieces.
    """
    if scalar.expression.has(*_JUMPS):
        raise NotSupported(
            "I search functions with kinks, but none with jumps yet; give one point with at=.", option="f"
        )
    if extra := scalar.expression.free_symbols - set(scalar.symbols):
        raise NotSupported(
            f"I do not search with parameters here: {', '.join(sorted(map(str, extra)))}; give them numbers.",
            option="f",
        )
    ends = None if window is None else {symbol(name): (build(low), build(high)) for name, low, high in window.ranges}
    one = find(scalar.expression, scalar.symbols, budget, ends)
    found = one if ends is None else repeated(scalar.expression, scalar.symbols, one, ends)
    points = tuple(point for point in found.points if _exists(scalar, point) and _within(scalar, point, ends))
    sets = tuple(each for each in found.sets if ends is None or meets(each.equations, ends, budget))
    complete, why = found.complete, found.why
    if edges := _unsearched(scalar):
        why = f"{why.rstrip('.')}; not searched: the edge of the domain, where {' or '.join(edges)} stops holding"
    if ends is not None and complete == "proven":
        complete = "proven in window"
    listed = replace(found, points=points, sets=sets)
    proof = _certificate(scalar, replace(listed, complete=complete), ends, budget)
    return Listed(scalar, listed, complete, why, families(scalar.expression, scalar.symbols, one), (), window, proof)


def _certificate(scalar: Scalar, found: Found, ends: Ends | None, budget: Budget) -> Json | None:
    """Return what others can check the proof with, None where it takes no such form in a part of the time left."""
    window = None if found.complete == "proven" else found.window
    if ends is not None:
        window = tuple(ends.get(s) for s in scalar.symbols)
    now = budget.now()
    share = Budget(now + min(_FOR_CERTIFICATE, budget.left() / 2), budget.now, soft_share=1.0, started=now)
    return certify(scalar.expression, scalar.symbols, found, window, share)


def classified(scalar: Scalar, place: Place, budget: Budget) -> Listed:
    """Return one given point, classified; refuses (NotInDomain, at `at`) where the gradient is not zero."""
    try:
        point = classify(scalar.expression, scalar.symbols, place.coordinates, budget)
    except Refused as refused:
        raise refused.at_option("at") from None
    why = "only this point was looked at"
    return Listed(scalar, Found((point,), (), "not proven", why), "not proven", why)


def cased(scalar: Scalar, window: Window | None, budget: Budget) -> Listed:
    """Return the critical points of a function of one or two variables with parameters, by cases.

    Refuses (NotSupported) what is neither quadratic nor a polynomial with one parameter whose points have
    short formulas, and a window.
    """
    extra = sorted(scalar.expression.free_symbols - set(scalar.symbols), key=str)
    found = why = None
    if window is None and len(extra) == 1:
        found, why = branches(scalar.expression, scalar.symbols, extra[0], budget), _BRANCHES
    if window is None and found is None:
        found, why = by_cases(scalar.expression, scalar.symbols), _LINEAR
    if found is None or why is None:
        raise NotSupported(
            f"With parameters ({', '.join(map(str, extra))}) I search only what is quadratic in one or two "
            "variables, or short with one parameter, and no window; give them numbers.",
            option="f",
        )
    return Listed(scalar, Found((), (), "proven", ""), "proven", why, cases=found)


def _exists(scalar: Scalar, point: CriticalPoint) -> bool:
    """Tell whether f exists at a point; that it is smooth there, or has an extremum, is known."""
    if any(each.has(sympy.Float) for each in point.at):
        return _exists_near(scalar, point)
    try:
        domain.check_exists(scalar.conditions, dict(zip(scalar.symbols, point.at, strict=True)), "there")
    except NotInDomain:
        return False
    return True


def _exists_near(scalar: Scalar, point: CriticalPoint) -> bool:
    """Tell whether f exists at a point of which the decimals are certified; its formula has a value there."""
    near = {s: arb(number, _NEAR) for s, number in zip(scalar.symbols, point.decimal, strict=True)}
    for condition in scalar.conditions:
        if condition.exists and side(ball(condition.of, 128, near)) is None:
            raise NotSupported(f"I could not decide whether {condition.shown} at a point that I found.", option="f")
    return all(condition.exists != "> 0" or side(ball(condition.of, 128, near)) == 1 for condition in scalar.conditions)


def _within(scalar: Scalar, point: CriticalPoint, ends: Ends | None) -> bool:
    """Tell whether a point lies in the window, its edge included; decided exactly."""
    if ends is None:
        return True
    at = dict(zip(scalar.symbols, point.at, strict=True))
    for name, (low, high) in ends.items():
        above, below = _sign(at[name] - low), _sign(high - at[name])
        if above is None or below is None:
            raise NotSupported("I could not decide whether a point lies on the edge of the window.", option="window")
        if above < 0 or below < 0:
            return False
    return True


def _sign(value: Expr) -> int | None:
    """Return the sign of a constant, also of one that is certified as a decimal, as far as that tells it."""
    if not value.has(sympy.Float):
        return sign(value)
    about = float(value)
    return None if abs(about) < _NEAR else 1 if about > 0 else -1


def _unsearched(scalar: Scalar) -> list[str]:
    """Return the conditions at whose edge f exists but need not be differentiable: edges of the domain."""
    at_risk = [each for each in scalar.conditions if each.exists and each.exists != each.smooth]
    return list(domain.requirements([each for each in at_risk if not each.of.is_nonnegative]))

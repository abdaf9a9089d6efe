"""Critical points as they are said: lines, data and marks."""

import math
from dataclasses import dataclass, replace

import sympy
from sympy import Expr

from engine.answering.place import Place, decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.building import build, symbol
from engine.calculus import derivatives, domain
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.critical import CriticalPoint, CriticalSet, Found, classify, find
from engine.errors import NotInDomain, NotSupported, Refused
from engine.pictures.signs import Mark
from engine.reading import Window
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Budget, Json

MAX_LISTED = 40
MAX_REPEATED = 400
_OPEN = {True: "not proven to be all", False: "none found, but that is not proven"}


@dataclass(frozen=True, slots=True)
class Listed:
    """The critical points of a function, as far as they are found, and what is proven about that."""

    scalar: Scalar
    found: Found
    complete: str
    why: str

    def lines(self) -> tuple[Formula, ...]:
        """Return a line for each point and each set."""
        points = [_point_line(self.scalar, point) for point in self.found.points[:MAX_LISTED]]
        return (*points, *(_set_line(self.scalar, each) for each in self.found.sets))

    def remarks(self) -> tuple[str, ...]:
        """Return how many there are, how they were classified, and whether these are all."""
        count, sets = len(self.found.points), len(self.found.sets)
        what = " and ".join(
            [f"{count} critical point{'s' * (count != 1)}"] * (count > 0)
            + [f"{sets} set{'s' * (sets != 1)} of critical points"] * (sets > 0)
        )
        proven = {"proven": "all of them, proven", "proven in window": "all in the window, proven"}
        said = f"{what or 'No critical point'}: {proven.get(self.complete, _OPEN[bool(what)])}; {self.why.rstrip('.')}."
        tests = tuple(f"At {_place(self.scalar, point).text}: {point.test}." for point in self.found.points[:8])
        more = (f"{count - MAX_LISTED} more points stand in the data.",) if count > MAX_LISTED else ()
        return (said, *tests, *more)

    def data(self, window: Window | None) -> Json:
        """Return the contract's data."""
        return {
            "points": [_point_data(point) for point in self.found.points],
            "sets": [_set_data(each) for each in self.found.sets],
            "families": [],
            "kinks": [],
            "cases": None,
            "window": None if window is None else _window_data(window),
            "complete": self.complete,
            "why": self.why,
            "periods": exact(self.found.periods),
            "open": [],
            "certificate": None,
            "steps": _steps(self.scalar, self.found),
        }

    def marks(self) -> tuple[Mark, ...]:
        """Return a mark for each point of a function of two variables."""
        if len(self.scalar.names) != 2:
            return ()
        return tuple(
            Mark((point.decimal[0], point.decimal[1]), point.kind, "") for point in self.found.points[:MAX_LISTED]
        )


def searched(scalar: Scalar, budget: Budget, window: Window | None) -> Listed:
    """Return all critical points that are found, in the window if one is given.

    Points outside of the domain, or where f is not smooth, are left out. Refuses parameters.
    """
    if extra := scalar.expression.free_symbols - set(scalar.symbols):
        raise NotSupported(
            f"I do not search with parameters yet: {', '.join(sorted(map(str, extra)))}; give them numbers.", option="f"
        )
    if kinks := [each.shown for each in scalar.conditions if not each.exists and each.of.free_symbols]:
        raise NotSupported(
            f"I do not search functions with kinks or jumps yet, here where {kinks[0]} fails; give one point with at=.",
            option="f",
        )
    found = _spread(find(scalar.expression, scalar.symbols, budget), scalar, window)
    inside = tuple(point for point in found.points if _is_smooth(scalar, point) and _within(scalar, point, window))
    complete, why = found.complete, found.why
    if edges := _unsearched(scalar):
        complete, why = "not proven", f"not searched: the edge of the domain, where {' or '.join(edges)} stops holding"
    if window is not None and complete == "proven":
        return Listed(scalar, replace(found, points=inside), "proven in window", why)
    return Listed(scalar, replace(found, points=inside), complete, why)


def _spread(found: Found, scalar: Scalar, window: Window | None) -> Found:
    """Repeat the points of one period over the whole window."""
    if window is None or not any(found.periods):
        return found
    ranges = {name: (decimal(build(low)), decimal(build(high))) for name, low, high in window.ranges}
    points = list(found.points)
    for i, (name, period) in enumerate(zip(scalar.names, found.periods, strict=True)):
        if period == 0:
            continue
        (low, high), length = ranges[name], decimal(period)
        if (high - low) / length * max(1, len(points)) > MAX_REPEATED:
            raise NotSupported(f"The window holds over {MAX_REPEATED} points; choose a smaller one.", option="window")
        points = [
            _moved(point, i, period * shift, length * shift)
            for point in points
            for shift in range(
                math.floor((low - point.decimal[i]) / length), math.ceil((high - point.decimal[i]) / length) + 1
            )
        ]
    why = "f repeats itself: the points found in one period are listed throughout the window"
    return replace(found, points=tuple(sorted(points, key=lambda point: point.decimal)), why=why)


def _moved(point: CriticalPoint, i: int, exactly: Expr, about: float) -> CriticalPoint:
    at, numbers = list(point.at), list(point.decimal)
    at[i], numbers[i] = at[i] + exactly, numbers[i] + about
    return replace(point, at=tuple(at), decimal=tuple(numbers))


def classified(scalar: Scalar, place: Place, budget: Budget) -> Listed:
    """Return one given point, classified; refuses (NotInDomain, at `at`) where the gradient is not zero."""
    try:
        point = classify(scalar.expression, scalar.symbols, place.coordinates, budget)
    except Refused as refused:
        raise refused.at_option("at") from None
    why = "only this point was looked at"
    return Listed(scalar, Found((point,), (), "not proven", why), "not proven", why)


def _is_smooth(scalar: Scalar, point: CriticalPoint) -> bool:
    try:
        domain.check_smooth(scalar.conditions, dict(zip(scalar.symbols, point.at, strict=True)), "there")
    except NotInDomain:
        return False
    return True


def _within(scalar: Scalar, point: CriticalPoint, window: Window | None) -> bool:
    """Tell whether a point lies in the window, its edge included; decided exactly."""
    if window is None:
        return True
    at = dict(zip(scalar.symbols, point.at, strict=True))
    for name, low, high in window.ranges:
        value = at[symbol(name)]
        above, below = sign(value - build(low)), sign(build(high) - value)
        if above is None or below is None:
            raise NotSupported("I could not decide whether a point lies on the edge of the window.", option="window")
        if above < 0 or below < 0:
            return False
    return True


def _unsearched(scalar: Scalar) -> list[str]:
    """Return the conditions at whose edge f exists but need not be differentiable."""
    at_risk = [each for each in scalar.conditions if each.exists != each.smooth]
    return list(domain.requirements(at_risk))


def _place(scalar: Scalar, point: CriticalPoint) -> Formula:
    """Return the point, exact where that is short, else its decimals."""
    if any(each.has(sympy.CRootOf) for each in point.at):
        return spell.vector(spell.number(each) for each in point.decimal)
    return scalar.vector(point.at)


def _point_line(scalar: Scalar, point: CriticalPoint) -> Formula:
    at = _place(scalar, point)
    if any(each.has(sympy.CRootOf) for each in point.at):
        at = spell.ABOUT + at
    elif not all(each.is_Rational for each in point.at):
        at = at + spell.ABOUT + spell.vector(spell.number(each) for each in point.decimal)
    strict = "strict " if point.strict and "local" in point.kind else ""
    name = spell.variable(scalar.read.name)
    said = at + spell.words(f": {strict}{point.kind}, ") + name
    if point.value.has(sympy.CRootOf):
        return said + spell.ABOUT + spell.number(point.value_decimal)
    about = spell.NOTHING if point.value.is_Integer else spell.ABOUT + spell.number(point.value_decimal)
    return said + spell.EQUALS + scalar.spelled(point.value) + about


def _set_line(scalar: Scalar, found: CriticalSet) -> Formula:
    if not found.equations:
        return spell.words(f"every point: {found.kind}")
    equations = spell.joined(scalar.spelled(each) + spell.sign(" = 0", "= 0", "equals 0") for each in found.equations)
    strict = ", not strict" if found.strict is False and "local" in found.kind else ""
    return spell.words("all points with ") + equations + spell.words(f": {found.kind}{strict}")


def _point_data(point: CriticalPoint) -> Json:
    return {
        "at": exact(point.at),
        "decimal": list(point.decimal),
        "kind": point.kind,
        "strict": point.strict,
        # A point that is not decided was not shown to be regular either.
        "degenerate": point.degenerate or (None if point.kind == "not decided" else False),
        "smooth": True,
        "value": syntax(point.value),
        "value_decimal": point.value_decimal,
        "test": point.test,
    }


def _set_data(found: CriticalSet) -> Json:
    return {"equations": exact(found.equations), "dim": found.dim, "kind": found.kind, "strict": found.strict}


def _window_data(window: Window) -> list[list[str]]:
    return [[name, syntax(build(low)), syntax(build(high))] for name, low, high in window.ranges]


def _steps(scalar: Scalar, found: Found) -> list[Json]:
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    equations = ", ".join(f"{each} = 0" for each in exact(partials))
    points = "; ".join(f"({', '.join(exact(point.at))})" for point in found.points)
    steps = [
        step("set-gradient-zero", syntax(scalar.expression), equations),
        step("solve-system", equations, points),
    ]
    return steps + [
        step("classification-rule", f"({', '.join(exact(point.at))}): {point.test}", point.kind)
        for point in found.points
    ]

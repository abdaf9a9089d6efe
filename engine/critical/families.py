"""Points that repeat with a period: spread over a window, and as families with a whole number in them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from sympy import Expr, Float, Symbol, expand

from engine.calculus.signs import decimal, sign
from engine.critical.found import CriticalPoint, Ends, Found, Kind
from engine.critical.periods import rise
from engine.critical.spans import Array
from engine.critical.tapes import NoTapeError, Tape
from engine.errors import NotSupported
from engine.values import Budget

MAX_REPEATED = 400
_LETTERS = ("k", "l", "m", "n", "p", "q", "r", "s", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8")
_WHY = "the gradient repeats itself: the points found in one period are listed throughout the window"
_MOST_BOXES = 3000


@dataclass(frozen=True, slots=True)
class Family:
    """Critical points at, for all whole numbers put in for the letters; value: None where it differs among them."""

    at: tuple[Expr, ...]
    letters: tuple[Symbol, ...]
    kind: Kind
    strict: bool | None
    value: Expr | None


def families(f: Expr, variables: Sequence[Symbol], found: Found) -> tuple[Family, ...]:
    """Return the points found of a function that repeats itself as families, the shortest steps first."""
    if not any(found.periods):
        return ()
    taken = {str(v) for v in (*variables, *f.free_symbols)}
    free = [Symbol(name, integer=True) for name in _LETTERS if name not in taken]
    repeats = [i for i, period in enumerate(found.periods) if period != 0]
    letters = dict(zip(repeats, free, strict=False))
    groups = [[point] for point in found.points]
    steps = [list(found.periods) for _ in groups]
    for i in repeats:
        groups, steps = _joined(groups, steps, i)
    made = []
    for points, step in zip(groups, steps, strict=True):
        at = tuple(c + step[i] * letters[i] if i in letters else c for i, c in enumerate(points[0].at))
        steady = all(rise(f, variables[i], found.periods[i]) == 0 for i in repeats)
        level = points[0].value
        same = steady and all(sign(expand(point.value - level)) == 0 for point in points[1:])
        made.append(Family(at, tuple(letters.values()), points[0].kind, points[0].strict, level if same else None))
    return tuple(made)


def _joined(
    groups: list[list[CriticalPoint]], steps: list[list[Expr]], i: int
) -> tuple[list[list[CriticalPoint]], list[list[Expr]]]:
    """Join what differs by an even part of the period of one variable only."""
    alike: dict[object, list[int]] = {}
    for place, points in enumerate(groups):
        first = points[0]
        others = tuple(c for j, c in enumerate(first.at) if j != i)
        alike.setdefault((others, first.kind, first.strict, tuple(steps[place]), len(points)), []).append(place)
    joined, shorter = [], []
    for places in alike.values():
        members = sorted((groups[place] for place in places), key=lambda points: points[0].decimal[i])
        step = list(steps[places[0]])
        part = step[i] / len(members)
        gaps = [b[0].at[i] - a[0].at[i] for a, b in pairwise(members)]
        if len(members) > 1 and all(not gap.has(Float) and sign(expand(gap - part)) == 0 for gap in gaps):
            step[i] = part
            joined.append([point for points in members for point in points])
            shorter.append(step)
        else:
            joined += members
            shorter += [list(step) for _ in members]
    return joined, shorter


def repeated(f: Expr, variables: Sequence[Symbol], found: Found, ends: Mapping[Symbol, Ends]) -> Found:
    """Return the points of one period repeated over a whole window, a little beyond its edges.

    Refuses (NotSupported) a window that holds too many.
    """
    if not any(found.periods):
        return found
    points = list(found.points)
    for i, (v, period) in enumerate(zip(variables, found.periods, strict=True)):
        if period == 0:
            continue
        low, high, length = decimal(ends[v][0]), decimal(ends[v][1]), decimal(period)
        if (high - low) / length * max(1, len(points)) > MAX_REPEATED:
            raise NotSupported(f"The window holds over {MAX_REPEATED} points; choose a smaller one.", option="window")
        up = rise(f, v, period)
        points = [
            _moved(point, i, shift, period, up)
            for point in points
            for shift in range(
                math.floor((low - point.decimal[i]) / length), math.ceil((high - point.decimal[i]) / length) + 1
            )
        ]
    ordered = tuple(sorted(points, key=lambda point: point.decimal))
    why = f"{found.why.rstrip('.')}; {_WHY}" if found.complete == "not proven" else _WHY
    return replace(found, points=ordered, why=why)


def _moved(point: CriticalPoint, i: int, shift: int, period: Expr, up: Expr) -> CriticalPoint:
    at, numbers = list(point.at), list(point.decimal)
    numbers[i] += decimal(period) * shift
    at[i] = Float(repr(numbers[i]), 17) if at[i].has(Float) else at[i] + period * shift
    if up == 0 or shift == 0:
        return replace(point, at=tuple(at), decimal=tuple(numbers))
    level = point.value_decimal + decimal(up) * shift
    value = Float(repr(level), 17) if point.value.has(Float) else point.value + up * shift
    return replace(point, at=tuple(at), decimal=tuple(numbers), value=value, value_decimal=level)


def meets(equations: Sequence[Expr], ends: Mapping[Symbol, Ends], budget: Budget) -> bool:
    """Tell whether a set may have points in a window: False is proven, True is not."""
    names = tuple(ends)
    try:
        tapes = [Tape.of(equation, names) for equation in equations if equation.free_symbols]
    except NoTapeError:
        return True
    lo = np.array([[decimal(low) for low, _ in ends.values()]])
    hi = np.array([[decimal(high) for _, high in ends.values()]])
    lo, hi = np.nextafter(lo, -np.inf), np.nextafter(hi, np.inf)
    seen = 0
    while len(lo):
        seen += len(lo)
        if seen > _MOST_BOXES or budget.left() < 0:
            return True
        lo, hi = _left(tapes, lo, hi)
        side = (hi - lo).argmax(axis=1) if len(lo) else np.zeros(0, int)
        rows = np.arange(len(lo))
        lower, upper = hi.copy(), lo.copy()
        lower[rows, side] = upper[rows, side] = lo[rows, side] / 2 + hi[rows, side] / 2
        lo, hi = np.concatenate([lo, upper]), np.concatenate([lower, hi])
    return False


def _left(tapes: Sequence[Tape], lo: Array, hi: Array) -> tuple[Array, Array]:
    """Return the boxes on which all equations may hold."""
    for tape in tapes:
        ranges = tape.run(lo, hi, order=0)
        keep = np.broadcast_to(ranges.jet.value.has_zero(), ranges.void.shape) & ~ranges.void
        lo, hi = lo[keep], hi[keep]
    return lo, hi

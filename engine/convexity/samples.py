"""Points of a region with short coordinates, the simplest first."""

from collections.abc import Sequence
from itertools import product
from math import isfinite

import numpy as np
from sympy import Expr, Rational, Symbol

from engine.convexity.boxes import box_of, tape_of
from engine.convexity.region import Region
from engine.critical.spans import Array

Point = tuple[Rational, ...]
_WHOLE = tuple(Rational(*each) for each in (
    (0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-3, 1), (1, 4), (-1, 4), (5, 1), (-5, 1),
    (3, 2), (-3, 2), (1, 10), (-1, 10), (10, 1), (-10, 1), (4, 1), (-4, 1), (1, 100), (-1, 100), (50, 1), (-50, 1),
))  # fmt: skip
_BEYOND = tuple(Rational(*each) for each in (
    (1, 1), (2, 1), (1, 2), (3, 1), (1, 4), (5, 1), (1, 10), (3, 2), (4, 1), (10, 1), (3, 4), (1, 100), (20, 1),
    (100, 1),
))  # fmt: skip
_BETWEEN = tuple(Rational(*each) for each in (
    (1, 2), (1, 4), (3, 4), (1, 8), (7, 8), (3, 8), (5, 8), (1, 3), (2, 3), (1, 16), (15, 16), (1, 50), (49, 50),
    (1, 5), (4, 5), (2, 5), (3, 5), (1, 200), (199, 200),
))  # fmt: skip
_COUNT = 320
_SPREAD = (0, 1, -1, Rational(1, 2), Rational(-1, 2), 2, -2, Rational(1, 4), Rational(-1, 4), 3, -3)
_TURNS, _MARGINS = 400, (1.0, 0.1, 0.01, 0.001)


def samples(region: Region) -> list[Point]:
    """Return inner points of a region; none where none were found."""
    low, high = box_of(region)
    columns = [_column(a, b) for a, b in zip(map(float, low), map(float, high), strict=True)]
    found = _inside(region, _combined(columns))
    if len(found) < 12:
        centre = _centre(region)
        if centre is not None:
            size = next(
                (s for s in (1, Rational(1, 10), Rational(1, 100)) if _inside(region, _around(centre, s))), None
            )
            found += _inside(region, [centre, *([] if size is None else _around(centre, size))])
    return sorted(dict.fromkeys(found), key=_length)


def _length(point: Point) -> tuple[int, int]:
    size = sum(abs(each.p) + 2 * (each.q - 1) for each in point)
    return size, sum(each.p < 0 for each in point)


def _column(low: float, high: float) -> list[Rational]:
    """Return numbers between two bounds, the plainest first."""
    if isfinite(low) and isfinite(high):
        a, b = _exact(low), _exact(high)
        return [a + share * (b - a) for share in _BETWEEN]
    if isfinite(low):
        return [_exact(low) + step for step in _BEYOND]
    if isfinite(high):
        return [_exact(high) - step for step in _BEYOND]
    return list(_WHOLE)


def _exact(value: float) -> Rational:
    """Return a rational near a bound, with few digits where the bound has few."""
    short = Rational(value).limit_denominator(1000)
    return short if abs(float(short) - value) <= 1e-12 * max(1.0, abs(value)) else Rational(round(value * 1e6), 10**6)


def _combined(columns: Sequence[list[Rational]]) -> list[Point]:
    """Return points with a coordinate from each column, the plain ones of each column more often."""
    size = len(columns)
    each = next(k for k in range(len(_WHOLE), 0, -1) if k**size <= _COUNT or k == 1)
    found = [tuple(point) for point in product(*(column[: max(each, 2)] for column in columns))][: 2 * _COUNT]
    turn = 1
    while size > 2 and len(found) < 2 * _COUNT:
        found.append(
            tuple(column[(turn * (2 * i + 1) + turn // 7 * i) % len(column)] for i, column in enumerate(columns))
        )
        turn += 1
    return found


def _inside(region: Region, points: Sequence[Point]) -> list[Point]:
    """Return the points at which all parts are positive."""
    if not region.parts or not points:
        return list(points)
    places = np.array([[float(each) for each in point] for point in points])
    kept = np.ones(len(points), bool)
    for part in region.parts:
        tape = tape_of(part.of, region.variables)
        if tape is not None:
            kept &= tape.run(places, places, order=0).jet.value.lo > 1e-12
        else:
            kept &= np.array([_holds(part.of, region.variables, point) for point in points])
    inner = region.inner()
    return [p for p, good in zip(points, kept, strict=True) if good and inner.contains(_at(region.variables, p))]


def _holds(expr: Expr, variables: Sequence[Symbol], point: Point) -> bool:
    return bool(expr.xreplace(_at(variables, point)).is_positive)


def _at(variables: Sequence[Symbol], point: Point) -> dict[Symbol, Expr]:
    return dict(zip(variables, point, strict=True))


def _around(centre: Point, size: Expr) -> list[Point]:
    moves = (
        product(_SPREAD[:5], repeat=len(centre))
        if len(centre) < 4
        else (tuple(_SPREAD[(turn * (2 * i + 1)) % len(_SPREAD)] for i in range(len(centre))) for turn in range(60))
    )
    return [tuple(Rational(c + size * move) for c, move in zip(centre, each, strict=True)) for each in moves]


def _centre(region: Region) -> Point | None:
    """Return an inner point, found by stepping towards the parts that do not hold yet."""
    found = [tape_of(part.of, region.variables) for part in region.parts]
    tapes = [each for each in found if each is not None]
    if len(tapes) < len(found):
        return None
    for margin in _MARGINS:
        here = np.zeros((1, len(region.variables)))
        for _ in range(_TURNS):
            moved = False
            for tape in tapes:
                jet = tape.run(here, here, order=1).jet
                value = float(np.ravel(jet.value.lo)[0])
                if not value > margin:
                    here = here + _step(jet.first, margin - value)
                    moved = True
            if not moved or not np.isfinite(here).all():
                break
        if np.isfinite(here).all():
            for places in (0, 1, 2, 3, 6):
                point = tuple(Rational(round(float(each) * 10**places), 10**places) for each in here[0])
                if _inside(region, [point]):
                    return point
    return None


def _step(first: Sequence[object], missing: float) -> Array:
    slope = np.array([0.0 if each is None else float(np.ravel(each.lo)[0]) for each in first])  # type: ignore[attr-defined]  # spans
    size = float(slope @ slope)
    return slope * min(missing, 1e3) / size if np.isfinite(size) and size > 0 else np.full(len(slope), 0.5)

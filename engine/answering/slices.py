"""Slices of a function through a point: one variable moves, the others are held; their slopes are the partials."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Matrix

from engine.answering.answer import Drawing
from engine.answering.place import Place, decimal, decimals
from engine.calculus import derivatives, grids
from engine.calculus.definiteness import eigen
from engine.calculus.signs import sign
from engine.errors import NotSupported
from engine.pictures.curve import Curve
from engine.spelling import formula as spell
from engine.spelling import numbers, unicode

Range = tuple[float, float]
MOST = 4
_PLACES = 401
_BENDS = {1: "up", 0: "neither up nor down", -1: "down"}


@dataclass(frozen=True, slots=True)
class Bend:
    """A direction through a critical point in which the function bends by itself: an eigenvector of the Hessian.

    way: its components, not all zero; size: the eigenvalue, the second derivative along it; shown: both as text.
    """

    way: tuple[float, ...]
    size: float
    shown: str
    told: str


def through(place: Place | None, partials: Sequence[Expr], slope: Sequence[Expr] | None) -> tuple[Bend, ...]:
    """Return the directions of the Hessian's eigenvectors at a critical point, each sign proven; none elsewhere.

    For two variables; none either where the eigenvectors are not found exactly.
    Refuses (NotSupported) more than four variables.
    """
    if place is None or slope is None:
        return ()
    if len(place.scalar.names) > MOST:
        raise NotSupported(f"I draw slices of up to {MOST} variables; fix the others by numbers.", option="f")
    if len(slope) != 2 or any(sign(each) != 0 for each in slope):
        return ()
    rows = [[derivatives.at(each.diff(s), place.values) for s in place.scalar.symbols] for each in partials]
    if any(each.free_symbols for row in rows for each in row):
        return ()
    found = []
    for value, vector in eigen(Matrix(rows)) or ():
        known = sign(value)
        if known is None or not any(sign(each) for each in vector):
            return ()
        shown = f"{place.scalar.vector(vector).text}, eigenvalue {place.scalar.spelled(value).text}"
        bend = _BENDS[known] if known else f"{_BENDS[known]} at second order"
        told = f"Along {place.scalar.vector(vector).text} the slice bends {bend} there: the eigenvalue is"
        found.append(Bend(decimals(vector) or (), decimal(value), shown, f"{told} {place.scalar.spelled(value).text}."))
    return tuple(found)


def draw(
    place: Place | None, window: Sequence[Range], slope: Sequence[Expr] | None, found: Sequence[Bend]
) -> tuple[Drawing, ...]:
    """Return a graph for each variable: the others are held at the point, and the tangent's slope is the partial.

    found: where there are any, the slices along these directions instead.
    """
    if place is None or slope is None:
        return ()
    middle, steep = decimals(place.coordinates), decimals(slope)
    if middle is None or steep is None:
        return ()
    if found:
        return tuple(_bend(place, window, middle, each, number) for number, each in enumerate(found, 1))
    return tuple(_slice(place, window, middle, steep, i) for i in range(len(middle)))


def _slice(place: Place, window: Sequence[Range], middle: Sequence[float], steep: Sequence[float], i: int) -> Drawing:
    scalar = place.scalar
    held = [name if j == i else scalar.spelled(place.coordinates[j]).text for j, name in enumerate(scalar.names)]
    shown = [unicode.name(each) if j == i else each for j, each in enumerate(held)]
    title = f"{spell.variable(scalar.read.name).text}({', '.join(shown)})"
    xs = np.linspace(*window[i], _PLACES)
    ys = _values(place, [xs if j == i else np.full_like(xs, each) for j, each in enumerate(middle)])
    height = _values(place, [np.array([each]) for each in middle])[0]
    inside = window[i][0] <= middle[i] <= window[i][1] and bool(np.isfinite(height))
    chart = Curve(
        name=unicode.name(scalar.names[i]),
        xs=xs,
        ys=ys,
        point=(middle[i], float(height)) if inside else None,
        slope=steep[i] if inside else None,
        title=title,
    )
    alt = (
        f"Slice {title} for {spell.variable(scalar.names[i]).spoken} from {numbers.decimal(window[i][0], 4)} to "
        f"{numbers.decimal(window[i][1], 4)}. Its tangent at {numbers.decimal(middle[i], 5)} has the slope "
        f"{numbers.decimal(steep[i], 5)}, the partial derivative by {spell.variable(scalar.names[i]).spoken}."
    )
    return Drawing(f"slice-{i + 1}.png", alt, chart)


def _bend(place: Place, window: Sequence[Range], middle: Sequence[float], bend: Bend, number: int) -> Drawing:
    reach = min(high - low for low, high in window) / 2
    ts = np.linspace(-reach, reach, _PLACES)
    unit = [each / math.hypot(*bend.way) for each in bend.way]
    ys = _values(place, [a + ts * b for a, b in zip(middle, unit, strict=True)])
    height = float(_values(place, [np.array([each]) for each in middle])[0])
    title = f"along {bend.shown}"
    chart = Curve(
        name="t",
        xs=ts,
        ys=ys,
        point=(0.0, height) if math.isfinite(height) else None,
        slope=0.0 if math.isfinite(height) else None,
        title=title,
    )
    alt = (
        f"Slice through the critical point ({', '.join(numbers.decimal(each, 5) for each in middle)}) {title}, "
        f"t from {numbers.decimal(-reach, 4)} to {numbers.decimal(reach, 4)}, t the distance from it. "
        f"The second derivative there is {numbers.decimal(bend.size, 5)}."
    )
    return Drawing(f"slice-{number}.png", alt, chart)


def _values(place: Place, columns: Sequence[grids.Grid]) -> grids.Grid:
    return grids.evaluate(place.scalar.read.tree, dict(zip(place.scalar.names, columns, strict=True)))

"""What to draw of a scalar function: a contour map of two variables, a curve of one."""

from collections.abc import Sequence

import numpy as np
from sympy import Expr

from engine.answering.answer import Drawing
from engine.answering.scalar import Scalar
from engine.building import unbuild
from engine.calculus import grids
from engine.pictures.contour import ContourMap, field_grid, height_grid
from engine.pictures.curve import Curve
from engine.pictures.signs import Mark
from engine.reading.tree import Node
from engine.spelling import formula as spell
from engine.spelling import numbers, unicode

Range = tuple[float, float]
_DEFAULT = 3.0
_PLACES = 601
_CANDIDATES: tuple[Range, ...] = ((-3.0, 3.0), (0.0, 6.0), (0.0, 1.0), (0.0, 50.0), (-1.0, 1.0))


def can_draw(scalar: Scalar) -> bool:
    """Tell whether the function can be drawn: one or two variables, no parameters."""
    return len(scalar.names) <= 2 and len(scalar.expression.free_symbols) <= len(scalar.names)


def window_for(scalar: Scalar, points: Sequence[tuple[float, ...]]) -> tuple[Range, ...]:
    """Return one range for each variable, all equally long, with every point well inside.

    Without points: the usual -3 to 3, or the first candidate in which the function mostly exists.
    """
    size = len(scalar.names)
    if not points:
        share = {each: _defined_share(scalar, (each,) * size) for each in _CANDIDATES}
        best = next((each for each in _CANDIDATES if share[each] > 0.6), max(share, key=lambda each: share[each]))
        return (best,) * size
    columns = list(zip(*points, strict=True))
    middles = [(min(column) + max(column)) / 2 for column in columns]
    spread = max(max(column) - min(column) for column in columns)
    reach = max(abs(value) for column in columns for value in column)
    if reach <= 0.8 * _DEFAULT:
        return ((-_DEFAULT, _DEFAULT),) * size
    # A point far out gets a window about as wide as it is far; points near each other one that parts them.
    half = max(0.75 * spread, 0.75 * reach if spread == 0 else 0.0, 1.0)
    return tuple((middle - half, middle + half) for middle in middles)


def _defined_share(scalar: Scalar, window: tuple[Range, ...]) -> float:
    axes = [np.linspace(low, high, 25) for low, high in window]
    mesh = np.meshgrid(*axes)
    values = grids.evaluate(scalar.read.tree, dict(zip(scalar.names, mesh, strict=True)))
    return float(np.isfinite(values).mean())


def draw(
    scalar: Scalar,
    partials: Sequence[Expr],
    *,
    window: tuple[Range, ...] | None = None,
    point: tuple[float, ...] | None = None,
    slope: tuple[float, ...] | None = None,
    marks: tuple[Mark, ...] = (),
) -> tuple[Drawing, ...]:
    """Return the drawing of a function of one or two variables; nothing for more.

    point, slope: a point and the gradient there, in floats.
    """
    if not can_draw(scalar):
        return ()
    near = [mark.at for mark in marks] + ([] if point is None else [point])
    window = window or window_for(scalar, near)
    inside = [m for m in marks if all(low <= v <= high for v, (low, high) in zip(m.at, window, strict=True))]
    if point is not None and not all(low <= v <= high for v, (low, high) in zip(point, window, strict=True)):
        point = slope = None
    if len(scalar.names) == 1:
        return (_curve(scalar, window, point, slope),)
    return (_map(scalar, partials, window, point, slope, tuple(inside)),)


def _map(
    scalar: Scalar,
    partials: Sequence[Expr],
    window: tuple[Range, ...],
    point: tuple[float, ...] | None,
    slope: tuple[float, ...] | None,
    marks: tuple[Mark, ...],
) -> Drawing:
    square = (window[0], window[1])
    at = dict(zip(scalar.names, height_grid(square), strict=True))
    heights = grids.evaluate(scalar.read.tree, at)
    across = dict(zip(scalar.names, field_grid(square), strict=True))
    field = [grids.evaluate(tree, across) for tree in _trees(partials)]
    names = (unicode.name(scalar.names[0]), unicode.name(scalar.names[1]))
    chart = ContourMap(
        names=names,
        window=square,
        heights=heights,
        field=(field[0], field[1]),
        point=None if point is None else (point[0], point[1]),
        arrow=None if slope is None else (slope[0], slope[1]),
        marks=marks,
        title=_title(scalar),
    )
    return Drawing("contour.png", _alt_of_map(scalar, window, point, slope, marks), chart)


def _trees(partials: Sequence[Expr]) -> list[Node]:
    return [unbuild(partial) for partial in partials]


def _curve(
    scalar: Scalar, window: tuple[Range, ...], point: tuple[float, ...] | None, slope: tuple[float, ...] | None
) -> Drawing:
    xs = np.linspace(*window[0], _PLACES)
    height = None if point is None else grids.evaluate(scalar.read.tree, {scalar.names[0]: np.array([point[0]])})[0]
    chart = Curve(
        name=unicode.name(scalar.names[0]),
        xs=xs,
        ys=grids.evaluate(scalar.read.tree, {scalar.names[0]: xs}),
        point=None if point is None or height is None else (point[0], float(height)),
        slope=None if slope is None else slope[0],
        title=_title(scalar),
    )
    return Drawing("curve.png", _alt_of_map(scalar, window, point, slope, ()), chart)


def _title(scalar: Scalar) -> str:
    return scalar.echo().text


def _alt_of_map(
    scalar: Scalar,
    window: tuple[Range, ...],
    point: tuple[float, ...] | None,
    slope: tuple[float, ...] | None,
    marks: tuple[Mark, ...],
) -> str:
    """Return the words that carry the picture's numbers."""
    kind = "Graph" if len(scalar.names) == 1 else "Contour map with gradient arrows"
    ranges = ", ".join(
        f"{spell.variable(name).spoken} from {numbers.decimal(low, 4)} to {numbers.decimal(high, 4)}"
        for name, (low, high) in zip(scalar.names, window, strict=True)
    )
    said = [f"{kind} of {spell.of(scalar.read.tree).spoken}; {ranges}."]
    if point is not None:
        said.append(f"The point ({_listed(point)}) is marked.")
    if slope is not None:
        named = "slope of the tangent" if len(slope) == 1 else "gradient arrow"
        said.append(f"There the {named} is ({_listed(slope)}).")
    said += [f"{mark.kind.capitalize()} at ({_listed(mark.at)})." for mark in marks]
    return " ".join(said)


def _listed(values: Sequence[float]) -> str:
    return ", ".join(numbers.decimal(value, 5) for value in values)

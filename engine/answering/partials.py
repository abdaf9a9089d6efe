"""The partial derivatives as functions of their own: a map or a curve of each."""

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.place import Place, decimals
from engine.answering.scalar import Scalar
from engine.building import unbuild
from engine.calculus import derivatives, grids
from engine.pictures.contour import ContourMap, field_grid, height_grid
from engine.pictures.curve import Curve


def draw(
    scalar: Scalar, partials: Sequence[Expr], window: tuple[plots.Range, ...], place: Place | None
) -> tuple[Drawing, ...]:
    """Return the drawing of each partial derivative in the same window, with its own gradient; at a point, too.

    A constant one is drawn as well: it is a map of one colour.
    """
    point = None if place is None else decimals(place.coordinates)
    found: list[Drawing] = []
    for name, partial in zip(scalar.names, partials, strict=True):
        read = replace(scalar.read, tree=unbuild(partial, decimals=scalar.decimals), name=f"{scalar.read.name}_{name}")
        one = replace(scalar, read=read, expression=partial)
        second = derivatives.gradient(partial, scalar.symbols)
        slope = None if place is None else decimals(place.every(second))
        drawn = plots.draw(one, second, window=window, point=point, slope=slope)
        found += (replace(each, name=f"partial-{name}.png", of=_inside(scalar, each)) for each in drawn)
    return tuple(found)


def _inside(scalar: Scalar, drawing: Drawing) -> ContourMap | Curve:
    """Return the chart without what lies outside of the domain of f: 1/x has values where ln(x) has no derivative."""
    chart = drawing.of
    if isinstance(chart, Curve):
        return replace(chart, ys=chart.ys + 0 * _values(scalar, (chart.xs,)))
    if not isinstance(chart, ContourMap):
        raise TypeError("a scalar function is drawn as a curve or as a map")
    whole = _values(scalar, height_grid(chart.window, _shape(chart.heights)))
    coarse = 0 * _values(scalar, field_grid(chart.window, _shape(chart.field[0])))
    field = (chart.field[0] + coarse, chart.field[1] + coarse)
    return replace(chart, heights=chart.heights + 0 * whole, field=field)


def _shape(grid: grids.Grid) -> tuple[int, int]:
    return grid.shape[0], grid.shape[1]


def _values(scalar: Scalar, places: Sequence[grids.Grid]) -> grids.Grid:
    return grids.evaluate(scalar.read.tree, dict(zip(scalar.names, places, strict=True)))

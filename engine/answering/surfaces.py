"""What to draw of a function of two variables seen from a side: its surface, with the words that carry its numbers."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.answering.answer import Drawing
from engine.answering.scalar import Scalar
from engine.answering.surface_options import TILT
from engine.building import unbuild
from engine.calculus import grids
from engine.pictures.surface import PLACES, Surface
from engine.spelling import formula as spell
from engine.spelling import numbers, unicode

Range = tuple[float, float]


def gaps(scalar: Scalar, places: Sequence[grids.Grid]) -> NDArray[np.bool_]:
    """Return, for each cell of a grid, whether f has a pole or a jump in it: what must not vanish changes its sign.

    Shape (rows - 1, columns - 1). Drawn across such a cell, a surface would have a wall that is not there.
    """
    rows, columns = places[0].shape
    found = np.zeros((rows - 1, columns - 1), dtype=np.bool_)
    at = dict(zip(scalar.names, places, strict=True))
    for each in scalar.conditions:
        if each.smooth == "≠ 0" and not each.kink and each.of.free_symbols:
            signs = np.nan_to_num(np.sign(grids.evaluate(unbuild(each.of), at)))
            corners = np.stack([signs[:-1, :-1], signs[:-1, 1:], signs[1:, :-1], signs[1:, 1:]])
            found |= (corners.min(axis=0) < 0) & (corners.max(axis=0) > 0)
    return found


def draw(
    scalar: Scalar,
    window: tuple[Range, ...],
    view: str,
    turn: float,
    *,
    point: tuple[float, ...] | None = None,
    slope: tuple[float, ...] | None = None,
) -> tuple[Drawing, ...]:
    """Return the drawing of the surface of a function of two variables.

    view:         "surface" or "above"; turn: the degrees it is turned by.
    point, slope: a point and the gradient there, in floats; a point outside of the window is left out.
    """
    across, up = window
    if point is not None and not all(low <= v <= high for v, (low, high) in zip(point, window, strict=True)):
        point = slope = None
    places = np.meshgrid(np.linspace(*across, PLACES[1]), np.linspace(*up, PLACES[0]))
    heights = grids.evaluate(scalar.read.tree, dict(zip(scalar.names, places, strict=True)))
    names = unicode.name(scalar.names[0]), unicode.name(scalar.names[1])
    chart = Surface(
        names=(*names, spell.variable(scalar.read.name).text),
        window=(across, up),
        heights=heights,
        turn=turn,
        tilt=TILT[view],
        point=None if point is None else (point[0], point[1]),
        arrow=None if slope is None else (slope[0], slope[1]),
        title=scalar.echo().text,
        gaps=gaps(scalar, places),
    )
    return (Drawing("surface.png", _alt(scalar, window, view, turn, point, slope), chart),)


def _alt(
    scalar: Scalar,
    window: tuple[Range, ...],
    view: str,
    turn: float,
    point: tuple[float, ...] | None,
    slope: tuple[float, ...] | None,
) -> str:
    """Return the words that carry the picture's numbers."""
    ranges = ", ".join(
        f"{spell.variable(name).spoken} from {numbers.decimal(low, 4)} to {numbers.decimal(high, 4)}"
        for name, (low, high) in zip(scalar.names, window, strict=True)
    )
    seen = f"turned by {numbers.decimal(turn, 4)} degrees, seen from {numbers.decimal(TILT[view], 4)} degrees above"
    said = [f"Surface of {spell.of(scalar.read.tree).spoken}; {ranges}; {seen}."]
    if point is not None:
        said.append(f"The point ({_listed(point)}) is marked on the ground and on the surface.")
    if slope is not None:
        said.append(f"On the ground the gradient arrow is ({_listed(slope)}).")
        if any(slope):
            said.append(f"The steepest tangent at the point has the slope {numbers.decimal(math.hypot(*slope), 5)}.")
    return " ".join(said)


def _listed(values: Sequence[float]) -> str:
    return ", ".join(numbers.decimal(value, 5) for value in values)

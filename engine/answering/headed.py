"""Plots with a direction or a tangent at the point."""

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.heading import Heading
from engine.answering.place import Place, decimals
from engine.pictures.contour import ContourMap
from engine.spelling import numbers


def draw(place: Place, partials: Sequence[Expr], slope: Sequence[Expr] | None, heading: Heading) -> tuple[Drawing, ...]:
    """Return the plot at a place with its gradient, if there is one, and the direction as a second arrow."""
    way = decimals(heading.unit)
    return tuple(_with_heading(each, way) for each in _plain(place, partials, slope))


def draw_tangent(place: Place, partials: Sequence[Expr], slope: Sequence[Expr]) -> tuple[Drawing, ...]:
    """Return the plot at a place with its gradient and, of two variables, the tangent of the level curve."""
    return tuple(_with_tangent(each) for each in _plain(place, partials, slope))


def _plain(place: Place, partials: Sequence[Expr], slope: Sequence[Expr] | None) -> tuple[Drawing, ...]:
    numeric = None if slope is None else decimals(slope)
    return plots.draw(place.scalar, partials, point=decimals(place.coordinates), slope=numeric)


def _with_heading(drawing: Drawing, way: tuple[float, ...] | None) -> Drawing:
    chart = drawing.of
    if not isinstance(chart, ContourMap) or way is None or chart.point is None:
        return drawing
    said = ", ".join(numbers.decimal(each, 5) for each in way)
    return replace(
        drawing,
        of=replace(chart, heading=(way[0], way[1])),
        alt=f"{drawing.alt} The direction ({said}) is a second arrow.",
    )


def _with_tangent(drawing: Drawing) -> Drawing:
    chart = drawing.of
    if not isinstance(chart, ContourMap) or chart.arrow is None or not any(chart.arrow):
        return drawing
    said = "The level curve through the point and its tangent, at a right angle to the gradient, are drawn."
    return replace(drawing, of=replace(chart, tangent=True), alt=f"{drawing.alt} {said}")

"""Contour maps of functions of two variables, with the gradient."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.headings import draw_heading, draw_tangent, tangent_ends
from engine.pictures.labels import stated
from engine.pictures.layers import draw_bands, draw_field, label_levels
from engine.pictures.legend import COLUMN, Entry, draw_key, draw_legend, in_lines, key_height, legend_height
from engine.pictures.levels import Grid, choose, tame, without_leaps
from engine.pictures.limits import draw_limits
from engine.pictures.room import EMPTY, Boxes, boxes
from engine.pictures.sheet import Frame, Window, axes, png, rule, sheet, ticks
from engine.pictures.signs import (
    SHAPES,
    Mark,
    Point,
    arrow_ends,
    check_ground,
    draw_level_curve,
    draw_marks,
    draw_point,
    height_at,
)
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.trail import draw_trail
from engine.pictures.words import DPI, SMALL, TITLE, fitted, width_of, write

HEIGHTS: Final = (151, 151)
FIELD: Final = (15, 15)
# Up to this ratio of the window's sides both axes have one scale, so that right angles look right.
_COMPARABLE: Final = 3.0
_BOX: Final = 650
_TOP: Final = 62
_BOTTOM: Final = 68
_NOTE: Final = 28
_BETWEEN: Final = 28


@dataclass(frozen=True, slots=True, eq=False)
class ContourMap:
    """What a contour map shows.

    names:   the variables across and up.
    window:  ((x0, x1), (y0, y1)), rising and finite.
    heights: the function at the places of `height_grid`, shape (ny, nx); NaN where it is undefined.
    field:   both components of its gradient at the places of `field_grid`; NaN where there is none.
    point:   a point of the window, or None; `arrow`: the gradient there, or None.
    marks:   critical points, all inside the window.
    heading: a direction at the point, or None; not zero.
    tangent: whether to draw the line through the point at a right angle to an arrow that is not zero.
    trail:   the places of a path, finite; what leaves the window is cut off there.
    routes:  names of paths that somebody else paints on the map, for the legend.
    limits:  expressions at the places of the heights; where one is zero runs the line of a constraint.
    title:   plain text.
    Refuses (ValueError) shapes that do not fit, and points outside the window or not finite.
    """

    names: tuple[str, str]
    window: Window
    heights: Grid
    field: tuple[Grid, Grid]
    point: Point | None = None
    arrow: Point | None = None
    marks: tuple[Mark, ...] = ()
    trail: tuple[Point, ...] = ()
    title: str = ""
    heading: Point | None = None
    tangent: bool = False
    limits: tuple[Grid, ...] = ()
    routes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        check_ground(self.window, self.heights, self.marks, self.point, self.arrow)
        if any(each.shape != self.heights.shape for each in self.limits):
            raise ValueError("a constraint has the shape of the heights")
        if self.field[0].ndim != 2 or self.field[0].shape != self.field[1].shape:
            raise ValueError("both components of the field must have one shape")
        way = (1.0, 0.0) if self.heading is None else self.heading
        if not (all(map(math.isfinite, way)) and any(way) and (self.heading is None or self.point)):
            raise ValueError("a direction is finite, not zero, and stands at a point")
        if self.tangent and not (self.arrow and any(self.arrow)):
            raise ValueError("a tangent needs an arrow that is not zero")


def height_grid(window: Window, shape: tuple[int, int] = HEIGHTS) -> tuple[Grid, Grid]:
    """Return x and y, each of that shape (rows, columns), evenly spaced from edge to edge of the window."""
    (x0, x1), (y0, y1) = window
    x, y = np.meshgrid(np.linspace(x0, x1, shape[1]), np.linspace(y0, y1, shape[0]))
    return x, y


def field_grid(window: Window, shape: tuple[int, int] = FIELD) -> tuple[Grid, Grid]:
    """Return x and y, each of that shape (rows, columns), at the middles of equal cells of the window."""
    (x0, x1), (y0, y1) = window
    across, up = (x1 - x0) / shape[1] / 2, (y1 - y0) / shape[0] / 2
    return height_grid(((x0 + across, x1 - across), (y0 + up, y1 - up)), shape)


def has_equal_axes(window: Window) -> bool:
    """Return whether a unit is as long up as across, so that the gradient meets its level curve at a right angle."""
    (x0, x1), (y0, y1) = window
    return 1 / _COMPARABLE <= (x1 - x0) / (y1 - y0) <= _COMPARABLE


def draw(chart: ContourMap, theme: Theme) -> bytes:
    """Return a PNG of the map, about 1000 by 800 pixels.

    Bands and labelled level lines (round heights, chosen so that a pole does not flatten the rest),
    the gradient field, the level curve through the point, the gradient at the point, the critical
    points each with the shape of its kind, and a legend. Places without a value keep the card's
    colour. A right angle is only claimed where the axes are equal; where they are not, a note says so.
    """
    return png(compose(chart, theme))


def compose(chart: ContourMap, theme: Theme) -> Figure:
    """Return the figure that `draw` turns into a picture."""
    return placed(chart, theme)[0]


def placed(chart: ContourMap, theme: Theme) -> tuple[Figure, Frame]:
    """Return the figure that `draw` turns into a picture, and where on it the map stands."""
    colours = palette(theme)
    heights = tame(chart.heights)
    levels = choose(heights)
    heights = without_leaps(heights, levels)
    curve = _curve(chart, heights, levels)
    entries = _entries(chart, heights, levels, colours, with_curve=curve is not None)
    frame, size = _layout(chart.window, legend_height(entries) + key_height(levels))
    figure = sheet(*size, colours)
    _draw_map(figure, frame, chart, heights, levels, curve, colours)
    rule(figure, frame, chart.names, colours)
    _draw_words(figure, frame, chart, levels, entries, colours)
    return figure, frame


def _draw_map(
    figure: Figure,
    frame: Frame,
    chart: ContourMap,
    heights: Grid,
    levels: list[float],
    curve: float | None,
    colours: Palette,
) -> None:
    """Draw what lies in the frame; what matters more takes its room first."""
    x, y = height_grid(chart.window, (heights.shape[0], heights.shape[1]))
    made = axes(figure, frame, colours)
    paths = draw_bands(made, x, y, heights, levels, colours)
    draw_limits(made, x, y, chart.limits, colours)
    taken = EMPTY
    if curve is not None:
        places = frame.place(*draw_level_curve(made, x, y, heights, curve, colours).T)
        taken = boxes(places[:: max(len(places) // 70, 1)], 4, 4)
    on_curve = len(taken)
    if chart.point is not None:
        ends = arrow_ends(frame, chart.point, chart.arrow or (0, 0))
        taken = np.vstack([taken, boxes(np.linspace(ends[0], ends[-1], 9), 11, 11)])
        taken = _draw_through(figure, frame, chart, taken, colours)
        draw_point(figure, ends, square=curve is not None and has_equal_axes(chart.window), colours=colours)
        if chart.heading is not None:
            draw_heading(figure, arrow_ends(frame, chart.point, chart.heading), colours)
    if chart.trail:
        taken = np.vstack([taken, draw_trail(figure, frame, chart.trail, colours)])
    taken = draw_marks(figure, frame, chart.marks, taken, colours)
    taken = label_levels(figure, frame, paths, levels, taken, colours)
    if levels:
        draw_field(figure, frame, chart.field, taken[on_curve:], colours)


def _draw_through(figure: Figure, frame: Frame, chart: ContourMap, taken: Boxes, colours: Palette) -> Boxes:
    """Draw the tangent through the point, and keep its room and the direction's free; return the boxes taken now."""
    if chart.point is not None and chart.heading is not None:
        ends = arrow_ends(frame, chart.point, chart.heading)
        taken = np.vstack([taken, boxes(np.linspace(ends[0], ends[-1], 9), 11, 11)])
    if chart.point is not None and chart.arrow is not None and chart.tangent:
        line = tangent_ends(frame, chart.point, chart.arrow)
        draw_tangent(figure, line, colours)
        taken = np.vstack([taken, boxes(np.linspace(line[0], line[1], 40), 4, 4)])
    return taken


def _curve(chart: ContourMap, heights: Grid, levels: list[float]) -> float | None:
    """Return the height of the level curve through the point, None where no such curve can be drawn."""
    if chart.point is None or not levels:
        return None
    height = height_at(heights, chart.window, chart.point)
    return height if height is not None and np.nanmin(heights) < height < np.nanmax(heights) else None


def _layout(window: Window, column: float) -> tuple[Frame, tuple[float, float]]:
    """Return where the map stands and the size of the sheet; the legend beside it needs a column that high."""
    (x0, x1), (y0, y1) = window
    wide = tall = float(_BOX)
    if has_equal_axes(window):
        unit = min(_BOX / (x1 - x0), _BOX / (y1 - y0))
        wide, tall = unit * (x1 - x0), unit * (y1 - y0)
    labels = ticks(y0, y1, tall, up=True).values()
    left = max(84.0, 54 + max((width_of(label, SMALL) for label in labels), default=0))
    height = round(_TOP + max(tall, column) + (_BOTTOM if has_equal_axes(window) else _BOTTOM + _NOTE))
    return Frame(left, height - _TOP - tall, wide, tall, window), (left + wide + _BETWEEN + COLUMN, height)


def _entries(
    chart: ContourMap, heights: Grid, levels: list[float], colours: Palette, *, with_curve: bool
) -> list[Entry]:
    found = []
    if chart.point is not None:
        found.append(Entry("o", ("point", *in_lines(stated(chart.point))), colours.accent))
    if with_curve:
        found.append(Entry("line", ("level curve", "through the point"), colours.accent))
    if chart.arrow is not None:
        sign = "arrow" if any(chart.arrow) else ""
        found.append(Entry(sign, ("gradient", *in_lines(stated(chart.arrow))), colours.accent))
    if chart.heading is not None:
        found.append(Entry("arrow", ("direction", *in_lines(stated(chart.heading))), colours.ink))
    if chart.tangent:
        found.append(Entry("dashes", ("tangent of the", "level curve"), colours.ink))
    if chart.trail:
        found.append(Entry("s", ("start", *in_lines(stated(chart.trail[0]))), colours.accent))
        found.append(Entry("o", ("its steps",), colours.accent))
    if chart.limits:
        found.append(Entry("line", ("constraint",), colours.ink))
    found += [Entry("o", in_lines(name), colour) for name, colour in zip(chart.routes, colours.routes, strict=False)]
    kinds = [mark.kind for mark in chart.marks]
    found += [Entry(shape, (kind,), colours.ink) for kind, shape in SHAPES.items() if kind in kinds]
    seen = heights[np.isfinite(heights)]
    if seen.size == 0:
        found.append(Entry("", ("no value found", "in this window"), colours.quiet))
    elif not levels:
        low, high = stated([float(seen.min())]), stated([float(seen.max())])
        why = ("every value shown", f"is {low}") if low == high else ("the values hardly", "differ")
        found.append(Entry("", ("no level lines:", *why), colours.quiet))
    return found


def _draw_words(
    figure: Figure, frame: Frame, chart: ContourMap, levels: list[float], entries: list[Entry], colours: Palette
) -> None:
    """Write the title, the legend and what the map cannot show."""
    width, height = (float(each) for each in figure.get_size_inches() * DPI)
    left, top = frame.left + frame.width + _BETWEEN, height - _TOP
    title = fitted(chart.title, TITLE, width - 48)
    write(figure, (24, height - 28), title, TITLE, colours.ink)
    draw_legend(figure, left, top, entries, colours)
    if levels:
        bottom = min(frame.bottom, top - legend_height(entries) - key_height(levels))
        draw_key(figure, left, bottom, top - legend_height(entries), levels, colours)
    if not has_equal_axes(chart.window):
        note = "The axes have different scales: a right angle need not look like one."
        write(figure, (24, 20), fitted(note, SMALL, width - 48), SMALL, colours.quiet)

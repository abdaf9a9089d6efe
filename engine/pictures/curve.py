"""Graphs of functions of one variable, with the tangent at a point."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from engine.pictures.labels import stated
from engine.pictures.legend import COLUMN, Entry, draw_legend, in_lines
from engine.pictures.levels import LARGEST, Grid, tame
from engine.pictures.sheet import Frame, Window, is_drawable, line, png, rule, sheet, ticks
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import DPI, SMALL, TITLE, fitted, width_of, write

_WIDE: Final = 650
_TALL: Final = 500
_TAIL: Final = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What a graph shows.

    name:   the variable.
    xs, ys: places, rising and finite, and the function there; NaN where it is undefined. Shape (n,).
    point:  a point of the graph between the first and the last place, or None.
    slope:  the derivative there, or None.
    title:  plain text.
    chord:  two of the places, between which a straight line joins the graph to itself, or None.
    Refuses (ValueError) shapes that do not fit, and a point outside or not finite.
    """

    name: str
    xs: Grid
    ys: Grid
    point: tuple[float, float] | None = None
    slope: float | None = None
    title: str = ""
    chord: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if self.xs.ndim != 1 or self.xs.shape != self.ys.shape or self.xs.size < 2:
            raise ValueError("there must be two places at least, and a value for each")
        if not ((np.diff(self.xs) > 0).all() and is_drawable(float(self.xs[0]), float(self.xs[-1]))):
            raise ValueError("the places must rise, be finite and not too near each other for numbers")
        if self.point is not None:
            x, y = self.point
            if not (self.xs[0] <= x <= self.xs[-1] and abs(y) <= LARGEST):
                raise ValueError("the point must be finite and within the places")
        if self.slope is not None and not (self.point is not None and math.isfinite(self.slope)):
            raise ValueError("a slope is finite and belongs to a point")
        if self.chord is not None and not np.isfinite(self.chord_ends()).all():
            raise ValueError("a chord joins two places at which there is a value")

    def chord_ends(self) -> Grid:
        """Return the places and the values at both ends of the chord, shape (2, 2)."""
        ends = np.array(self.chord)
        return np.stack([ends, np.interp(ends, self.xs, self.ys, left=np.nan, right=np.nan)])


def draw_curve(curve: Curve, theme: Theme) -> bytes:
    """Return a PNG of the graph, about 1000 by 630 pixels: curve, point, tangent, and the slope in words.

    The window's height follows the bulk of the values, so that a pole does not flatten the rest; the
    curve is broken where it is undefined and where it leaps over a pole.
    """
    return png(compose_curve(curve, theme))


def compose_curve(curve: Curve, theme: Theme) -> Figure:
    """Return the figure that `draw_curve` turns into a picture."""
    colours = palette(theme)
    low, high = _window(tame(curve.ys), curve.point)
    labels = ticks(low, high, _TALL, up=True).values()
    left = max(84.0, 54 + max((width_of(label, SMALL) for label in labels), default=0))
    frame = Frame(left, 68, _WIDE, _TALL, ((float(curve.xs[0]), float(curve.xs[-1])), (low, high)))
    figure = sheet(left + _WIDE + 28 + COLUMN, 68 + _TALL + 62, colours)
    _draw_lines(figure, frame, curve, colours)
    rule(figure, frame, (curve.name, ""), colours)
    width, height = (float(each) for each in figure.get_size_inches() * DPI)
    write(figure, (24, height - 28), fitted(curve.title, TITLE, width - 48), TITLE, colours.ink)
    draw_legend(figure, left + _WIDE + 28, height - 62, _entries(curve, colours), colours)
    return figure


def _window(ys: Grid, point: tuple[float, float] | None) -> tuple[float, float]:
    """Return the lowest and highest value shown: the bulk of the values, and the point in any case."""
    seen = ys[np.isfinite(ys)]
    if seen.size == 0:
        seen = np.array([0.0 if point is None else point[1]])
    low, high = float(seen.min()), float(seen.max())
    inner_low, inner_high = (float(each) for each in np.quantile(seen, (_TAIL, 1 - _TAIL)))
    bulk = inner_high - inner_low
    if 0 < bulk < 0.4 * (high - low):
        low, high = max(low, inner_low - bulk / 2), min(high, inner_high + bulk / 2)
    if point is not None:
        low, high = min(low, point[1]), max(high, point[1])
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        return low - (abs(low) or 1.0), high + (abs(high) or 1.0)
    pad = 0.08 * (high - low)
    return low - pad, high + pad


def _draw_lines(figure: Figure, frame: Frame, curve: Curve, colours: Palette) -> None:
    (first, last), (low, high) = frame.window
    box = Bbox.from_bounds(frame.left, frame.bottom, frame.width, frame.height)
    for start, end in (((first, 0.0), (last, 0.0)), ((0.0, low), (0.0, high))):
        if first <= start[0] <= last and low <= start[1] <= high:
            zero = frame.place(*np.array([start, end]).T)
            line(figure, zero, color=colours.quiet, linewidth=1, alpha=0.6, gid="zero")
    graph = frame.place(*_unbroken(curve.xs, tame(curve.ys), low, high))
    line(figure, graph, color=colours.curve, linewidth=2.6, clip_box=box, gid="curve")
    if curve.chord is not None:
        chord = frame.place(*curve.chord_ends())
        line(figure, chord, color=colours.accent, linewidth=2.2, linestyle=(0, (4, 2)), clip_box=box, gid="chord")
    if curve.point is None:
        return
    if curve.slope is not None:
        tangent = frame.place(*_tangent(curve.point, curve.slope, frame.window))
        line(figure, tangent, color=colours.accent, linewidth=2.2, linestyle=(0, (4, 2)), clip_box=box, gid="tangent")
    place = frame.place(*curve.point)[None, :]
    line(figure, place, marker="o", markersize=9, color=colours.accent, markeredgecolor=colours.card, gid="point")


def _unbroken(xs: Grid, ys: Grid, low: float, high: float) -> tuple[Grid, Grid]:
    """Return the graph with a gap wherever it leaps from above the window to below it, as at a pole."""
    leaps = np.flatnonzero(((ys[:-1] > high) & (ys[1:] < low)) | ((ys[:-1] < low) & (ys[1:] > high)))
    far = 1000 * (high - low)
    shown = np.clip(ys, low - far, high + far)
    return np.insert(xs, leaps + 1, np.nan), np.insert(shown, leaps + 1, np.nan)


def _tangent(point: tuple[float, float], slope: float, window: Window) -> tuple[Grid, Grid]:
    """Return both ends of the tangent, where it leaves the window."""
    (first, last), (low, high) = window
    x, y = point
    leaves = sorted((x + (edge - y) / slope for edge in (low, high)) if slope else (first, last))
    ends = np.array([max(first, leaves[0]), min(last, leaves[1])])
    return ends, np.clip(y + slope * (ends - x), low, high)


def _entries(curve: Curve, colours: Palette) -> list[Entry]:
    found = [Entry("line", ("function",), colours.curve)]
    if not np.isfinite(curve.ys).any():
        found = [Entry("", ("no value found", "in this window"), colours.quiet)]
    if curve.point is not None:
        found.append(Entry("o", ("point", *in_lines(stated(curve.point))), colours.accent))
    if curve.slope is not None:
        found.append(Entry("dashes", ("tangent", f"slope {stated([curve.slope])}"), colours.accent))
    if curve.chord is not None:
        found.append(Entry("dashes", ("chord", " to ".join(stated([end]) for end in curve.chord)), colours.accent))
    return found

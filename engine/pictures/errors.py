"""Errors of numerical methods against their step, both axes in powers of ten."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from engine.pictures.legend import COLUMN, Entry, draw_legend
from engine.pictures.sheet import Frame, line, png, sheet, tags
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import DPI, SMALL, TEXT, TITLE, fitted, width_of, write

_WIDE: Final = 650.0
_TALL: Final = 500.0
_LEFT: Final = 112.0
_BOTTOM: Final = 74.0
_MARKERS: Final = ("o", "s", "^")
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Series:
    """The errors of one method: (step, error) pairs; those with error 0 have no place on such axes."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A straight line of these axes: error = factor · step^slope, between two steps."""

    slope: int
    factor: float
    steps: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ErrorChart:
    """Up to three series with guides. Refuses (ValueError) a chart without two errors above 0 in one series."""

    title: str
    series: tuple[Series, ...]
    guides: tuple[Guide, ...] = ()

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if not 0 < len(self.series) <= len(_MARKERS) or all(len(_shown(each)) < 2 for each in self.series):
            raise ValueError("there must be one to three series, one of them with two errors above 0")


def draw_errors(chart: ErrorChart, theme: Theme) -> bytes:
    """Return a PNG, about 1030 by 640 pixels: a line with marks for each method, dashed guides with their slopes."""
    return png(compose_errors(chart, theme))


def compose_errors(chart: ErrorChart, theme: Theme) -> Figure:
    """Return the figure that `draw_errors` turns into a picture."""
    colours = palette(theme)
    frame = Frame(_LEFT, _BOTTOM, _WIDE, _TALL, _window(chart))
    figure = sheet(_LEFT + _WIDE + 28 + COLUMN, _BOTTOM + _TALL + 62, colours)
    _draw_axes(figure, frame, colours)
    box = Bbox.from_bounds(frame.left, frame.bottom, frame.width, frame.height)
    for guide in chart.guides:
        ends = _logs([(h, guide.factor * h**guide.slope) for h in guide.steps])
        how = {"color": colours.quiet, "linewidth": 1.6, "linestyle": (0, (2, 2)), "clip_box": box}
        line(figure, frame.place(*ends.T), gid="guide", **how)
    for each, marker, (colour, style) in zip(chart.series, _MARKERS, _looks(colours), strict=False):
        places = frame.place(*_logs(_shown(each)).T)
        line(figure, places, color=colour, linewidth=2.2, linestyle=style, gid=each.name)
        line(figure, places, marker=marker, linestyle="", markersize=8, color=colour, markeredgecolor=colours.card)
    _name_guides(figure, frame, chart.guides, colours)
    width, height = (float(each) for each in figure.get_size_inches() * DPI)
    write(figure, (24, height - 28), fitted(chart.title, TITLE, width - 48), TITLE, colours.ink)
    draw_legend(figure, _LEFT + _WIDE + 28, height - 62, _entries(chart, colours), colours)
    return figure


def _looks(colours: Palette) -> tuple[tuple[str, object], ...]:
    """Return the colour and the kind of line of each series: they differ in both, and in their marks."""
    return (colours.curve, "-"), (colours.accent, (0, (5, 2))), (colours.ink, (0, (1, 1.5)))


def _shown(series: Series) -> list[tuple[float, float]]:
    return [(h, error) for h, error in series.points if error > 0]


def _logs(points: Sequence[tuple[float, float]]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.array([(math.log10(h), math.log10(error)) for h, error in points]).reshape(-1, 2)


def _window(chart: ErrorChart) -> tuple[tuple[float, float], tuple[float, float]]:
    places = np.vstack([_logs(_shown(each)) for each in chart.series])
    (first, low), (last, high) = places.min(axis=0), places.max(axis=0)
    return (float(first) - 0.6, float(last) + 0.6), (math.floor(low) - 0.6, math.ceil(high) + 0.6)


def _draw_axes(figure: Figure, frame: Frame, colours: Palette) -> None:
    (x0, x1), (y0, y1) = frame.window
    left, bottom, right, top = frame.left, frame.bottom, frame.left + frame.width, frame.bottom + frame.height
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)])
    line(figure, corners, color=colours.quiet, linewidth=1)
    for power in _powers(x0, x1):
        x = float(frame.place(power, y0)[0])
        line(figure, np.array([(x, bottom), (x, top)]), color=colours.quiet, linewidth=0.8, alpha=0.35)
        write(figure, (x, bottom - 19), _ten(power), SMALL, colours.ink, "middle")
    for power in _powers(y0, y1):
        y = float(frame.place(x0, power)[1])
        line(figure, np.array([(left, y), (right, y)]), color=colours.quiet, linewidth=0.8, alpha=0.35)
        write(figure, (left - 11, y), _ten(power), SMALL, colours.ink, "right")
    write(figure, ((left + right) / 2, bottom - 50), "step h", TEXT, colours.ink, "middle")
    write(figure, (24, (bottom + top) / 2), "error", TEXT, colours.ink, "turned")


def _powers(low: float, high: float) -> range:
    first, last = math.ceil(low), math.floor(high)
    return range(first, last + 1, max(1, math.ceil((last - first + 1) / _MOST_TICKS)))


def _ten(power: int) -> str:
    return "10" + str(power).translate(_RAISED)


def _name_guides(figure: Figure, frame: Frame, guides: Sequence[Guide], colours: Palette) -> None:
    """Write its slope at the middle of each guide."""
    for guide in guides:
        middle = math.sqrt(guide.steps[0]) * math.sqrt(guide.steps[1])
        x, y = frame.place(*_logs([(middle, guide.factor * middle**guide.slope)]).T)[0]
        text = f"slope {guide.slope}".replace("-", "−")
        half = width_of(text, SMALL) / 2 + 4
        # Beside the line, on the side away from the marks.
        place = np.array([[x + half + 14 if guide.slope > 0 else x - half - 14, y - 16, half, 12]])
        if frame.left < x - 2 * half and x + 2 * half < frame.left + frame.width and frame.bottom + 28 < y:
            tags(figure, place, [text], colours)


def _entries(chart: ErrorChart, colours: Palette) -> list[Entry]:
    found = [
        Entry(marker, (each.name, *(["0 where no mark is"] if any(e == 0 for _, e in each.points) else [])), colour)
        for each, marker, (colour, _) in zip(chart.series, _MARKERS, _looks(colours), strict=False)
    ]
    return [*found, Entry("dashes", ("as the theory", "has the slope"), colours.quiet)] if chart.guides else found

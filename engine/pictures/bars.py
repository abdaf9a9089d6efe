"""Bars of attempts: how many there were, and how many of them were right."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.sheet import fill, line, png, sheet, ticks
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import SMALL, TEXT, TITLE, fitted, printable, width_of, write

MAX_BARS: Final = 30
_WIDE: Final = 520.0
_ROW: Final = 34.0
_BAR: Final = 18.0
_TOP: Final = 96.0
_BOTTOM: Final = 58.0
_LONGEST_LABEL: Final = 300.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a name, and `right` of `attempts`."""

    label: str
    right: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of at most 30 bars, the first on top. Refuses (ValueError) none, more, and right > attempts."""

    title: str
    bars: tuple[Bar, ...]

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if not 0 < len(self.bars) <= MAX_BARS:
            raise ValueError(f"there must be 1 to {MAX_BARS} bars")
        if not all(0 <= each.right <= each.attempts for each in self.bars):
            raise ValueError("right ones are attempts")


def draw_bars(chart: Bars, theme: Theme) -> bytes:
    """Return a PNG: a filled part for right attempts, an outlined one for the others, both in numbers."""
    return png(compose_bars(chart, theme))


def compose_bars(chart: Bars, theme: Theme) -> Figure:
    """Return the figure that `draw_bars` turns into a picture."""
    colours = palette(theme)
    labels = [fitted(printable(each.label), TEXT, _LONGEST_LABEL) for each in chart.bars]
    counts = [f"{each.right} of {each.attempts}" for each in chart.bars]
    left = 40 + max(width_of(label, TEXT) for label in labels)
    right = left + _WIDE + 20 + max(width_of(count, TEXT) for count in counts)
    height = _TOP + _ROW * len(chart.bars) + _BOTTOM
    figure = sheet(right + 24, height, colours)
    most = max(1, *(each.attempts for each in chart.bars))
    tops = [height - _TOP - _ROW * (row + 0.5) for row in range(len(chart.bars))]
    _draw_scale(figure, left, most, height, colours)
    for bar, label, count, middle in zip(chart.bars, labels, counts, tops, strict=True):
        whole, part = left + _WIDE * bar.attempts / most, left + _WIDE * bar.right / most
        box = _box(left, whole, middle)
        fill(figure, box, facecolors=colours.card, edgecolors=colours.ink, linewidths=1.2, gid="attempts")
        fill(figure, _box(left, part, middle), facecolors=colours.curve, linewidths=0, gid="right")
        write(figure, (left - 12, middle), label, TEXT, colours.ink, "right")
        write(figure, (whole + 12, middle), count, TEXT, colours.ink)
    write(figure, (24, height - 28), fitted(printable(chart.title), TITLE, right - 24), TITLE, colours.ink)
    _draw_key(figure, left, height - 68, colours)
    return figure


def _box(left: float, right: float, middle: float) -> "np.ndarray[tuple[int, int, int], np.dtype[np.float64]]":
    low, high = middle - _BAR / 2, middle + _BAR / 2
    return np.array([[(left, low), (right, low), (right, high), (left, high)]])


def _draw_scale(figure: Figure, left: float, most: int, height: float, colours: Palette) -> None:
    """Draw light lines at whole numbers of attempts, and what is counted."""
    for value, label in ticks(0, most, _WIDE, up=False).items():
        if value != round(value):
            continue
        x = left + _WIDE * value / most
        ends = np.array([(x, _BOTTOM), (x, height - _TOP)])
        line(figure, ends, color=colours.quiet, linewidth=0.8, alpha=0.5)
        write(figure, (x, _BOTTOM - 15), label, SMALL, colours.quiet, "middle")
    write(figure, (left + _WIDE / 2, 16), "attempts", SMALL, colours.quiet, "middle")


def _draw_key(figure: Figure, left: float, middle: float, colours: Palette) -> None:
    at = left
    for text, face, edge in (("right", colours.curve, colours.curve), ("not right", colours.card, colours.ink)):
        fill(figure, _box(at, at + 22, middle), facecolors=face, edgecolors=edge, linewidths=1.2)
        write(figure, (at + 30, middle), text, SMALL, colours.ink)
        at += 50 + width_of(text, SMALL)


def alternative(chart: Bars) -> str:
    """Return the words that carry the chart's numbers."""
    rows = [f"{each.label}: {each.right} of {each.attempts} right" for each in chart.bars]
    return f"Bar chart. {chart.title}. " + "; ".join(rows) + "."

"""What stands beside a plot: the meaning of its signs, and the colours of the heights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.labels import ALL_DIGITS, number
from engine.pictures.sheet import arrows, band_colours, fill, line
from engine.pictures.theme import Palette
from engine.pictures.words import SMALL, fitted, width_of, write

COLUMN: Final = 240
_ROW: Final = 25
_GAP: Final = 13
_SIGN: Final = 44
_ROOM: Final = COLUMN - _SIGN - 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign and its meaning. `sign`: a marker of matplotlib, "line", "dashes", "arrow" or none."""

    sign: str
    lines: tuple[str, ...]
    colour: str


def in_lines(text: str) -> tuple[str, ...]:
    """Return the text in one line or, where it is too wide for the column, in two: no number is cut off."""
    if ", " not in text or width_of(text, SMALL) <= _ROOM:
        return (text,)
    first, second = text.split(", ", 1)
    return (first + ",", second)


def legend_height(entries: Sequence[Entry]) -> float:
    """Return the pixels the entries take."""
    return sum(_ROW * len(entry.lines) + _GAP for entry in entries)


def draw_legend(figure: Figure, left: float, top: float, entries: Sequence[Entry], colours: Palette) -> None:
    """Write the entries under each other."""
    for entry in entries:
        _sign(figure, left + 15, top - _ROW / 2, entry, colours)
        for row, text in enumerate(entry.lines):
            shown = fitted(text, SMALL, _ROOM)
            place = (left + _SIGN, top - _ROW * (row + 0.5))
            write(figure, place, shown, SMALL, colours.ink)
        top -= _ROW * len(entry.lines) + _GAP


def _sign(figure: Figure, x: float, y: float, entry: Entry, colours: Palette) -> None:
    ends = np.array([[x - 15, y], [x + 15, y]])
    if entry.sign == "arrow":
        fill(figure, arrows(ends[:1], ends[1:], 4), facecolors=entry.colour, linewidths=0)
    elif entry.sign in ("line", "dashes"):
        line(figure, ends, color=entry.colour, linewidth=2.6, linestyle="-" if entry.sign == "line" else (0, (3, 2)))
    elif entry.sign:
        line(
            figure,
            np.array([[x, y]]),
            marker=entry.sign,
            markersize=12,
            markeredgewidth=1,
            color=entry.colour,
            markeredgecolor=colours.card,
        )


def key_height(levels: Sequence[float]) -> float:
    """Return the pixels that a readable key of the heights needs."""
    return _ROW * (len(levels) + 1) + 40 if levels else 0


def draw_key(figure: Figure, left: float, bottom: float, top: float, levels: Sequence[float], colours: Palette) -> None:
    """Draw the bands as a column of swatches, lowest at the bottom, with the heights at their borders."""
    bands = band_colours(len(levels) + 1, colours)
    tall = min((top - bottom - 40) / len(bands), 44)
    low = bottom + tall * np.arange(len(bands))
    swatches = np.stack(
        [
            np.stack([np.full_like(low, left + x), low + y], axis=-1)
            for x, y in ((0, 0), (30, 0), (30, tall), (0, tall))
        ],
        axis=1,
    )
    fill(figure, swatches, facecolors=bands, linewidths=0)
    for row, level in enumerate(levels):
        place = (left + _SIGN, bottom + (row + 1) * tall)
        write(figure, place, fitted(number(level, ALL_DIGITS), SMALL, _ROOM), SMALL, colours.ink)
    write(figure, (left, bottom + len(bands) * tall + 22), "value", SMALL, colours.quiet)

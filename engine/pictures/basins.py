"""A map of where starts lead: each basin has a colour, its number and a border."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.labels import stated
from engine.pictures.legend import COLUMN, Entry, draw_legend, in_lines
from engine.pictures.room import EMPTY, boxes
from engine.pictures.sheet import Frame, Window, axes, band_colours, is_drawable, png, rule, sheet, tags
from engine.pictures.signs import SHAPES, Mark, draw_marks
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import DPI, SMALL, TITLE, fitted, write

Numbers = NDArray[np.int64]
ENDS: Final = 9
_BOX: Final = 650
_TOP: Final = 62
_BOTTOM: Final = 68
_NOTE: Final = 28
_BESIDE: Final = 120.0


@dataclass(frozen=True, slots=True, eq=False)
class BasinMap:
    """Which start leads to which end.

    names:   the variables across and up.
    window:  ((x0, x1), (y0, y1)), rising and finite, both ranges equally long.
    numbers: for a grid of starts from edge to edge, lowest row first, the number of the end, 0 for none of them.
    ends:    end number k is the k-th of them; up to nine, all in the window.
    title, note: plain text; the note says how the ends were found.
    Refuses (ValueError) more ends, numbers without one, and ends outside of the window.
    """

    names: tuple[str, str]
    window: Window
    numbers: Numbers
    ends: tuple[Mark, ...]
    title: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        (x0, x1), (y0, y1) = self.window
        if not (is_drawable(x0, x1) and is_drawable(y0, y1)):
            raise ValueError("the window must rise and be finite")
        if len(self.ends) > ENDS or self.numbers.min() < 0 or self.numbers.max() > len(self.ends):
            raise ValueError(f"a number is that of an end, of which there are up to {ENDS}")
        if not all(x0 <= end.at[0] <= x1 and y0 <= end.at[1] <= y1 for end in self.ends):
            raise ValueError("the ends lie in the window")


def draw_basins(chart: BasinMap, theme: Theme) -> bytes:
    """Return a PNG of the map, about 1000 by 800 pixels; starts that lead to no end keep the card's colour."""
    return png(compose_basins(chart, theme))


def compose_basins(chart: BasinMap, theme: Theme) -> Figure:
    """Return the picture before it is encoded."""
    colours = palette(theme)
    frame = Frame(104, _BOTTOM + _NOTE, _BOX, _BOX, chart.window)
    height = _TOP + _BOX + _BOTTOM + _NOTE
    figure = sheet(frame.left + _BOX + 28 + COLUMN, height, colours)
    _fill(figure, frame, chart, colours)
    marks = tuple(Mark(end.at, end.kind, str(number)) for number, end in enumerate(chart.ends, 1))
    _write_numbers(figure, frame, chart, colours)
    draw_marks(figure, frame, marks, EMPTY, colours)
    rule(figure, frame, chart.names, colours)
    width = float(figure.get_size_inches()[0] * DPI)
    write(figure, (24, height - 28), fitted(chart.title, TITLE, width - 48), TITLE, colours.ink)
    write(figure, (24, 20), fitted(chart.note, SMALL, width - 48), SMALL, colours.quiet)
    draw_legend(figure, frame.left + _BOX + 28, height - _TOP, _entries(chart, colours), colours)
    return figure


def basin_colours(count: int, colours: Palette) -> list[str]:
    """Return a colour for each end, the first one first."""
    return band_colours(count, colours) if count else []


def _fill(figure: Figure, frame: Frame, chart: BasinMap, colours: Palette) -> None:
    """Colour the cell round each start, and draw a line where neighbours lead elsewhere."""
    (x0, x1), (y0, y1) = chart.window
    rows, columns = chart.numbers.shape
    table = np.array([to_rgba(each) for each in (colours.card, *basin_colours(len(chart.ends), colours))])
    made = axes(figure, frame, colours)
    across, up = (x1 - x0) / (columns - 1) / 2, (y1 - y0) / (rows - 1) / 2
    extent = (x0 - across, x1 + across, y0 - up, y1 + up)
    shown = table[chart.numbers]
    made.imshow(shown, origin="lower", extent=extent, interpolation="nearest", aspect="auto", gid="basins")
    made.set(xlim=chart.window[0], ylim=chart.window[1])
    for number in range(1, len(chart.ends) + 1):
        inside = (chart.numbers == number).astype(float)
        if 0 < inside.mean() < 1:
            x, y = np.linspace(x0, x1, columns), np.linspace(y0, y1, rows)
            made.contour(x, y, inside, [0.5], colors=colours.ink, linewidths=1.6)


def _write_numbers(figure: Figure, frame: Frame, chart: BasinMap, colours: Palette) -> None:
    """Write the number in the middle of each part of a basin that has room, if the end there has it not already."""
    rows, columns = chart.numbers.shape
    places, texts = [], []
    for number, end in enumerate(chart.ends, 1):
        for row, column in middles(chart.numbers == number):
            at = np.array([frame.left + column / (columns - 1) * _BOX, frame.bottom + row / (rows - 1) * _BOX])
            if np.hypot(*(at - frame.place(*end.at))) > _BESIDE:
                places.append(at)
                texts.append(str(number))
    if places:
        tags(figure, boxes(np.array(places), 12, 13), texts, colours)


def middles(inside: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return row and column of a cell in the middle of each part of a shape that is three cells wide or more."""
    found = []
    rest = _core(inside)
    while rest.any():
        part = _part(rest)
        rest &= ~part
        while (smaller := _core(part)).any():
            # A shape may come apart on the way; any of its parts has a middle of its own.
            part = _part(smaller)
        places = np.argwhere(part)
        row, column = places[np.abs(places - places.mean(axis=0)).sum(axis=1).argmin()]
        found.append((int(row), int(column)))
    return found


def _core(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the cells whose neighbours all belong to the shape."""
    wide = np.pad(inside, 1)
    sides = wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
    return np.asarray(sides & inside, dtype=bool)


def _part(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the cells of a shape that hang together with its first one."""
    part = np.zeros_like(inside)
    part[tuple(np.argwhere(inside)[0])] = True
    while True:
        wide = np.pad(part, 1)
        grown = (part | wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:]) & inside
        if (grown == part).all():
            return part
        part = np.asarray(grown, dtype=bool)


def _entries(chart: BasinMap, colours: Palette) -> list[Entry]:
    shades = basin_colours(len(chart.ends), colours)
    found = [
        Entry("s", in_lines(f"{number}: {stated(end.at)}"), shade)
        for number, (end, shade) in enumerate(zip(chart.ends, shades, strict=True), 1)
    ]
    kinds = dict.fromkeys(end.kind for end in chart.ends)
    found += [Entry(SHAPES[kind], (kind,), colours.ink) for kind in kinds]
    if (chart.numbers == 0).any():
        found.append(Entry("", ("no colour:", "none of these", "was reached"), colours.quiet))
    return found

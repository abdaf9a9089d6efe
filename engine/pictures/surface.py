"""Surfaces: the graph of a function of two variables, seen from a side."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.pictures.labels import stated
from engine.pictures.legend import COLUMN, Entry, draw_key, draw_legend, in_lines, key_height, legend_height
from engine.pictures.levels import Grid, choose, tame
from engine.pictures.sheet import Window, png, sheet
from engine.pictures.signs import SHAPES, Mark, Point, check_ground, height_at
from engine.pictures.surface_box import draw_box
from engine.pictures.surface_mesh import draw_mesh
from engine.pictures.surface_signs import draw_foot, draw_lifted, draw_lifted_marks
from engine.pictures.surface_view import View
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import DPI, SMALL, TITLE, fitted, write

PLACES: Final = (53, 53)
_WIDE: Final = 690.0
_TALL: Final = 560.0
_TOP: Final = 62.0
_BOTTOM: Final = 44.0
_TAIL: Final = 0.03
_CUT: Final = "Values far out are cut off at the box."


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """What a picture of a surface shows.

    names:      the two variables and the value, in plain text.
    window:     ((x0, x1), (y0, y1)), rising and finite.
    heights:    the function at even places of the window, shape (ny, nx); NaN where it is undefined.
    turn, tilt: how far the eye has walked round, and how far it stands above the ground, in degrees.
    point:      a point of the window, or None; `arrow`: the gradient there, or None.
    marks:      critical points, all inside the window.
    title:      plain text.
    gaps:       for each cell of the places, shape (ny - 1, nx - 1), whether the surface is torn there; or None.
    Refuses (ValueError) shapes that do not fit, and points outside the window or not finite.
    """

    names: tuple[str, str, str]
    window: Window
    heights: Grid
    turn: float = 30.0
    tilt: float = 30.0
    point: Point | None = None
    arrow: Point | None = None
    marks: tuple[Mark, ...] = ()
    title: str = ""
    gaps: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        check_ground(self.window, self.heights, self.marks, self.point, self.arrow)
        rows, columns = self.heights.shape
        if self.gaps is not None and self.gaps.shape != (rows - 1, columns - 1):
            raise ValueError("there is a cell between every four heights")
        if not (math.isfinite(self.turn) and 0 < self.tilt < 90):
            raise ValueError("the eye stands above the ground, and not straight above it")


def draw_surface(surface: Surface, theme: Theme) -> bytes:
    """Return a PNG of the surface, about 1000 by 690 pixels.

    The box with its ticks, the surface in the colours of the contour map's bands, lit and with mesh lines;
    on the ground the gradient at the point, on the surface the steepest tangent and the critical points,
    dashed or faint where the surface hides them. Holes stay open, and values far out are cut off.
    """
    return png(compose_surface(surface, theme))


def compose_surface(surface: Surface, theme: Theme) -> Figure:
    """Return the figure that `draw_surface` turns into a picture."""
    colours = palette(theme)
    heights = tame(surface.heights)
    levels = choose(heights)
    view = View(surface.window, _shown(heights, surface), surface.turn, surface.tilt)
    levels = [each for each in levels if view.heights[0] < each < view.heights[1]]
    entries = _entries(surface, heights, view, colours)
    tall = max(_TALL, legend_height(entries) + key_height(levels))
    figure = sheet(_WIDE + COLUMN + 52, _BOTTOM + tall + _TOP, colours)
    view = view.fitted(96, _BOTTOM + 62 + (tall - _TALL) / 2, _WIDE - 150, _TALL - 70)
    _draw(figure, view, surface, heights, levels, colours)
    _draw_words(figure, surface, levels, entries, colours, is_cut=_is_cut(heights, view))
    return figure


def _draw(figure: Figure, view: View, surface: Surface, heights: Grid, levels: list[float], colours: Palette) -> None:
    (x0, x1), (y0, y1) = surface.window
    rows, columns = heights.shape
    x, y = np.meshgrid(np.linspace(x0, x1, columns), np.linspace(y0, y1, rows))
    draw_box(figure, view, surface.names, colours)
    draw_mesh(figure, view, np.stack([x, y, heights], axis=-1), surface.gaps, levels, colours)
    low, high = view.heights
    standing = np.where((heights >= low) & (heights <= high), heights, np.nan)
    if surface.point is not None:
        draw_foot(figure, view, standing, surface.point, surface.arrow, colours)
        draw_lifted(figure, view, standing, surface.point, surface.arrow, colours)
    draw_lifted_marks(figure, view, standing, surface.marks, colours)


def _shown(heights: Grid, surface: Surface) -> tuple[float, float]:
    """Return the lowest and the highest value in the box: the bulk of them, and the point in any case."""
    seen = heights[np.isfinite(heights)]
    if seen.size == 0:
        return 0.0, 1.0
    low, high = float(seen.min()), float(seen.max())
    inner_low, inner_high = (float(each) for each in np.quantile(seen, (_TAIL, 1 - _TAIL)))
    bulk = inner_high - inner_low
    if 0 < bulk < 0.4 * (high - low):
        low, high = max(low, inner_low - bulk / 2), min(high, inner_high + bulk / 2)
    for at in [mark.at for mark in surface.marks] + ([] if surface.point is None else [surface.point]):
        height = height_at(heights, surface.window, at)
        if height is not None:
            low, high = min(low, height), max(high, height)
    if high - low <= 1e-12 * max(abs(low), abs(high)) or high - low < 1e-290:
        return low - (abs(low) or 1.0), high + (abs(high) or 1.0)
    # A little room below keeps the ground apart from what stands on it.
    return low - 0.12 * (high - low), high


def _is_cut(heights: Grid, view: View) -> bool:
    seen = heights[np.isfinite(heights)]
    return bool(seen.size and (seen.min() < view.heights[0] or seen.max() > view.heights[1]))


def _entries(surface: Surface, heights: Grid, view: View, colours: Palette) -> list[Entry]:
    found = []
    if surface.point is not None:
        height = height_at(heights, surface.window, surface.point)
        lifted = height is not None and view.heights[0] <= height <= view.heights[1]
        where = () if lifted else ("on the ground",)
        found.append(Entry("o", ("point", *in_lines(stated(surface.point)), *where), colours.accent))
        if surface.arrow is not None:
            sign = "arrow" if any(surface.arrow) else ""
            found.append(Entry(sign, ("gradient", *in_lines(stated(surface.arrow))), colours.accent))
            if any(surface.arrow) and lifted:
                steep = stated([math.hypot(*surface.arrow)])
                found.append(Entry("arrow", ("steepest tangent", f"slope {steep}"), colours.ink))
    kinds = [mark.kind for mark in surface.marks]
    found += [Entry(shape, (kind,), colours.ink) for kind, shape in SHAPES.items() if kind in kinds]
    if not np.isfinite(heights).any():
        found.append(Entry("", ("no value found", "in this window"), colours.quiet))
    return found


def _draw_words(
    figure: Figure, surface: Surface, levels: list[float], entries: list[Entry], colours: Palette, *, is_cut: bool
) -> None:
    """Write the title, the legend and the note about what was cut off."""
    width, height = (float(each) for each in figure.get_size_inches() * DPI)
    left, top = _WIDE + 24, height - _TOP
    write(figure, (24, height - 28), fitted(surface.title, TITLE, width - 48), TITLE, colours.ink)
    draw_legend(figure, left, top, entries, colours)
    if levels:
        top -= legend_height(entries)
        draw_key(figure, left, min(_BOTTOM + 20, top - key_height(levels)), top, levels, colours)
    if is_cut:
        write(figure, (24, 22), fitted(_CUT, SMALL, width - 48), SMALL, colours.quiet)

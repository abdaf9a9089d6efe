"""How a surface is looked at: its box, the way onto the sheet, and what hides what."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.pictures.levels import Grid
from engine.pictures.sheet import Places, Window

Spots = NDArray[np.float64]  # places of space in units of the variables and the value, shape (..., 3)

_TALL: Final = 0.62  # the box's height over its longer side
_COMPARABLE: Final = 3.0
_STEPS: Final = 90
_NEAR: Final = 0.012  # so near its surface a place counts as on it


@dataclass(frozen=True, slots=True)
class View:
    """A box of space seen from far away, so that parallels stay parallel.

    window: the variables' ranges; heights: the range of the values, rising.
    turn:   degrees that the eye has walked round, counter-clockwise; at 0 it looks along the second variable.
    tilt:   degrees that the eye stands above the ground, between 0 and 90.
    """

    window: Window
    heights: tuple[float, float]
    turn: float
    tilt: float
    left: float = 0.0
    bottom: float = 0.0
    unit: float = 1.0

    def fitted(self, left: float, bottom: float, width: float, height: float) -> "View":
        """Return the same view with the box as large as it may be in a rectangle of the sheet, in its middle."""
        bare = replace(self, left=0.0, bottom=0.0, unit=1.0)
        low, high = _extent(bare.place(bare.corners()))
        unit = min((width, height) / (high - low))
        spare = ((width, height) - unit * (high - low)) / 2
        return replace(
            self,
            left=float(left + spare[0] - unit * low[0]),
            bottom=float(bottom + spare[1] - unit * low[1]),
            unit=float(unit),
        )

    def corners(self) -> Spots:
        """Return the corners of the box, shape (8, 3): the ground's first, round its edge; then those above."""
        (x0, x1), (y0, y1) = self.window
        round_about = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        return np.array([(x, y, z) for z in self.heights for x, y in round_about])

    def sides(self) -> Spots:
        """Return the lengths of the box's sides, the longer one of the ground being 1."""
        wide, deep = (high - low for low, high in self.window)
        if not 1 / _COMPARABLE <= wide / deep <= _COMPARABLE:
            return np.array([1.0, 1.0, _TALL])
        longest = max(wide, deep)
        return np.array([wide / longest, deep / longest, _TALL])

    def boxed(self, spots: Spots) -> Spots:
        """Return places in the box's own units, from its lowest corner."""
        low = np.array([self.window[0][0], self.window[1][0], self.heights[0]])
        return np.asarray((spots - low) * self._per_unit(), dtype=np.float64)

    def unit_way(self, way: Spots) -> Spots:
        """Return a way that is not zero, shortened or drawn out to one of the box's own units."""
        inside = way * self._per_unit()
        largest = np.abs(inside).max()
        return np.asarray(way / largest / np.linalg.norm(inside / largest), dtype=np.float64)

    def toward(self) -> Spots:
        """Return the way to the eye, in the box's own units, of length 1."""
        round_about, up = math.radians(self.turn - 90), math.radians(self.tilt)
        return np.array(
            [math.cos(round_about) * math.cos(up), math.sin(round_about) * math.cos(up), math.sin(up)],
        )

    def place(self, spots: Spots) -> Places:
        """Return where places are seen, in pixels, shape (..., 2)."""
        round_about, up = math.radians(self.turn), math.radians(self.tilt)
        across = np.array([math.cos(round_about), math.sin(round_about), 0.0])
        upward = np.array(
            [-math.sin(round_about) * math.sin(up), math.cos(round_about) * math.sin(up), math.cos(up)],
        )
        inside = self.boxed(spots)
        return np.stack([self.left + self.unit * (inside @ across), self.bottom + self.unit * (inside @ upward)], -1)

    def is_seen(self, spots: Spots, heights: Grid) -> NDArray[np.bool_]:
        """Return, for places of shape (n, 3), whether nothing of the surface stands between them and the eye.

        heights: the surface on the window's even grid, NaN where it has a hole or leaves the box.
        """
        reach = np.linspace(0.0, 1.8, _STEPS)[None, :, None]
        ways = self.boxed(spots)[:, None, :] + reach * self.toward()
        under = _between(heights, ways[..., 0] / self.sides()[0], ways[..., 1] / self.sides()[1])
        above = ways[..., 2] - (under - self.heights[0]) * self._per_unit()[2]
        above = np.where(np.abs(above) < _NEAR, np.nan, above)
        hidden = (above > 0).any(axis=1) & (above < 0).any(axis=1)
        return np.asarray(~hidden, dtype=np.bool_)

    def _per_unit(self) -> Spots:
        (x0, x1), (y0, y1) = self.window
        return np.asarray(self.sides() / (x1 - x0, y1 - y0, self.heights[1] - self.heights[0]), dtype=np.float64)


def _extent(places: Places) -> tuple[Places, Places]:
    return places.min(axis=0), places.max(axis=0)


def _between(heights: Grid, across: Grid, up: Grid) -> Grid:
    """Return the heights between the places of the grid, at shares of its window; NaN outside."""
    rows, columns = heights.shape
    inside = (across >= 0) & (across <= 1) & (up >= 0) & (up <= 1)
    x, y = np.where(inside, across, 0) * (columns - 1), np.where(inside, up, 0) * (rows - 1)
    column, row = np.minimum(x.astype(int), columns - 2), np.minimum(y.astype(int), rows - 2)
    a, b = x - column, y - row
    low = (1 - a) * heights[row, column] + a * heights[row, column + 1]
    high = (1 - a) * heights[row + 1, column] + a * heights[row + 1, column + 1]
    return np.where(inside, (1 - b) * low + b * high, np.nan)

"""What is put on a contour map: the learner's point with its gradient, and the critical points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from engine.pictures.levels import Grid
from engine.pictures.room import Boxes, boxes, clearance, within
from engine.pictures.sheet import Frame, Places, Window, arrows, fill, is_drawable, line, tags
from engine.pictures.theme import Palette
from engine.pictures.words import SMALL, fitted, width_of

Kind = Literal["local minimum", "local maximum", "saddle point", "not decided"]
Point = tuple[float, float]

# A shape for each kind, since a colour alone does not reach everybody.
SHAPES: Final[dict[Kind, str]] = {
    "local minimum": "v",
    "local maximum": "^",
    "saddle point": "X",
    "not decided": "D",
}
# In pixels: long enough to read a direction, short enough to stay near the point.
_SHORTEST, _LONGEST = 70.0, 130.0
_CORNER: Final = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A critical point on the map. `label` is plain text, or empty."""

    at: Point
    kind: Kind
    label: str = ""


def check_ground(
    window: Window, heights: Grid, marks: Sequence[Mark], point: Point | None, arrow: Point | None
) -> None:
    """Refuse (ValueError) what no map and no surface can be drawn of."""
    (x0, x1), (y0, y1) = window
    if not (is_drawable(x0, x1) and is_drawable(y0, y1)):
        raise ValueError("the window must rise, be finite and not too narrow for numbers")
    if heights.ndim != 2 or min(heights.shape) < 2:
        raise ValueError("heights must have two rows and columns at least")
    places = [mark.at for mark in marks] + ([] if point is None else [point])
    if not all(x0 <= x <= x1 and y0 <= y <= y1 for x, y in places):
        raise ValueError("the point and the marks must lie in the window")
    if arrow is not None and not (point is not None and all(map(math.isfinite, arrow))):
        raise ValueError("an arrow is finite and stands at a point")


def height_at(heights: Grid, window: Window, point: Point) -> float | None:
    """Return the height at a point, between its four neighbours; None where one of them is undefined."""
    rows, columns = heights.shape
    (x0, x1), (y0, y1) = window
    across, up = (point[0] - x0) / (x1 - x0) * (columns - 1), (point[1] - y0) / (y1 - y0) * (rows - 1)
    column, row = min(int(across), columns - 2), min(int(up), rows - 2)
    a, b = across - column, up - row
    weights = np.array([[(1 - a) * (1 - b), a * (1 - b)], [(1 - a) * b, a * b]])
    height = float((weights * heights[row : row + 2, column : column + 2]).sum())
    return height if np.isfinite(height) else None


def draw_level_curve(axes: Axes, x: Grid, y: Grid, heights: Grid, level: float, colours: Palette) -> Places:
    """Draw the level curve of one height, bordered; return places on it, in units of the plane, shape (n, 2)."""
    curve = axes.contour(
        x, y, np.ma.masked_invalid(heights), [level], colors=colours.accent, linewidths=2.4, linestyles="solid"
    )
    curve.set(path_effects=[withStroke(linewidth=4.6, foreground=colours.card)], gid="level curve")
    return np.asarray(curve.get_paths()[0].vertices)


def arrow_ends(frame: Frame, point: Point, arrow: Point) -> Places:
    """Return tail and tip, in pixels, of the arrow drawn at a point; the tail alone where the vector is zero.

    It leads the way the vector leads on the map; its length only keeps it inside the frame.
    """
    tail = frame.place(*point)
    largest = max(abs(arrow[0]), abs(arrow[1]))
    if largest == 0:
        return tail[None, :]
    along = np.array(arrow) / largest * np.array(frame.scale())
    along /= np.hypot(*along)
    low, high = np.array([frame.left, frame.bottom]), np.array([frame.left + frame.width, frame.bottom + frame.height])
    room = [
        (edge - start) / step
        for start, step, edge in zip(tail, along, np.where(along > 0, high, low), strict=True)
        if step
    ]
    return np.stack([tail, tail + along * min(max(min(room) - 6, _SHORTEST), _LONGEST)])


def draw_point(figure: Figure, ends: Places, *, square: bool, colours: Palette) -> None:
    """Draw the dot, and with two ends the arrow; `square` adds the sign of a right angle at its foot."""
    if len(ends) == 2:
        along = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
        across = np.array([-along[1], along[0]])
        if square:
            corner = ends[0] + _CORNER * np.stack([across, across + along, along])
            border = [withStroke(linewidth=3, foreground=colours.card)]
            line(figure, corner, color=colours.accent, linewidth=1.6, path_effects=border)
        shape = arrows(ends[:1], ends[1:], 6)
        fill(figure, shape, facecolors=colours.accent, edgecolors=colours.card, linewidths=1.2, gid="gradient")
    line(figure, ends[:1], marker="o", markersize=9, color=colours.accent, markeredgecolor=colours.card, gid="point")


def draw_marks(figure: Figure, frame: Frame, marks: Sequence[Mark], taken: Boxes, colours: Palette) -> Boxes:
    """Draw the marks, and each label where there is room beside its mark; return the boxes taken now.

    A label without room is left out.
    """
    places = np.array([frame.place(*mark.at) for mark in marks]).reshape(-1, 2)
    taken = np.vstack([taken, boxes(places, 11, 11)])
    labelled = []
    for mark, place in zip(marks, places, strict=True):
        look = {"marker": SHAPES[mark.kind], "markersize": 13, "color": colours.ink, "markeredgecolor": colours.card}
        line(figure, place[None, :], gid=mark.kind, **look)
        text = fitted(mark.label, SMALL, frame.width / 2)
        half = width_of(text, SMALL) / 2 + 4
        spots = place + np.array([(half + 13, 0), (-half - 13, 0), (0, 24), (0, -24)])
        wanted = boxes(spots, half, 11)
        free = within(wanted, frame.left, frame.bottom, frame.width, frame.height) & (clearance(wanted, taken) >= 1)
        if text and free.any():
            taken = np.vstack([taken, wanted[int(free.argmax())]])
            labelled.append(text)
    tags(figure, taken[len(taken) - len(labelled) :], labelled, colours)
    return taken

"""The path of a descent on a contour map."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from engine.pictures.room import Boxes, boxes
from engine.pictures.sheet import Frame, Places, line
from engine.pictures.theme import Palette

# The trail ends on its way to the first place further out than this many widths of the frame: pixels overflow.
_FAR: Final = 50.0
_DOTS: Final = 60


def draw_trail(figure: Figure, frame: Frame, trail: Sequence[tuple[float, float]], colours: Palette) -> Boxes:
    """Draw the line through the places, a dot on each of them, and a square at the first; return the boxes taken.

    What lies outside of the frame is cut off at its edge.
    """
    places = within_reach(frame.place(*np.array(trail).T), frame)
    box = Bbox.from_bounds(frame.left, frame.bottom, frame.width, frame.height)
    border = [withStroke(linewidth=4.2, foreground=colours.card)]
    look = {"color": colours.accent, "clip_box": box}
    line(figure, places, linewidth=2, path_effects=border, gid="trail", **look)
    dots = {"marker": "o", "markersize": 6, "markeredgecolor": colours.card, "linestyle": "none"}
    line(figure, places[:_DOTS], **dots, **look)
    line(figure, places[:1], marker="s", markersize=10, markeredgecolor=colours.card, gid="start", **look)
    return boxes(places[:_DOTS], 8, 8)


def within_reach(places: Places, frame: Frame) -> Places:
    """Return the places up to the first one far out; of the way to that one only what pixels can hold, unbent."""
    middle = np.array([frame.left + frame.width / 2, frame.bottom + frame.height / 2])
    reach = _FAR * max(frame.width, frame.height)
    far = np.flatnonzero(np.abs(places - middle).max(axis=1) > reach)
    if len(far) == 0 or far[0] == 0:
        return places[: 1 if len(far) else None]
    last = places[far[0] - 1]
    way = places[far[0]] - last
    return np.vstack([places[: far[0]], last + way * (reach / np.abs(way).max())])

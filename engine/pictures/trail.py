"""The paths of descents on a contour map."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from engine.pictures.room import Boxes, boxes
from engine.pictures.sheet import Frame, Places, line, tags
from engine.pictures.theme import Palette

# The trail ends on its way to the first place further out than this many widths of the frame: pixels overflow.
_FAR: Final = 50.0
_DOTS: Final = 60
_ASIDE: Final = np.array([16.0, 18.0])  # from a start to the middle of its number
_WIDE: Final = 9
_TOUCHING: Final = 20.0


def draw_trail(figure: Figure, frame: Frame, trail: Sequence[tuple[float, float]], colours: Palette) -> Boxes:
    """Draw the line through the places, a dot on each of them, and a square at the first; return the boxes taken.

    What lies outside of the frame is cut off at its edge.
    """
    places = within_reach(frame.place(*np.array(trail).T), frame)
    _draw(figure, frame, places, colours.accent, colours)
    return boxes(places[:_DOTS], 8, 8)


def draw_routes(
    figure: Figure, frame: Frame, trails: Sequence[Sequence[tuple[float, float]]], colours: Palette
) -> None:
    """Draw up to three paths, each in a colour of its own and with its number beside its start."""
    starts = []
    for trail, colour in zip(trails, colours.routes, strict=False):
        places = within_reach(frame.place(*np.array(trail).T), frame)
        _draw(figure, frame, places, colour, colours)
        starts.append(places[0])
    middles = [at + _ASIDE + (2 * _WIDE * count, 0) for at, count in zip(starts, named_before(starts), strict=True)]
    tags(figure, boxes(np.array(middles), _WIDE, 11), [str(i) for i in range(1, len(starts) + 1)], colours)


def named_before(starts: Sequence[Places]) -> list[int]:
    """Return, for each start in pixels, how many of those before it are so near that their numbers would touch."""
    return [sum(bool(np.abs(other - at).max() < _TOUCHING) for other in starts[:i]) for i, at in enumerate(starts)]


def _draw(figure: Figure, frame: Frame, places: Places, colour: str, colours: Palette) -> None:
    box = Bbox.from_bounds(frame.left, frame.bottom, frame.width, frame.height)
    border = [withStroke(linewidth=4.2, foreground=colours.card)]
    look = {"color": colour, "clip_box": box}
    line(figure, places, linewidth=2, path_effects=border, gid="trail", **look)
    dots = {"marker": "o", "markersize": 6, "markeredgecolor": colours.card, "linestyle": "none"}
    line(figure, places[:_DOTS], **dots, **look)
    line(figure, places[:1], marker="s", markersize=10, markeredgecolor=colours.card, gid="start", **look)


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

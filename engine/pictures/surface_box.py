"""The box round a surface: its edges, the ticks of its three axes, their labels and names."""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.room import EMPTY, Boxes, boxes, clearance
from engine.pictures.sheet import Places, line, ticks
from engine.pictures.surface_view import Spots, View
from engine.pictures.theme import Palette
from engine.pictures.words import SMALL, TEXT, printable, width_of, write

_TICK: Final = 7.0
_ROUND: Final = ((0, 1), (1, 2), (2, 3), (3, 0))


def draw_box(figure: Figure, view: View, names: tuple[str, str, str], colours: Palette) -> None:
    """Draw the edges that lie behind the surface, and the axes: both nearest edges of the ground, and one upright.

    names: the variables and the value, in plain text.
    """
    corners = view.corners()
    nearest = int((view.boxed(corners[:4]) @ view.toward()).argmax())
    behind = [_edge(corners[a], corners[b]) for a, b in _ROUND]
    behind += [_edge(corners[4 + a], corners[4 + b]) for a, b in _ROUND if nearest not in (a, b)]
    behind += [_edge(corners[a], corners[4 + a]) for a in range(4) if a != nearest]
    gaps = np.concatenate([np.vstack([view.place(each), np.full((1, 2), np.nan)]) for each in behind])
    line(figure, gaps, color=colours.quiet, linewidth=0.9, alpha=0.7, gid="box", zorder=0)
    middle = view.place(corners[:4].mean(axis=0))
    taken = EMPTY
    for a, b in _ROUND:
        if nearest in (a, b):
            axis = 0 if corners[a][1] == corners[b][1] else 1
            edge = _edge(corners[a], corners[b])
            taken = _draw_axis(figure, view, edge, axis, middle, names[axis], taken, colours)
    left = int(view.place(corners[:4])[:, 0].argmin())
    _draw_axis(figure, view, _edge(corners[left], corners[4 + left]), 2, middle, names[2], taken, colours)


def _edge(start: Spots, end: Spots) -> Spots:
    return np.stack([start, end])


def _draw_axis(
    figure: Figure, view: View, edge: Spots, axis: int, middle: Places, name: str, taken: Boxes, colours: Palette
) -> Boxes:
    """Draw the ticks of one edge of the box outward, with their labels and a name; return the boxes taken now."""
    start, end = view.place(edge)
    along = end - start
    upright = abs(along[1]) > abs(along[0])
    outward = _outward(start, end, middle)
    low, high = sorted(float(each) for each in edge[:, axis])
    labels = ticks(low, high, float(abs(along[1] if upright else along[0])), up=bool(upright))
    widest = 0.0
    strokes = []
    for value, label in labels.items():
        share = (value - edge[0, axis]) / (edge[1, axis] - edge[0, axis])
        foot = start + share * along
        strokes += [foot, foot + _TICK * outward, np.full(2, np.nan)]
        half = np.array([width_of(label, SMALL) / 2, SMALL / 2])
        at = foot + (_TICK + 5) * outward + half * outward
        widest = max(widest, 2 * half[0])
        wanted = boxes(at[None, :], half[0] + 3, half[1])
        # Where two axes meet, the second one's label gives way.
        if clearance(wanted, taken)[0] < 1:
            continue
        taken = np.vstack([taken, wanted])
        write(figure, (float(at[0]), float(at[1])), label, SMALL, colours.ink, "middle")
    if strokes:
        line(figure, np.array(strokes), color=colours.quiet, linewidth=1, zorder=0)
    shown = printable(name)
    reach = np.array([widest + width_of(shown, TEXT) / 2 + 20, SMALL + TEXT / 2 + 8]) + _TICK
    at = start + along / 2 + reach * outward
    write(figure, (float(at[0]), float(at[1])), shown, TEXT, colours.ink, "middle")
    return taken


def _outward(start: Places, end: Places, middle: Places) -> Places:
    """Return the way from the edge that leads away from the middle of the box, of length 1."""
    across = np.array([start[1] - end[1], end[0] - start[0]])
    length = float(np.hypot(*across))
    if length == 0:
        return np.array([0.0, -1.0])
    away = (start + end) / 2 - middle
    return np.asarray(across / length * (1 if across @ away >= 0 else -1), dtype=np.float64)

"""What is put on a surface: the point, the gradient on the ground, the steepest way up, the critical points."""

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.levels import Grid
from engine.pictures.sheet import Places, arrows, fill, line
from engine.pictures.signs import SHAPES, Mark, Point, height_at
from engine.pictures.surface_view import Spots, View
from engine.pictures.theme import Palette

_FAINT: Final = 0.45
_LONG: Final = 0.27  # in the box's own units
_SHORT: Final = 0.12
_PIECES: Final = 40


def draw_foot(figure: Figure, view: View, heights: Grid, point: Point, arrow: Point | None, colours: Palette) -> None:
    """Draw the point on the ground and the gradient there; dashed and faint where the surface hides them."""
    foot = np.array([*point, view.heights[0]])
    if arrow is not None and any(arrow):
        way = _on_ground(view, arrow)
        _draw_arrow(figure, view, heights, np.stack([foot, foot + way * _reach(view, foot, way)]), colours.accent)
    seen = bool(view.is_seen(foot[None, :], heights)[0])
    how = {"color": colours.accent, "markeredgecolor": colours.card, "alpha": 1 if seen else _FAINT}
    line(figure, view.place(foot[None, :]), marker="o", markersize=6, gid="foot", **how)


def draw_lifted(figure: Figure, view: View, heights: Grid, point: Point, arrow: Point | None, colours: Palette) -> None:
    """Draw the point on the surface, its upright over the ground, and the steepest tangent there."""
    height = _within(view, height_at(heights, view.window, point))
    if height is None:
        return
    spot = np.array([*point, height])
    upright = np.linspace(np.array([*point, view.heights[0]]), spot, _PIECES)
    _draw_line(figure, view, heights, upright, colours.quiet, 1.4, "upright")
    if arrow is not None and any(arrow):
        way = _on_ground(view, arrow)
        rise = np.array([0, 0, float(np.dot(arrow, way[:2]))])
        _draw_arrow(figure, view, heights, _tangent(view, spot, way + rise), colours.ink)
    seen = bool(view.is_seen(spot[None, :], heights)[0])
    how = {"color": colours.accent, "markeredgecolor": colours.card, "alpha": 1 if seen else _FAINT}
    line(figure, view.place(spot[None, :]), marker="o", markersize=9, gid="point", **how)


def draw_lifted_marks(figure: Figure, view: View, heights: Grid, marks: tuple[Mark, ...], colours: Palette) -> None:
    """Draw each mark on the surface with the shape of its kind, faint where it is hidden."""
    for mark in marks:
        height = _within(view, height_at(heights, view.window, mark.at))
        if height is None:
            continue
        spot = np.array([[*mark.at, height]])
        alpha = 1 if view.is_seen(spot, heights)[0] else _FAINT
        look = {"marker": SHAPES[mark.kind], "markersize": 13, "color": colours.ink, "markeredgecolor": colours.card}
        line(figure, view.place(spot), gid=mark.kind, alpha=alpha, **look)


def _within(view: View, height: float | None) -> float | None:
    """Return a height that the box shows, else None."""
    low, high = view.heights
    return height if height is not None and low <= height <= high else None


def _on_ground(view: View, arrow: Point) -> Spots:
    """Return a vector that leads the way of the gradient, one of the box's own units long."""
    return view.unit_way(np.array([*arrow, 0.0]) / max(map(abs, arrow)))


def _reach(view: View, spot: Spots, way: Spots) -> float:
    """Return how far an arrow goes: to the box's edge at most, but never so short that its way is unclear."""
    low, high = view.corners()[0], view.corners()[6]
    edges = np.where(way > 0, high, low)
    room = [float((edge - at) / by) for at, by, edge in zip(spot, way, edges, strict=True) if by]
    return min(max(min(room), _SHORT), _LONG)


def _tangent(view: View, spot: Spots, way: Spots) -> Spots:
    """Return both ends of a piece of a tangent, as long as the arrow on the ground or shorter, inside the box."""
    way = view.unit_way(way)
    return np.stack([spot, spot + way * _reach(view, spot, way)])


def _draw_arrow(figure: Figure, view: View, heights: Grid, ends: Spots, colour: str) -> None:
    """Draw an arrow: its shaft where it is seen, dashes where it is not, and its head."""
    places = view.place(ends)
    if np.hypot(*(places[1] - places[0])) < 1:
        return
    neck = ends[0] + 0.8 * (ends[1] - ends[0])
    _draw_line(figure, view, heights, np.linspace(ends[0], neck, _PIECES), colour, 3.4, "shaft")
    alpha = 1 if view.is_seen(ends[1:], heights)[0] else _FAINT
    head = arrows(places[:1], places[1:], 6)[:, 2:5]
    fill(figure, head, facecolors=colour, linewidths=0, alpha=alpha, gid="head")


def _draw_line(figure: Figure, view: View, heights: Grid, spots: Spots, colour: str, thick: float, name: str) -> None:
    """Draw a line in space: whole where it is seen, dashed and faint where the surface is in front of it."""
    seen = view.is_seen(spots, heights)
    places: Places = view.place(spots)
    for shown, how in ((seen, {}), (~seen, {"linestyle": (0, (2, 2)), "alpha": _FAINT})):
        # A place that changes sides belongs to both pieces, so that no gap shows.
        near = shown | np.roll(shown, 1) & (np.arange(len(shown)) > 0)
        if shown.any():
            drawn = np.where(near[:, None], places, np.nan)
            line(figure, drawn, color=colour, linewidth=thick, gid=name, **how)

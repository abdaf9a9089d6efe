"""What else stands at the point of a contour map: a direction, and the tangent of the level curve."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from engine.pictures.sheet import Frame, Places, arrows, fill, line
from engine.pictures.signs import Point
from engine.pictures.theme import Palette


def draw_heading(figure: Figure, ends: Places, colours: Palette) -> None:
    """Draw the arrow of a direction from tail to tip, in pixels: thinner than the gradient's, so that both show."""
    shape = arrows(ends[:1], ends[1:], 2.8)
    fill(figure, shape, facecolors=colours.ink, edgecolors=colours.card, linewidths=0.5, gid="heading")


def tangent_ends(frame: Frame, point: Point, gradient: Point) -> Places:
    """Return both ends, in pixels, of the line through the point at a right angle to the gradient, in the frame."""
    largest = max(map(abs, gradient))
    along = np.array([-gradient[1], gradient[0]]) / largest * np.array(frame.scale())
    along /= np.hypot(*along)
    middle = frame.place(*point)
    low, high = np.array([frame.left, frame.bottom]), np.array([frame.left + frame.width, frame.bottom + frame.height])
    return np.stack([middle + way * along * _room(middle, way * along, low, high) for way in (-1, 1)])


def _room(start: Places, step: Places, low: Places, high: Places) -> float:
    """Return how many pixels there are from a place to the edge."""
    edges = np.where(step > 0, high, low)
    return min((float((edge - at) / by) for at, by, edge in zip(start, step, edges, strict=True) if by), default=0.0)


def draw_tangent(figure: Figure, ends: Places, colours: Palette) -> None:
    """Draw the tangent, dashed."""
    border = [withStroke(linewidth=4, foreground=colours.card)]
    line(figure, ends, color=colours.ink, linewidth=2, linestyle=(0, (4, 2)), path_effects=border, gid="tangent")

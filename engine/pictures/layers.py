"""What covers a contour map: bands, level lines and the gradient field."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from engine.pictures.labels import ALL_DIGITS, number
from engine.pictures.levels import Grid
from engine.pictures.room import Boxes, boxes, clearance, within
from engine.pictures.sheet import Frame, Places, arrows, band_colours, fill, tags
from engine.pictures.theme import Palette
from engine.pictures.words import SMALL, width_of

_SECOND_LABEL: Final = 1400.0


def draw_bands(
    axes: Axes, x: Grid, y: Grid, heights: Grid, levels: Sequence[float], colours: Palette
) -> Sequence[Path]:
    """Fill the bands and draw the level lines; return the line of each level, in units of the plane."""
    shown = np.ma.masked_invalid(heights)
    if shown.count() == 0:
        return []
    low, high = float(shown.min()), float(shown.max())
    pad = max(high - low, abs(low), abs(high)) or 1.0
    edges = [low - pad, *levels, high + pad]
    axes.contourf(x, y, shown, edges, colors=band_colours(len(edges) - 1, colours), antialiased=False)
    if not levels:
        return []
    drawn = axes.contour(x, y, shown, levels, colors=colours.ink, linewidths=0.9, alpha=0.5, linestyles="solid")
    return drawn.get_paths()


def label_levels(
    figure: Figure, frame: Frame, paths: Sequence[Path], levels: Sequence[float], taken: Boxes, colours: Palette
) -> Boxes:
    """Label each level line where there is most room, long ones twice; return the boxes taken now.

    A line too short or too crowded for its label has none: the key beside the map has them all.
    """
    texts = []
    for path, level in zip(paths, levels, strict=True):
        line = np.asarray(path.vertices)
        places = frame.place(line[:, 0], line[:, 1])
        length = np.hypot(*np.diff(places, axis=0).T).sum()
        text = number(level, ALL_DIGITS)
        wanted = boxes(places[:: max(len(places) // 36, 1)], width_of(text, SMALL) / 2 + 3, 11)
        wanted = wanted[within(wanted, frame.left + 4, frame.bottom + 4, frame.width - 8, frame.height - 8)]
        for _ in range(2 if length > _SECOND_LABEL else 1):
            room = np.minimum(clearance(wanted, taken), 8)
            if len(room) and room.max() > 1.1:
                taken = np.vstack([taken, wanted[int(room.argmax())]])
                texts.append(text)
    tags(figure, taken[len(taken) - len(texts) :], texts, colours)
    return taken


def draw_field(figure: Figure, frame: Frame, field: tuple[Grid, Grid], taken: Boxes, colours: Palette) -> None:
    """Draw the gradient at the middle of each cell of the coarse grid, where nothing else stands.

    field: both components, shape (rows, columns); NaN where there is no gradient.
    The arrows grow with the gradient, up to the ninth decile; where it vanishes there is none.
    """
    flow = np.stack([field[0].ravel(), field[1].ravel()], axis=-1)
    flow[~np.isfinite(flow).all(axis=1)] = 0
    largest = np.abs(flow).max()
    if largest == 0:
        return
    flow /= largest
    size = np.hypot(flow[:, 0], flow[:, 1])
    usual = np.quantile(size[size > 0], 0.9)
    middles, cell = _cells(frame, field[0].shape)
    keep = (size > 1e-9 * usual) & (clearance(boxes(middles, 0.4 * cell, 0.4 * cell), taken) > 1)
    direction = flow[keep] / size[keep, None] * frame.scale()
    direction /= np.hypot(direction[:, 0], direction[:, 1])[:, None]
    reach = direction * (cell * 0.42 * (0.4 + 0.6 * np.minimum(size[keep] / usual, 1)))[:, None]
    shapes = arrows(middles[keep] - reach, middles[keep] + reach, 1.8)
    fill(figure, shapes, facecolors=colours.ink, linewidths=0, alpha=0.8, gid="field")


def _cells(frame: Frame, shape: tuple[int, ...]) -> tuple[Places, float]:
    """Return the middles of the cells of the field, in pixels, shape (n, 2), and the shorter side of a cell."""
    rows, columns = shape
    wide, high = frame.width / columns, frame.height / rows
    x, y = np.meshgrid((np.arange(columns) + 0.5) * wide, (np.arange(rows) + 0.5) * high)
    return np.stack([frame.left + x.ravel(), frame.bottom + y.ravel()], axis=-1), min(wide, high, 46.0)

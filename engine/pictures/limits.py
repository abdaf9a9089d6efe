"""The lines of constraints on a contour map."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from engine.pictures.levels import Grid
from engine.pictures.theme import Palette


def draw_limits(axes: Axes, x: Grid, y: Grid, limits: Sequence[Grid], colours: Palette) -> None:
    """Draw where each of the expressions is zero, thick and bordered, so that no level line is taken for one."""
    border = [withStroke(linewidth=5.4, foreground=colours.card)]
    for values in limits:
        shown = np.ma.masked_invalid(values)
        if shown.count() == 0 or shown.min() > 0 or shown.max() < 0:
            continue
        line = axes.contour(x, y, shown, [0.0], colors=colours.ink, linewidths=3.0, linestyles="solid")
        line.set(path_effects=border, gid="constraint")

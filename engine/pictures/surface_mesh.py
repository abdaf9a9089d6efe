"""A surface as coloured triangles with mesh lines, the farthest first, so that what is nearer covers it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib import colormaps
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.transforms import IdentityTransform
from numpy.typing import NDArray

from engine.pictures.levels import Grid
from engine.pictures.surface_view import Spots, View
from engine.pictures.theme import Palette

_MESH: Final = 4  # cells from one mesh line to the next
_HALF: Final = 0.55  # of a mesh line's thickness, in pixels
_INK: Final = 0.42
_LIGHT: Final = np.array([-0.45, -0.35, 0.82])  # across, away from the eye, up
_DEEPEST: Final = 0.4
_DARKER: Final = 0.16
# The corners of both triangles of a cell, for either diagonal: (row, column) of its four corners.
_SPLITS: Final = (
    ((0, 0), (0, 1), (1, 1)),
    ((0, 0), (1, 1), (1, 0)),
    ((0, 0), (0, 1), (1, 0)),
    ((0, 1), (1, 1), (1, 0)),
)


Gaps = NDArray[np.bool_]


class Triangles(Artist):
    """Triangles with a colour at each corner, drawn in their order."""

    def __init__(self, places: NDArray[np.float64], colours: NDArray[np.float64]) -> None:
        super().__init__()
        self.set_zorder(1)
        self.places, self.colours = places, colours

    def draw(self, renderer: RendererBase) -> None:
        """Draw all of them at once."""
        gc = renderer.new_gc()
        renderer.draw_gouraud_triangles(gc, self.places, self.colours, IdentityTransform())
        gc.restore()


def draw_mesh(
    figure: Figure, view: View, spots: Spots, gaps: Gaps | None, levels: Sequence[float], colours: Palette
) -> None:
    """Draw the surface through a grid of places, shape (rows, columns, 3); NaN in a hole.

    gaps: whether each cell is left out, shape (rows - 1, columns - 1), or None where none is.
    What leaves the box is cut off at its lid and its ground. Colours go with the levels, lit from the left.
    """
    shades = _shades(view, spots, levels, colours)
    torn = np.zeros((spots.shape[0] - 1, spots.shape[1] - 1), dtype=np.bool_) if gaps is None else gaps
    corners, order = _cells(view, spots, shades, torn)
    for limit, up in ((view.heights[0], False), (view.heights[1], True)):
        corners, order = _cut(corners, order, limit, up=up)
    lines, after = _mesh(view, spots, torn)
    places = np.concatenate([view.place(corners[..., :3]), _strips(view.place(lines))])
    ink = np.broadcast_to((*to_rgb(colours.ink), _INK), (2 * len(lines), 3, 4))
    full = np.concatenate([corners[..., 3:], np.ones((*corners.shape[:2], 1))], axis=-1)
    sort = np.argsort(np.concatenate([order, np.repeat(after, 2)]), kind="stable")
    if len(sort):
        figure.add_artist(Triangles(places[sort], np.concatenate([full, ink])[sort]))


def _shades(view: View, spots: Spots, levels: Sequence[float], colours: Palette) -> NDArray[np.float64]:
    """Return a colour for each place of the grid, shape (rows, columns, 3): darker or lighter, never less readable."""
    name, first, last = colours.bands
    edges = np.array([view.heights[0], *levels, view.heights[1]])
    middles = (edges[:-1] + edges[1:]) / 2
    share = (
        np.interp(spots[..., 2], middles, np.linspace(0, 1, len(middles))) if levels else np.full(spots.shape[:2], 0.5)
    )
    flat = colormaps[name](first + (last - first) * np.nan_to_num(share))[..., :3]
    is_dark = sum(to_rgb(colours.card)) < 1.5
    # The mesh lines are long, where the map has short ones: its lightest bands are too light for them in the dark.
    shade = (_DARKER if is_dark else 0) + _DEEPEST * (1 - _lit(view, spots))[..., None]
    return np.asarray(flat * (1 - shade) if is_dark else flat + (1 - flat) * shade, dtype=np.float64)


def _lit(view: View, spots: Spots) -> Grid:
    """Return how much light falls on each place, 0 to 1."""
    inside = view.boxed(spots)
    with np.errstate(all="ignore"):
        rise = np.gradient(inside[..., 2])
        steps = view.sides()[1] / (spots.shape[0] - 1), view.sides()[0] / (spots.shape[1] - 1)
        upright = np.stack([-rise[1] / steps[1], -rise[0] / steps[0], np.ones(spots.shape[:2])], -1)
        upright /= np.linalg.norm(upright, axis=-1, keepdims=True)
    turned = np.radians(view.turn)
    light = _LIGHT @ np.array([[np.cos(turned), np.sin(turned), 0], [-np.sin(turned), np.cos(turned), 0], [0, 0, 1]])
    return np.asarray(np.nan_to_num(np.clip(upright @ light / np.linalg.norm(light), 0, 1), nan=0.5), dtype=np.float64)


def _cells(
    view: View, spots: Spots, shades: NDArray[np.float64], torn: Gaps
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return triangles, shape (n, 3, 6) for place and colour, and the order of their cells, the farthest first."""
    points = np.concatenate([spots, shades], axis=-1)
    rows, columns = spots.shape[0] - 1, spots.shape[1] - 1
    order = _order(view, rows, columns)
    found = [
        np.stack([points[i : i + rows, j : j + columns] for i, j in split], axis=2).reshape(-1, 3, 6)
        for split in _SPLITS
    ]
    whole = [np.isfinite(each[..., 2]).all(axis=1) & ~torn.ravel() for each in found]
    # The other diagonal is for cells that lack one corner of the first.
    neither = ~whole[0] & ~whole[1]
    keep = [whole[0], whole[1], whole[2] & neither, whole[3] & neither]
    return (
        np.concatenate([each[kept] for each, kept in zip(found, keep, strict=True)]),
        np.concatenate([order[kept] for kept in keep]),
    )


def _order(view: View, rows: int, columns: int) -> NDArray[np.float64]:
    """Return a number for each cell, row by row: a cell never covers one with a larger number."""
    x, y, _ = view.toward()
    row, column = np.arange(rows), np.arange(columns)
    row, column = (row if y > 0 else row[::-1]), (column if x > 0 else column[::-1])
    return (row[:, None] * columns + column[None, :]).ravel().astype(np.float64)


def _cut(
    corners: NDArray[np.float64], order: NDArray[np.float64], limit: float, *, up: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the triangles without what lies above a height, or below it."""
    over = (corners[..., 2] - limit) * (1 if up else -1)
    out = (over > 0).sum(axis=1)
    # With the corner that is alone on its side first, both cuts run from it.
    alone = np.where(out[:, None] == 1, over > 0, over <= 0).argmax(axis=1)
    turn = (alone[:, None] + np.arange(3)) % 3
    corners, over = np.take_along_axis(corners, turn[..., None], axis=1), np.take_along_axis(over, turn, axis=1)
    one, two = out == 1, out == 2
    b, c = corners[one, 1], corners[one, 2]
    p, q = (_crossing(corners[one], over[one], k) for k in (1, 2))
    tips = np.stack([corners[two, 0], *(_crossing(corners[two], over[two], k) for k in (1, 2))], axis=1)
    pieces = [corners[out == 0], np.stack([p, b, c], axis=1), np.stack([p, c, q], axis=1), tips]
    return np.concatenate(pieces), np.concatenate([order[out == 0], order[one], order[one], order[two]])


def _crossing(corners: NDArray[np.float64], over: Grid, k: int) -> NDArray[np.float64]:
    share = (over[:, 0] / (over[:, 0] - over[:, k]))[:, None]
    return corners[:, 0] + share * (corners[:, k] - corners[:, 0])


def _mesh(view: View, spots: Spots, torn: Gaps) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the pieces of the mesh lines, shape (n, 2, 3), and after which cell each is drawn."""
    rows, columns = spots.shape[0] - 1, spots.shape[1] - 1
    order = _order(view, rows, columns).reshape(rows, columns)
    padded = np.pad(np.where(torn, -1, order), 1, constant_values=-1)
    along_x = np.stack([spots[::_MESH, :-1], spots[::_MESH, 1:]], axis=2)
    along_y = np.stack([spots[:-1, ::_MESH], spots[1:, ::_MESH]], axis=2)
    # A piece stands between two cells, and is drawn after the nearer one.
    after_x = np.maximum(padded[:-1, 1:-1], padded[1:, 1:-1])[::_MESH]
    after_y = np.maximum(padded[1:-1, :-1], padded[1:-1, 1:])[:, ::_MESH]
    lines = np.concatenate([along_x.reshape(-1, 2, 3), along_y.reshape(-1, 2, 3)])
    after = np.concatenate([after_x.ravel(), after_y.ravel()])
    low, high = view.heights
    inside = ((lines[..., 2] >= low) & (lines[..., 2] <= high)).all(axis=1) & (after >= 0)
    return lines[inside], after[inside]


def _strips(ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return two triangles for each line between two places, shape (2n, 3, 2)."""
    along = ends[:, 1] - ends[:, 0]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    side = _HALF * np.stack([-along[:, 1], along[:, 0]], axis=-1) / length
    a, b = ends[:, 0], ends[:, 1]
    both = np.stack([np.stack([a - side, b - side, b + side], 1), np.stack([a - side, b + side, a + side], 1)], axis=1)
    return both.reshape(-1, 3, 2)

"""The tree of paths of a chain rule: from the outer function through what stands between to the inner variables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.sheet import fill, line, png, sheet
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import DPI, SMALL, TEXT, TITLE, fitted, printable, width_of, write

MAX_WAYS: Final = 12
_COLUMNS: Final = (64.0, 446.0, 828.0)
_WIDE: Final = 892.0
_ROW: Final = 84.0
_TOP: Final = 74.0
_RADIUS: Final = 27.0
_LONGEST: Final = 270.0
_NEAR_END: Final = 0.56

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """One path: the names of its nodes from the root on, and what stands at each of its edges.

    Refuses (ValueError) a path that has not two or three nodes, or not a label for each edge.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if len(self.names) not in {2, 3} or len(self.labels) != len(self.names) - 1:
            raise ValueError("a path has two or three nodes and a label for each edge")


@dataclass(frozen=True, slots=True)
class PathTree:
    """At most 12 paths from one root, those through one node beside each other. Refuses (ValueError) none and more."""

    title: str
    ways: tuple[Way, ...]

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if not 0 < len(self.ways) <= MAX_WAYS:
            raise ValueError(f"there must be 1 to {MAX_WAYS} paths")
        if len({way.names[0] for way in self.ways}) != 1:
            raise ValueError("all paths start at one root")


def draw_paths(tree: PathTree, theme: Theme) -> bytes:
    """Return a PNG, about 900 pixels wide: a row for each path, every edge with its derivative."""
    return png(compose_paths(tree, theme))


def compose_paths(tree: PathTree, theme: Theme) -> Figure:
    """Return the figure that `draw_paths` turns into a picture."""
    colours = palette(theme)
    height = _TOP + _ROW * len(tree.ways) + 16
    figure = sheet(_WIDE, height, colours)
    rows = [height - _TOP - _ROW * (i + 0.5) for i in range(len(tree.ways))]
    root = (_COLUMNS[0], (rows[0] + rows[-1]) / 2)
    between = _between(tree, rows)
    drawn: set[str] = set()
    for way, row in zip(tree.ways, rows, strict=True):
        leaf = (_COLUMNS[2], row)
        middle = (_COLUMNS[1], between[way.names[1]] if len(way.names) == 3 else row)
        _edge(figure, [root, middle, *([leaf] if len(way.names) == 2 else [])], colours)
        if len(way.names) == 3:
            _edge(figure, [middle, leaf], colours)
            if way.names[1] not in drawn:
                _label(figure, root, middle, way.labels[0], colours)
        _label(figure, middle, leaf, way.labels[-1], colours)
        drawn.add(way.names[1])
    _nodes(figure, tree, (root, between, rows), colours)
    write(figure, (24, height - 30), fitted(printable(tree.title), TITLE, _WIDE - 48), TITLE, colours.ink)
    return figure


def _between(tree: PathTree, rows: Sequence[float]) -> dict[str, float]:
    """Return how high each node between stands: in the middle of its paths."""
    found: dict[str, list[float]] = {}
    for way, row in zip(tree.ways, rows, strict=True):
        if len(way.names) == 3:
            found.setdefault(way.names[1], []).append(row)
    return {name: sum(each) / len(each) for name, each in found.items()}


def _edge(figure: Figure, places: Sequence[Spot], colours: Palette) -> None:
    line(figure, np.array(places), color=colours.quiet, linewidth=2, gid="edge")


def _label(figure: Figure, start: Spot, end: Spot, text: str, colours: Palette) -> None:
    """Write what stands at an edge on a patch of the card's colour, nearer to its end, where edges lie apart."""
    shown = fitted(text, SMALL, _LONGEST)
    x, y = (a + (b - a) * _NEAR_END for a, b in zip(start, end, strict=True))
    half, high = width_of(shown, SMALL) / 2 + 8, SMALL * 0.8
    box = np.array([[(x - half, y - high), (x + half, y - high), (x + half, y + high), (x - half, y + high)]])
    fill(figure, box, facecolors=colours.card, linewidths=0, zorder=2.5, gid="patch")
    write(figure, (x, y), shown, SMALL, colours.ink, "middle")


def _nodes(
    figure: Figure, tree: PathTree, places: tuple[Spot, dict[str, float], Sequence[float]], colours: Palette
) -> None:
    root, between, rows = places
    nodes = [(tree.ways[0].names[0], root, colours.ink)]
    nodes += [(name, (_COLUMNS[1], y), colours.curve) for name, y in between.items()]
    nodes += [(way.names[-1], (_COLUMNS[2], row), colours.accent) for way, row in zip(tree.ways, rows, strict=True)]
    size = 2 * _RADIUS * 72 / DPI
    for name, place, border in nodes:
        mark = {"marker": "o", "markersize": size, "color": colours.card, "markeredgecolor": border}
        line(figure, np.array([place]), markeredgewidth=2.4, zorder=3, gid="node", **mark)
        write(figure, place, fitted(name, TEXT, 2 * _RADIUS - 8), TEXT, colours.ink, "middle")

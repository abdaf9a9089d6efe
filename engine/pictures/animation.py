"""Paths that grow step by step on a contour map, as a GIF.

The map is drawn once, and the paths are painted on its pixels, so that 48 frames cost little more than one
picture. The first frame is the whole picture, for those who see no movement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PIL import Image

from engine.pictures.brush import Brush, Edges, Pixels, Place
from engine.pictures.contour import ContourMap, draw, placed
from engine.pictures.gif import KEPT, Change, encode
from engine.pictures.sheet import Frame, png, raster
from engine.pictures.theme import Theme, palette
from engine.pictures.trail import draw_routes, named_before, within_reach

WIDTH: Final = 640
FRAMES: Final = 48
PATHS: Final = 3
_FIRST, _EACH, _LAST = 2200, 120, 1600  # ms
_NEXT: Final = 13  # pixels from the number of a path to that of another one with the same start

Point = tuple[float, float]
Places = Sequence[Place]


@dataclass(frozen=True, slots=True, eq=False)
class Animation:
    """A map without a trail, and for each path the places of its steps, the start first.

    Up to three paths, each with a colour of its own and its number at its start.
    Refuses (ValueError) more, none, and empty ones.
    """

    chart: ContourMap
    paths: tuple[tuple[Point, ...], ...]

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if not 1 <= len(self.paths) <= PATHS or not all(self.paths):
            raise ValueError(f"one to {PATHS} paths, none of them empty")


def draw_animation(animation: Animation, theme: Theme) -> bytes:
    """Return a GIF, 640 pixels wide, of up to 48 frames after the first one, which shows all of every path."""
    figure, frame = placed(animation.chart, theme)
    large = Image.fromarray(raster(figure))
    scale = WIDTH / large.width
    small = large.resize((WIDTH, round(large.height * scale)), Image.Resampling.BOX)
    brush = Brush.on(small, palette(theme), _inside(frame, scale, small.height))
    flip, down = np.array([scale, -scale]), np.array([0, small.height])
    places = [within_reach(frame.place(*np.array(path).T), frame) * flip + down for path in animation.paths]
    before = named_before([path[0] for path in places])
    if len(places) > 1:
        for number, path in enumerate(places):
            brush.label(number, str(number + 1), (path[0][0] + _NEXT * before[number], path[0][1]))
    counter = (frame.left + frame.width) * scale, small.height - (frame.bottom - 46) * scale
    return encode(small.size, brush.colours, _frames(brush, [list(map(tuple, each)) for each in places], counter))


def draw_still(animation: Animation, theme: Theme) -> bytes:
    """Return a PNG of the map with all of every path, for those who want no picture to move."""
    if len(animation.paths) == 1:
        return draw(replace(animation.chart, trail=animation.paths[0], routes=()), theme)
    figure, frame = placed(animation.chart, theme)
    draw_routes(figure, frame, animation.paths, palette(theme))
    return png(figure)


def _inside(frame: Frame, scale: float, height: int) -> Edges:
    """Return the edges of the map in pixels."""
    top = height - (frame.bottom + frame.height) * scale
    left, right, bottom = frame.left * scale, (frame.left + frame.width) * scale, top + frame.height * scale
    return Edges(round(left) + 1, round(top) + 1, round(right) - 1, round(bottom) - 1)


def _frames(brush: Brush, paths: Sequence[Places], counter: Place) -> Iterator[Change]:
    """Give the whole picture first, then the starts alone, then frame by frame what is new."""
    last = max(len(path) for path in paths) - 1
    whole = brush.copy()
    touched = [whole.line(number, path) for number, path in enumerate(paths)]
    touched += [whole.head(number, path[-1]) for number, path in enumerate(paths)]
    shown = whole.pixels(whole.all())
    whole.write(shown, f"step {last}", counter)
    yield Change(0, 0, shown, _FIRST)
    before, heads = 0, touched
    for step in np.unique(np.linspace(0, last, min(last + 1, FRAMES)).round().astype(int)).tolist():
        stale = heads + [brush.line(number, path[before : step + 1]) for number, path in enumerate(paths)]
        seen, heads = _seen(brush, paths, step)
        box = Edges.around([*stale, *heads, brush.room(counter)])
        after = seen.pixels(box)
        brush.write(after, f"step {step}", (counter[0] - box.left, counter[1] - box.top))
        yield _difference(shown, after, box, _LAST if step == last else _EACH)
        shown[box.slices()] = after
        before = step


def _seen(brush: Brush, paths: Sequence[Places], step: int) -> tuple[Brush, list[Edges | None]]:
    """Return the picture with a head on each path where it stands at a step, and where these heads are."""
    heads = brush.copy()
    places = [path[min(step, len(path) - 1)] for path in paths]
    return heads, [heads.head(number, place) for number, place in enumerate(places)]


def _difference(shown: Pixels, after: Pixels, box: Edges, stays: int) -> Change:
    """Return the change that turns a part of what is shown into what comes after; a kept pixel is not told again."""
    return Change(box.left, box.top, np.where(shown[box.slices()] != after, after, KEPT).astype(np.uint8), stays)

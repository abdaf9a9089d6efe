"""Computational graphs: a box for each operation, its value and its derivative beside it, local ones on the lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from engine.pictures.graph_plan import BESIDE, MAX_BOXES, TALL, Box, GraphChart, Plan, key_of, plan_of
from engine.pictures.room import Boxes, boxes, clearance
from engine.pictures.sheet import Places, arrows, fill, line, png, sheet
from engine.pictures.theme import Palette, Theme, palette
from engine.pictures.words import SMALL, TEXT, TITLE, fitted, printable, width_of, write

__all__ = ["MAX_BOXES", "Box", "GraphChart", "compose_graph", "draw_graph"]

_BOW: Final = 2.5
_ROUNDS: Final = 3


def draw_graph(chart: GraphChart, theme: Theme) -> bytes:
    """Return a PNG of the graph, from the inputs on the left (at the top, where it is deep) to the whole function."""
    return png(compose_graph(chart, theme))


def compose_graph(chart: GraphChart, theme: Theme) -> Figure:
    """Return the figure that `draw_graph` turns into a picture."""
    colours = palette(theme)
    plan = plan_of(chart)
    figure = sheet(*plan.size, colours)
    ways = _ways(plan)
    _draw_lines(figure, ways, colours)
    taken = _draw_boxes(figure, chart, plan, colours)
    _draw_labels(figure, chart.labels, ways, taken, colours)
    width, height = plan.size
    write(figure, (24, height - 30), fitted(chart.title, TITLE, width - 48), TITLE, colours.ink)
    _draw_key(figure, chart, height - 66, colours, down=plan.down)
    return figure


def _draw_boxes(figure: Figure, chart: GraphChart, plan: Plan, colours: Palette) -> Boxes:
    """Draw the boxes with what stands beside them; return the room they take."""
    taken = []
    for box, half, (x, y) in zip(chart.boxes, plan.halves, plan.middles, strict=False):
        low, high = y - TALL / 2, y + TALL / 2
        outline = np.array([[(x - half, low), (x + half, low), (x + half, high), (x - half, high)]])
        fill(figure, outline, facecolors=colours.card, edgecolors=colours.ink, linewidths=1.6, gid="box")
        write(figure, (x, y), printable(box.label), TEXT, colours.ink, "middle")
        taken.append((x, y, half, TALL / 2))
        for text, side, colour in ((box.above, 1, colours.curve), (box.below, -1, colours.accent)):
            if not text:
                continue
            shown = printable(text)
            room = width_of(shown, SMALL) / 2
            spot = (x - side * (half + 8 + room), y) if plan.down else (x, y + side * (TALL / 2 + BESIDE))
            write(figure, spot, shown, SMALL, colour, "middle")
            taken.append((*spot, room, SMALL / 2))
    return np.array(taken)


def _draw_lines(figure: Figure, ways: Sequence[Places], colours: Palette) -> None:
    """Draw the lines, each with its tip."""
    for way in ways:
        if len(way) > 2:
            line(figure, way[:-1], color=colours.quiet, linewidth=1.8)
        tip = arrows(way[-2:-1], way[-1:], 2.4)
        fill(figure, tip, facecolors=colours.quiet, linewidths=0, gid="line")


def _ways(plan: Plan) -> list[Places]:
    """Return the places of each line, from the side of one box to the side of another."""
    ahead = np.array([0.0, -1.0]) if plan.down else np.array([1.0, 0.0])
    beside = np.array([1.0, 0.0]) if plan.down else np.array([0.0, -1.0])
    found = []
    for number, way in enumerate(plan.layout.ways):
        places = plan.middles[list(way)].copy()
        reach = [TALL / 2 if plan.down else plan.halves[way[i]] for i in (0, -1)]
        places[0] += ahead * reach[0]
        entry = beside * _entry(plan, number)
        places[-1] += entry - ahead * (reach[1] + 2)
        if plan.layout.ways.count(way) > 1:
            # Two uses of one box as an argument of the same operation: each has a way of its own.
            places = np.insert(places, 1, places.mean(axis=0) + entry * _BOW, axis=0)
        found.append(places)
    return found


def _entry(plan: Plan, number: int) -> float:
    """Return how far beside the middle of its box a line ends, so that lines to one box end in their order."""
    ways = plan.layout.ways
    others = [each for each in range(len(ways)) if ways[each][-1] == ways[number][-1]]
    others.sort(key=lambda each: (plan.layout.heights[ways[each][-2]], each))
    room = min(14.0, (TALL - 12) / max(len(others) - 1, 1))
    return room * (others.index(number) - (len(others) - 1) / 2)


def _draw_labels(figure: Figure, labels: Sequence[str], ways: Sequence[Places], taken: Boxes, colours: Palette) -> None:
    """Write each label on its line: clear of boxes and other labels, and as far as may be from other lines."""
    runs = [_points(way) for way in ways]
    texts = {number: shown for number, label in enumerate(labels) if (shown := printable(label))}
    wanted = {number: boxes(runs[number], width_of(text, SMALL) / 2 + 3, 11) for number, text in texts.items()}
    soft = {
        number: _beside(wanted[number], [run for other, run in enumerate(runs) if other != number]) for number in texts
    }
    placed: dict[int, Boxes] = {}
    for _ in range(_ROUNDS):
        for number in texts:
            # Those that came later may have taken better places since.
            others = [each[None, :] for other, each in placed.items() if other != number]
            hard = np.minimum(clearance(wanted[number], np.vstack([taken, *others])), 1)
            placed[number] = wanted[number][int(np.argmax(hard * 100 + soft[number]))]
    for number, text in texts.items():
        x, y, half, low = placed[number]
        patch = np.array([[(x - half, y - low), (x + half, y - low), (x + half, y + low), (x - half, y + low)]])
        fill(figure, patch, facecolors=colours.card, linewidths=0)
        write(figure, (x, y), text, SMALL, colours.ink, "middle")


def _beside(wanted: Boxes, others: Sequence[Places]) -> Places:
    """Return how good each place of a label is: far from other lines, and near the middle of its own."""
    points = np.vstack([np.empty((0, 2)), *(run[2:-2] for run in others)])
    near = np.minimum(clearance(wanted, boxes(points, 1, 1)), 1.4)
    return np.asarray(near * 10 + 1 - abs(np.linspace(-1, 1, len(wanted))))


def _points(way: Places) -> Places:
    """Return places along a line, a few pixels apart, without its ends."""
    parts = [np.linspace(start, end, max(int(np.hypot(*(end - start)) / 6), 3)) for start, end in pairwise(way)]
    whole = np.vstack(parts)
    return whole[2:-2] if len(whole) > 6 else whole


def _draw_key(figure: Figure, chart: GraphChart, middle: float, colours: Palette, *, down: bool) -> None:
    """Say what stands where, in the colours it is written in."""
    at = 24.0
    shown = (*key_of(chart, down=down), chart.note)
    for text, colour in zip(shown, (colours.curve, colours.accent, colours.ink, colours.quiet), strict=True):
        write(figure, (at, middle), printable(text), SMALL, colour)
        at += width_of(printable(text), SMALL) + 28

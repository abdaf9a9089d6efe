"""Computational graphs to draw: what they show, and where in the picture everything stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.pictures.graph_layout import Layout, Link, arrange
from engine.pictures.sheet import Places
from engine.pictures.words import SMALL, TEXT, printable, width_of

MAX_BOXES: Final = 40
TALL: Final = 42.0
BESIDE: Final = 18.0
_LARGEST: Final = 2400.0
_LEAST: Final = 56.0
_TOP: Final = 128.0
_EDGE: Final = 40.0
_SHOWN: Final = 550.0
_PREFERRED: Final = 1.3
_STEEP: Final = 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """One vertex: what stands in it, its value above it, and the derivative by it below it ("" for none)."""

    label: str
    above: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class GraphChart:
    """What a picture of a graph shows.

    links:  from one box to a later one; labels: the text on each, "" for none.
    title:  plain text. key: what stands above and below a box and on a line. note: beside the key.
    Refuses (ValueError) no box, more than 40, links that lead back, and what is too deep for a picture.
    """

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    labels: tuple[str, ...]
    title: str = ""
    key: tuple[str, str, str] = ("value", "derivative", "local derivative")
    note: str = ""

    def __post_init__(self) -> None:
        """Check what drawing relies on."""
        if not 0 < len(self.boxes) <= MAX_BOXES:
            raise ValueError(f"there must be 1 to {MAX_BOXES} boxes")
        if not all(0 <= start < end < len(self.boxes) for start, end in self.links):
            raise ValueError("a link leads from a box to a later one")
        if len(self.labels) != len(self.links):
            raise ValueError("each link has a label")
        if max(plan_of(self).size) > _LARGEST:
            raise ValueError("this graph is too deep or too wide to be drawn readably")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands, in pixels: the middles of boxes and of places of lines, half the width of each box."""

    layout: Layout
    middles: Places
    halves: tuple[float, ...]
    size: tuple[float, float]
    down: bool


def plan_of(chart: GraphChart) -> Plan:
    """Return the plan, along or down, that is shown larger where pictures are 550 pixels wide and high."""
    layout = arrange(len(chart.boxes), chart.links)
    plans = [_along(chart, layout), _down(chart, layout)]
    return max(plans, key=lambda plan: min(_SHOWN / side for side in plan.size) * (1 if plan.down else _PREFERRED))


def _halves(chart: GraphChart) -> tuple[float, ...]:
    return tuple(max(_LEAST, width_of(printable(each.label), TEXT) + 24) / 2 for each in chart.boxes)


def _gaps(chart: GraphChart, layout: Layout) -> list[float]:
    """Return the pixels between each column and the next: lines from one to the other hold their labels."""
    rooms = [0.0] * max(layout.columns)
    for way, label in zip(layout.ways, chart.labels, strict=True):
        if len(way) == 2:
            column, rows = layout.columns[way[0]], abs(layout.heights[way[0]] - layout.heights[way[1]])
            # Steep lines from one box to many need room to be told apart.
            rooms[column] = max(rooms[column], width_of(printable(label), SMALL) + _STEEP * max(rows - 1, 0.0))
    return [each + 44 for each in rooms]


def _beside(chart: GraphChart) -> float:
    return max(
        max(width_of(printable(each.above), SMALL), width_of(printable(each.below), SMALL)) for each in chart.boxes
    )


def key_of(chart: GraphChart, *, down: bool) -> tuple[str, str, str]:
    """Return what stands where, in words."""
    places = ("left", "right", "on a line") if down else ("above", "below", "on a line")
    value, derivative, local = (f"{place}: {each}" for place, each in zip(places, chart.key, strict=True))
    return value, derivative, local


def _key_width(chart: GraphChart) -> float:
    return 24 + sum(width_of(each, SMALL) + 28 for each in (*key_of(chart, down=False), chart.note))


def _along(chart: GraphChart, layout: Layout) -> Plan:
    halves, gaps = _halves(chart), _gaps(chart, layout)
    beside = [max(width_of(printable(text), SMALL) for text in (b.above, b.below)) for b in chart.boxes]
    wide = [max(2 * half, text) for half, text in zip(halves, beside, strict=True)]
    widest = [
        max((each for each, at in zip(wide, layout.columns, strict=False) if at == column), default=0.0)
        for column in range(max(layout.columns) + 1)
    ]
    starts = np.concatenate([[0.0], np.cumsum([w + gap for w, gap in zip(widest, gaps, strict=False)])])
    across = _EDGE + np.array([starts[column] + widest[column] / 2 for column in layout.columns])
    row = TALL + 2 * BESIDE + 38
    high = max(layout.heights) * row + TALL + 2 * BESIDE
    up = _EDGE + high - (TALL / 2 + BESIDE) - row * np.array(layout.heights)
    width = max(_EDGE * 2 + starts[-1] + widest[-1], _key_width(chart))
    return Plan(layout, np.stack([across, up], axis=-1), halves, (float(width), float(high + _EDGE + _TOP)), down=False)


def _down(chart: GraphChart, layout: Layout) -> Plan:
    halves, beside = _halves(chart), _beside(chart) + 10
    row = 2 * max(halves) + 2 * beside + 24
    across = _EDGE + beside + max(halves) + row * np.array(layout.heights)
    depth = TALL + 74
    high = max(layout.columns) * depth + TALL
    up = _EDGE + high - TALL / 2 - depth * np.array(layout.columns, dtype=float)
    width = max(float(across.max()) + max(halves) + beside + _EDGE, _key_width(chart))
    return Plan(layout, np.stack([across, up], axis=-1), halves, (width, float(high + _EDGE + _TOP)), down=True)

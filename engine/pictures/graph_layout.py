"""Where the boxes of a graph stand: in columns by depth, each line kept short and free of the boxes between.

Long lines run through places of their own in the columns between. Source: Sugiyama, Tagawa, Toda, Methods
for Visual Understanding of Hierarchical System Structures, IEEE Trans. SMC 11, 1981.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 12
_ROOM_OF_A_LINE = 0.55

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Column and height (in rows, from 0 down) of each box and each place of a line; the way of each link.

    ways: for each link the places it runs through, its boxes first and last.
    """

    columns: tuple[int, ...]
    heights: tuple[float, ...]
    ways: tuple[tuple[int, ...], ...]


def arrange(count: int, links: Sequence[Link]) -> Layout:
    """Return the layout of boxes 0 .. count-1; every link leads from a box to a later one."""
    columns = _columns(count, links)
    ways = []
    for start, end in links:
        between = range(columns[start] + 1, columns[end])
        places = tuple(range(len(columns), len(columns) + len(between)))
        columns += between
        ways.append((start, *places, end))
    stacks = _ordered(columns, ways)
    heights = _heights(count, columns, stacks, _neighbours(len(columns), ways))
    lowest = min(heights)
    return Layout(tuple(columns), tuple(each - lowest for each in heights), tuple(ways))


def _columns(count: int, links: Sequence[Link]) -> list[int]:
    """Return how deep each box is; what nothing leads to stands just before its first use."""
    columns = [0] * count
    for start, end in sorted(links, key=lambda each: each[1]):
        columns[end] = max(columns[end], columns[start] + 1)
    for box in range(count):
        if not any(end == box for _, end in links):
            columns[box] = min((columns[end] for start, end in links if start == box), default=1) - 1
    return columns


def _neighbours(count: int, ways: Sequence[tuple[int, ...]]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for way in ways:
        for one, other in pairwise(way):
            found[one].append(other)
            found[other].append(one)
    return found


def _ordered(columns: Sequence[int], ways: Sequence[tuple[int, ...]]) -> list[list[int]]:
    """Return the places of each column from the top, so that few lines cross: the best of some sweeps."""
    stacks: list[list[int]] = [[] for _ in range(max(columns) + 1)]
    for place, column in enumerate(columns):
        stacks[column].append(place)
    near = _neighbours(len(columns), ways)
    best, fewest = [list(each) for each in stacks], _crossings(stacks, near, columns)
    for sweep in range(_SWEEPS):
        order = range(len(stacks)) if sweep % 2 == 0 else range(len(stacks) - 1, -1, -1)
        side = -1 if sweep % 2 == 0 else 1
        for column in order:
            _sort(stacks, column, [[n for n in each if columns[n] == column + side] for each in near])
        crossings = _crossings(stacks, near, columns)
        if crossings < fewest:
            best, fewest = [list(each) for each in stacks], crossings
    return best


def _sort(stacks: list[list[int]], column: int, near: Sequence[Sequence[int]]) -> None:
    """Put each place of a column at the middle of its neighbours."""
    rank = {place: row for stack in stacks for row, place in enumerate(stack)}
    middle = {
        place: sum(rank[n] for n in near[place]) / len(near[place]) if near[place] else rank[place]
        for place in stacks[column]
    }
    stacks[column].sort(key=lambda place: middle[place])


def _crossings(stacks: Sequence[Sequence[int]], near: Sequence[Sequence[int]], columns: Sequence[int]) -> int:
    rank = {place: row for stack in stacks for row, place in enumerate(stack)}
    found = 0
    for column, stack in enumerate(stacks):
        lines = [(rank[one], rank[n]) for one in stack for n in near[one] if columns[n] == column + 1]
        found += sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(lines) for c, d in lines[:i])
    return found


def _heights(
    count: int, columns: Sequence[int], stacks: Sequence[Sequence[int]], near: Sequence[Sequence[int]]
) -> list[float]:
    """Return heights that keep the order of each column and the room of a box, and lines as level as may be."""
    heights = [0.0] * len(columns)
    for stack in stacks:
        for row, place in enumerate(stack):
            heights[place] = row - (len(stack) - 1) / 2
    for sweep in range(_SWEEPS):
        for stack in stacks if sweep % 2 == 0 else reversed(stacks):
            wanted = [
                sum(heights[n] for n in near[place]) / len(near[place]) if near[place] else heights[place]
                for place in stack
            ]
            rooms = [1.0 if place < count else _ROOM_OF_A_LINE for place in stack]
            for place, height in zip(stack, _apart(wanted, rooms), strict=True):
                heights[place] = height
    return heights


def _apart(wanted: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """Return the heights nearest to those wanted (by squares) that rise by the room of each two neighbours."""
    offsets = [0.0]
    for one, other in pairwise(rooms):
        offsets.append(offsets[-1] + (one + other) / 2)
    groups: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while groups and groups[-1][0] >= mean:
            before, many = groups.pop()
            mean, size = (mean * size + before * many) / (size + many), size + many
        groups.append((mean, size))
    levels = [mean for mean, size in groups for _ in range(size)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]

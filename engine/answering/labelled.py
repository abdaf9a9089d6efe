"""Critical points with what each of them is, as an answer may say it."""

from collections.abc import Sequence

from engine.critical import CriticalPoint
from engine.reading import kinds
from engine.reading.tree import Node


def labelled(found: Sequence[CriticalPoint], points: Sequence[tuple[Node, ...]]) -> tuple[kinds.Labels, ...]:
    """Return the points with their labels; that the test says nothing may be said of a degenerate one."""
    if not points or any(each.kind == "not decided" for each in found):
        return ()
    said = ([each.kind for each in found], ["inconclusive" if each.degenerate else each.kind for each in found])
    every = [kinds.Labels("", tuple(zip(labels, points, strict=True))) for labels in said]
    return tuple(dict.fromkeys(every))

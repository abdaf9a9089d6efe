"""Variables: lists of names, and ranges of them."""

import re
from itertools import pairwise

from engine.errors import EmptyText, NotAnExpression, Span, TooLarge, UnknownName
from engine.reading import bounds
from engine.reading.characters import normalise
from engine.reading.constants import constant
from engine.reading.names import read_name
from engine.reading.pieces import NAME, cut
from engine.reading.shapes import Names, Window
from engine.reading.tree import Node


def natural(name: str) -> tuple[str, int]:
    """Return the sort key of a name: letters first, then the index as a number."""
    letters = name.rstrip("0123456789")
    return (letters, int(name[len(letters) :] or -1))


def read_names(text: str) -> Names:
    """Read names of variables: "x", "x,y", "x y", "x_1, x_2"."""
    source = normalise(text)
    span = source.span(0, len(source.text))
    pieces = [each for each in re.split(r"[,\s()]+", source.text) if each]
    if not pieces:
        raise EmptyText("Name a variable here, for instance x.", span=span)
    return Names(text, distinct([read_name(each, span) for each in pieces], span))


def distinct(names: list[str], span: Span) -> tuple[str, ...]:
    """Return the names; refuses a name given twice, and more than eight."""
    if len(set(names)) < len(names):
        raise UnknownName("A variable is named twice here.", span=span)
    if len(names) > bounds.MAX_VARIABLES:
        raise TooLarge(f"I read up to {bounds.MAX_VARIABLES} variables.", span=span)
    return tuple(names)


def read_window(text: str) -> Window:
    """Read ranges of variables: x=-3..3, y=0..2 or x=-3..3 y=0..2."""
    source = normalise(text)
    ranges: list[tuple[str, Node, Node]] = []
    whole = source.span(0, len(source.text))
    pieces = list(re.finditer(rf"({NAME})\s*=\s*(.+?)\s*\.\.\s*(.+?)\s*(?=,?\s*{NAME}\s*=|,?$)", source.text))
    rest = "".join(source.text[a.end() : b.start()] for a, b in pairwise(pieces))
    if not pieces or rest.strip(", ") or source.text[: pieces[0].start()].strip():
        raise NotAnExpression("Write a window as x=-3..3, y=-2..2.", span=whole, suggestions=("x=-3..3, y=-3..3",))
    for piece in pieces:
        low, high = (constant(cut(source, piece.start(i), piece.end(i))) for i in (2, 3))
        ranges.append((read_name(piece[1], source.span(piece.start(1), piece.end(1))), low, high))
    distinct([name for name, _, _ in ranges], whole)
    return Window(text, tuple(ranges))

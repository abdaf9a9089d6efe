"""The right answer as it is given, and what it says about the answers to it."""

import re

from engine.errors import Refused
from engine.judging.question import Question
from engine.reading import kinds
from engine.reading.kinds import Shape
from engine.reading.tree import Node, names_in
from engine.reading.variables import natural

# What SymPy writes and a learner does not.
_SPELLINGS = (
    (re.compile(r"\bRational\(([^(),]+),([^(),]+)\)"), r"((\1)/(\2))"),
    (re.compile(r"\b(?:Integer|Float|S)\(([^(),]+)\)"), r"(\1)"),
    (re.compile(r"\bzoo\b"), "DNE"),
)


def read_reference(text: str, question: Question) -> Shape:
    """Return the right answer as read; SymPy's own spellings are understood too."""
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    if "E" not in question.variables:
        text = re.sub(r"\bE\b", "e", text)
    try:
        return kinds.read(text, question.kind, question.variables)
    except Refused as refused:
        raise refused.at_option("reference") from None


def variables_of(shape: Shape) -> tuple[str, ...]:
    """Return the names in a right answer, in their natural order."""
    found: set[str] = set()
    for tree in _trees(shape):
        found |= names_in(tree)
    return tuple(sorted(found, key=natural))


def _trees(shape: Shape) -> tuple[Node, ...]:
    match shape:
        case kinds.Expression():
            return (shape.tree,)
        case kinds.Vector():
            return shape.entries
        case kinds.Matrix():
            return tuple(each for row in shape.rows for each in row)
        case kinds.Relation():
            return (shape.left, shape.right)
        case _:
            return ()


def length_of(shape: Shape) -> int | None:
    """Return how many entries an answer like this one has, None where that is free."""
    match shape:
        case kinds.Vector():
            return len(shape.entries)
        case kinds.Point():
            return len(shape.coordinates)
        case kinds.Points() if shape.points:
            return len(shape.points[0])
        case kinds.Labels() if shape.labels:
            return len(shape.labels[0][1])
        case _:
            return None

"""Numbers put in for the variables of a tree."""

from collections.abc import Mapping
from fractions import Fraction

from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number


def substituted(node: Node, values: Mapping[str, Fraction]) -> Node:
    """Return the tree with numbers put in for names."""
    match node:
        case Name() if node.name in values:
            return number(values[node.name])
        case Negative():
            return Negative(substituted(node.of, values))
        case Binary():
            return Binary(node.sign, substituted(node.left, values), substituted(node.right, values))
        case Apply():
            return Apply(node.function, tuple(substituted(each, values) for each in node.arguments))
        case _:
            return node


def number(value: Fraction) -> Node:
    """Return the tree of a fraction."""
    above: Node = Number(str(abs(value.numerator)))
    found = above if value.denominator == 1 else Binary("/", above, Number(str(value.denominator)))
    return Negative(found) if value < 0 else found

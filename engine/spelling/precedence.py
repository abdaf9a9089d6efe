"""How tightly a tree is held together when written down: what needs brackets where."""

from engine.reading.tree import Binary, Negative, Node

SUM, PRODUCT, POWER, ATOM = 10, 20, 40, 50
LEVEL = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def level(node: Node) -> int:
    """Return the level of the outermost operation; an atom holds tightest."""
    match node:
        case Binary():
            return LEVEL[node.sign]
        case Negative():
            return SUM
        case _:
            return ATOM

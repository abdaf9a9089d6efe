"""How tightly a tree is held together when written down: what needs brackets where."""

from engine.reading.functions import CONDITIONS
from engine.reading.tree import Apply, Binary, Negative, Node

CONDITION, SUM, PRODUCT, POWER, ATOM = 0, 10, 20, 40, 50
LEVEL = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def level(node: Node) -> int:
    """Return the level of the outermost operation; an atom holds tightest."""
    match node:
        case Binary():
            return LEVEL[node.sign]
        case Negative():
            return SUM
        case Apply() if node.function in CONDITIONS:
            return CONDITION
        case _:
            return ATOM

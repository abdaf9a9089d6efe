"""Constants that are rational numbers, exactly."""

from fractions import Fraction

from engine.judging.modular import is_rational, whole
from engine.reading.tree import Binary, Negative, Node, Number, names_in


def exactly(node: Node) -> Fraction | None:
    """Return the exact value of a rational constant, None of anything else."""
    if not is_rational(node) or names_in(node):
        return None
    match node:
        case Number():
            return node.value
        case Negative():
            inner = exactly(node.of)
            return None if inner is None else -inner
        case Binary():
            return _exact_binary(node)
        case _:
            return None


def _exact_binary(node: Binary) -> Fraction | None:
    left = exactly(node.left)
    right = Fraction(whole(node.right) or 0) if node.sign == "^" else exactly(node.right)
    if left is None or right is None or (node.sign == "/" and not right) or (node.sign == "^" and not left):
        return None
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return Fraction(left ** int(right))

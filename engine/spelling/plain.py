"""Plain text that can be typed again: reading it gives the same tree."""

from engine.reading.tree import Apply, Binary, Negative, Node, Number, under_cube_root
from engine.spelling.cases import braces, is_part
from engine.spelling.precedence import POWER, PRODUCT, SUM, level


def plain(node: Node) -> str:
    """Return the text, every product with its *: 2*x^2 + e^(x*y)."""
    match node:
        case Number():
            return node.text
        case Negative():
            return "-" + _held(node.of, PRODUCT)
        case Apply():
            return _applied(node)
        case Binary():
            return _binary(node)
        case _:
            return node.name


def _held(node: Node, least: int) -> str:
    text = plain(node)
    return text if level(node) >= least else f"({text})"


def _binary(node: Binary) -> str:
    if (under := under_cube_root(node)) is not None:
        return f"cbrt({plain(under)})"
    if node.sign == "^":
        exponent = plain(node.right)
        if level(node.right) < POWER or isinstance(node.right, Binary):
            exponent = f"({exponent})"
        return f"{_held(node.left, POWER + 1)}^{exponent}"
    least = SUM if node.sign in "+-" else PRODUCT
    space = " " if least == SUM else ""
    return f"{_held(node.left, least)}{space}{node.sign}{space}{_held(node.right, least + 1)}"


def _applied(node: Apply) -> str:
    if is_part(node):
        return braces(node, plain, {})
    if node.function == "factorial":
        return f"{plain(node.arguments[0])}!"
    inside = ", ".join(plain(each) for each in node.arguments)
    if node.function == "log":
        return f"log_{plain(node.arguments[1])}({plain(node.arguments[0])})"
    return f"{node.function}({inside})"

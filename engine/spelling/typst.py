"""Typst mathematics, made from trees only: nothing a learner typed stands in it as it was typed."""

from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, under_cube_root
from engine.spelling.cases import condition, is_part, pairs
from engine.spelling.numbers import plain_digits
from engine.spelling.precedence import ATOM, PRODUCT, SUM, level

_WORDS = {"lamda": "lambda", "Lamda": "Lambda"}
_OPERATORS = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot",
    "sec": "sec", "csc": "csc", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "ln": "ln",
    "exp": "exp", "min": "min", "max": "max", "sign": 'op("sgn")',
}  # fmt: skip

_IF, _OTHERWISE = '"if " ', '"otherwise"'
_SIGNS = {"<=": "lt.eq", ">=": "gt.eq", "!=": "eq.not"}
# What has brackets or a bar of its own round it, and needs no others before a power.
_CLOSED = {"abs", "sqrt", "floor", "ceil"}


def typst(node: Node) -> str:
    """Return the mathematics of one expression, without the dollar signs."""
    match node:
        case Number():
            mantissa, _, exponent = node.text.lower().partition("e")
            return plain_digits(node.text) or f"({mantissa} dot 10^({int(exponent)}))"
        case Constant():
            return node.name
        case Name():
            return name(node.name)
        case Negative():
            return f"-{_held(node.of, PRODUCT)}"
        case Apply():
            return _applied(node)
        case Binary():
            return _binary(node)


def name(canonical: str) -> str:
    """Return a variable's name: theta12 is theta_(12)."""
    letters = canonical.rstrip("0123456789")
    index = canonical[len(letters) :]
    word = _WORDS.get(letters, letters)
    return f"{word}_({index})" if index else word


def _held(node: Node, least: int) -> str:
    text = typst(node)
    return text if level(node) >= least else f"({text})"


def _binary(node: Binary) -> str:
    if (under := under_cube_root(node)) is not None:
        return f"root(3, {typst(under)})"
    match node.sign:
        case "^":
            return f"{_base(node.left)}^({typst(node.right)})"
        case "/":
            return f"frac({typst(node.left)}, {typst(node.right)})"
        case "*":
            left, right = _held(node.left, PRODUCT), _held(node.right, PRODUCT)
            if isinstance(node.right, Negative):
                right = f"({typst(node.right)})"
            return f"{left} dot {right}" if _starts_with_digit(node.right) else f"{left} {right}"
        case _:
            return f"{_held(node.left, SUM)} {node.sign} {_held(node.right, SUM + 1)}"


def _base(node: Node) -> str:
    """Return the base of a power, in brackets unless it is an atom; a function's whole value is raised."""
    text = typst(node)
    if level(node) < ATOM or (isinstance(node, Apply) and node.function not in _CLOSED):
        return f"({text})"
    return text


def _starts_with_digit(node: Node) -> bool:
    while isinstance(node, Binary) and node.sign != "/":
        node = node.left
    return isinstance(node, Number)


def _applied(node: Apply) -> str:
    if is_part(node):
        return _by_cases(node)
    inside = ", ".join(typst(each) for each in node.arguments)
    match node.function:
        case "factorial":
            return f"{inside}!"
        case "floor" | "ceil":
            return f"{node.function}({inside})"
        case "sqrt":
            return f"sqrt({inside})"
        case "abs":
            return f"abs({inside})"
        case "log":
            return f"log_({typst(node.arguments[1])})({typst(node.arguments[0])})"
        case function:
            operator = _OPERATORS.get(function, f'op("{function}")')
            return f"{operator}({inside})"


def _by_cases(node: Apply) -> str:
    if node.function != CASES:
        return condition(node, typst, _SIGNS, ' "and" ')
    rows = (f"{typst(value)} & {_IF + typst(when) if when else _OTHERWISE}" for value, when in pairs(node))
    return f"cases({', '.join(rows)})"

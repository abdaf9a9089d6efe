"""SymPy syntax: text that SymPy reads back, exact, with the variables declared as symbols."""

from fractions import Fraction

from engine.reading.functions import CASES, CONDITIONS
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number
from engine.spelling.cases import condition, pairs
from engine.spelling.precedence import POWER, PRODUCT, SUM, level

_CALLED = {"ln": "log", "abs": "Abs", "min": "Min", "max": "Max", "ceil": "ceiling"}


def sympy_syntax(node: Node) -> str:
    """Return the text: numbers exact, x1 for x_1, lamda for lambda, exp(1) for Euler's number.

    Euler's number is no E, and no name of a variable is changed: whoever reads the text declares them.
    """
    match node:
        case Number():
            return _number(node.value)
        case Constant():
            return "exp(1)" if node.name == "e" else "pi"
        case Name():
            return node.name
        case Negative():
            return f"-{_held(node.of, PRODUCT)}"
        case Binary():
            return _binary(node)
        case Apply():
            return _applied(node)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"Rational({value.numerator}, {value.denominator})"


def _held(node: Node, least: int) -> str:
    text = sympy_syntax(node)
    return text if level(node) >= least else f"({text})"


def _binary(node: Binary) -> str:
    if node.sign == "^":
        if node.left == Constant("e"):
            return f"exp({sympy_syntax(node.right)})"
        return f"{_held(node.left, POWER + 1)}**{_held(node.right, POWER + 1)}"
    least = SUM if node.sign in "+-" else PRODUCT
    space = " " if least == SUM else ""
    return f"{_held(node.left, least)}{space}{node.sign}{space}{_held(node.right, least + 1)}"


def _applied(node: Apply) -> str:
    if node.function in CONDITIONS:
        return _condition(node)
    if node.function == CASES:
        rows = (f"({sympy_syntax(value)}, {sympy_syntax(when) if when else 'True'})" for value, when in pairs(node))
        return f"Piecewise({', '.join(rows)})"
    inside = ", ".join(map(sympy_syntax, node.arguments))
    match node.function:
        case "sigmoid":
            return f"(1/(1 + exp(-{_held(node.arguments[0], PRODUCT)})))"
        case "relu":
            return f"Max(0, {inside})"
        case "step":
            return f"Heaviside({inside}, Rational(1, 2))"
        case function:
            return f"{_CALLED.get(function, function)}({inside})"


def _condition(node: Apply) -> str:
    match node.function:
        case "and":
            return f"And({', '.join(map(sympy_syntax, node.arguments))})"
        case "=" | "!=":
            name = "Eq" if node.function == "=" else "Ne"
            return f"{name}({', '.join(map(sympy_syntax, node.arguments))})"
        case _:
            return condition(node, sympy_syntax, {}, "")

"""Trees as functions of floats, for the thousands of steps that no exact number survives."""

import math
from collections.abc import Callable, Mapping, Sequence

from engine.errors import NotSupported
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number

Floats = Sequence[float]
Function = Callable[[Floats], float]

_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "exp": math.exp, "ln": math.log, "sqrt": math.sqrt, "abs": abs,
    "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh,
    "asinh": math.asinh, "acosh": math.acosh, "atanh": math.atanh, "log": math.log, "min": min, "max": max,
    "cot": lambda a: 1 / math.tan(a), "sec": lambda a: 1 / math.cos(a), "csc": lambda a: 1 / math.sin(a),
    "coth": lambda a: 1 / math.tanh(a), "sech": lambda a: 1 / math.cosh(a), "csch": lambda a: 1 / math.sinh(a),
    "sigmoid": lambda a: 0.5 * (1 + math.tanh(a / 2)), "relu": lambda a: max(a, 0.0),
    "sign": lambda a: math.copysign(1.0, a) if a else 0.0,
    "step": lambda a: 0.5 if a == 0 else float(a > 0),
}  # fmt: skip


def compiled(tree: Node, names: Sequence[str]) -> Function:
    """Return the tree as a function of floats in the order of `names`: infinite or NaN where no float is its value.

    Refuses (NotSupported) functions that have no derivative here either.
    """
    inner = _compiled(tree, {name: i for i, name in enumerate(names)})

    def value(at: Floats) -> float:
        try:
            return inner(at)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan

    return value


def _compiled(node: Node, places: Mapping[str, int]) -> Function:
    match node:
        case Number():
            number = float(node.value)
            return lambda _: number
        case Constant():
            constant = math.e if node.name == "e" else math.pi
            return lambda _: constant
        case Name():
            place = places[node.name]
            return lambda at: at[place]
        case Negative():
            inner = _compiled(node.of, places)
            return lambda at: -inner(at)
        case Apply():
            return _applied(node, places)
        case Binary():
            return _binary(node, places)


def _applied(node: Apply, places: Mapping[str, int]) -> Function:
    function = _FUNCTIONS.get(node.function)
    if function is None:
        raise NotSupported("I cannot walk along a function with jumps or cases in it.", span=node.span)
    inner = [_compiled(each, places) for each in node.arguments]
    if len(inner) == 1:
        only = inner[0]
        return lambda at: function(only(at))
    return lambda at: function(*(each(at) for each in inner))


def _binary(node: Binary, places: Mapping[str, int]) -> Function:
    left, right = _compiled(node.left, places), _compiled(node.right, places)
    match node.sign:
        case "+":
            return lambda at: left(at) + right(at)
        case "-":
            return lambda at: left(at) - right(at)
        case "*":
            return lambda at: left(at) * right(at)
        case "/":
            return lambda at: left(at) / right(at)
    if node.left == Constant("e"):
        return lambda at: math.exp(right(at))
    exponent = _whole(node.right)
    if exponent is not None:
        return lambda at: left(at) ** exponent
    return lambda at: math.pow(left(at), right(at))


def _whole(node: Node) -> int | None:
    """Return the integer that a tree is, None where it is something else."""
    match node:
        case Number() if node.value.denominator == 1:
            return int(node.value)
        case Negative():
            inner = _whole(node.of)
            return None if inner is None else -inner
        case _:
            return None

"""Values on whole grids at once: a tree evaluated with NumPy, NaN where there is no real value."""

import functools
import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number

Grid = NDArray[np.float64]

_FUNCTIONS: dict[str, Callable[..., Grid]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "ln": np.log, "sqrt": np.sqrt, "abs": np.abs,
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh, "sign": np.sign,
    "cot": lambda a: 1 / np.tan(a), "sec": lambda a: 1 / np.cos(a), "csc": lambda a: 1 / np.sin(a),
    "coth": lambda a: 1 / np.tanh(a), "sech": lambda a: 1 / np.cosh(a), "csch": lambda a: 1 / np.sinh(a),
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)), "relu": lambda a: np.maximum(a, 0),
    "step": lambda a: np.heaviside(a, 0.5), "floor": np.floor, "ceil": np.ceil, "atan2": np.arctan2,
    "log": lambda a, base: np.log(a) / np.log(base),
    # The reader lets constants only be factorials, whole and small.
    "factorial": lambda a: np.asarray(float(math.factorial(int(a)))),
}  # fmt: skip


def evaluate(tree: Node, places: Mapping[str, Grid]) -> Grid:
    """Return the values of the tree at the places, of their shape; NaN where not finite or not real."""
    shape = next(iter(places.values())).shape
    with np.errstate(all="ignore"):
        values = np.broadcast_to(np.asarray(_value(tree, places), dtype=np.float64), shape)
    return np.where(np.isfinite(values), values, np.nan)


def evaluate_complex(tree: Node, places: Mapping[str, NDArray[np.complex128]]) -> NDArray[np.complex128]:
    """Return the values of a tree without kinks, jumps and cases at complex places; NaN where not finite."""
    shape = next(iter(places.values())).shape
    with np.errstate(all="ignore"):
        # The operations are the same ones; only the kind of their numbers is another.
        found: NDArray[np.complex128] = np.asarray(_value(tree, places), dtype=np.complex128)  # type: ignore[arg-type]
    return np.broadcast_to(np.where(np.isfinite(found), found, complex(np.nan, np.nan)), shape)


def _value(node: Node, places: Mapping[str, Grid]) -> Grid:
    match node:
        case Number():
            return np.asarray(float(node.value))
        case Constant():
            return np.asarray(np.e if node.name == "e" else np.pi)
        case Name():
            return places[node.name]
        case Negative():
            return -_value(node.of, places)
        case Apply():
            values = [_value(argument, places) for argument in node.arguments]
            if node.function in {"min", "max"}:
                chosen: Callable[[Grid, Grid], Grid] = np.minimum if node.function == "min" else np.maximum
                return functools.reduce(chosen, values)
            return _FUNCTIONS[node.function](*values)
        case Binary():
            return _binary(node.sign, _value(node.left, places), _value(node.right, places))


def _binary(sign: str, left: Grid, right: Grid) -> Grid:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return np.power(left, right)

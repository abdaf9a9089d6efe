"""Pieces of NumPy code: definitions, points, and what is printed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sympy import Expr

from engine.answering import piecewise
from engine.answering.scalar import exact
from engine.building import symbol
from engine.calculus import derivatives
from engine.calculus.pieces import by_cases
from engine.errors import NotSupported
from engine.reading import Expression
from engine.spelling.numpy_syntax import numpy_syntax
from engine.values import Json

Code = list[str]
Read = Mapping[str, Any]
_LONG_NUMBER = 40


def called(names: Sequence[str]) -> str:
    """Return the name of the function: f, where no variable has it."""
    return "f" if "f" not in names else "function"


def function(name: str, arguments: Sequence[str], text: str) -> Code:
    """Return the definition of a function of SymPy syntax."""
    return defined(name, arguments, [f"return {numpy_syntax(text)}"])


def defined(name: str, arguments: Sequence[str], body: Iterable[str]) -> Code:
    """Return the definition of a function with its body."""
    return ["", "", f"def {name}({', '.join(arguments)}):", *(f"    {line}" for line in body)]


def vector_function(name: str, arguments: Sequence[str], entries: Sequence[str]) -> Code:
    """Return the definition of a function that gives a vector."""
    return defined(name, arguments, [f"return np.array([{', '.join(map(numpy_syntax, entries))}])"])


def matrix_function(name: str, arguments: Sequence[str], rows: Sequence[Sequence[str]]) -> Code:
    """Return the definition of a function that gives a matrix."""
    return defined(name, arguments, [f"return np.array({_rows(rows)})"])


def _rows(rows: Sequence[Sequence[str]]) -> str:
    return "[" + ", ".join(f"[{', '.join(map(numpy_syntax, row))}]" for row in rows) + "]"


def number(text: str | float, decimal: float | None = None) -> str:
    """Return a constant of SymPy syntax as a double; its decimal value where that is shorter, or all that is known."""
    if not isinstance(text, str):
        return repr(float(text))
    if text.lstrip("-").isdecimal():
        return numpy_syntax(text) if abs(int(text)) > 2**53 else f"{text}.0"
    if decimal is None:
        return numpy_syntax(text)
    try:
        found = numpy_syntax(text)
    except NotSupported:
        return repr(decimal)
    return found if len(found) <= _LONG_NUMBER else repr(decimal)


def vector(texts: Sequence[str | float], decimals: Sequence[float] | None = None) -> str:
    """Return a point as a list of doubles."""
    known: Sequence[float | None] = decimals if decimals is not None else [None] * len(texts)
    return f"[{', '.join(number(text, each) for text, each in zip(texts, known, strict=True))}]"


def point(texts: Sequence[str]) -> Code:
    """Return the lines that set the point `at`."""
    return ["", "", f"at = np.array({vector(texts)})"]


def printed(**values: str) -> Code:
    """Return the lines that print numbers, each under its name."""
    return [f'print("{name.replace("_", " ")} =", {text})' for name, text in values.items()]


def parameters(data: Json) -> tuple[tuple[str, ...], Code, bool]:
    """Return the arguments of the functions, the lines that set known parameters, and whether all are known."""
    given = data.get("given") or {}
    free = tuple(name for name in data.get("parameters", ()) if name not in given)
    lines = [f"{name} = {number(text)}" for name, text in given.items()]
    return (*data["variables"], *free), (["", *lines] if lines else []), not free


def gradient(read: Read, data: Json) -> list[str]:
    """Return the gradient of f in SymPy syntax: as the answer has it, else derived here."""
    if isinstance(data.get("gradient"), list):
        return list(data["gradient"])
    scalar = piecewise.ordinary(_smooth(read["f"]), tuple(data["variables"]))
    return exact(derivatives.gradient(scalar.expression, scalar.symbols))


def hessian(read: Read, data: Json) -> list[list[str]]:
    """Return the Hessian of f in SymPy syntax."""
    scalar = piecewise.ordinary(_smooth(read["f"]), tuple(data["variables"]))
    found = derivatives.hessian(scalar.expression, scalar.symbols).tolist()
    return [exact(row) for row in found]


def slopes(expression: Expr, data: Json) -> list[str]:
    """Return the gradient of an expression by the variables of an answer."""
    return exact(derivatives.gradient(expression, [symbol(name) for name in data["variables"]]))


def _smooth(f: Expression) -> Expression:
    if by_cases(f.tree):
        raise NotSupported("I write no code for this answer about a function given by cases.")
    return f

"""The texts of steps as numbers: a small reader of SymPy's syntax of its own, in 30 digits.

It shares nothing with the engine, so that what it finds true does not rest on what it tests.
"""

import ast
import itertools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import mpmath
import sympy

mpmath.mp.dps = 30
Values = Mapping[str, Any]
CLOSE = mpmath.mpf("1e-9")


class OutsideError(Exception):
    """There is no real value here."""


_OPERATIONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_CALLS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(mpmath, name) for name in ("exp", "log", "sin", "cos", "tan", "cot", "sec", "csc", "sqrt", "sign")
    },
    **{name: getattr(mpmath, name) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh")},
    **{name: getattr(mpmath, name) for name in ("atanh", "sech", "csch", "coth", "cbrt", "floor", "factorial")},
    "Heaviside": lambda x, half=0.5: mpmath.mpf(1 if x > 0 else 0 if x < 0 else half),
    "Rational": operator.truediv,
    "Abs": abs,
    "Max": max,
    "Min": min,
}


def value(text: str, at: Values) -> Any:
    """Return the number, or the nested list of numbers, of a text at a point. Raises OutsideError."""
    try:
        return _value(ast.parse(text.strip(), mode="eval").body, at)
    except (ZeroDivisionError, ValueError, OverflowError):
        raise OutsideError from None


def _value(node: ast.expr, at: Values) -> Any:
    match node:
        case ast.Constant():
            return mpmath.mpf(str(node.value))
        case ast.Name():
            return mpmath.pi() if node.id == "pi" and "pi" not in at else at[node.id]
        case ast.Tuple() | ast.List():
            return [_value(each, at) for each in node.elts]
        case ast.UnaryOp():
            return _both(operator.mul, -1, _value(node.operand, at))
        case ast.BinOp(op=ast.Pow()):
            return _real(_power(node, at))
        case ast.BinOp():
            return _both(_OPERATIONS[type(node.op)], _value(node.left, at), _value(node.right, at))
        case ast.Call(func=ast.Name(id="CRootOf")):
            return mpmath.mpf(sympy.N(sympy.sympify(ast.unparse(node)), 30))
        case ast.Call(func=ast.Name(id=name)):
            return _real(_CALLS[name](*(_value(each, at) for each in node.args)))
        case _:
            raise SyntaxError(ast.unparse(node))


def _power(node: ast.BinOp, at: Values) -> Any:
    base, exponent = _value(node.left, at), _value(node.right, at)
    whole = exponent == mpmath.nint(exponent)
    return base ** int(exponent) if whole else mpmath.power(base, exponent)


def _real(found: Any) -> Any:
    if isinstance(found, mpmath.mpc) and found.imag != 0:
        raise OutsideError
    found = mpmath.mpf(found.real) if isinstance(found, mpmath.mpc) else found
    if not mpmath.isfinite(found):
        raise OutsideError
    return found


def _both(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Apply an operation to numbers, or to lists entry by entry."""
    if isinstance(left, list) and isinstance(right, list):
        return [_both(operation, a, b) for a, b in zip(left, right, strict=True)]
    if isinstance(left, list):
        return [_both(operation, each, right) for each in left]
    if isinstance(right, list):
        return [_both(operation, left, each) for each in right]
    return operation(left, right)


def close(one: Any, other: Any, tolerance: Any = CLOSE) -> bool:
    """Tell whether two numbers or lists are the same but for rounding."""
    if isinstance(one, list) or isinstance(other, list):
        pair = isinstance(one, list) and isinstance(other, list) and len(one) == len(other)
        return pair and all(close(a, b, tolerance) for a, b in zip(one, other, strict=True))
    return bool(abs(one - other) <= tolerance * (1 + abs(one) + abs(other)))


def slope(text: str, by: Sequence[str], at: Values) -> Any:
    """Return the derivative of a text by names, one or two, by differences. Raises OutsideError."""
    counts = {name: by.count(name) for name in by}
    names = list(counts)

    def along(*moved: Any) -> Any:
        return value(text, {**at, **dict(zip(names, moved, strict=True))})

    start = tuple(at[name] for name in names)
    orders = tuple(counts.values())
    return mpmath.diff(along, start if len(start) > 1 else start[0], orders if len(orders) > 1 else orders[0])


def names_of(text: str) -> set[str]:
    """Return the names that occur in a text as values."""
    tree = ast.parse(text.strip(), mode="eval")
    called = {id(each.func) for each in ast.walk(tree) if isinstance(each, ast.Call)}
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and id(each) not in called} - {"pi"}


def places(names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield points, the same ones every time: usual sizes first, then larger and negative ones."""
    spreads = ((1.2, 0.9), (0.5, 0.45), (-0.6, 1.1), (6.0, 5.0), (30.0, 25.0))
    for turn in itertools.count():
        middle, width = spreads[turn % len(spreads)]
        shares = [(turn * len(names) + i + 1) * 0.6180339887498949 % 1 * 2 - 1 for i in range(len(names))]
        yield {name: mpmath.mpf(middle + width * share) for name, share in zip(names, shares, strict=True)}


def everywhere(holds: Callable[[dict[str, Any]], bool], names: Sequence[str], *, wanted: int = 3) -> bool:
    """Tell whether something holds at several points at which it has a value, and there are some."""
    met = 0
    for at in itertools.islice(places(names), 60):
        try:
            good = holds(at)
        except OutsideError:
            continue
        if not good:
            return False
        met += 1
        if met == wanted:
            break
    return met >= 2 or (met == 1 and not names)


def parted(text: str, sign: str) -> list[str]:
    """Return the parts of a text between signs that stand in no bracket."""
    found, depth, start, i = [], 0, 0, 0
    while i < len(text):
        depth += (text[i] in "([{") - (text[i] in ")]}")
        if not depth and text.startswith(sign, i):
            found.append(text[start:i])
            start = i = i + len(sign)
            continue
        i += 1
    return [*found, text[start:]]

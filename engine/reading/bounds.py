"""Bounds: what is refused before any mathematics is done with it, so that nothing can be made to hang."""

import math
from collections.abc import Callable
from fractions import Fraction

from engine.errors import NotInDomain, Refused, TooLarge
from engine.reading.functions import CASES, CONDITIONS
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, children, walk

MAX_NODES = 600
MAX_VARIABLES = 8
MAX_DEGREE = 200
MAX_TERMS = 20_000
MAX_BITS = 4000
MAX_DECIMAL_EXPONENT = 300
_HUGE = 10.0**MAX_DECIMAL_EXPONENT


def check(tree: Node) -> None:
    """Refuse (TooLarge, NotInDomain) what is over the bounds, or undefined whatever the variables are.

    Constants are estimated as floats and, where they are rational, as sizes in bits; a tower of
    powers is never computed.
    """
    parts = list(walk(tree))
    if len(parts) > MAX_NODES:
        raise TooLarge(f"That has more than {MAX_NODES} parts.", span=tree.span)
    names = {part.name for part in parts if isinstance(part, Name)}
    if len(names) > MAX_VARIABLES:
        raise TooLarge(f"That has {len(names)} variables; I read up to {MAX_VARIABLES}.", span=tree.span)
    _estimate(tree)
    if _terms(tree)[0] > MAX_TERMS:
        raise TooLarge(f"Multiplied out, that has more than {MAX_TERMS} terms.", span=tree.span)


def _estimate(node: Node) -> float | None:
    """Return about what a constant is worth; None where variables are in it, or nothing is known."""
    match node:
        case Number():
            if abs(_exponent(node.text)) > MAX_DECIMAL_EXPONENT:
                raise _huge(node)
            return float(node.value)
        case Constant():
            return math.e if node.name == "e" else math.pi
        case Name():
            return None
        case Negative():
            inner = _estimate(node.of)
            return None if inner is None else -inner
        case Binary():
            left, right = _estimate(node.left), _estimate(node.right)
            return _binary(node, left, right)
        case Apply():
            return _apply(node, [_estimate(each) for each in node.arguments])


def _exponent(text: str) -> int:
    return int(text.lower().partition("e")[2] or 0)


def _binary(node: Binary, left: float | None, right: float | None) -> float | None:
    if node.sign == "/" and right is not None and _is_zero(node.right, right):
        raise NotInDomain("This divides by zero.", span=node.span)
    if node.sign == "^":
        return _power(node, left, right)
    if left is None or right is None:
        return None
    match node.sign:
        case "+":
            value = left + right
        case "-":
            value = left - right
        case "*":
            value = left * right
        case _:
            value = left / right if right else math.nan
    return _within(node, value)


def _power(node: Binary, base: float | None, exponent: float | None) -> float | None:
    if exponent is None:
        return None
    if base is None:
        if abs(exponent) > MAX_DEGREE:
            raise TooLarge(f"That power is higher than {MAX_DEGREE}.", span=node.span)
        return None
    if base == 0 and exponent <= 0 and _is_zero(node.left, base):
        raise NotInDomain("Zero to this power is not defined.", span=node.span)
    if base < 0 and exponent != round(exponent):
        raise NotInDomain("I take a power with a fraction of numbers from 0 on only.", span=node.span)
    if abs(exponent) * max(1.0, _bits(node.left, base)) > MAX_BITS:
        raise _huge(node)
    try:
        return _within(node, base**exponent)
    except (OverflowError, ZeroDivisionError):
        raise _huge(node) from None


def _bits(node: Node, value: float) -> float:
    """Return about how many bits the exact constant takes, at least as many as its size needs."""
    exact = _rational(node)
    if exact is None:
        return abs(math.log2(abs(value))) if value else 1.0
    return max(exact.numerator.bit_length(), exact.denominator.bit_length())


def _rational(node: Node) -> Fraction | None:
    """Return the exact value of a constant made of numbers with + - * /; None for anything else."""
    match node:
        case Number():
            return node.value
        case Negative():
            inner = _rational(node.of)
            return None if inner is None else -inner
        case Binary() if node.sign != "^":
            left, right = _rational(node.left), _rational(node.right)
            if left is None or right is None or (node.sign == "/" and right == 0):
                return None
            return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[node.sign](right)
        case _:
            return None


def _is_zero(node: Node, value: float) -> bool:
    exact = _rational(node)
    return value == 0 if exact is None else exact == 0


def _within(node: Node, value: float) -> float:
    if math.isnan(value) or abs(value) > _HUGE:
        raise _huge(node)
    return value


def _huge(node: Node) -> Refused:
    return TooLarge(f"This number is beyond 10^±{MAX_DECIMAL_EXPONENT}, or takes too many digits.", span=node.span)


_REAL_ONLY_WHERE: dict[str, tuple[Callable[[float], bool], str]] = {
    "sqrt": (lambda a: a >= 0, "The root of a negative number is not real."),
    "ln": (lambda a: a > 0, "The logarithm needs a positive number."),
    "log": (lambda a: a > 0, "The logarithm needs a positive number."),
    "asin": (lambda a: abs(a) <= 1, "The inverse sine needs a number from -1 to 1."),
    "acos": (lambda a: abs(a) <= 1, "The inverse cosine needs a number from -1 to 1."),
    "acosh": (lambda a: a >= 1, "The inverse hyperbolic cosine needs a number from 1 on."),
    "atanh": (lambda a: abs(a) < 1, "The inverse hyperbolic tangent needs a number between -1 and 1."),
}
_FLOATS: dict[str, Callable[..., float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "exp": math.exp, "ln": math.log, "sqrt": math.sqrt, "abs": abs,
    "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh,
    "asinh": math.asinh, "acosh": math.acosh, "atanh": math.atanh, "log": math.log,
    "sec": lambda a: 1 / math.cos(a), "csc": lambda a: 1 / math.sin(a), "cot": lambda a: 1 / math.tan(a),
    "sech": lambda a: 1 / math.cosh(a), "csch": lambda a: 1 / math.sinh(a), "coth": lambda a: 1 / math.tanh(a),
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)), "relu": lambda a: max(0.0, a), "min": min, "max": max,
    "sign": lambda a: math.copysign(1.0, a) if a else 0.0, "step": lambda a: 0.5 if a == 0 else float(a > 0),
    "floor": math.floor, "ceil": math.ceil, "atan2": math.atan2, "factorial": lambda a: math.gamma(a + 1),
}  # fmt: skip


def _apply(node: Apply, values: list[float | None]) -> float | None:
    arguments = [value for value in values if value is not None]
    if len(arguments) < len(values) or node.function in CONDITIONS or node.function == CASES:
        return None
    allowed, why = _REAL_ONLY_WHERE.get(node.function, (lambda _: True, ""))
    # Rounding must not refuse acos(sin(pi/2)); the worker decides such places exactly.
    nudges = (0.0,) if _rational(node.arguments[0]) is not None else (0.0, 1e-12, -1e-12)
    if not any(allowed(arguments[0] * (1 + nudge) + nudge) for nudge in nudges):
        raise NotInDomain(why, span=node.span)
    try:
        return _within(node, float(_FLOATS[node.function](*arguments)))
    except OverflowError:
        raise _huge(node) from None
    except (ValueError, ZeroDivisionError):
        return None


def _terms(node: Node) -> tuple[float, float]:
    """Return bounds of the terms and of the degree that multiplying out would give."""
    match node:
        case Binary() if node.sign == "^":
            terms, degree = _terms(node.left)
            exponent = _rational(node.right)
            if exponent is None or exponent.denominator != 1:
                return (1.0, 1.0)
            power = abs(int(exponent))
            if degree * power > MAX_DEGREE:
                raise TooLarge(f"Multiplied out, the degree is higher than {MAX_DEGREE}.", span=node.span)
            return (float(math.comb(power + int(min(terms, 1e6)) - 1, power)), degree * power) if power else (1.0, 0.0)
        case Binary():
            (left, high), (right, low) = _terms(node.left), _terms(node.right)
            if node.sign in "+-":
                return (left + right, max(high, low))
            degree = high + low
            if degree > MAX_DEGREE:
                raise TooLarge(f"Multiplied out, the degree is higher than {MAX_DEGREE}.", span=node.span)
            return (left * right, degree) if node.sign == "*" else (max(left, right), degree)
        case Negative():
            return _terms(node.of)
        case Apply():
            for each in children(node):
                _terms(each)
            return (1.0, 1.0)
        case Name():
            return (1.0, 1.0)
        case _:
            return (1.0, 0.0)

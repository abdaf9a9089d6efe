"""Trees enclosed in balls of real numbers (Arb), and how far the large exponents in them reach.

Nothing here builds SymPy expressions: a value takes microseconds, and 0/0 stays what was written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

from flint import arb, ctx, fmpq

from engine.calculus.balls import NoValueError, OpenError, power, side
from engine.judging.modular import whole
from engine.judging.structure import GROWING
from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number
from engine.spelling.cases import pairs

At = Mapping[str, arb]
# For each sign of a comparison the signs of left - right with which it holds.
SIDES = {"=": {0}, "<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {1, 0}, "!=": {-1, 1}}


@dataclass(slots=True)
class Trail:
    """What was met on the way to a value.

    reach: the largest size of an exponent, over the exponentials met: beyond the precision, one of two
           terms hides the other.
    """

    reach: float = 0.0


def enclose(node: Node, at: At, bits: int, trail: Trail | None = None) -> arb:
    """Return a finite ball round the value there. Raises NoValueError (proven) or OpenError (not decided)."""
    with ctx.workprec(bits):
        found = _value(node, at, trail or Trail())
    if not found.is_finite():
        raise OpenError
    return found


def _value(node: Node, at: At, trail: Trail) -> arb:
    match node:
        case Number():
            exact = node.value
            return arb(fmpq(exact.numerator, exact.denominator))
        case Name():
            return arb(at[node.name])
        case Constant():
            return arb.const_e() if node.name == "e" else arb.pi()
        case Negative():
            return -_value(node.of, at, trail)
        case Binary():
            return _binary(node, at, trail)
        case Apply(function=function) if function == CASES:
            return _value(_chosen(node, at, trail), at, trail)
        case Apply():
            inner = [_value(each, at, trail) for each in node.arguments]
            rule = _RULES.get(node.function)
            if rule is None:
                raise OpenError
            if node.function in GROWING:
                _reach(inner[0], trail)
            return rule(*inner)


def _chosen(node: Apply, at: At, trail: Trail) -> Node:
    """Return the value of the first case whose condition holds there."""
    for value, condition in pairs(node):
        if condition is None or _holds(condition, at, trail):
            return value
    raise NoValueError


def _holds(condition: Node, at: At, trail: Trail) -> bool:
    if not isinstance(condition, Apply):
        raise OpenError
    if condition.function == "and":
        return all(_holds(each, at, trail) for each in condition.arguments)
    left, right = (_value(each, at, trail) for each in condition.arguments)
    return _proven(side(left - right)) in SIDES[condition.function]


def _binary(node: Binary, at: At, trail: Trail) -> arb:
    left = _value(node.left, at, trail)
    if node.sign == "^":
        return _power(node, left, at, trail)
    right = _value(node.right, at, trail)
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / _nonzero(right)


def _power(node: Binary, base: arb, at: At, trail: Trail) -> arb:
    exponent = whole(node.right)
    if exponent is not None:
        return power(base if exponent > 0 else _nonzero(base), exponent)
    up = _value(node.right, at, trail)
    if node.left == Constant("e"):
        _reach(up, trail)
        return up.exp()
    found = side(base)
    if found == 0 and side(up) == 1:
        return arb(0)
    if _proven(found) <= 0:
        raise NoValueError
    logarithm = base.log()
    _reach(logarithm * up, trail)
    return (logarithm * up).exp()


def _reach(exponent: arb, trail: Trail) -> None:
    trail.reach = max(trail.reach, float(abs(exponent).mid()))


def _proven(found: int | None) -> int:
    if found is None:
        raise OpenError
    return found


def _nonzero(value: arb) -> arb:
    if _proven(side(value)) == 0:
        raise NoValueError
    return value


def _positive(value: arb) -> arb:
    if _proven(side(value)) <= 0:
        raise NoValueError
    return value


def _not_negative(value: arb) -> arb:
    if _proven(side(value)) < 0:
        raise NoValueError
    return value


def _sqrt(value: arb) -> arb:
    return _not_negative(value).sqrt() if not value.is_zero() else arb(0)


def _within_one(value: arb) -> arb:
    _not_negative(1 - abs(value))
    return value


def _nonzero_side(value: arb) -> int:
    found = _proven(side(value))
    if found == 0:
        raise OpenError
    return found


def _whole(value: arb) -> arb:
    if not value.is_exact():
        raise OpenError
    return value


def _sigmoid(value: arb) -> arb:
    return 1 / (1 + (-value).exp())


_RULES: dict[str, Callable[..., arb]] = {
    **{name: getattr(arb, name) for name in ("sin", "cos", "exp", "atan", "sinh", "cosh", "tanh", "asinh")},
    "ln": lambda a: _positive(a).log(),
    "log": lambda a, base: _positive(a).log() / _nonzero(_positive(base).log()),
    "sqrt": _sqrt,
    "abs": abs,
    "sign": lambda a: arb(_proven(side(a))),
    "tan": lambda a: a.sin() / _nonzero(a.cos()),
    "cot": lambda a: a.cos() / _nonzero(a.sin()),
    "sec": lambda a: 1 / _nonzero(a.cos()),
    "csc": lambda a: 1 / _nonzero(a.sin()),
    "sech": lambda a: 1 / a.cosh(),
    "csch": lambda a: 1 / _nonzero(a).sinh(),
    "coth": lambda a: a.cosh() / _nonzero(a).sinh(),
    "asin": lambda a: _within_one(a).asin(),
    "acos": lambda a: _within_one(a).acos(),
    "acosh": lambda a: (_not_negative(a - 1) + 1).acosh(),
    "atanh": lambda a: (_positive(1 - abs(a)), a.atanh())[1],
    "min": lambda *all_: reduce(lambda a, b: a.min(b), all_),
    "max": lambda *all_: reduce(lambda a, b: a.max(b), all_),
    "relu": lambda a: a.max(arb(0)),
    "sigmoid": _sigmoid,
    "floor": lambda a: _whole(a.floor()),
    "ceil": lambda a: _whole(a.ceil()),
    "step": lambda a: arb(_nonzero_side(a) > 0),
    "atan2": arb.atan2,
}

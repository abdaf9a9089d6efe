"""A tree and its derivative at a point, enclosed: power series of balls, which know nothing of our rules."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce

from flint import arb, arb_series, ctx, fmpq

from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number

BITS = 192
_MAX_EXPONENT = 256


Function = Callable[..., arb_series]


class OutsideError(Exception):
    """The tree has no value at this point, or its smoothness there is not sure."""


@contextmanager
def precision() -> Iterator[None]:
    """Compute with 192 bits and series of two terms inside."""
    cap = ctx.cap
    ctx.cap = 2
    try:
        with ctx.workprec(BITS):
            yield
    finally:
        ctx.cap = cap


class Around:
    """Values and derivatives at one point, by one variable. Trees that share parts are computed once.

    It keeps the trees that it has seen, so that the identity of a part stays its own.
    """

    def __init__(self, point: Mapping[str, arb], by: str) -> None:
        self.point = point
        self._at = {name: arb_series([value, 1] if name == by else [value]) for name, value in point.items()}
        self._known: dict[int, tuple[Node, arb_series]] = {}

    def value(self, tree: Node) -> arb:
        """Return a ball round the value. Raises OutsideError."""
        return self._finite(tree)[0]

    def slope(self, tree: Node) -> arb:
        """Return a ball round the derivative. Raises OutsideError."""
        return self._finite(tree)[1]

    def _finite(self, tree: Node) -> arb_series:
        found = self._series(tree)
        if not (found[0].is_finite() and found[1].is_finite()):
            raise OutsideError
        return found

    def _series(self, node: Node) -> arb_series:
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = (node, self._computed(node))
        return known[1]

    def _computed(self, node: Node) -> arb_series:
        match node:
            case Number():
                return arb_series([arb(fmpq(node.value.numerator, node.value.denominator))])
            case Constant():
                return arb_series([arb.const_e() if node.name == "e" else arb.pi()])
            case Name():
                return self._at[node.name]
            case Negative():
                return -self._series(node.of)
            case Binary() if node.sign == "^":
                return self._power(node)
            case Binary():
                return _binary(node.sign, self._series(node.left), self._series(node.right))
            case Apply() if node.function in _FUNCTIONS:
                return _FUNCTIONS[node.function](*map(self._series, node.arguments))
            case _:
                raise OutsideError

    def _power(self, node: Binary) -> arb_series:
        base, exponent = self._series(node.left), self._series(node.right)
        whole = exponent[0].unique_fmpz() if exponent[1].is_zero() else None
        if whole is not None and abs(int(whole)) <= _MAX_EXPONENT:
            raised = _whole_power(base, abs(int(whole)))
            return raised if whole >= 0 else _divided(arb_series([1]), raised)
        return (_log(base) * exponent).exp()


def _binary(sign: str, left: arb_series, right: arb_series) -> arb_series:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return _divided(left, right)


def _divided(above: arb_series, below: arb_series) -> arb_series:
    _side(below)
    return above / below


def _whole_power(base: arb_series, exponent: int) -> arb_series:
    result = arb_series([1])
    while exponent:
        if exponent & 1:
            result = result * base
        base, exponent = base * base, exponent >> 1
    return result


def _side(u: arb_series) -> int:
    """Return the proven sign; near zero nothing is smooth for sure."""
    if u[0] > 0:
        return 1
    if u[0] < 0:
        return -1
    raise OutsideError


def _positive(u: arb_series) -> arb_series:
    if _side(u) < 0:
        raise OutsideError
    return u


def _log(u: arb_series) -> arb_series:
    return _positive(u).log()


def _asin(u: arb_series) -> arb_series:
    _positive(1 - u * u)
    return u.asin()


def _larger(u: arb_series, v: arb_series) -> arb_series:
    return u if _side(u - v) > 0 else v


_FUNCTIONS: dict[str, Function] = {
    "sin": lambda u: u.sin(),
    "cos": lambda u: u.cos(),
    "tan": lambda u: _divided(u.sin(), u.cos()),
    "cot": lambda u: _divided(u.cos(), u.sin()),
    "sec": lambda u: _divided(arb_series([1]), u.cos()),
    "csc": lambda u: _divided(arb_series([1]), u.sin()),
    "asin": _asin,
    "acos": lambda u: arb_series([arb.pi() / 2]) - _asin(u),
    "atan": lambda u: u.atan(),
    "exp": lambda u: u.exp(),
    "sinh": lambda u: (u.exp() - (-u).exp()) / 2,
    "cosh": lambda u: (u.exp() + (-u).exp()) / 2,
    "tanh": lambda u: 1 - _divided(arb_series([2]), (2 * u).exp() + 1),
    "coth": lambda u: 1 + _divided(arb_series([2]), (2 * u).exp() - 1),
    "sech": lambda u: _divided(arb_series([2]), u.exp() + (-u).exp()),
    "csch": lambda u: _divided(arb_series([2]), u.exp() - (-u).exp()),
    "asinh": lambda u: (u + (u * u + 1).sqrt()).log(),
    "acosh": lambda u: (_positive(u - 1) + 1 + (u * u - 1).sqrt()).log(),
    "atanh": lambda u: _log(_divided(1 + u, _positive(1 - u))) / 2,
    "ln": _log,
    "log": lambda u, base: _divided(_log(u), _log(base)),
    "sqrt": lambda u: _positive(u).sqrt(),
    "abs": lambda u: u * _side(u),
    "sign": lambda u: arb_series([_side(u)]),
    "sigmoid": lambda u: _divided(arb_series([1]), 1 + (-u).exp()),
    # Only whole numbers stand before the sign.
    "factorial": lambda u: arb_series([(u[0] + 1).gamma()]),
    "relu": lambda u: u if _side(u) > 0 else arb_series([0]),
    "max": lambda *us: reduce(_larger, us),
    "min": lambda *us: -reduce(_larger, [-u for u in us]),
}

"""What an answer may hide from points drawn at random: branches far away, narrow bumps, vast or tiny numbers."""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from engine.judging.modular import whole
from engine.reading.functions import CASES, COMPARISONS
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, names_in, walk

_PLAIN = 17.0  # bits: numbers up to 10^5, and down to one over it, occur in honest answers
_HIGH = 20  # the same for powers
_EULER = 1.5
_JUMPING = {"sign", "floor", "ceil", "step", "factorial", "atan2", CASES}
GROWING = {"exp", "sinh", "cosh", "tanh", "coth", "sech", "csch", "sigmoid"}


def kinks(node: Node) -> tuple[Node, ...]:
    """Return the expressions at whose zeros the function has another branch, each once."""
    found: dict[Node, None] = {}
    for each in walk(node):
        if not isinstance(each, Apply) or not names_in(each):
            continue
        if each.function in {"abs", "sign", "relu"}:
            found.setdefault(each.arguments[0])
        elif each.function in {"min", "max"}:
            found |= dict.fromkeys(Binary("-", a, b) for a, b in combinations(each.arguments, 2))
        elif each.function in COMPARISONS:
            left, right = each.arguments
            found.setdefault(Binary("-", left, right))
    for each in walk(node):
        # The root of a square is a size in another dress.
        if (inside := _rooted(each)) is not None and names_in(each):
            found.setdefault(inside)
    return tuple(each for each in found if not is_not_negative(each))


def _rooted(node: Node) -> Node | None:
    match node:
        case Apply(function="sqrt"):
            inside = node.arguments[0]
        case Binary(sign="^") if whole(node.right) is None:
            inside = node.left
        case _:
            return None
    power = whole(inside.right) if isinstance(inside, Binary) and inside.sign == "^" else None
    return inside.left if isinstance(inside, Binary) and power is not None and power % 2 == 0 else None


def _is_positive(node: Node) -> bool:
    """Tell whether a tree is surely positive wherever it is defined, from its form alone."""
    match node:
        case Number():
            return node.value > 0
        case Constant():
            return True
        case Apply():
            return node.function in {"exp", "cosh", "sech", "sigmoid"}
        case Binary(sign="+"):
            one, other = node.left, node.right
            return (_is_positive(one) and is_not_negative(other)) or (is_not_negative(one) and _is_positive(other))
        case Binary(sign="*" | "/"):
            return _is_positive(node.left) and _is_positive(node.right)
        case Binary(sign="^"):
            return _is_positive(node.left)
        case _:
            return False


def is_not_negative(node: Node) -> bool:
    """Tell whether a tree is surely not negative wherever it is defined, from its form alone."""
    match node:
        case Binary(sign="^"):
            power = whole(node.right)
            return (power is not None and power % 2 == 0) or is_not_negative(node.left)
        case Binary(sign="+" | "*" | "/"):
            return is_not_negative(node.left) and is_not_negative(node.right)
        case Apply(function="abs" | "sqrt" | "relu"):
            return True
        case Number():
            return node.value >= 0
        case _:
            return _is_positive(node)


def exponents(node: Node) -> Iterator[Node]:
    """Yield the arguments of everything that grows or dies exponentially."""
    for each in walk(node):
        if isinstance(each, Apply) and each.function in GROWING:
            yield each.arguments[0]
        elif isinstance(each, Binary) and each.sign == "^" and whole(each.right) is None:
            yield each.right


def unexplained(answer: Node, reference: Node) -> bool:
    """Tell whether the answer has numbers, powers or jumps that an honest answer needs only where the reference has.

    What they could do between the points looked at is then not known.
    """
    known = set(walk(reference))
    if any(isinstance(each, Apply) and each.function in _JUMPING and each not in known for each in walk(answer)):
        return True
    return leverage(answer) > max(_PLAIN, leverage(reference)) or _tallest(answer) > max(_HIGH, _tallest(reference))


def _tallest(node: Node) -> int:
    powers = [whole(each.right) for each in walk(node) if isinstance(each, Binary) and each.sign == "^"]
    return max((abs(each) for each in powers if each is not None), default=0)


def leverage(node: Node) -> float:
    """Return how far the numbers of a tree can stretch or shrink, in bits: 100*(x - 1/1000)^2 has 27."""
    match node:
        case Number():
            return abs(_bits(node.value))
        case Name():
            return 0.0
        case Constant():
            return _EULER
        case Negative():
            return leverage(node.of)
        case Binary(sign="^"):
            power = whole(node.right)
            if power is not None:
                return leverage(node.left) * abs(power)
            if names_in(node.right):
                return max(leverage(node.left), leverage(node.right))
            return leverage(node.left) * math.exp2(min(leverage(node.right), 20.0))
        case Binary(sign="+" | "-"):
            return max(leverage(node.left), leverage(node.right))
        case Binary():
            return leverage(node.left) + leverage(node.right)
        case Apply():
            inner = max(leverage(each) for each in node.arguments)
            return _EULER * math.exp2(min(inner, 20.0)) if node.function in GROWING and not names_in(node) else inner


def _bits(value: Fraction) -> float:
    return math.log2(value.numerator) - math.log2(value.denominator) if value > 0 else 0.0

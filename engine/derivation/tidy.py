"""Derivatives written down as a teacher would: noughts and ones dropped, numbers multiplied, never expanded.

Equal factors are gathered into powers and cancelled, equal terms are counted. Both are right wherever
the function and its derivative exist, which is all that a derivative speaks about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from engine.building import written_with_decimals
from engine.derivation.numerals import number, numeral
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, under_cube_root

# A derivative not yet worked out stands in a tree as a function of this name and the variable's: ∂/∂x(..).
UNOPENED = "∂/∂"
ZERO, ONE = Number("0"), Number("1")
_HALF = Fraction(1, 2)


@dataclass(slots=True)
class _Product:
    """A product taken apart: a number, and the power of each other factor."""

    coefficient: Fraction = Fraction(1)
    decimals: bool = False
    powers: dict[Node, Fraction] = field(default_factory=dict)


def times(*factors: Node) -> Node:
    """Return the product: one number in front, letters before brackets, these before functions."""
    found = _Product()
    for factor in factors:
        _multiply(found, factor, 1)
    return _written(found)


def over(above: Node, below: Node) -> Node:
    """Return the quotient, equal factors cancelled."""
    found = _Product()
    _multiply(found, above, 1)
    _multiply(found, below, -1)
    return _written(found)


def power(base: Node, exponent: Node) -> Node:
    """Return the power; a numeric exponent of 0 or 1 disappears, a negative one goes below a line."""
    return times(Binary("^", base, exponent))


def negative(node: Node) -> Node:
    """Return minus the tree."""
    return times(Negative(ONE), node)


def plus(*terms: Node) -> Node:
    """Return the sum in the order given; equal terms are counted, brackets round terms opened."""
    counted: dict[Node, Fraction] = {}
    decimals = False
    for term in terms:
        for sign, each in _terms(term, 1):
            found = _taken_apart(each)
            decimals |= found.decimals
            key = _written(_Product(powers=found.powers))
            counted[key] = counted.get(key, Fraction(0)) + sign * found.coefficient
    left = [(value, _times_number(value, key, decimals=decimals)) for key, value in counted.items() if value]
    if not left:
        return ZERO
    # 10 - 2x is easier to read than -2x + 10.
    left.insert(0, left.pop(next((i for i, (value, _) in enumerate(left) if value > 0), 0)))
    total = left[0][1] if left[0][0] > 0 else Negative(left[0][1])
    for value, term in left[1:]:
        total = Binary("+" if value > 0 else "-", total, term)
    return total


def minus(left: Node, right: Node) -> Node:
    """Return the difference."""
    return plus(left, negative(right))


def _times_number(value: Fraction, key: Node, *, decimals: bool) -> Node:
    found = _taken_apart(key)
    return _written(_Product(abs(value), decimals, found.powers))


def _terms(node: Node, sign: int) -> Iterable[tuple[int, Node]]:
    """Yield the terms of a sum with their signs, left to right."""
    match node:
        case Binary() if node.sign in {"+", "-"}:
            yield from _terms(node.left, sign)
            yield from _terms(node.right, -sign if node.sign == "-" else sign)
        case Negative():
            yield from _terms(node.of, -sign)
        case _:
            yield sign, node


def _taken_apart(node: Node) -> _Product:
    found = _Product()
    _multiply(found, node, 1)
    return found


def _multiply(found: _Product, node: Node, sign: int) -> None:
    """Multiply `found` by the tree, or divide where the sign is -1."""
    value = number(node)
    if value is not None and (value or sign > 0):
        found.coefficient *= value if sign > 0 else 1 / value
        found.decimals |= written_with_decimals(node)
        return
    match node:
        case Negative():
            found.coefficient = -found.coefficient
            _multiply(found, node.of, sign)
        case Binary() if node.sign in {"*", "/"} and under_cube_root(node) is None:
            _multiply(found, node.left, sign)
            _multiply(found, node.right, -sign if node.sign == "/" else sign)
        case _:
            base, exponent = _as_power(node)
            if exponent == 1 and base is not node and _is_product(base):
                _multiply(found, base, sign)
            else:
                found.powers[base] = found.powers.get(base, Fraction(0)) + sign * exponent


def _as_power(node: Node) -> tuple[Node, Fraction]:
    """Return base and numeric exponent; whatever has none is its own first power.

    The square of a root is what stands below the root; no other powers of powers are put together.
    """
    match node:
        case Apply(function="sqrt", arguments=(base,)):
            return base, _HALF
        case Binary(sign="^", left=left, right=right) if (exponent := number(right)) is not None:
            match left:
                case Apply(function="sqrt", arguments=(base,)):
                    return base, exponent * _HALF
            return left, exponent
        case _:
            return node, Fraction(1)


def _is_product(node: Node) -> bool:
    return isinstance(node, Negative) or (isinstance(node, Binary) and node.sign in {"*", "/"})


def _written(found: _Product) -> Node:
    if not found.coefficient:
        return ZERO
    front = numeral(abs(found.coefficient), decimals=found.decimals)
    top, bottom = (front.left, front.right) if isinstance(front, Binary) else (front, ONE)
    ordered = sorted(found.powers.items(), key=lambda each: _rank(each[0]))
    above = [_raised(base, exponent) for base, exponent in ordered if exponent > 0]
    below = [_raised(base, -exponent) for base, exponent in ordered if exponent < 0]
    node = chained(([] if top == ONE else [top]) + above)
    if bottom != ONE or below:
        node = Binary("/", node, chained(([] if bottom == ONE else [bottom]) + below))
    return Negative(node) if found.coefficient < 0 else node


def chained(factors: Sequence[Node]) -> Node:
    """Return the factors multiplied as they stand; 1 where there are none."""
    if not factors:
        return ONE
    node = factors[0]
    for factor in factors[1:]:
        node = Binary("*", node, factor)
    return node


def _raised(base: Node, exponent: Fraction) -> Node:
    if exponent == 1:
        return base
    if exponent == _HALF:
        return Apply("sqrt", (base,))
    return Binary("^", base, numeral(exponent))


def _rank(base: Node) -> tuple[int, str]:
    """Return where a factor stands: numbers first, then letters, brackets, functions, unopened derivatives."""
    match base:
        case Constant() | Number():
            return 0, ""
        case Name():
            return 1, base.name
        case Binary() if base.sign in {"+", "-"}:
            return 2, ""
        case Apply() if base.function.startswith(UNOPENED):
            return 4, ""
        case _:
            return 3, ""

"""The rules: for each name, what the derivative is, given the pieces it speaks of and their derivatives.

A rule is a function of pieces and results and of nothing else, so that a node can be worked out again
with another rule, or with other results below it, and carried up to the root by `combined`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.derivation.tidy import ONE, ZERO, minus, negative, over, plus, power, times
from engine.reading.tree import Apply, Binary, Negative, Node, Number, children, cube_root

TWO = Number("2")
Combine = Callable[[Sequence[Node], Sequence[Node]], Node]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One rule applied to one expression, with the derivations that it needs.

    rule:     its name.
    by:       the variable; below a chain rule the first child is by the stand-in for the inner function.
    input:    what is differentiated, as written.
    pieces:   what the rule's formula speaks of beside the derivatives: the two factors of a product ...
    children: the derivations of the parts, left to right; for a chain rule the outer and the inner one.
    result:   the derivative, tidied as a teacher would.
    """

    rule: str
    by: str
    input: Node
    pieces: tuple[Node, ...]
    children: tuple["Derivation", ...]
    result: Node

    @property
    def inner(self) -> Node:
        """The inner function of a chain rule."""
        return self.pieces[1]


def combined(rule: str, pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    """Return the derivative that a rule makes of the results of its children."""
    return RULES[rule](pieces, results)


def replaced(tree: Node, old: Node, new: Node) -> Node:
    """Return the tree with every part that equals `old` replaced."""
    if tree == old:
        return new
    if not children(tree):
        return tree
    match tree:
        case Negative():
            return Negative(replaced(tree.of, old, new))
        case Binary():
            return Binary(tree.sign, replaced(tree.left, old, new), replaced(tree.right, old, new))
        case Apply():
            return Apply(tree.function, tuple(replaced(each, old, new) for each in tree.arguments))
        case _:
            return tree


def _sum(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    signed = zip(pieces, results, strict=True)
    return plus(*(negative(result) if isinstance(piece, Negative) else result for piece, result in signed))


def _factor(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    return times(pieces[0], results[0]) if results else ZERO


def _product(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    return plus(times(results[0], pieces[1]), times(pieces[0], results[1]))


def _quotient(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    above = minus(times(results[0], pieces[1]), times(pieces[0], results[1]))
    return over(above, power(pieces[1], TWO))


def _chain(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    return times(replaced(results[0], pieces[0], pieces[1]), results[1])


def _power(pieces: Sequence[Node], _results: Sequence[Node]) -> Node:
    base, exponent = pieces
    return times(exponent, power(base, minus(exponent, ONE)))


def _exp_base(pieces: Sequence[Node], _results: Sequence[Node]) -> Node:
    base, exponent = pieces
    return times(Binary("^", base, exponent), Apply("ln", (base,)))


def _log(pieces: Sequence[Node], _results: Sequence[Node]) -> Node:
    return over(ONE, times(pieces[0], *(Apply("ln", (base,)) for base in pieces[1:])))


def _exp_log(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    return times(replaced(results[0], pieces[0], pieces[1]))


def _larger(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    """Return the derivative of the larger of two: (1 + sgn(u - v))/2 is 1 where u is the larger one, else 0."""
    ahead = Apply("sign", (Binary("-", pieces[0], pieces[1]),))
    return over(plus(times(plus(ONE, ahead), results[0]), times(minus(ONE, ahead), results[1])), TWO)


def _smaller(pieces: Sequence[Node], results: Sequence[Node]) -> Node:
    return _larger(pieces, (results[1], results[0]))


def _of(function: str, argument: Node) -> Node:
    return Apply(function, (argument,))


def _squared(node: Node) -> Node:
    return power(node, TWO)


def _root_below(node: Node) -> Node:
    return over(ONE, _of("sqrt", node))


# The derivative of each function of one variable u.
_FUNCTIONS: dict[str, Callable[[Node], Node]] = {
    "sin": lambda u: _of("cos", u),
    "cos": lambda u: negative(_of("sin", u)),
    "tan": lambda u: over(ONE, _squared(_of("cos", u))),
    "cot": lambda u: negative(over(ONE, _squared(_of("sin", u)))),
    "sec": lambda u: times(_of("sec", u), _of("tan", u)),
    "csc": lambda u: negative(times(_of("csc", u), _of("cot", u))),
    "asin": lambda u: _root_below(minus(ONE, _squared(u))),
    "acos": lambda u: negative(_root_below(minus(ONE, _squared(u)))),
    "atan": lambda u: over(ONE, plus(ONE, _squared(u))),
    "sinh": lambda u: _of("cosh", u),
    "cosh": lambda u: _of("sinh", u),
    "tanh": lambda u: minus(ONE, _squared(_of("tanh", u))),
    "coth": lambda u: negative(over(ONE, _squared(_of("sinh", u)))),
    "sech": lambda u: negative(times(_of("sech", u), _of("tanh", u))),
    "csch": lambda u: negative(times(_of("csch", u), _of("coth", u))),
    "asinh": lambda u: _root_below(plus(_squared(u), ONE)),
    "acosh": lambda u: _root_below(minus(_squared(u), ONE)),
    "atanh": lambda u: over(ONE, minus(ONE, _squared(u))),
    "cbrt": lambda u: over(ONE, times(Number("3"), power(cube_root(u), TWO))),
    "sqrt": lambda u: over(ONE, times(TWO, _of("sqrt", u))),
    "abs": lambda u: _of("sign", u),
    "sign": lambda _: ZERO,
    "sigmoid": lambda u: times(_of("sigmoid", u), minus(ONE, _of("sigmoid", u))),
    "relu": lambda u: over(plus(ONE, _of("sign", u)), TWO),
}


def _elementary(derivative: Callable[[Node], Node]) -> Combine:
    return lambda pieces, _results: derivative(pieces[0])


RULES: dict[str, Combine] = {
    **{name: _elementary(derivative) for name, derivative in _FUNCTIONS.items()},
    "constant": lambda _pieces, _results: ZERO,
    "hold-constant": _factor,
    "constant-multiple": _factor,
    "sum": _sum,
    "product": _product,
    "quotient": _quotient,
    "chain": _chain,
    "power": _power,
    # Euler's function is its own derivative, in whichever of its two spellings it was written.
    "exp": lambda pieces, _results: pieces[0],
    "exp-base": _exp_base,
    "log": _log,
    "exp-log": _exp_log,
    "change-of-base": lambda _pieces, results: results[0],
    "max": _larger,
    "min": _smaller,
}
FUNCTIONS = frozenset(_FUNCTIONS) | {"exp", "ln", "log", "max", "min"}

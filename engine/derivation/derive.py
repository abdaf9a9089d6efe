"""Which rule applies to an expression, and to which parts it leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.derivation.numerals import number, numeral
from engine.derivation.rules import FUNCTIONS, Derivation, combined
from engine.derivation.tidy import ONE, chained, times
from engine.errors import NotSupported, TooLarge
from engine.reading.tree import (
    Apply,
    Binary,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    cube_root,
    names_in,
    under_cube_root,
    walk,
)

MAX_PARTS = 1000
_STAND_INS = ("u", "v", "w", "q", "p", "s", "t", "r", "h")
_MINUS_ONE = Negative(ONE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A rule, what its formula speaks of, and the parts to differentiate with their variables."""

    rule: str
    pieces: tuple[Node, ...]
    parts: tuple[tuple[Node, str], ...] = ()


def derive(tree: Node, by: str) -> Derivation:
    """Return the derivative of a tree by a variable as a tree of rules, each result tidied, none expanded.

    Refuses (NotSupported) a kind of expression that has no rule here, (TooLarge) results that grow
    past 1,000 parts. What comes back holds where the expression is smooth; `checked` proves it there.
    """
    opened = open_up(tree, by)
    below = tuple(derive(part, variable) for part, variable in opened.parts)
    result = combined(opened.rule, opened.pieces, [each.result for each in below])
    if sum(1 for _ in walk(result)) > MAX_PARTS:
        raise TooLarge("The steps of this derivative grow too long to be written down.")
    return Derivation(opened.rule, by, tree, opened.pieces, below, result)


def open_up(tree: Node, by: str) -> Opened:
    """Return the rule that a teacher would use first, with the parts it leads to."""
    if not _depends(tree, by):
        return Opened("hold-constant" if names_in(tree) else "constant", ())
    match tree:
        case Name():
            return Opened("power", (tree, ONE))
        case Negative():
            return _of_product(tree, by)
        case Binary() if tree.sign in {"+", "-"}:
            pieces = tuple(_signed_terms(tree))
            return Opened("sum", pieces, tuple((_unsigned(piece), by) for piece in pieces))
        case Binary() if (under := under_cube_root(tree)) is not None:
            return Opened("cbrt", (under,)) if under == Name(by) else _through(under, cube_root, by, tree)
        case Binary() if tree.sign in {"*", "/"}:
            return _of_product(tree, by)
        case Binary():
            return _of_power(tree, by)
        case Apply():
            return _of_function(tree, by)
        case _:
            raise NotSupported("I have no rules for this kind of formula, so I show no steps.")


def _depends(tree: Node, by: str) -> bool:
    return any(isinstance(each, Name) and each.name == by for each in walk(tree))


def _signed_terms(tree: Node) -> list[Node]:
    """Return the terms of a sum as written, minus signs in front of them; brackets stay closed."""
    match tree:
        case Binary() if tree.sign in {"+", "-"}:
            right = tree.right if tree.sign == "+" else _opposite(tree.right)
            return [*_signed_terms(tree.left), right]
        case _:
            return [tree]


def _opposite(node: Node) -> Node:
    return node.of if isinstance(node, Negative) else Negative(node)


def _unsigned(node: Node) -> Node:
    return node.of if isinstance(node, Negative) else node


@dataclass(frozen=True, slots=True)
class _Factors:
    """The factors of a product as written, above and below its lines, and its sign."""

    negative: bool
    above: tuple[Node, ...]
    below: tuple[Node, ...]

    @property
    def whole(self) -> Node:
        """The product again, without its sign."""
        top = chained(self.above)
        return Binary("/", top, chained(self.below)) if self.below else top

    def only(self, keep: Callable[[Node], bool]) -> "_Factors":
        """Return the factors of one kind, without the sign."""
        return _Factors(False, tuple(filter(keep, self.above)), tuple(filter(keep, self.below)))  # noqa: FBT003


def _factors(node: Node) -> _Factors:
    match node:
        case Negative():
            inner = _factors(node.of)
            return _Factors(not inner.negative, inner.above, inner.below)
        case Binary() if node.sign in {"*", "/"} and under_cube_root(node) is None:
            left, right = _factors(node.left), _factors(node.right)
            above, below = (right.above, right.below) if node.sign == "*" else (right.below, right.above)
            return _Factors(left.negative != right.negative, left.above + above, left.below + below)
        case _:
            # A one above a line is no factor: 1/x is a power of x.
            return _Factors(negative=False, above=() if node == ONE else (node,), below=())


def _of_product(tree: Node, by: str) -> Opened:
    """Take the numbers out first, then what is held constant; a rule for products needs two that vary."""
    factors = _factors(tree)
    numbers = factors.only(lambda each: not names_in(each))
    if factors.negative or numbers.above or numbers.below:
        rest = factors.only(lambda each: bool(names_in(each)))
        sign = (_MINUS_ONE,) if factors.negative else ()
        return Opened("constant-multiple", (times(*sign, numbers.whole),), ((rest.whole, by),))
    held = factors.only(lambda each: not _depends(each, by))
    if held.above or held.below:
        rest = factors.only(lambda each: _depends(each, by))
        return Opened("hold-constant", (times(held.whole),), ((rest.whole, by),))
    if not factors.above:
        return _of_reciprocal(factors.below, by)
    if not factors.below and len(factors.above) == 1:
        return open_up(factors.above[0], by)
    if not factors.below:
        pieces = (factors.above[0], chained(factors.above[1:]))
        return Opened("product", pieces, tuple((piece, by) for piece in pieces))
    pieces = (chained(factors.above), chained(factors.below))
    return Opened("quotient", pieces, tuple((piece, by) for piece in pieces))


def _of_reciprocal(below: Sequence[Node], by: str) -> Opened:
    """Read 1/x^2 as x^(-2): a power with a negative exponent, not a quotient."""
    node = chained(below)
    match node:
        case Binary() if node.sign == "^" and not _depends(node.right, by):
            value = number(node.right)
            exponent = Negative(node.right) if value is None else numeral(-value)
            return _raised(node.left, exponent, lambda base: Binary("/", ONE, Binary("^", base, node.right)), by)
        case Apply() if node.function == "sqrt":
            half = Negative(Binary("/", ONE, Number("2")))
            return _raised(node.arguments[0], half, lambda base: Binary("/", ONE, Apply("sqrt", (base,))), by)
        case _:
            return _raised(node, _MINUS_ONE, lambda base: Binary("/", ONE, base), by)


def _of_power(tree: Binary, by: str) -> Opened:
    base, exponent = tree.left, tree.right
    if not _depends(exponent, by):
        return _raised(base, exponent, lambda inner: Binary("^", inner, exponent), by)
    if _depends(base, by):
        rewritten = Binary("^", Constant("e"), Binary("*", exponent, Apply("ln", (base,))))
        return Opened("exp-log", (rewritten, tree), ((rewritten, by),))
    if exponent != Name(by):
        return _through(exponent, lambda inner: Binary("^", base, inner), by, tree)
    return Opened("exp", (tree,)) if base == Constant("e") else Opened("exp-base", (base, exponent))


def _raised(base: Node, exponent: Node, shape: Callable[[Node], Node], by: str) -> Opened:
    if base == Name(by):
        return Opened("power", (base, exponent))
    return _through(base, shape, by, shape(base))


def _through(inner: Node, shape: Callable[[Node], Node], by: str, whole: Node) -> Opened:
    """Return the chain rule: the outer function of a stand-in, then the inner one."""
    taken = names_in(whole)
    stand_in = next(name for name in _STAND_INS if name not in taken)
    return Opened("chain", (Name(stand_in), inner), ((shape(Name(stand_in)), stand_in), (inner, by)))


def _of_function(tree: Apply, by: str) -> Opened:
    if tree.function not in FUNCTIONS:
        raise NotSupported("I have no rule for this function, so I show no steps.")
    first, *others = tree.arguments
    if tree.function in {"max", "min"}:
        left = first if len(others) == 1 else Apply(tree.function, tree.arguments[:-1])
        return Opened(tree.function, (left, others[-1]), ((left, by), (others[-1], by)))
    if tree.function == "log" and _depends(others[0], by):
        rewritten = Binary("/", Apply("ln", (first,)), Apply("ln", (others[0],)))
        return Opened("change-of-base", (), ((rewritten, by),))
    if first != Name(by):
        return _through(first, lambda inner: Apply(tree.function, (inner, *others)), by, tree)
    if tree.function == "exp":
        return Opened("exp", (tree,))
    if tree.function in {"ln", "log"}:
        return Opened("log", tree.arguments)
    return Opened(tree.function, (first,))

"""The syntax tree. It keeps the written form; spans point into the learner's own text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from engine.errors import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed: digits, a decimal point, an exponent of ten."""

    text: str
    span: Span = field(default=(0, 0), compare=False)

    @property
    def value(self) -> Fraction:
        """The exact value; 0.1 is one tenth."""
        return Fraction(self.text)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable: a letter, a Greek name, with or without an index (x, theta, w1)."""

    name: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """Euler's number "e" or "pi"."""

    name: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus something."""

    of: "Node"
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left sign right`, where sign is one of + - * / ^."""

    sign: str
    left: "Node"
    right: "Node"
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """A function of the table in functions.py, applied; or a function given by cases, or one of its conditions."""

    function: str
    arguments: tuple["Node", ...]
    span: Span = field(default=(0, 0), compare=False)


Node = Number | Name | Constant | Negative | Binary | Apply


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below, left to right."""
    match node:
        case Negative():
            return (node.of,)
        case Binary():
            return (node.left, node.right)
        case Apply():
            return node.arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, parents first."""
    left = [node]
    while left:
        here = left.pop()
        yield here
        left.extend(reversed(children(here)))


def names_in(node: Node) -> set[str]:
    """Return the names of the variables that occur."""
    return {each.name for each in walk(node) if isinstance(each, Name)}


def cube_root(of: Node, span: Span = (0, 0)) -> Node:
    """Return the real cube root, sgn(u) |u|^(1/3), which has a value for negative numbers too."""
    third = Binary("/", Number("1", span), Number("3", span), span)
    size = Binary("^", Apply("abs", (of,), span), third, span)
    return Binary("*", Apply("sign", (of,), span), size, span)


def under_cube_root(node: Node) -> Node | None:
    """Return what stands under a real cube root; None where the tree is none."""
    match node:
        case Binary(sign="*", left=Apply(function="sign", arguments=(of,))) if node == cube_root(of):
            return of
        case _:
            return None


def squares(left: Sequence[Node], right: Sequence[Node], span: Span) -> tuple[Node, Node]:
    """Return the sum of the squares of the differences, entry by entry, and the 0 it is compared with."""
    zero = Number("0", span)
    differences = [a if b == zero else Binary("-", a, b, span) for a, b in zip(left, right, strict=True)]
    return sum_of([Binary("^", each, Number("2", span), span) for each in differences]), zero


def sum_of(terms: Sequence[Node]) -> Node:
    """Return the terms added up, from the left."""
    return reduce(lambda a, b: Binary("+", a, b, (a.span[0], b.span[1])), terms)

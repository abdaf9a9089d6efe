"""Functions put into functions: the product of their Jacobians, checked against the Jacobian of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from flint import arb
from sympy import Expr, Matrix

from engine.answering.graph_place import in_balls
from engine.answering.jacobian_forms import same, short
from engine.answering.jacobians import Functions, There
from engine.calculus import derivatives
from engine.calculus.balls import ball
from engine.derivation.enclosed import BITS
from engine.derivation.rules import replaced
from engine.errors import NotSupported
from engine.reading.tree import Name, Node
from engine.reading.vector_functions import VectorFunction

_WITHHELD = "I could not check the product against the derivative of the composition, so I do not show it."


@dataclass(frozen=True, slots=True)
class Composed:
    """Outer functions of the values of inner ones.

    whole:   the composition itself.
    product: the Jacobian of the outer ones, inner ones put in, times that of the inner ones.
    """

    outer: Functions
    inner: Functions
    whole: Functions
    product: Matrix

    @classmethod
    def of(cls, outer: Functions, inner: Functions) -> "Composed":
        """Return the composition; refuses (NotSupported) a product that is not found equal to its Jacobian."""
        trees = tuple(_put_in(tree, inner.read) for tree in outer.read.trees)
        read = VectorFunction(outer.read.text, trees, outer.read.names, inner.names, (), outer.read.name)
        whole = Functions.of(read, inner.names, "inner")
        given = dict(zip(outer.symbols, (each.expression for each in inner.scalars), strict=True))
        product = (outer.matrix.xreplace(given) * inner.matrix).applyfunc(short)
        if not all(same(one, other) for one, other in zip(product, whole.matrix, strict=True)):
            raise NotSupported(_WITHHELD)
        return cls(outer, inner, whole, product)


@dataclass(frozen=True, slots=True)
class ComposedThere:
    """A composition at a point of the inner variables."""

    outer: There
    inner: There
    whole: There

    @classmethod
    def of(cls, composed: Composed, inner: There) -> "ComposedThere":
        """Return the matrices there; refuses (at `at`) where one is not smooth, (NotSupported) a doubtful product."""
        values = [inner.shown.value(each.expression) for each in composed.inner.scalars]
        outer = There.given(composed.outer, dict(zip(composed.outer.symbols, values, strict=True)))
        product = (outer.matrix * inner.matrix).applyfunc(lambda each: derivatives.at(each, {}))
        whole = There.made(composed.whole, inner.shown, product)
        balls = in_balls(inner.shown.values)
        if balls is None or not all(map(_agree, product, composed.whole.matrix, [balls] * len(product))):
            raise NotSupported(_WITHHELD)
        return cls(outer, inner, whole)


def _agree(found: Expr, stated: Expr, at: Mapping[Expr, arb]) -> bool:
    """Tell whether a number is the value of a formula there; with parameters left, the formulas were compared."""
    if found.free_symbols:
        return True
    one, other = ball(found, BITS), ball(stated, BITS, at)
    return one is not None and other is not None and bool(one.overlaps(other))


def _put_in(tree: Node, inner: VectorFunction) -> Node:
    """Return the tree with all inner functions put in at once: y = x does not change what x = y has put in."""
    for index, name in enumerate(inner.names):
        tree = replaced(tree, Name(name), Name(f"#{index}"))
    for index, part in enumerate(inner.trees):
        tree = replaced(tree, Name(f"#{index}"), part)
    return tree

"""The rules of a derivation in reading order: what is needed first, then what is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.derivation.rules import Derivation, replaced
from engine.derivation.tidy import ONE
from engine.reading.tree import Binary, Node


@dataclass(frozen=True, slots=True)
class Step:
    """One rule: the derivative of `input` by the variable of the whole derivation is `result`."""

    rule: str
    input: Node
    result: Node
    depth: int


def steps(node: Derivation, depth: int = 0) -> Iterator[Step]:
    """Yield a step for each node, its parts before it, so that the last one has the result.

    All steps are about the same variable: the outer function of a chain rule is stated with the inner
    one put in and the inner derivative beside it, not yet tidied.
    """
    if node.rule == "chain":
        outer, inner = node.children
        yield from steps(inner, depth + 1)
        yield Step(outer.rule, node.input, _beside(node, outer, inner), depth + 1)
    else:
        for child in node.children:
            yield from steps(child, depth + 1)
    yield Step(node.rule, node.input, node.result, depth)


def _beside(node: Derivation, outer: Derivation, inner: Derivation) -> Node:
    slope = replaced(outer.result, node.pieces[0], node.inner)
    return slope if inner.result == ONE else Binary("*", slope, inner.result)

"""A derivation as the lines that a teacher writes: one layer of hard rules opened in each.

Hard are the product, quotient and chain rule and what works like them; all others are done in passing.
Where a line stops, the derivatives not yet worked out stand in it as ∂/∂x(..).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.derivation.rules import Derivation, combined
from engine.derivation.tidy import UNOPENED
from engine.reading.tree import Apply, Node, Number

_IN_PASSING = {"sum", "constant-multiple", "hold-constant", "exp-log", "change-of-base"}


@dataclass(frozen=True, slots=True)
class Line:
    """The derivative as far as it is worked out, and the rules used since the line before."""

    shown: Node
    rules: tuple[str, ...]


def unopened(tree: Node, by: str) -> Apply:
    """Return the tree that stands for a derivative not yet worked out."""
    return Apply(UNOPENED + by, (tree,))


def lines(node: Derivation) -> tuple[Line, ...]:
    """Return the lines from the first rule to the result; one line only where nothing is hard."""
    rules: dict[int, dict[str, None]] = {}
    for layer, rule in _layers(node, 1):
        rules.setdefault(layer, {})[rule] = None
    return tuple(Line(_seen(node, layer), tuple(rules[layer])) for layer in sorted(rules))


def _easy(node: Derivation) -> bool:
    """Tell whether everything below is done in passing."""
    return not node.children or (node.rule in _IN_PASSING and all(map(_easy, node.children)))


def _trivial(node: Derivation) -> bool:
    """Tell whether the derivative is 0 or 1 at a glance."""
    return isinstance(node.result, Number) and _easy(node) and node.result.text in {"0", "1"}


def _seen(node: Derivation, layer: int) -> Node:
    """Return the derivative with so many layers of hard rules opened."""
    if _easy(node):
        return node.result
    if node.rule in _IN_PASSING:
        return combined(node.rule, node.pieces, [_seen(child, layer) for child in node.children])
    if layer == 0:
        return unopened(node.input, node.by)
    return combined(node.rule, node.pieces, [_below(node, child, layer - 1) for child in node.children])


def _below(node: Derivation, child: Derivation, layer: int) -> Node:
    if child.by != node.by or _trivial(child):
        return child.result
    return _seen(child, layer) if layer else unopened(child.input, child.by)


def _layers(node: Derivation, layer: int) -> Iterator[tuple[int, str]]:
    """Yield each rule with the line in which it is used."""
    yield layer, node.rule
    passing = node.rule in _IN_PASSING
    for child in node.children:
        if child.by != node.by or passing:
            yield from _layers(child, layer)
        elif not _trivial(child):
            yield from _layers(child, layer + 1)

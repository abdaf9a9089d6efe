"""Forward and backward through a graph: values, local derivatives, adjoints; exact where short, in balls always."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy
from flint import arb
from sympy import Expr, S

from engine.answering.graph import Edge, Graph, Vertex, place
from engine.answering.graph_place import in_balls
from engine.answering.place import Place, decimal
from engine.building import build, symbol
from engine.calculus import derivatives, domain, signs
from engine.calculus.balls import ball
from engine.derivation.derive import derive
from engine.derivation.enclosed import BITS, Around, OutsideError, precision
from engine.derivation.rules import replaced
from engine.errors import NotSupported, Refused
from engine.reading import Point
from engine.reading.tree import Name, Node
from engine.spelling import formula as spell

MAX_OPERATIONS = 20
MAX_DIGITS = 24
_ACCURATE = 56
_CLOSE = arb(2) ** -100
_NOUGHT = arb(2) ** -150
WITHHELD = "I could not check this backward pass against the derivatives, so I show none; /grad has the gradient."


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the graph: a ball that contains it, and its exact value where that is short."""

    exact: Expr | None
    ball: arb

    @property
    def decimal(self) -> float:
        """The number next to it; refuses (NotSupported) what is not known closely enough."""
        if self.exact is not None:
            return decimal(self.exact)
        if self.ball.rel_accuracy_bits() < _ACCURATE:
            raise NotSupported("I could not find the decimal value of a result surely, so I give none.")
        return float(self.ball.mid())


ZERO, ONE = Amount(S.Zero, arb(0)), Amount(S.One, arb(1))


@dataclass(frozen=True, slots=True)
class Local:
    """The derivative of an operation by one of its arguments: as a formula of vertices, and its value."""

    shown: Node
    amount: Amount


@dataclass(frozen=True, slots=True)
class Passes:
    """What both passes found.

    locals:   for each operation and number of an argument that moves.
    adjoints: the derivative of the whole by each vertex that moves.
    """

    graph: Graph
    values: Mapping[str, Amount]
    locals: Mapping[tuple[str, int], Local]
    adjoints: Mapping[str, Amount]

    def local(self, edge: Edge) -> Local:
        """Return the local derivative of an edge."""
        return self.locals[edge.end.name, edge.index]


def passes(graph: Graph, at: Place, expected: Sequence[arb]) -> Passes:
    """Return both passes at a point, every local derivative and the gradient checked.

    expected: balls round the gradient there, found another way.
    Refuses (NotSupported) what could not be enclosed or does not agree.
    """
    with precision():
        try:
            values = _forward(graph, at)
            found = {
                (vertex.name, index): _local(vertex, index, values)
                for vertex in graph.operations
                for index, argument in vertex.inner()
                if argument.name in graph.moving
            }
            adjoints = _backward(graph, found)
        except OutsideError:
            raise NotSupported(WITHHELD) from None
        if not all(_same(adjoints[n].ball, each) for n, each in zip(at.scalar.names, expected, strict=True)):
            raise NotSupported(WITHHELD)
    return Passes(graph, values, found, adjoints)


def expected_slope(at: Place, partials: Sequence[Expr] | None) -> tuple[arb, ...]:
    """Return balls round the gradient: from its formulas, or of the whole tree where there are none.

    Refuses (NotSupported) what could not be enclosed.
    """
    balls = in_balls(at.values)
    if balls is None:
        raise NotSupported(WITHHELD)
    with precision():
        if partials is not None:
            found = [ball(each, BITS, balls) for each in partials]
        else:
            found = [_slope(at, name, balls) for name in at.scalar.names]
    if None in found:
        raise NotSupported(WITHHELD)
    return tuple(each for each in found if each is not None)


def _slope(at: Place, by: str, balls: Mapping[Expr, arb]) -> arb | None:
    try:
        return Around({str(name): each for name, each in balls.items()}, by).slope(at.scalar.read.tree)
    except OutsideError:
        return None


def stopped(graph: Graph, at: Point, refused: Refused) -> Refused:
    """Return the refusal of a point with the first operation that is not defined or not differentiable there."""
    values = {symbol(name): build(node) for name, node in zip(at.names, at.coordinates, strict=True)}
    for vertex in graph.operations:
        for condition in domain.conditions(vertex.source):
            if condition.holds(condition.smooth, condition.of.xreplace(values)) is not True:
                shown = f"{spell.variable(vertex.name).text} = {spell.of(vertex.tree).text}"
                refused.message = f"The pass stops at {shown}. {refused.message}"
                return refused
    return refused


def _forward(graph: Graph, at: Place) -> dict[str, Amount]:
    values = {str(name): _amount(value) for name, value in at.values.items()}
    for vertex in graph.operations:
        around = Around(_inside(vertex, values), "")
        values[vertex.name] = _best(_exact(build(vertex.shape), vertex, values), around.value(vertex.shape))
    return values


def _inside(vertex: Vertex, values: Mapping[str, Amount]) -> dict[str, arb]:
    return {place(index).name: values[each.name].ball for index, each in vertex.inner()}


def _exact(expression: Expr, vertex: Vertex, values: Mapping[str, Amount]) -> Expr | None:
    """Return the value of an expression of places, None where it is long or an argument has none."""
    given = {
        symbol(name): values[each.name].exact
        for index, each in vertex.inner()
        if symbol(name := place(index).name) in expression.free_symbols
    }
    if None in given.values():
        return None
    return _short(derivatives.at(expression, given))


def _short(value: Expr) -> Expr | None:
    if value.is_Rational:
        return value if len(str(value)) <= MAX_DIGITS else None
    return value if sympy.count_ops(value) <= MAX_OPERATIONS and len(str(value)) <= 2 * MAX_DIGITS else None


def _amount(value: Expr) -> Amount:
    found = signs.ball(value, BITS)
    if found is None:
        raise OutsideError
    return Amount(value, found)


def _best(exact: Expr | None, computed: arb) -> Amount:
    """Return the number, its exact value as the ball where there is one; raises OutsideError where they differ."""
    if exact is None:
        return Amount(None, computed)
    found = _amount(exact)
    if not found.ball.overlaps(computed):
        raise OutsideError
    return found


def _local(vertex: Vertex, index: int, values: Mapping[str, Amount]) -> Local:
    by = place(index).name
    slope = Around(_inside(vertex, values), by).slope(vertex.shape)
    rule = derive(vertex.shape, by).result
    # What the forward pass has worked out is used again: e^u is the vertex itself.
    shown = vertex.filled(replaced(rule, vertex.shape, Name(vertex.name)))
    return Local(shown, _best(_exact(build(rule), vertex, values), slope))


def _backward(graph: Graph, found: Mapping[tuple[str, int], Local]) -> dict[str, Amount]:
    """Return the adjoints, from the root back: for each use of a vertex, the user's adjoint times the local one."""
    adjoints: dict[str, Amount] = {}
    for vertex in reversed(graph.vertices):
        if vertex.name not in graph.moving:
            continue
        total = ONE if vertex.name == graph.root else ZERO
        for edge in graph.uses(vertex.name):
            total = _plus(total, _times(adjoints[edge.end.name], found[edge.end.name, edge.index].amount))
        adjoints[vertex.name] = total
    return adjoints


def _times(one: Amount, other: Amount) -> Amount:
    exact = None if one.exact is None or other.exact is None else _tidied(one.exact * other.exact)
    return _best(exact, one.ball * other.ball)


def _plus(one: Amount, other: Amount) -> Amount:
    exact = None if one.exact is None or other.exact is None else _tidied(one.exact + other.exact)
    return _best(exact, one.ball + other.ball)


def _tidied(value: Expr) -> Expr | None:
    return _short(derivatives.at(value, {}))


def _same(found: arb, expected: arb) -> bool:
    """Tell whether two balls are one number, to thirty digits."""
    difference = abs(found - expected)
    return bool(difference < _CLOSE * abs(expected) or difference < _NOUGHT)

"""The two passes of backpropagation as they are said: data, steps and remarks; the tables are backprop_lines."""

from dataclasses import dataclass, replace

import sympy
from sympy import Expr

from engine.answering.graph import Edge, Graph, Vertex, graph_of
from engine.answering.graph_passes import Amount, Local, Passes, expected_slope, passes, stopped
from engine.answering.graph_place import is_short, placed
from engine.answering.place import Place
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.building import written_with_decimals
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.errors import Refused
from engine.reading import Point
from engine.spelling import formula as spell
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json

MAX_ROWS = 60
_DIFFERENTIATED = 60


@dataclass(frozen=True, slots=True)
class Backprop:
    """Both passes at a point.

    slope: the gradient, each entry exact where that is found in short time.
    value: the exact value of the function, None where it is too long.
    """

    place: Place
    graph: Graph
    found: Passes
    slope: tuple[Amount, ...]
    value: Expr | None

    @classmethod
    def of(cls, scalar: Scalar, at: Point) -> "Backprop":
        """Return both passes; refuses (NotSupported) them where they could not be checked.

        Refuses (NotInDomain, at `at`) a point where an operation is not defined or not differentiable.
        """
        if any(map(written_with_decimals, at.coordinates)):
            scalar = replace(scalar, decimals=True)
        graph = graph_of(scalar.read.tree, scalar.names)
        try:
            place = placed(scalar, at)
        except Refused as refused:
            raise stopped(graph, at, refused) from None
        short = sympy.count_ops(scalar.expression) <= _DIFFERENTIATED
        partials = derivatives.gradient(scalar.expression, scalar.symbols) if short else None
        found = passes(graph, place, expected_slope(place, partials))
        slope = [found.adjoints[name] for name in scalar.names]
        if partials is not None:
            slope = [_stated(place, each, one) for each, one in zip(slope, partials, strict=True)]
        value = place.value(scalar.expression) if short else found.values[graph.root].exact
        return cls(place, graph, found, tuple(slope), value)

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.place.scalar.read.name

    def back(self) -> tuple[Vertex, ...]:
        """Return what has an adjoint, from the root back, and the variables in their order."""
        inputs = [each for each in self.graph.vertices if not each.arguments]
        order = [*reversed(self.graph.operations), *inputs]
        return tuple(each for each in order if each.name in self.graph.moving)

    def data(self) -> Json:
        """Return the data: all vertices in the order of the forward pass."""
        return {
            "at": exact(self.place.coordinates),
            "given": self.place.given,
            "nodes": [self._node(each) for each in self.graph.vertices],
            "root": self.graph.root,
            "value": None if self.value is None else syntax(self.value),
            "value_decimal": self.found.values[self.graph.root].decimal,
            "gradient_at": [_written(each) for each in self.slope],
            "gradient_at_decimal": [each.decimal for each in self.slope],
        }

    def _node(self, vertex: Vertex) -> Json:
        value, adjoint = self.found.values[vertex.name], self.found.adjoints.get(vertex.name)
        locals_ = [self.found.locals.get((vertex.name, index)) for index in range(len(vertex.arguments))]
        return {
            "name": vertex.name,
            "operation": sympy_syntax(vertex.tree) if vertex.arguments else "input",
            "rule": vertex.rule if vertex.arguments else None,
            "arguments": [sympy_syntax(each) for each in vertex.arguments],
            "value": _written(value),
            "value_decimal": value.decimal,
            "adjoint": None if adjoint is None else _written(adjoint),
            "adjoint_decimal": None if adjoint is None else adjoint.decimal,
            "locals": [None if each is None else sympy_syntax(each.shown) for each in locals_],
            "locals_decimal": [None if each is None else each.amount.decimal for each in locals_],
        }

    def steps(self) -> list[Json]:
        """Return the steps: values, then each local derivative and the adjoint it goes into, then the gradient."""
        found = [
            step("evaluate-at-point", f"{each.name} = {sympy_syntax(each.tree)}", _value(self.found.values[each.name]))
            for each in self.graph.operations
        ]
        for vertex in self.back():
            uses = self.graph.uses(vertex.name)
            found += [self._local_step(each, self.found.local(each)) for each in uses]
            told = " + ".join(f"d{self.name}/d{e.end.name} * d{e.end.name}/d{vertex.name}" for e in uses)
            rule = "path-sum" if len(uses) > 1 else "chain"
            if uses:
                found.append(step(rule, told, _value(self.found.adjoints[vertex.name])))
        f = syntax(self.place.scalar.expression)
        return [*found, step("assemble-gradient", f, f"({', '.join(map(_value, self.slope))})")]

    def _local_step(self, edge: Edge, local: Local) -> Json:
        told = f"{sympy_syntax(edge.end.tree)} by {edge.start}"
        return step(edge.end.rule, told, sympy_syntax(local.shown), 1)

    def remarks(self) -> tuple[str, ...]:
        """Return what the passes teach: what one backward pass costs, and where uses of one vertex add up."""
        count = len(self.graph.operations)
        names = len(self.place.scalar.names)
        said = [f"Here {name} = {value}." for name, value in self.place.given.items()]
        if count > MAX_ROWS:
            said.append(
                f"The graph has {count} operations, more than {MAX_ROWS}, so both tables stand in the data only."
            )
        shared = [each.name for each in self.graph.vertices if self._is_shared(each.name)]
        if shared:
            listed = ", ".join(spell.variable(each).text for each in shared)
            said.append(f"Used more than once: {listed}. The derivative is then the sum over all uses.")
        return (*said, _cost(names))

    def _is_shared(self, name: str) -> bool:
        return name in self.graph.moving and len(self.graph.uses(name)) > 1


def _cost(names: int) -> str:
    many = {1: "the derivative", 2: "both partial derivatives"}.get(names, f"all {names} partial derivatives")
    forward = "one pass" if names == 1 else f"{names} passes"
    return (
        f"The backward pass gives {many} at once, for a small constant times the cost of one forward pass, in practice "
        f"two to four, whatever the number of variables. Forward mode takes {forward} here, central differences "
        f"{2 * names}, and 200 million for 10^8 parameters. The price is memory: the values on the way are kept."
    )


def _stated(place: Place, found: Amount, partial: Expr) -> Amount:
    """Return an entry of the gradient as the other topics state it, where that takes no long time."""
    return Amount(place.value(partial), found.ball) if is_short(partial) else found


def _written(amount: Amount) -> str | None:
    return None if amount.exact is None else syntax(amount.exact)


def _value(amount: Amount) -> str:
    return _written(amount) or repr(amount.decimal)

"""The computational graph of a function as written: one vertex for each operation, equal parts once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from engine.derivation.rules import replaced
from engine.reading.tree import (
    Apply,
    Binary,
    Constant,
    Name,
    Negative,
    Node,
    children,
    cube_root,
    names_in,
    under_cube_root,
)

_LETTERS = "vuhzqabcdgklmnprstwxy"
_SIGNS = {"+": "sum", "-": "sum"}
_FUNCTIONS = {"ln": "log"}


@dataclass(frozen=True, slots=True)
class Vertex:
    """One operation, or an input.

    shape:     the operation with a place #0, #1, .. for each argument that is no constant.
    arguments: in the order of the operation, each the name of another vertex or a constant; none for an input.
    source:    the part of the function that it is.
    """

    name: str
    shape: Node
    arguments: tuple[Node, ...]
    source: Node

    @property
    def tree(self) -> Node:
        """The operation on the names of other vertices: v1*x."""
        return self.filled(self.shape)

    def filled(self, tree: Node) -> Node:
        """Return a tree of places with the arguments put in."""
        for index, argument in self.inner():
            tree = replaced(tree, place(index), argument)
        return tree

    def inner(self) -> Iterator[tuple[int, Name]]:
        """Yield the arguments that are vertices, with their numbers."""
        for index, argument in enumerate(self.arguments):
            if isinstance(argument, Name):
                yield index, argument

    @property
    def rule(self) -> str:
        """The name of the rule that differentiates the operation."""
        constant = [not isinstance(each, Name) for each in self.arguments]
        match self.shape:
            case Binary() if under_cube_root(self.shape) is not None:
                return "cbrt"
            case Binary(sign="*") | Negative():
                return "constant-multiple" if any(constant) or len(constant) == 1 else "product"
            case Binary(sign="/"):
                return "constant-multiple" if constant[1] else "power" if constant[0] else "quotient"
            case Binary(sign="^", left=base):
                raised = "exp" if base == Constant("e") else "exp-base"
                return "power" if constant[1] else raised if constant[0] else "exp-log"
            case Binary():
                return _SIGNS[self.shape.sign]
            case Apply():
                return _FUNCTIONS.get(self.shape.function, self.shape.function)
            case _:
                return "constant"


@dataclass(frozen=True, slots=True)
class Edge:
    """The use of one vertex as an argument of another."""

    start: str
    end: Vertex
    index: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The vertices in the order in which they are worked out, the inputs first; `root` is the whole function.

    moving: the names of the vertices that depend on a variable.
    """

    vertices: tuple[Vertex, ...]
    root: str
    moving: frozenset[str]

    @property
    def operations(self) -> tuple[Vertex, ...]:
        """The vertices that are no inputs."""
        return tuple(each for each in self.vertices if each.arguments)

    def uses(self, name: str) -> tuple[Edge, ...]:
        """Return the edges that lead out of a vertex, in the order of the forward pass."""
        return tuple(
            Edge(name, end, index) for end in self.operations for index, each in end.inner() if each.name == name
        )


@dataclass(slots=True)
class _Growing:
    letter: str
    known: dict[Node, Node] = field(default_factory=dict)
    found: list[Vertex] = field(default_factory=list)

    def of(self, node: Node) -> Node:
        """Return the name of the vertex of a part; a constant stays as it is."""
        if not names_in(node) or isinstance(node, Name):
            return node
        if node not in self.known:
            parts, made = _opened(node)
            arguments = tuple(map(self.of, parts))
            places = [place(i) if isinstance(each, Name) else each for i, each in enumerate(arguments)]
            name = f"{self.letter}{len(self.found) + 1}"
            self.found.append(Vertex(name, made(places), arguments, node))
            self.known[node] = Name(name)
        return self.known[node]


def graph_of(tree: Node, names: Sequence[str]) -> Graph:
    """Return the graph of a function that is no constant.

    Its variables are `names`; other names in it are inputs that stand still.
    """
    others = sorted(names_in(tree) - set(names))
    taken = {each.rstrip("0123456789") for each in (*names, *others)}
    growing = _Growing(next(each for each in _LETTERS if each not in taken))
    root = growing.of(tree)
    inputs = [Vertex(each, Name(each), (), Name(each)) for each in (*names, *others)]
    moving = set(names)
    for each in growing.found:
        if any(argument.name in moving for _, argument in each.inner()):
            moving.add(each.name)
    return Graph((*inputs, *growing.found), root.name if isinstance(root, Name) else "", frozenset(moving))


def place(index: int) -> Name:
    """Return the name that stands for an argument in an operation's shape."""
    return Name(f"#{index}")


def _opened(node: Node) -> tuple[tuple[Node, ...], Callable[[Sequence[Node]], Node]]:
    """Return the arguments of an operation, and what makes it again of others."""
    if (under := under_cube_root(node)) is not None:
        return (under,), lambda parts: cube_root(parts[0])
    match node:
        case Negative():
            return (node.of,), lambda parts: Negative(parts[0])
        case Binary():
            return (node.left, node.right), lambda parts: Binary(node.sign, parts[0], parts[1])
        case Apply():
            return node.arguments, lambda parts: Apply(node.function, tuple(parts))
        case _:
            return children(node), lambda _: node

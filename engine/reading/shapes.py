"""What a text can be read as: frozen values made of trees. The readers of the files beside it return them."""

from dataclasses import dataclass
from typing import Literal

from engine.reading import tree
from engine.reading.readings import Note
from engine.reading.tree import Node

Kind = Literal[
    "expression",
    "expression up to a constant",
    "vector",
    "matrix",
    "point",
    "points",
    "set",
    "number",
    "interval",
    "unit direction",
    "direction",
    "direction either way",
    "relation",
    "limit",
    "label",
    "label at point",
]


@dataclass(frozen=True, slots=True)
class Expression:
    """A function as read: its tree, its variables in order, and the doubtful places.

    variables: as declared by a header f(y, x) = .., else alphabetical with indices counted (x2 before x10).
    """

    text: str
    tree: Node
    variables: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    name: str = "f"


@dataclass(frozen=True, slots=True)
class Vector:
    """A vector as read: one tree for each entry. A direction given by an angle or a compass word is one too."""

    text: str
    entries: tuple[Node, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Towards:
    """A direction given by the point it leads to, "to (4, 5)"; where it starts is not in the text."""

    text: str
    target: tuple[Node, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix as read: rows of equal length, none of them empty."""

    text: str
    rows: tuple[tuple[Node, ...], ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates as read, each a constant. `names` where the text gave them (x=1 y=2), else empty."""

    text: str
    coordinates: tuple[Node, ...]
    names: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """Points in the order written, each ± written out; empty where the text says that there are none."""

    text: str
    points: tuple[tuple[Node, ...], ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Values:
    """A set of numbers in the order written, each ± written out; empty where the text says that there are none."""

    text: str
    values: tuple[Node, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A constant as read.

    decimals: the place of the last digit of a decimal typed alone (2.24 has 2, 2.5e3 has -2), of which
              half is its own precision; None for every other constant, which is exact.
    """

    text: str
    tree: Node
    decimals: int | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """All reals from low to high; None where it has no end."""

    low: Node | None
    high: Node | None
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A union of stretches in the order written; empty for the empty set. `variable` where the text named it."""

    text: str
    stretches: tuple[Stretch, ...]
    variable: str = ""
    notes: tuple[Note, ...] = ()


Sign = Literal["=", "<", "<=", ">", ">=", "!="]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation or inequality: left sign right. `variables`: the names in it, or those declared."""

    text: str
    left: Node
    sign: Sign
    right: Node
    variables: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: a number with its tree, or "oo", "-oo", "dne" (there is none) without one."""

    text: str
    value: Literal["number", "oo", "-oo", "dne"]
    tree: Node | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What something is called, by its one name in the table of labels.py: "local minimum", "saddle point"."""

    text: str
    label: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """What each of several points is: (label, coordinates), in the order written."""

    text: str
    labels: tuple[tuple[str, tuple[Node, ...]], ...]
    notes: tuple[Note, ...] = ()


Shape = (
    Expression
    | Vector
    | Towards
    | Matrix
    | Point
    | Points
    | Values
    | Number
    | Interval
    | Relation
    | Limit
    | Label
    | Labels
)


@dataclass(frozen=True, slots=True)
class Window:
    """Ranges of variables: name, from, to, each end a constant."""

    text: str
    ranges: tuple[tuple[str, Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of variables, each once, in the order given."""

    text: str
    names: tuple[str, ...]


def decimals_of(node: Node) -> int | None:
    """Return the place of the last digit where the tree is one decimal, with or without a minus; else None."""
    bare = node.of if isinstance(node, tree.Negative) else node
    if not isinstance(bare, tree.Number):
        return None
    digits, _, exponent = bare.text.lower().partition("e")
    if "." not in digits:
        return None
    return len(digits.partition(".")[2]) - int(exponent or 0)

"""The front door of reading: a text and the kind of thing that is asked for -> a value of that kind, or a refusal."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from engine.errors import (
    EmptyText,
    NotAnExpression,
    Refused,
    StrangeCharacter,
    UnknownName,
    Unreadable,
    WrongKind,
    WrongLength,
)
from engine.reading.constants import read_number
from engine.reading.directions import read_direction
from engine.reading.expressions import read_expression
from engine.reading.intervals import read_interval
from engine.reading.labels import read_label
from engine.reading.limits import read_limit, read_values
from engine.reading.pieces import head_of_derivative
from engine.reading.placed_labels import read_labels
from engine.reading.points import coordinates_for, read_point, read_points
from engine.reading.relations import read_relation, read_relations
from engine.reading.shapes import (
    Expression,
    Interval,
    Kind,
    Label,
    Labels,
    Limit,
    Matrix,
    Number,
    Point,
    Points,
    Relation,
    Shape,
    Stretch,
    Towards,
    Values,
    Vector,
    decimals_of,
)
from engine.reading.tree import names_in
from engine.reading.variables import natural
from engine.reading.vectors import read_matrix, read_vector

__all__ = [
    "KINDS",
    "Expression",
    "Interval",
    "Kind",
    "Label",
    "Labels",
    "Limit",
    "Matrix",
    "Number",
    "Point",
    "Points",
    "Relation",
    "Shape",
    "Stretch",
    "Towards",
    "Values",
    "Vector",
    "decimals_of",
    "guess",
    "names_of",
    "phrase",
    "read",
    "read_relations",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
_Reader = Callable[[str, tuple[str, ...], int | None], Shape]


def _expression(text: str, variables: tuple[str, ...], _: int | None) -> Expression:
    try:
        return read_expression(text, variables)
    except NotAnExpression:
        head = head_of_derivative(text)
        if not head:
            raise
    read_on = read_expression(" " * head + text[head:], variables)
    notes = tuple(replace(note, alternative=note.alternative.lstrip()) for note in read_on.notes)
    return replace(read_on, text=text, notes=notes)


def _point(text: str, variables: tuple[str, ...], length: int | None) -> Point:
    point = read_point(text, variables)
    if variables:
        return replace(point, coordinates=coordinates_for(point, variables), names=())
    if length is not None and len(point.coordinates) != length:
        raise WrongLength(f"{length} coordinates are asked for.", span=(0, len(text)))
    return point


_READERS: dict[Kind, _Reader] = {
    "expression": _expression,
    "expression up to a constant": _expression,
    "vector": read_vector,
    "matrix": lambda text, variables, _: read_matrix(text, variables),
    "point": _point,
    "points": lambda text, variables, _: read_points(text, variables),
    "set": lambda text, _, __: read_values(text),
    "number": lambda text, _, __: read_number(text),
    "interval": lambda text, _, __: read_interval(text),
    "unit direction": read_direction,
    "direction": read_direction,
    "direction either way": read_direction,
    "relation": lambda text, variables, _: read_relation(text, variables),
    "limit": lambda text, _, __: read_limit(text),
    "label": lambda text, _, __: read_label(text),
    "label at point": lambda text, variables, _: read_labels(text, variables),
}
_ASKED: dict[Kind, str] = {
    **{kind: f"{'an' if kind[0] in 'aei' else 'a'} {kind}" for kind in KINDS},
    "points": "a list of points",
    "set": "a set of numbers",
    "unit direction": "a unit vector",
    "direction either way": "a direction",
    "relation": "an equation or inequality",
    "label": "a label, like saddle point,",
    "label at point": "a label at each point, like saddle at (0, 0),",
}
# Kinds that a text of the other one cannot be told from, so that it is no answer to what it is instead.
_ALIKE: dict[Kind, tuple[Kind, ...]] = {
    "expression": ("expression",),
    "expression up to a constant": ("expression",),
    "point": ("matrix", "vector"),
    "points": ("points", "matrix", "vector"),
    "limit": ("limit", "label"),
    "unit direction": ("vector",),
    "direction": ("vector",),
    "direction either way": ("vector",),
}
# What a text is tried as when it is not what is asked for; the first one that fits names it.
_TRIED: tuple[Kind, ...] = ("expression", "matrix", "vector", "relation", "points", "interval", "limit", "label")


def read(text: str, kind: Kind, variables: tuple[str, ...] = (), length: int | None = None) -> Shape:
    """Return the text read as `kind`; refuses (WrongKind) what is surely something else, by name.

    variables: names that are variables whatever else they could mean; i, j, k are unit vectors unless among them.
    length:    how many entries a vector or direction has; the number of variables where there are two or more.
    """
    if length is None and len(variables) > 1:
        length = len(variables)
    try:
        shape = _READERS[kind](text, variables, length)
    except (EmptyText, StrangeCharacter, WrongLength):
        raise
    except Unreadable as refused:
        raise _named(text, kind, variables, refused) from None
    kept = tuple(note for note in shape.notes if _reads(note.alternative, kind, variables, length))
    return replace(shape, notes=kept)


def _reads(text: str, kind: Kind, variables: tuple[str, ...], length: int | None) -> bool:
    """Tell whether a text can be read as the kind: another reading that cannot is none."""
    try:
        _READERS[kind](text, variables, length)
    except Refused:
        return False
    return True


def _named(text: str, kind: Kind, variables: tuple[str, ...], refused: Unreadable) -> Unreadable:
    """Return the refusal that says what the text is instead, else the one given."""
    if kind in {"point", "points"} and isinstance(refused, UnknownName):
        return refused
    for tried in _TRIED:
        # A name with an = before a formula is the head of a function as well as an equation.
        if tried in _ALIKE.get(kind, (kind,)) or (tried == "expression" and "=" in text):
            continue
        try:
            found = _READERS[tried](text, variables, None)
        except Refused:
            continue
        if tried == "vector" and not re.search(r"[(\[<,;\\]|\b[ijk]\b|[îĵ]", text):
            continue
        if isinstance(found, Limit) and found.value == "number":
            continue
        if isinstance(found, Expression) and names_in(found.tree) & {"i", "j", "k"} - set(variables):
            return refused
        said = f"This is {_called(found)}; {_ASKED[kind]} is asked for."
        return WrongKind(said, span=refused.span or (0, len(text)), suggestions=refused.suggestions)
    return refused


def _called(found: Shape) -> str:
    """Return the words for what a text was read as."""
    match found:
        case Expression():
            return "an expression" if names_in(found.tree) else "a number"
        case Points() if not found.points:
            return "the word that there are none"
        case Points():
            return "a point" if len(found.points) == 1 else "a list of points"
        case Relation():
            return "an equation" if found.sign == "=" else "an inequality"
        case Matrix() if all(len(row) == 1 for row in found.rows):
            return "a vector"
        case Limit():
            return "infinity" if found.value != "dne" else "the word that there is none"
        case Label():
            return f"the label {found.label}"
        case _:
            return f"{'an' if isinstance(found, Interval) else 'a'} {type(found).__name__.lower()}"


def guess(text: str, variables: tuple[str, ...] = ()) -> tuple[Kind, Shape]:
    """Return the first kind that the text surely is, and its value; refuses as an expression is refused."""
    for kind in _TRIED:
        try:
            return kind, read(text, kind, variables)
        except Refused:
            continue
    return "expression", read(text, "expression", variables)


def phrase(kind: Kind) -> str:
    """Return the words for a kind, with its article."""
    return _ASKED[kind].partition(",")[0]


def names_of(shape: Shape) -> tuple[str, ...]:
    """Return the names of the variables that occur, those of a function in its own order."""
    match shape:
        case Expression() | Relation():
            return shape.variables
        case Vector():
            trees = shape.entries
        case Matrix():
            trees = tuple(entry for row in shape.rows for entry in row)
        case _:
            return ()
    return tuple(sorted({name for tree in trees for name in names_in(tree)}, key=natural))

"""Vectors and matrices: lists, columns, unit vectors, LaTeX matrices, f_x = .. written one by one."""

import re

from engine.errors import MissingOperand, NotAnExpression, UnknownName, WrongKind, WrongLength
from engine.reading.lists import read_lists
from engine.reading.names import read_name
from engine.reading.nested import Nested
from engine.reading.pieces import LONE, angles, cut, opened, trimmed, without, without_head
from engine.reading.readings import Note
from engine.reading.shapes import Expression, Matrix, Vector
from engine.reading.source import Source
from engine.reading.tree import Node
from engine.reading.variables import natural

# f_x, f_{xy}, fx, ∂f/∂x, df/dx; pieces.py has ~ for ∂.
_PARTIAL = re.compile(
    rf"(?:(?<![A-Za-z])[A-Za-z]_(?:\{{([^{{}}]+)\}}|([A-Za-z]\w*))|\bf([a-z]{{1,2}})|[d~][A-Za-z]?/[d~]({LONE}))\s*=(?!=)"
)


_TRANSPOSED = r"(?<=[)\]])\s*(?:\^\s*[({]?T[)}]?|')$"


def read_vector(text: str, variables: tuple[str, ...] = (), length: int | None = None) -> Vector:
    """Read a vector: (2x, 2y), <2x, 2y>, [2x; 2y], 2x i + 2y j, <3, 4>/5, f_x = 2x, f_y = 2y.

    length: how many entries are asked for; a number alone is a vector only where it is 1.
    Refuses (WrongKind) a scalar, (WrongLength) another number of entries.
    """
    return read_vector_of(trimmed(opened(text)), variables, length)


def read_vector_of(source: Source, variables: tuple[str, ...], length: int | None) -> Vector:
    """Return the vector that an opened text is."""
    if partials := _partials(source):
        entries, notes = _of_partials(source, partials, variables)
    else:
        source = trimmed(without(without_head(angles(source)), _TRANSPOSED))
        found, notes = read_lists(source, variables, length)
        entries = flat(found, source, length)
    check_length(source, len(entries), length)
    return Vector(source.original, entries, notes)


def read_entries(text: str, declared: tuple[str, ...]) -> tuple[Expression, ...]:
    """Read a vector as one expression for each entry; a scalar is one entry."""
    source = trimmed(opened(text))
    found, notes = read_lists(trimmed(without_head(angles(source))), declared, len(declared))
    return tuple(Expression(text, entry, declared, notes) for entry in flat(found, source, 1))


def read_matrix(text: str, variables: tuple[str, ...] = ()) -> Matrix:
    """Read a matrix: [[2, 1], [1, 2]], [2, 1; 1, 2], rows one after the other, a LaTeX matrix.

    Refuses (WrongLength) rows of different lengths, (WrongKind) what has no rows.
    """
    source = trimmed(opened(text))
    found, notes = read_lists(trimmed(without_head(angles(source))), variables, None)
    if not isinstance(found, tuple) or not all(isinstance(row, tuple) for row in found):
        raise WrongKind("A matrix is written by its rows: [[a, b], [c, d]].", span=_all(source))
    rows = tuple(tuple(_scalar(entry, source) for entry in row) for row in found if isinstance(row, tuple))
    if len({len(row) for row in rows}) != 1:
        raise WrongLength("The rows of this matrix have different lengths.", span=_all(source))
    return Matrix(text, rows, notes)


def check_length(source: Source, found: int, length: int | None) -> None:
    """Refuse (WrongLength) another number of entries than asked for."""
    if length is None or found == length:
        return
    said = f"{found} {'entry' if found == 1 else 'entries'} here; {length} {'is' if length == 1 else 'are'} asked for."
    if found == 2 * length and len(re.findall(r"\d,\d", source.text)) >= length:
        said += " A decimal number is written with a point, as in 0.6."
    raise WrongLength(f"There {'is' if found == 1 else 'are'} {said}", span=_all(source))


def flat(found: Nested, source: Source, length: int | None) -> tuple[Node, ...]:
    """Return the entries of a list, of a column or of a single row; refuses a number unless the length is 1."""
    if not isinstance(found, tuple):
        if length == 1:
            return (found,)
        raise WrongKind("This is one expression; a vector has several entries, as in (a, b).", span=_all(source))
    if len(found) == 1 and isinstance(found[0], tuple):
        found = found[0]
    if all(isinstance(row, tuple) and len(row) == 1 for row in found):
        found = tuple(row[0] for row in found if isinstance(row, tuple))
    return tuple(_scalar(entry, source) for entry in found)


def _scalar(entry: Nested, source: Source) -> Node:
    if isinstance(entry, tuple):
        comma = re.search(r"\d(,)\d.*;|;.*\d(,)\d", source.text)
        hint = " A decimal number is written with a point, as in 0.6." if comma else ""
        raise WrongKind(f"There are lists inside of this list.{hint}", span=_all(source))
    return entry


def _all(source: Source) -> tuple[int, int]:
    return source.span(0, len(source.text))


def _partials(source: Source) -> list[re.Match[str]]:
    """Return where f_x = and the like stand, if the text begins with one and has another."""
    found = list(_PARTIAL.finditer(source.text))
    return found if len(found) > 1 and found[0].start() == 0 else []


def _of_partials(
    source: Source, partials: list[re.Match[str]], variables: tuple[str, ...]
) -> tuple[tuple[Node, ...], tuple[Note, ...]]:
    """Read f_x = 2x, f_y = 2y in the order of the variables."""
    values: dict[str, Node] = {}
    notes: list[Note] = []
    ends = [*(found.start() for found in partials[1:]), len(source.text)]
    for found, end in zip(partials, ends, strict=True):
        span = source.span(found.start(), found.end())
        name = read_name(next(group for group in found.groups() if group), span)
        stop = re.search(r"[,;\s]*(?:\band\b)?[,;\s]*$", source.text[found.end() : end])
        piece = cut(source, found.end(), found.end() + stop.start() if stop else end)
        if not piece.text:
            raise MissingOperand("A derivative is missing behind this =.", span=span)
        if name in values:
            raise UnknownName(f"The derivative by {name} is given twice.", span=span)
        value, doubts = read_lists(piece, variables, None)
        values[name] = _scalar(value, piece)
        notes += doubts
    order = variables or tuple(sorted(values, key=natural))
    if set(order) != values.keys():
        raise NotAnExpression(f"One derivative by each of {', '.join(order)} belongs here.", span=_all(source))
    return tuple(values[name] for name in order), tuple(notes)

"""Inner functions as typed, x=t^2, y=3t+1: read and put together with the outer one, before SymPy is loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.errors import (
    EmptyText,
    MissingOperand,
    NotAnExpression,
    Refused,
    Span,
    TooLarge,
    UnknownName,
    WrongUsage,
)
from engine.reading import Expression, Names, Point, bounds, read_expression
from engine.reading.names import read_name
from engine.reading.pieces import NAME, cut, opened, split
from engine.reading.points import coordinates_for
from engine.reading.source import Source
from engine.reading.tree import Apply, Binary, Name, Negative, Node, names_in
from engine.reading.variables import natural

EXAMPLE = "x=t^2, y=3t+1"
_HEAD = re.compile(rf"\s*({NAME})\s*(?:\(([^()=]*)\))?\s*:?=(?!=)\s*")
_NEXT = re.compile(rf"\s(?={NAME}\s*(?:\([^()=]*\))?\s*:?=)")


@dataclass(frozen=True, slots=True)
class Inner:
    """One inner function, x = t^2. names: the variables of its formula, or of its head x(s, t), in natural order."""

    name: str
    read: Expression
    names: tuple[str, ...]
    place: Span


@dataclass(frozen=True, slots=True)
class Composed:
    """An outer function with inner ones for some of its variables.

    inner:   in the order of the variables of f.
    letters: the inner variables, in natural order.
    free:    the variables of f that stay letters: neither given nor inner variables.
    wrt:     the inner variables that are differentiated by.
    at:      values of inner variables and free letters; None where no point is given.
    """

    f: Expression
    inner: tuple[Inner, ...]
    letters: tuple[str, ...]
    free: tuple[str, ...]
    wrt: tuple[str, ...]
    composition: Expression
    at: Point | None

    @property
    def direct(self) -> tuple[str, ...]:
        """The inner variables that f has itself, too."""
        return tuple(each for each in self.letters if each in names_in(self.f.tree))


def read_chain(f: Expression, inner: str, at: Point | None = None, wrt: Names | None = None) -> Composed:
    """Return the functions put together; each refusal names its option and stands in the text given there.

    Refuses an inner function given twice, one for a name that f does not have, one in terms of another,
    more than eight variables, and points and names that are none of the inner variables.
    """
    try:
        given = _in_order(f, _read_inner(inner))
        letters = tuple(sorted({name for each in given for name in each.names}, key=natural))
        _refuse_tangled(f, given, letters, (0, len(inner)))
        tree = _put_together(f, given, (0, len(inner)))
    except Refused as refused:
        raise refused.at_option("inner") from None
    free = tuple(sorted(names_in(f.tree) - {each.name for each in given} - set(letters), key=natural))
    chosen = letters if wrt is None else _chosen(wrt, letters)
    composition = Expression(inner, tree, letters, (), f.name)
    point = None if at is None else _point(at, letters, free, chosen)
    return Composed(f, given, letters, free, chosen, composition, point)


def _read_inner(text: str) -> tuple[Inner, ...]:
    source = opened(text)
    pieces = [each for part in split(source, r"\s*(?:;|,|\band\b)\s*") for each in _apart(part)]
    if not pieces:
        raise EmptyText("The inner functions are missing here.", span=(0, len(text)), suggestions=(EXAMPLE,))
    return tuple(map(_one, pieces))


def _apart(piece: Source) -> list[Source]:
    """Return the pieces of x=t^2 y=3t+1: a name before another sign = begins a new one."""
    places = [0, *(found.end() for found in _NEXT.finditer(piece.text)), len(piece.text)]
    return [cut(piece, start, end) for start, end in pairwise(places)]


def _one(piece: Source) -> Inner:
    whole = piece.span(0, len(piece.text))
    head = _HEAD.match(piece.text)
    if head is None:
        raise NotAnExpression("Write each inner function with its name in front, as in y=3t+1.", span=whole)
    name = read_name(head[1], piece.span(head.start(1), head.end(1)))
    if second := re.search(r"(?<![<>!:])=(?!=)", piece.text[head.end() :]):
        span = piece.span(head.end() + second.start(), head.end() + second.end())
        raise NotAnExpression("There is a second =; give each inner function on its own, as in x=t, y=t.", span=span)
    if head.end() == len(piece.text):
        raise MissingOperand(f"A formula is missing behind {name} =.", span=whole)
    declared = tuple(read_name(each, whole) for each in re.split(r"[\s,]+", (head[2] or "").strip()) if each)
    start, end = piece.span(head.end(), len(piece.text))
    # Blanks in its place keep the spans of a refusal right.
    read = read_expression(" " * start + piece.original[start:end], declared)
    rest = piece.original[:start], piece.original[end:]
    notes = tuple(replace(each, alternative=rest[0] + each.alternative[start:] + rest[1]) for each in read.notes)
    names = tuple(sorted({*declared, *names_in(read.tree)}, key=natural))
    return Inner(name, replace(read, notes=notes), names, piece.span(head.start(1), head.end(1)))


def _in_order(f: Expression, given: tuple[Inner, ...]) -> tuple[Inner, ...]:
    """Return the inner functions in the order of f's variables; refuses two of one name, and names f does not have."""
    known = (*f.variables, *sorted(names_in(f.tree) - set(f.variables), key=natural))
    for i, each in enumerate(given):
        if each.name in {other.name for other in given[:i]}:
            raise WrongUsage(f"{each.name} is given twice.", span=each.place)
        if each.name not in known:
            has = f"its variables are {', '.join(known)}" if known else "it is a constant"
            raise UnknownName(f"There is no {each.name} in {f.name}; {has}.", span=each.place)
    return tuple(sorted(given, key=lambda each: known.index(each.name)))


def _refuse_tangled(f: Expression, given: tuple[Inner, ...], letters: tuple[str, ...], whole: Span) -> None:
    names = {each.name for each in given}
    for each in given:
        if each.name in each.names:
            said = f"{each.name} stands on both sides: give it in other variables, as in {each.name}=t^2."
            raise WrongUsage(said, span=each.read.tree.span)
        if both := sorted(names & set(each.names)):
            said = f"{both[0]} is an inner function itself: write its formula here instead of {both[0]}."
            raise WrongUsage(said, span=each.read.tree.span)
    if not letters:
        raise WrongUsage(
            "These are numbers: with no inner variable, nothing moves.", span=whole, suggestions=(EXAMPLE,)
        )
    if len({*letters, *(names_in(f.tree) - names)}) > bounds.MAX_VARIABLES:
        raise TooLarge(f"Put together, these have more than {bounds.MAX_VARIABLES} variables.", span=whole)


def _put_together(f: Expression, given: tuple[Inner, ...], whole: Span) -> Node:
    tree = put_in(f.tree, {each.name: each.read.tree for each in given})
    try:
        bounds.check(tree)
    except Refused as refused:
        refused.span = whole
        raise
    return tree


def _chosen(wrt: Names, letters: tuple[str, ...]) -> tuple[str, ...]:
    if strange := [each for each in wrt.names if each not in letters]:
        raise UnknownName(
            f"{strange[0]} is no inner variable; these are {', '.join(letters)}.",
            option="wrt",
            span=(0, len(wrt.text)),
            suggestions=letters,
        )
    return wrt.names


def _point(at: Point, letters: tuple[str, ...], free: tuple[str, ...], wrt: tuple[str, ...]) -> Point:
    """Return the point with its names: all inner variables, or those of wrt; what has a name may be given besides."""
    if at.names:
        wanted = wrt if set(wrt) <= set(at.names) else letters
        names = (*wanted, *(each for each in (*letters, *free) if each in at.names and each not in wanted))
    else:
        names = wrt if len(at.coordinates) == len(wrt) else letters
    try:
        return replace(at, coordinates=coordinates_for(at, names), names=names)
    except Refused as refused:
        raise refused.at_option("at") from None


def put_in(tree: Node, values: Mapping[str, Node]) -> Node:
    """Return a tree with other trees in place of names, all at once."""
    match tree:
        case Name():
            return values.get(tree.name, tree)
        case Negative():
            return Negative(put_in(tree.of, values))
        case Binary():
            return Binary(tree.sign, put_in(tree.left, values), put_in(tree.right, values))
        case Apply():
            return Apply(tree.function, tuple(put_in(each, values) for each in tree.arguments))
        case _:
            return tree

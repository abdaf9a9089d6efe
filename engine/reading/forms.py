"""Forms: what a text can be read as. Each reader returns a frozen value or refuses."""

import re
from dataclasses import dataclass
from itertools import pairwise

from engine.errors import (
    EmptyText,
    MissingOperand,
    NotAnExpression,
    NotANumber,
    Span,
    TooLarge,
    Unbalanced,
    UnknownName,
    WrongLength,
)
from engine.reading import bounds
from engine.reading.characters import GREEK, Source, normalise
from engine.reading.grammar import Grammar
from engine.reading.names import read_name, resolve
from engine.reading.readings import Note
from engine.reading.tokens import END, Token, tokenise
from engine.reading.tree import Node, names_in

MAX_ENTRIES = 16
_NAME = rf"[A-Za-z{''.join(GREEK)}_\d{{}}]+"


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
class Point:
    """Coordinates as read, each a constant. `names` where the text gave them (x=1 y=2), else empty."""

    text: str
    coordinates: tuple[Node, ...]
    names: tuple[str, ...] = ()


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


def natural(name: str) -> tuple[str, int]:
    """Return the sort key of a name: letters first, then the index as a number."""
    letters = name.rstrip("0123456789")
    return (letters, int(name[len(letters) :] or -1))


def read_expression(text: str, declared: tuple[str, ...] = ()) -> Expression:
    """Read a function of real variables, with or without a header f(x, y) = in front.

    declared: names that are variables whatever else they could mean.
    Refuses every text that is not surely one expression within the bounds.
    """
    source = normalise(text)
    tokens = tokenise(source)
    header = _header(source, tokens)
    name, tokens = header.name, header.body
    declared = header.variables or declared
    grammar = Grammar(source, resolve(source, tokens, frozenset(declared)))
    tree = grammar.whole()
    bounds.check(tree)
    found = names_in(tree)
    if header.equals is not None and not found and not header.variables:
        raise NotAnExpression(
            "This looks like an equation; give a function alone, as in f=x^2+y^2.", span=header.equals
        )
    # A header says what the variables are: every other name in it is then a parameter.
    variables = header.variables or (declared if found <= set(declared) else tuple(sorted(found, key=natural)))
    return Expression(text, tree, variables, tuple(grammar.notes), name)


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands before the function: its name, its variables, the place of the =; and the rest."""

    name: str
    variables: tuple[str, ...]
    equals: Span | None
    body: list[Token]


def _header(source: Source, tokens: list[Token]) -> _Header:
    """Take `f(x, y) =` or `f =` off the front."""
    if double := next((token for token in tokens if token.text == "=="), None):
        raise NotAnExpression(
            "== has no place here; give the formula alone.", span=source.span(double.start, double.end)
        )
    at = next((i for i, token in enumerate(tokens) if token.text in {"=", ":="}), None)
    if at is None:
        return _Header("f", (), None, tokens)
    head = source.text[: tokens[at].start].strip()
    rest = tokens[at + 1 :]
    span = source.span(tokens[at].start, tokens[at].end)
    match = re.fullmatch(r"([A-Za-z])\s*(?:\(([^()]*)\))?", head)
    if rest[0].kind == END:
        raise MissingOperand("Nothing stands behind the =.", span=span)
    if second := next((token for token in rest if token.text in {"=", ":="}), None):
        raise NotAnExpression("There is a second =; one formula at a time.", span=source.span(second.start, second.end))
    if not match:
        raise NotAnExpression("This looks like an equation; give a function alone, as in f=x^2+y^2.", span=span)
    if match[2] is None:
        return _Header(match[1], (), span, rest)
    names = re.split(r"\s*[,\s]\s*", match[2].strip())
    return _Header(match[1], _distinct([read_name(each, span) for each in names], span), span, rest)


def read_names(text: str) -> Names:
    """Read names of variables: "x", "x,y", "x y", "x_1, x_2"."""
    source = normalise(text)
    span = source.span(0, len(source.text))
    pieces = [each for each in re.split(r"[,\s()]+", source.text) if each]
    if not pieces:
        raise EmptyText("Name a variable here, for instance x.", span=span)
    return Names(text, _distinct([read_name(each, span) for each in pieces], span))


def _distinct(names: list[str], span: Span) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise UnknownName("A variable is named twice here.", span=span)
    if len(names) > bounds.MAX_VARIABLES:
        raise TooLarge(f"I read up to {bounds.MAX_VARIABLES} variables.", span=span)
    return tuple(names)


def read_point(text: str) -> Point:
    """Read a point: 1,2 or (1, 2) or [1, 2] or <1, 2> or x=1, y=2 or x=1 y=2; coordinates are constants."""
    source = normalise(text)
    tokens = tokenise(source)
    if any(token.text == "=" for token in tokens):
        if tokens[0].kind == "open" and tokens[-2].kind == "close":
            tokens = [*tokens[1:-2], tokens[-1]]
        return _assignments(text, source, tokens)
    entries = entries_of(source, tokens)
    return Point(text, tuple(_constant(source, entry, frozenset()) for entry in entries))


def read_window(text: str) -> Window:
    """Read ranges of variables: x=-3..3, y=0..2 or x=-3..3 y=0..2."""
    source = normalise(text)
    ranges: list[tuple[str, Node, Node]] = []
    whole = source.span(0, len(source.text))
    pieces = list(re.finditer(rf"({_NAME})\s*=\s*(.+?)\s*\.\.\s*(.+?)\s*(?=,?\s*{_NAME}\s*=|,?$)", source.text))
    rest = "".join(source.text[a.end() : b.start()] for a, b in pairwise(pieces))
    if not pieces or rest.strip(", ") or source.text[: pieces[0].start()].strip():
        raise NotAnExpression("Write a window as x=-3..3, y=-2..2.", span=whole, suggestions=("x=-3..3, y=-3..3",))
    for piece in pieces:
        low, high = (_part(source, piece.start(i), piece.end(i)) for i in (2, 3))
        ranges.append((read_name(piece[1], source.span(piece.start(1), piece.end(1))), low, high))
    _distinct([name for name, _, _ in ranges], whole)
    return Window(text, tuple(ranges))


def _part(source: Source, start: int, end: int) -> Node:
    """Read a constant that stands between two places of the text."""
    part = Source(source.original, source.text[start:end], source.places[start:end])
    return _constant(part, tokenise(part), frozenset())


def read_entries(text: str, declared: tuple[str, ...]) -> tuple[Expression, ...]:
    """Read a vector, (2x, 2y) or 2x, 2y or [2x, 2y] or <2x, 2y>: one expression for each entry."""
    source = normalise(text, limit=4 * 400)
    names = frozenset(declared)
    found = []
    for entry in entries_of(source, tokenise(source)):
        grammar = Grammar(source, resolve(source, entry, names))
        tree = grammar.whole()
        bounds.check(tree)
        found.append(Expression(text, tree, declared, tuple(grammar.notes)))
    return tuple(found)


def entries_of(source: Source, tokens: list[Token]) -> list[list[Token]]:
    """Split tokens at the commas of the outermost level, brackets round the whole list taken off."""
    tokens = _without_brackets(source, tokens)
    entries: list[list[Token]] = [[]]
    level = 0
    for token in tokens[:-1]:
        level += (token.kind == "open") - (token.kind == "close")
        if token.kind == "comma" and level == 0:
            if not entries[-1]:
                raise MissingOperand("An entry is missing before this comma.", span=source.span(token.start, token.end))
            entries.append([])
        else:
            entries[-1].append(token)
    if not entries[-1]:
        last = tokens[-1]
        raise MissingOperand("An entry is missing here.", span=source.span(max(0, last.start - 1), last.end))
    if len(entries) > MAX_ENTRIES:
        raise TooLarge(f"That is a list of {len(entries)} entries; I read up to {MAX_ENTRIES}.")
    return [[*entry, Token(END, "", entry[-1].end, entry[-1].end, spaced=False)] for entry in entries]


def _without_brackets(source: Source, tokens: list[Token]) -> list[Token]:
    """Take one pair of brackets (..), [..], {..}, <..> off, where it encloses a list."""
    first, last = tokens[0], tokens[-2] if len(tokens) > 1 else tokens[-1]
    if first.text == "<":
        if last.text != ">":
            raise Unbalanced('This "<" is never closed.', span=source.span(first.start, first.end))
        return [*tokens[1:-2], tokens[-1]]
    level = 0
    for token in tokens[:-1]:
        level += (token.kind == "open") - (token.kind == "close")
        if level == 0 and token is not last:
            return tokens
    if level != 0:
        raise Unbalanced("The brackets do not match.", span=source.span(first.start, last.end))
    lists = any(token.kind == "comma" for token in tokens)
    return [*tokens[1:-2], tokens[-1]] if first.kind == "open" and (lists or len(tokens) == 4) else tokens


def _constant(source: Source, entry: list[Token], names: frozenset[str]) -> Node:
    grammar = Grammar(source, resolve(source, entry, names))
    tree = grammar.whole()
    bounds.check(tree)
    if found := names_in(tree):
        raise NotANumber(f"A coordinate is a number; {min(found)} is a variable.", span=tree.span)
    return tree


def _assignments(text: str, source: Source, tokens: list[Token]) -> Point:
    """Read x=1, y=2 or x=1 y=2: each value runs to the next name that an = follows."""
    starts = [i - 1 for i, token in enumerate(tokens) if token.text == "="]
    if starts[0] < 0:
        raise MissingOperand("Before the = a name is missing, as in x=1.", span=source.span(0, 1))
    names, values = [], []
    for at, following in zip(starts, [*starts[1:], len(tokens) - 1], strict=True):
        begin = tokens[at - 1] if tokens[at].kind in {"index", "number"} and at else tokens[at]
        span = source.span(begin.start, tokens[at].end)
        names.append(read_name(source.text[begin.start : tokens[at].end].strip(), span))
        indexed = following < len(tokens) - 1 and tokens[following].kind in {"index", "number"}
        entry = tokens[at + 2 : following - 1 if indexed else following]
        while entry and entry[-1].kind == "comma":
            entry = entry[:-1]
        if not entry:
            raise MissingOperand(f"A number is missing behind {names[-1]} =.", span=span)
        values.append(
            _constant(source, [*entry, Token(END, "", entry[-1].end, entry[-1].end, spaced=False)], frozenset())
        )
    return Point(text, tuple(values), _distinct(names, source.span(0, len(source.text))))


def coordinates_for(point: Point, variables: tuple[str, ...]) -> tuple[Node, ...]:
    """Return the coordinates in the order of `variables`.

    Refuses (WrongLength, UnknownName) what does not fit them one to one.
    """
    shown = ", ".join(variables)
    span = (0, len(point.text))
    if point.names:
        for name in point.names:
            if name not in variables:
                raise UnknownName(f"There is no variable {name} here; the variables are {shown}.", span=span)
        if missing := [name for name in variables if name not in point.names]:
            raise WrongLength(f"A value for {', '.join(missing)} is missing.", span=span)
        return tuple(point.coordinates[point.names.index(name)] for name in variables)
    if len(point.coordinates) != len(variables):
        raise WrongLength(
            f"The point has {len(point.coordinates)} coordinate{'s' * (len(point.coordinates) != 1)}, "
            f"the function {len(variables)} variable{'s' * (len(variables) != 1)} ({shown}).",
            span=span,
            suggestions=(",".join("1" for _ in variables),),
        )
    return point.coordinates

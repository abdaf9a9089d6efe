"""Sums over data: mean((w*x + b - y)^2) with the points (1, 3), (2, 5) -> a tree without columns.

To read a function over data: resolve its names with `declared | data.names`, read the tokens with
`Grammar(source, tokens, over_data=True)`, and `expand` the tree before its bounds are checked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from engine.errors import NotAnExpression, Span, TooLarge, UnknownName, WrongLength
from engine.reading.bounds import MAX_NODES
from engine.reading.characters import Source, normalise
from engine.reading.constants import constant
from engine.reading.functions import OVER_DATA
from engine.reading.pieces import blanked
from engine.reading.source import of_pieces
from engine.reading.tokens import END, Token, tokenise
from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number, sum_of, walk

# A list of points, as Python writes it: its own brackets say nothing.
_LIST = re.compile(r"\s*([\[({])(\s*[\[(].*[\])]\s*)([\])}])\s*")
_ENTRY = r"[+-]?[\d./]+"
_BARE = re.compile(rf"\s*{_ENTRY}(?:,{_ENTRY})+(?:\s+{_ENTRY}(?:,{_ENTRY})+)+\s*")
MAX_ROWS = 50
MAX_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Data:
    """Points as read: the names of the columns, and the rows, each entry a constant."""

    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Node, ...], ...]

    @property
    def names(self) -> frozenset[str]:
        """The names that stand for columns: x, and x_i as well."""
        return frozenset(self.columns) | {f"{column}_i" for column in self.columns}


def read_data(text: str, columns: tuple[str, ...] = ()) -> Data:
    """Read points: (1, 3), (2, 5), (3, 7), a list of them, bare 1,3 2,5 3,7, or numbers 1, 2, 3 for one column.

    columns: their names; without, x and y, or x1, x2, .. and y last.
    Refuses points of different lengths (WrongLength), more than 50 (TooLarge), entries that are no constants.
    """
    source = _pointed(normalise(text, limit=4 * 400))
    rows = _rows(source, tokenise(source))
    widths = {len(row) for row in rows}
    if len(widths) > 1 or (columns and widths != {len(columns)}):
        wanted = f"{len(columns)} numbers each" if columns else "as many numbers each as the first"
        raise WrongLength(f"The points of the data have {wanted}.", span=(0, len(text)))
    if len(rows) > MAX_ROWS or max(widths) > MAX_COLUMNS:
        raise TooLarge(f"I read up to {MAX_ROWS} points of up to {MAX_COLUMNS} numbers.", span=(0, len(text)))
    return Data(text, columns or _named(max(widths)), rows)


def _pointed(source: Source) -> Source:
    """Return the text without the outer brackets of a list of points, and with bare pairs 1,3 2,5 as points."""
    found = _LIST.fullmatch(source.text)
    if found and _closed(found[2]):
        source = blanked(blanked(source, found.start(1), found.end(1)), found.start(3), found.end(3))
    if not _BARE.fullmatch(source.text):
        return source
    pieces: list[tuple[str, Span]] = []
    for row in re.finditer(r"\S+", source.text):
        start, end = row.span()
        places = [source.span(i, i + 1) for i in range(start, end)]
        pieces += [("(", places[0]), *zip(row[0], places, strict=True), (")", places[-1]), (",", places[-1])]
    return of_pieces(source.original, pieces[:-1])


def _closed(text: str) -> bool:
    """Tell whether every bracket that is closed was opened in the text itself."""
    depths = accumulate((each in "([{") - (each in ")]}") for each in text)
    return min(depths) >= 0


def _named(width: int) -> tuple[str, ...]:
    if width <= 2:
        return ("x", "y")[:width]
    return (*(f"x{i}" for i in range(1, width)), "y")


def _rows(source: Source, tokens: list[Token]) -> tuple[tuple[Node, ...], ...]:
    """Split at the commas between points, and inside of each at those between numbers."""
    rows: list[list[list[Token]]] = [[[]]]
    level = 0
    for token in tokens[:-1]:
        outer = token.kind in {"open", "close"} and level == (token.kind == "close")
        level += (token.kind == "open") - (token.kind == "close")
        if token.kind in {"comma", "row"} and level == 0:
            rows.append([[]])
        elif token.kind == "comma" and level == 1:
            rows[-1].append([])
        elif not outer:
            rows[-1][-1].append(token)
    for entry in (entry for row in rows for entry in row):
        if not entry:
            said = "Write the data as points, (1, 3), (2, 5); a number is missing."
            raise NotAnExpression(said, span=(0, len(source.original)), suggestions=("(1,3),(2,5),(3,7)",))
    return tuple(tuple(_entry(source, entry) for entry in row) for row in rows)


def _entry(source: Source, entry: list[Token]) -> Node:
    end = entry[-1].end
    return constant(source, [*entry, Token(END, "", end, end, spaced=False)])


def expand(tree: Node, data: Data) -> Node:
    """Return the tree with every sum and mean written out over the rows; what is left of names are variables.

    Refuses a column outside of a sum or mean (UnknownName), a sum inside of another (NotAnExpression),
    and what gets too large (TooLarge).
    """
    match tree:
        case Apply(function=function) if function in OVER_DATA:
            return _written_out(tree, data)
        case Apply():
            return replace(tree, arguments=tuple(expand(each, data) for each in tree.arguments))
        case Binary():
            return replace(tree, left=expand(tree.left, data), right=expand(tree.right, data))
        case Negative():
            return replace(tree, of=expand(tree.of, data))
        case Name() if tree.name in data.names:
            said = f"{tree.name} is a column of the data; it belongs inside of sum(..) or mean(..)."
            raise UnknownName(said, span=tree.span)
        case _:
            return tree


def _written_out(tree: Apply, data: Data) -> Node:
    inner = tree.arguments[0]
    if any(isinstance(each, Apply) and each.function in OVER_DATA for each in walk(inner)):
        raise NotAnExpression("A sum over data stands inside of another; write one.", span=tree.span)
    if sum(1 for _ in walk(inner)) * len(data.rows) > MAX_NODES:
        raise TooLarge(f"Written out over the data, this has more than {MAX_NODES} parts.", span=tree.span)
    terms = []
    for row in data.rows:
        values = dict(zip(data.columns, row, strict=True))
        values |= {f"{column}_i": value for column, value in values.items()}
        terms.append(_with(inner, values))
    total = replace(sum_of(terms), span=tree.span)
    return total if tree.function == "sum" else Binary("/", total, Number(str(len(terms)), tree.span), tree.span)


def _with(tree: Node, values: Mapping[str, Node]) -> Node:
    """Return the tree with constants for names."""
    match tree:
        case Name():
            return values.get(tree.name, tree)
        case Apply():
            return replace(tree, arguments=tuple(_with(each, values) for each in tree.arguments))
        case Binary():
            return replace(tree, left=_with(tree.left, values), right=_with(tree.right, values))
        case Negative():
            return replace(tree, of=_with(tree.of, values))
        case _:
            return tree

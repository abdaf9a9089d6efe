"""Functions with several values: (x^2*y, x+y), F(x, y) = (..), or one by one, u = x^2, v = xy."""

import re
from dataclasses import dataclass, replace

from engine.errors import NotAnExpression, Refused, TooLarge, UnknownName, WrongKind
from engine.reading import bounds, kinds
from engine.reading.expressions import read_expression
from engine.reading.grammar import Grammar
from engine.reading.names import read_name, resolve
from engine.reading.pieces import NAME, blanked, cut, enclosed, opened, split, trimmed
from engine.reading.readings import Note
from engine.reading.shapes import Expression, Vector
from engine.reading.source import Source
from engine.reading.tokens import tokenise
from engine.reading.tree import Node, names_in
from engine.reading.variables import distinct, natural
from engine.reading.vectors import read_vector_of

MAX_FUNCTIONS = 8
_UNITS = ("i", "j", "k", "e1", "e2", "e3")
_HEADED = re.compile(r"\s*([A-Za-z])\s*\(([^()=]*)\)\s*:?=(?!=)\s*(?=[^=]*$)")
_NAMED = re.compile(rf"\s*({NAME})\s*(?:\(([^()=]*)\)\s*)?:?=(?!=)\s*")
_LISTED = rf"\s*(?:;|,|\band\b)\s*(?={NAME}\s*(?:\([^()=]*\)\s*)?:?=(?!=))"


@dataclass(frozen=True, slots=True)
class VectorFunction:
    """Several functions of the same variables, in order.

    names:     what each is called, empty where they are the entries of one vector.
    variables: as declared by a header, else alphabetical with indices counted.
    name:      what the whole is called.
    """

    text: str
    trees: tuple[Node, ...]
    names: tuple[str, ...]
    variables: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    name: str = "f"

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Each of the functions by itself; the doubtful places of all stand with the first."""
        names = self.names or (self.name,) * len(self.trees)
        return tuple(
            Expression(self.text, tree, self.variables, self.notes if i == 0 else (), name)
            for i, (tree, name) in enumerate(zip(self.trees, names, strict=True))
        )


def read_vector_function(text: str) -> VectorFunction:
    """Read one to eight functions; a formula alone is one function.

    Refuses what is no list of formulas, more than eight functions, and more than eight variables in all.
    """
    source = trimmed(opened(text))
    inner = enclosed(source, "([{")
    pieces = split(inner if inner is not None and _NAMED.match(inner.text) else source, _LISTED)
    if len(pieces) > 1 or (pieces and _is_one_named(pieces[0])):
        found = _one_by_one(text, pieces)
    else:
        found = _as_a_list(text, source)
    if len(found.trees) > MAX_FUNCTIONS:
        raise TooLarge(f"I read up to {MAX_FUNCTIONS} functions.", span=(0, len(text)))
    names = {name for tree in found.trees for name in names_in(tree)}
    if len(names) > bounds.MAX_VARIABLES:
        raise TooLarge(f"That has {len(names)} variables; I read up to {bounds.MAX_VARIABLES}.", span=(0, len(text)))
    return replace(found, variables=found.variables or tuple(sorted(names, key=natural)))


def _is_one_named(piece: Source) -> bool:
    """Tell whether the text is a single y = x^2 whose name does not occur in it, so that it is no vector."""
    found = _NAMED.match(piece.text)
    rest = piece.text[found.end() :].lstrip() if found else ""
    return bool(rest) and rest[0] not in "([<{" and "=" not in rest


def _one_by_one(text: str, pieces: list[Source]) -> VectorFunction:
    names, trees, notes = [], [], []
    variables: tuple[str, ...] = ()
    for piece in pieces:
        head = _NAMED.match(piece.text)
        span = piece.span(0, len(piece.text))
        if head is None or len(split(piece, r"[,;]")) > 1:
            raise NotAnExpression("Each function needs its own name, as in u = x^2, v = xy.", span=span)
        declared = _declared(head[2], span)
        if variables and declared and declared != variables:
            raise NotAnExpression("All functions need the same variables in one order.", span=span)
        variables = variables or declared
        names.append(read_name(head[1], piece.span(*head.span(1))))
        tree, doubts = _formula(cut(piece, head.end(), len(piece.text)), declared)
        trees.append(tree)
        notes += doubts
    if len(set(names)) < len(names):
        raise UnknownName("A function is named twice here.", span=(0, len(text)))
    return VectorFunction(text, tuple(trees), tuple(names), variables, tuple(notes))


def _declared(header: str | None, span: tuple[int, int]) -> tuple[str, ...]:
    listed = [each for each in re.split(r"[,\s]+", header or "") if each]
    return distinct([read_name(each, span) for each in listed], span)


def _formula(piece: Source, declared: tuple[str, ...]) -> tuple[Node, list[Note]]:
    grammar = Grammar(piece, resolve(piece, tokenise(piece), frozenset(declared)))
    tree = grammar.whole()
    bounds.check(tree)
    return tree, grammar.notes


def _as_a_list(text: str, source: Source) -> VectorFunction:
    """Read the entries of a vector, with or without a header, or one formula."""
    head = _HEADED.match(source.text)
    declared: tuple[str, ...] = ()
    name = "f"
    if head:
        declared, name = _declared(head[2], source.span(*head.span(2))), head[1]
        source = blanked(source, 0, head.end())
    try:
        # In a list i, j and k are letters like others; they are unit vectors in 2x i + 2y j only.
        found = read_vector_of(trimmed(source), (*declared, *_UNITS), None)
    except WrongKind as refused:
        return _as_one(text, refused) if head else _with_units(text) or _as_one(text, refused)
    return VectorFunction(text, found.entries, (), declared, found.notes, name)


def _with_units(text: str) -> VectorFunction | None:
    """Return the vector written with unit vectors, i among them; None where the text is none."""
    if not re.search(r"\bi\b|\be_?1\b|î", text):
        return None
    try:
        found = kinds.read(text, "vector")
    except Refused:
        return None
    return VectorFunction(text, found.entries, (), (), found.notes) if isinstance(found, Vector) else None


def _as_one(text: str, refused: WrongKind) -> VectorFunction:
    try:
        one = read_expression(text)
    except Refused:
        raise refused from None
    return VectorFunction(text, (one.tree,), (), one.variables, one.notes, one.name)

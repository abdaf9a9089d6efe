"""Relations: equations and inequalities, alone or as the constraints of a problem."""

import re
from dataclasses import dataclass
from typing import cast

from engine.errors import MissingOperand, NotAnExpression, WrongKind
from engine.reading import bounds
from engine.reading.grammar import Grammar
from engine.reading.names import resolve
from engine.reading.pieces import blanked, opened, split
from engine.reading.readings import Note
from engine.reading.shapes import Relation, Sign
from engine.reading.source import Source
from engine.reading.tokens import END, Token, tokenise
from engine.reading.tree import Node, names_in
from engine.reading.variables import natural

_SIGNS: dict[str, Sign] = {
    "=": "=", "==": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=", "!=": "!=", "≠": "!=",
}  # fmt: skip
# x, y and z before a bracket are factors; other letters before names alone make the head of a function.
_HEADER = re.compile(r"\s*(?:(?![xyz])[A-Za-z]\s*\(\s*[A-Za-z][\w\s,{}]*\)\s*:?=|[A-Za-z]\w*\s*:(?!=))")
_LISTED = r"\s*(?:;|,|\band\b)\s*"


@dataclass(frozen=True, slots=True)
class Chain:
    """Sides with signs between, as in 0 <= x < 2: one sign less than sides."""

    sides: tuple[Node, ...]
    signs: tuple[Sign, ...]
    notes: tuple[Note, ...]


def read_relation(text: str, variables: tuple[str, ...] = ()) -> Relation:
    """Read one equation or inequality; refuses (WrongKind) a formula without a sign, and a chain of signs."""
    found = _relations(text, opened(text), variables)
    if len(found) != 1:
        raise NotAnExpression("One equation or inequality belongs here.", span=(0, len(text)))
    return found[0]


def read_relations(text: str, variables: tuple[str, ...] = ()) -> tuple[Relation, ...]:
    """Read constraints, x + y = 1; x >= 0, the parts of a chain 0 <= x <= 2 one by one."""
    pieces = split(opened(text), _LISTED)
    if not pieces:
        raise MissingOperand("An equation or inequality is missing here.", span=(0, len(text)))
    return tuple(each for piece in pieces for each in _relations(text, piece, variables))


def _relations(text: str, source: Source, variables: tuple[str, ...]) -> tuple[Relation, ...]:
    found = chain(_without_header(source), variables)
    if not found.signs:
        raise WrongKind(
            "This has no sign = < > in it; an equation or inequality is asked for, as in z = 2x + y.",
            span=source.span(0, len(source.text)),
        )
    names = {name for side in found.sides for name in names_in(side)}
    known = variables if names <= set(variables) else tuple(sorted(names, key=natural))
    return tuple(
        Relation(text, left, sign, right, known, found.notes)
        for left, sign, right in zip(found.sides, found.signs, found.sides[1:], strict=False)
    )


def _without_header(source: Source) -> Source:
    """Take the name off the front of g(x, y) = x + y = 10 and g: x + y = 10; refuses it before a mere function."""
    found = _HEADER.match(source.text)
    if not found:
        return source
    if not re.search(r"[=<>≤≥≠]", source.text[found.end() :]):
        raise NotAnExpression(
            "This defines a function; an equation or inequality is asked for, as in x + y = 10.",
            span=source.span(found.start(), found.end()),
        )
    return blanked(source, found.start(), found.end())


def chain(source: Source, variables: tuple[str, ...]) -> Chain:
    """Return the sides and signs of a text; one side where there is no sign."""
    tokens = resolve(source, tokenise(source), frozenset(variables))
    sides: list[list[Token]] = [[]]
    signs: list[Sign] = []
    level = 0
    for token in tokens[:-1]:
        level += (token.kind == "open") - (token.kind == "close")
        if token.kind in {"relation", "angle"} and level == 0 and token.text in _SIGNS:
            if not sides[-1]:
                raise MissingOperand("A side is missing before this sign.", span=source.span(token.start, token.end))
            signs.append(_SIGNS[token.text])
            sides.append([])
        else:
            sides[-1].append(token)
    if not sides[-1]:
        last = tokens[-2] if len(tokens) > 1 else tokens[-1]
        raise MissingOperand("A side is missing behind this sign.", span=source.span(last.start, last.end))
    notes: list[Note] = []
    trees = []
    for side in sides:
        grammar = Grammar(source, [*side, Token(END, "", side[-1].end, side[-1].end, spaced=False)])
        trees.append(grammar.whole())
        bounds.check(trees[-1])
        notes += grammar.notes
    return Chain(tuple(trees), tuple(signs), tuple(notes))


def turned(sign: Sign) -> Sign:
    """Return the sign as it stands when the sides change places."""
    return cast("Sign", sign.translate(str.maketrans("<>", "><")))

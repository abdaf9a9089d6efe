"""Functions: a formula, with or without a header f(x, y) = in front."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import MissingOperand, NotAnExpression, Span
from engine.reading import bounds
from engine.reading.characters import normalise
from engine.reading.data import Data, expand
from engine.reading.functions import IF
from engine.reading.grammar import Grammar
from engine.reading.names import read_name, resolve
from engine.reading.shapes import Expression
from engine.reading.source import Source
from engine.reading.tokens import END, Token, tokenise
from engine.reading.tree import names_in
from engine.reading.variables import distinct, natural

_EQUALS = frozenset(("=", ":=", "=="))


def read_expression(text: str, declared: tuple[str, ...] = (), data: Data | None = None) -> Expression:
    """Read a function of real variables, with or without a header f(x, y) = in front.

    declared: names that are variables whatever else they could mean.
    data:     the points that sum(..) and mean(..) are written out over; without, both are refused.
    Refuses every text that is not surely one expression within the bounds.
    """
    source = normalise(text)
    tokens = tokenise(source)
    header = _header(source, tokens)
    name, tokens = header.name, header.body
    declared = header.variables or declared
    known = frozenset(declared) if data is None else frozenset(declared) | data.names
    grammar = Grammar(source, resolve(source, tokens, known), over_data=data is not None)
    tree = grammar.whole()
    if data is not None:
        tree = expand(tree, data)
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
    signs = [i for i in _outside(tokens) if tokens[i].text in _EQUALS]
    if double := next((tokens[i] for i in signs if tokens[i].text == "=="), None):
        raise NotAnExpression(
            "== has no place here; give the formula alone.", span=source.span(double.start, double.end)
        )
    if not signs:
        return _Header("f", (), None, tokens)
    at, rest = signs[0], tokens[signs[0] + 1 :]
    head = source.text[: tokens[at].start].strip()
    span = source.span(tokens[at].start, tokens[at].end)
    match = re.fullmatch(r"([A-Za-z])\s*(?:\(([^()]*)\))?", head)
    if rest[0].kind == END:
        raise MissingOperand("Nothing stands behind the =.", span=span)
    if len(signs) > 1:
        second = tokens[signs[1]]
        raise NotAnExpression("There is a second =; one formula at a time.", span=source.span(second.start, second.end))
    if not match:
        raise NotAnExpression("This looks like an equation; give a function alone, as in f=x^2+y^2.", span=span)
    if match[2] is None:
        return _Header(match[1], (), span, rest)
    names = re.split(r"\s*[,\s]\s*", match[2].strip())
    return _Header(match[1], distinct([read_name(each, span) for each in names], span), span, rest)


def _outside(tokens: list[Token]) -> Iterator[int]:
    """Yield the places of the tokens outside of all brackets, up to the first condition."""
    level = 0
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.text.lower() in IF:
            return
        level += (token.kind == "open") - (token.kind == "close")
        if level == 0:
            yield at

"""Lists in a text, unit vectors among them: i, j, k, marked or not, and e_1, e_2, e_3."""

from dataclasses import replace
from itertools import pairwise

from engine.errors import MissingOperand
from engine.reading import bounds
from engine.reading.names import resolve
from engine.reading.nested import Lists, Nested, each
from engine.reading.readings import Note
from engine.reading.source import Source
from engine.reading.tokens import Token, tokenise
from engine.reading.tree import Node, Number

_UNITS = {"i": 0, "j": 1, "k": 2, "e1": 0, "e2": 1, "e3": 2}


def read_lists(source: Source, variables: tuple[str, ...], length: int | None) -> tuple[Nested, tuple[Note, ...]]:
    """Return what a text with lists or unit vectors in it is worth, and its doubtful places.

    length: how many entries a unit vector has; as many as the text shows where it is None.
    """
    units = {name: place for name, place in _UNITS.items() if name not in variables}
    tokens = _tokens(source, units, variables)
    used = [units[token.text] for token in tokens if token.kind == "name" and token.text in units]
    size = max(length or 2, *(place + 1 for place in used)) if used else 0
    lists = Lists(source)
    for name, place in units.items():
        if used:
            lists.held[name] = tuple(Number(str(int(at == place))) for at in range(size))
    found = lists.read(tokens)
    each(found, _checked)
    return found, tuple(lists.notes)


def _checked(entry: Node) -> Node:
    bounds.check(entry)
    return entry


def _tokens(source: Source, units: dict[str, int], variables: tuple[str, ...]) -> list[Token]:
    """Return the tokens, resolved; refuses an entry and a number with nothing but a space between."""
    tokens = resolve(source, _with_units(tokenise(source), units), frozenset(variables) | units.keys())
    for before, here in pairwise(tokens):
        if before.kind in {"number", "name", "constant", "close"} and here.kind == "number" and here.spaced:
            span = source.span(here.start, here.end)
            raise MissingOperand("Put a comma between the entries.", span=span, suggestions=(f", {here.text}",))
    return tokens


def _with_units(tokens: list[Token], units: dict[str, int]) -> list[Token]:
    """Return the tokens with e_1 as one name, and with xi as x and i: no learner's vector has a ξ typed so."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else token
        indexed = token.kind in {"index", "number"} and not token.spaced and before.kind == "word"
        if indexed and before.text.endswith("e") and f"e{token.text.strip('_{}')}" in units:
            found[-1:] = _broken(before, f"e{token.text.strip('_{}')}", token.end)
        elif token.kind == "word" and token.text.endswith("xi") and "i" in units:
            found += _broken(token, "i", token.end)
        elif token.kind == "unit":
            found.append(replace(token, kind="name"))
        else:
            found.append(token)
    return found


def _broken(word: Token, unit: str, end: int) -> list[Token]:
    """Return a word that ends with the letter of a unit vector as what stands before it, and the unit vector."""
    last = Token("name", unit, word.end - 1, end, spaced=word.spaced and len(word.text) == 1)
    return [*([replace(word, text=word.text[:-1], end=word.end - 1)] if len(word.text) > 1 else []), last]

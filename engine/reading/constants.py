"""Constants: texts and pieces of texts that are worth a number."""

import re
from dataclasses import replace

from engine.errors import EmptyText, NotANumber, StrangeCharacter, UnknownName
from engine.reading import bounds
from engine.reading.grammar import Grammar
from engine.reading.names import resolve
from engine.reading.pieces import opened, trimmed, without_head
from engine.reading.readings import Note
from engine.reading.shapes import Number, decimals_of
from engine.reading.source import Source
from engine.reading.tokens import Token, tokenise
from engine.reading.tree import Node, names_in


def read_number(text: str) -> Number:
    """Read a constant, with or without a name in front: 2/6, -0.5, sqrt 5, x = 3, 1,000,000.

    Refuses (NotANumber) variables and units, (StrangeCharacter) a decimal comma.
    """
    source = trimmed(without_head(opened(text)))
    source, grouped = _without_groups(source)
    if comma := re.fullmatch(r"[+-]?[\d.]+(,)\d+", source.text):
        span = source.span(comma.start(1), comma.end(1))
        raise StrangeCharacter("A decimal number is written with a point, as in 1.5.", span=span, suggestions=(".",))
    notes: list[Note] = []
    tree = constant(source, notes=notes)
    return Number(text, tree, decimals_of(tree), (*grouped, *notes))


def _without_groups(source: Source) -> tuple[Source, tuple[Note, ...]]:
    """Take the signs between groups of three digits out: 1,000,000 or 1 000 000; 1,000 could be a decimal."""
    if not re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?|[+-]?\d{1,3}(?: \d{3})+(?:\.\d*)?", source.text):
        return source, ()
    kept = [at for at, sign in enumerate(source.text) if sign not in ", "]
    bare = replace(source, text="".join(source.text[at] for at in kept), places=tuple(source.places[at] for at in kept))
    if not re.fullmatch(r"[+-]?\d{1,3},\d{3}", source.text):
        return bare, ()
    other = source.text.replace(",", ".")
    span = source.span(0, len(source.text))
    message = f"I read {source.text} as {bare.text}; for the decimal {other}, write a point."
    return bare, (Note(message, span, source.original[: span[0]] + other + source.original[span[1] :]),)


def constant(source: Source, tokens: list[Token] | None = None, notes: list[Note] | None = None) -> Node:
    """Return the tree of a text or of some of its tokens, without variables; its doubtful places go to `notes`."""
    if not source.text:
        raise EmptyText("A number is missing here.", span=(0, len(source.original)))
    grammar = Grammar(source, resolve(source, tokenise(source) if tokens is None else tokens, frozenset()))
    tree = grammar.whole()
    bounds.check(tree)
    if found := names_in(tree):
        raise NotANumber(f"A number belongs here; {min(found)} is a variable.", span=tree.span)
    if notes is not None:
        notes += grammar.notes
    return tree


def refuse_names(source: Source, names: set[str], variables: tuple[str, ...]) -> None:
    """Refuse (UnknownName) names that are none of the variables, where these are known."""
    if variables and (strange := sorted(names - set(variables))):
        shown = ", ".join(variables)
        span = source.span(0, len(source.text))
        raise UnknownName(f"There is no variable {strange[0]} here; the variables are {shown}.", span=span)

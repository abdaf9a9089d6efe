"""Limits and sets of numbers."""

import re

from engine.errors import NotANumber, UnknownName, WrongKind
from engine.reading.constants import constant, read_number
from engine.reading.names import read_name
from engine.reading.pieces import NAME, angles, cut, enclosed, opened, plus_and_minus, split, trimmed, without_head
from engine.reading.points import NONE
from engine.reading.readings import Note
from engine.reading.shapes import Limit, Values
from engine.reading.source import Source
from engine.reading.tree import Node

_NONE = re.compile(
    r"(?:it\s+|the\s+limit\s+)?(?:d\.?\s?n\.?\s?e\.?|do(?:es)?\s*(?:not|n't|nt)\s+exist|(?:there\s+is\s+)?no\s+limit"
    r"|non-?\s?existent|undefined|not\s+defined|none)\.?",
    re.IGNORECASE,
)
_INFINITE = re.compile(
    r"(?:it\s+)?(?:(?:diverges|goes|tends)\s+to\s+)?(\+|-|plus|minus|positive|negative)?\s*(?:∞|oo|inf(?:inity|ty)?)",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"(?:it\s+)?(?:diverges|divergent|unbounded)", re.IGNORECASE)


def read_limit(text: str) -> Limit:
    """Read a number, infinity with its sign, or that there is no limit.

    Refuses (NotANumber) "diverges", which does not say how.
    """
    source = trimmed(without_head(opened(text)))
    said = " ".join(source.text.split())
    if _NONE.fullmatch(said):
        return Limit(text, "dne")
    if _VAGUE.fullmatch(said):
        raise NotANumber(
            "Say how: oo, -oo, or DNE where there is no limit at all.",
            span=source.span(0, len(source.text)),
            suggestions=("DNE", "oo", "-oo"),
        )
    if infinite := _INFINITE.fullmatch(said):
        return Limit(text, "-oo" if (infinite[1] or "+").lower() in {"-", "minus", "negative"} else "oo")
    number = read_number(text)
    return Limit(text, "number", number.tree, number.notes)


def read_values(text: str) -> Values:
    """Read a set of numbers in any order: {-1, 2}, x=2 or x=-1, 2 and -1, ±sqrt(3), none.

    Refuses (WrongKind) round brackets, which make a point or an interval.
    """
    if NONE.fullmatch(text.strip().rstrip(".")):
        return Values(text, ())
    source = trimmed(opened(text))
    if member := re.match(rf"{NAME}\s*(?:=|\bin\b)\s*(?=[{{\[])", source.text):
        source = cut(source, member.end(), len(source.text))
    whole = source.span(0, len(source.text))
    source = angles(source)
    if enclosed(source, "(") is not None and "," in source.text:
        raise WrongKind("Round brackets make a point or an interval; write a set as {-1, 2}.", span=whole)
    notes: list[Note] = []
    names: set[str] = set()
    values: list[Node] = []
    for piece in split(enclosed(source, "{[") or source, r"\s*(?:;|,?\s*\b(?:and|or)\b|,|&)\s*"):
        bare = _without_name(piece, names)
        values += [constant(written, notes=notes) for written in plus_and_minus(bare)]
    if len(names) > 1:
        raise WrongKind(
            f"Values of {' and '.join(sorted(names))} make a point; a set of numbers is asked for.", span=whole
        )
    if not values:
        raise UnknownName("A number is missing here.", span=whole)
    return Values(text, tuple(values), tuple(notes))


def _without_name(piece: Source, names: set[str]) -> Source:
    """Take x = off the front of a value, and keep the name."""
    found = re.match(rf"({NAME})\s*=(?!=)\s*", piece.text)
    if not found:
        return piece
    names.add(read_name(found[1], piece.span(found.start(1), found.end(1))))
    return cut(piece, found.end(), len(piece.text))

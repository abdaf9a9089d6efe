"""Intervals: [0, 2), 0 <= x < 2, x > 1 or x < -1, all reals, and unions of them."""

import re

from engine.errors import MissingOperand, NotAnExpression, NotANumber, UnknownName, WrongKind
from engine.reading.constants import constant
from engine.reading.pieces import NAME, cut, opened, split, trimmed
from engine.reading.points import NONE
from engine.reading.relations import chain, turned
from engine.reading.shapes import Interval, Sign, Stretch
from engine.reading.source import Source
from engine.reading.tree import Name, Node, names_in

_ALL = re.compile(
    r"(?:(?:all|every)\s+)?(?:the\s+)?(?:reals?(?:\s+numbers?)?|R)|all\s+numbers|everywhere", re.IGNORECASE
)
_INFINITE = re.compile(r"\s*([+-]?)\s*(?:∞|oo|inf|infty|infinity)\s*", re.IGNORECASE)
_MEMBER = re.compile(rf"({NAME})\s*(?:=|\bin\b)\s*(?=[(\[\]{{]|all|R\b)")
_BRACKETS = re.compile(r"([\[\](])(.*)([\])\[])", re.DOTALL)
_EVERY = Stretch(None, None, low_closed=False, high_closed=False)


def read_interval(text: str) -> Interval:
    """Read a set of reals: [0, 2), (-oo, 3], 0 <= x < 2, x <= 3, x > 1 or x < -1, [0, 1] U [2, 3], all reals, none.

    Refuses (NotANumber) ends that are no constants, and what is only a condition with a set to be found.
    """
    if NONE.fullmatch(text.strip().rstrip(".")):
        return Interval(text, ())
    source = trimmed(opened(text))
    variable = ""
    if member := _MEMBER.match(source.text):
        variable = member[1]
        source = cut(source, member.end(), len(source.text))
    stretches: list[Stretch] = []
    for piece in (
        split(source, r"\s*(?:\bU\b|\bor\b|\bunion\b)\s*") if not _BRACKETS.fullmatch(source.text) else [source]
    ):
        for each in _pieces(piece):
            found, name = _stretches(each)
            if name and variable and name != variable:
                raise UnknownName(f"Both {variable} and {name} occur here.", span=_all(each))
            variable = variable or name
            stretches += found
    return Interval(text, tuple(stretches), variable)


def _pieces(source: Source) -> list[Source]:
    """Cut a union at its U: outside of all brackets, where the brackets of intervals need not match."""
    cuts = list(re.finditer(r"(?<=[\])\[])\s*(?:U|\bor\b|\bunion\b|\band\b|,)\s*(?=[\[(\]])", source.text))
    starts, ends = [0, *(each.end() for each in cuts)], [*(each.start() for each in cuts), len(source.text)]
    return [cut(source, start, end) for start, end in zip(starts, ends, strict=True)]


def _all(source: Source) -> tuple[int, int]:
    return source.span(0, len(source.text))


def _stretches(source: Source) -> tuple[list[Stretch], str]:
    """Return the stretches of one piece, and the variable that it names."""
    if _ALL.fullmatch(source.text):
        return [_EVERY], ""
    if brackets := _BRACKETS.fullmatch(source.text):
        return [_bracketed(source, brackets)], ""
    conditions = [_conditioned(each) for each in split(source, r"\s*(?:\band\b|,|&)\s*")]
    if len({name for _, name in conditions}) != 1:
        raise NotAnExpression("Write a set of reals as an interval, [0, 2), or as 0 <= x < 2.", span=_all(source))
    found, name = conditions[0]
    for others, _ in conditions[1:]:
        found = [_met(one, other, source) for one in found for other in others]
    return found, name


def _bracketed(source: Source, brackets: re.Match[str]) -> Stretch:
    """Read [a, b), also ]a, b[ with the brackets turned out."""
    ends = split(cut(source, brackets.start(2), brackets.end(2)), r",|;|\.\.+")
    if len(ends) != 2:
        raise MissingOperand("An interval has two ends, as in [0, 2).", span=_all(source))
    opening, closing = brackets[1], brackets[3]
    low, high = _end(ends[0], "-"), _end(ends[1], "+")
    return Stretch(
        low,
        high,
        low_closed=opening == "[" and low is not None,
        high_closed=closing == "]" and high is not None,
    )


def _end(source: Source, sign: str) -> Node | None:
    """Return an end of an interval; None where it is infinite in the direction of the sign."""
    if infinite := _INFINITE.fullmatch(source.text):
        if (infinite[1] or "+") != sign:
            raise NotANumber("An interval runs from the left to the right end.", span=_all(source))
        return None
    return constant(source)


def _conditioned(source: Source) -> tuple[list[Stretch], str]:
    """Read x <= 3, 0 <= x < 2, x != 0."""
    infinite = [found.span() for found in re.finditer(r"[+-]?\s*(?:∞|\boo\b|\binf(?:inity|ty)?\b)", source.text)]
    if infinite:
        return _endless(source)
    found = chain(source, ())
    sides, signs = list(found.sides), list(found.signs)
    if not signs:
        raise WrongKind("Write a set of reals as an interval, [0, 2), or as 0 <= x < 2.", span=_all(source))
    at = next((i for i, side in enumerate(sides) if isinstance(side, Name)), None)
    if at is None or any(names_in(side) for i, side in enumerate(sides) if i != at):
        raise WrongKind("Solve this for the variable, as in 0 <= x < 2.", span=_all(source))
    name = str(getattr(sides[at], "name", ""))
    if len(sides) == 2:
        return _half(sides[1 - at], signs[0] if at == 0 else turned(signs[0])), name
    if len(sides) != 3 or at != 1 or signs[0][0] != signs[1][0] or signs[0][0] not in "<>":
        raise NotAnExpression("I read chains like 0 <= x < 2.", span=_all(source))
    (low, closed), (high, shut) = ((sides[0], signs[0]), (sides[2], signs[1]))
    if signs[0][0] == ">":
        (low, closed), (high, shut) = (high, shut), (low, closed)
    return [Stretch(low, high, low_closed="=" in closed, high_closed="=" in shut)], name


def _endless(source: Source) -> tuple[list[Stretch], str]:
    """Read -oo < x < 3, x < oo: an end at infinity is none."""
    text = source.text
    for pattern in (r"^\s*-\s*(?:∞|oo|inf(?:inity|ty)?)\s*<=?", r"<=?\s*\+?\s*(?:∞|oo|inf(?:inity|ty)?)\s*$"):
        if found := re.search(pattern, text, re.IGNORECASE):
            text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    rest = trimmed(Source(source.original, text, source.places))
    if not re.search(r"∞|\b(?:oo|inf)", rest.text):
        return ([_EVERY], rest.text) if re.fullmatch(NAME, rest.text) else _conditioned(rest)
    raise NotANumber("Infinity stands at the outer end of a chain only, as in 0 < x < oo.", span=_all(source))


def _half(end: Node, sign: Sign) -> list[Stretch]:
    """Return what `x sign end` allows."""
    below = Stretch(None, end, low_closed=False, high_closed=sign == "<=")
    above = Stretch(end, None, low_closed=sign == ">=", high_closed=False)
    match sign:
        case "=":
            return [Stretch(end, end, low_closed=True, high_closed=True)]
        case "!=":
            return [below, above]
        case _:
            return [below if sign[0] == "<" else above]


def _met(one: Stretch, other: Stretch, source: Source) -> Stretch:
    """Return where both hold; refuses two conditions on the same end, since that is left to be worked out."""
    if (one.low is not None and other.low is not None) or (one.high is not None and other.high is not None):
        raise NotAnExpression("Two conditions on the same end: work out which one counts.", span=_all(source))
    low, high = (one if one.low is not None else other), (one if one.high is not None else other)
    return Stretch(low.low, high.high, low_closed=low.low_closed, high_closed=high.high_closed)

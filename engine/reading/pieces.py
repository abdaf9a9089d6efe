"""Pieces: a text opened, with what is only said around an answer blanked out, and cut where its signs divide it.

Blanks are as long as what they cover, so that every place stays the learner's own.
"""

import re
from dataclasses import replace

from engine.errors import TooLarge, Unbalanced, UnknownName
from engine.reading.characters import GREEK, MAX_TEXT, normalise
from engine.reading.source import Source

MAX_SIGNS = 4
MAX_ANSWER = 4 * MAX_TEXT
# Signs that only answers have, as letters and signs that mean the same there; ~ is ∇ and ∂ alike.
_SIGNS = str.maketrans({"∪": "U", "∈": "=", "ℝ": "R", "≈": "=", "∇": "~", "∂": "~"})
_PARTNERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_LETTER = f"[A-Za-z{''.join(GREEK)}]"
_INDEX = r"(?:_\{?\w+\}?|\d+)?"
NAME = rf"(?<![A-Za-z])(?:[A-Za-z]+|[{''.join(GREEK)}]){_INDEX}"
# Of several letters only the names of Greek ones are a name for sure; others could be a product.
LONE = rf"(?:{_LETTER}|{'|'.join(sorted(set(GREEK.values()) | {'lambda'}, key=len, reverse=True))}){_INDEX}"
_SAID = (
    r"gradient(?: vector)?|grad|nabla|del|hessian(?: matrix)?|direction(?: vector)?|unit vector|vector|slope|rate"
    r"|answer|result|value|solutions?|limit|lim|critical points?|points?|interval|domain|range|norm|length|magnitude"
    r"|(?:max|min)(?:imum)?(?: value)?|discriminant"
)
_HEAD = re.compile(
    rf"\s*(?:the\s+)?(?:(?:{_SAID})(?:\s+(?:of\s+)?{LONE})?|[|]*\s*~\s*{LONE}[|]*|~{LONE}?/~{LONE}|d{LONE}?/d{LONE}"
    rf"|f[a-z]{{1,3}}|{LONE}(?:\s+f\b)?)?\s*(?:\([^()=<>]*\))?[|]*\s*(?::=|=(?![=<>])|:|\bis\b|\bare\b)\s*",
    re.IGNORECASE,
)


def opened(text: str) -> Source:
    """Return the text in plain characters, the signs of answers among them; refuses what `normalise` refuses.

    A full stop at the end of a sentence is left out.
    """
    source = normalise(text.replace("\n", ";"), limit=MAX_ANSWER)
    source = replace(source, original=text, text=source.text.translate(_SIGNS))
    stop = re.search(r"(?<=[)\]}>A-Za-z])\s*\.\s*$", source.text)
    return blanked(source, *stop.span()) if stop else source


def without_head(source: Source) -> Source:
    """Return the text without a name or words and a sign = or : in front: "∇f(1, 2) = ", "the answer is "."""
    found = _HEAD.match(source.text)
    if not found or "=" in source.text[found.end() :] or found.end() == len(source.text):
        return source
    return blanked(source, 0, found.end())


def head_of_derivative(text: str) -> int:
    """Return how many code points of a text are a head like df/dx = or "the answer is"; 0 where it has none.

    A plain name and = is none: that may as well be an equation.
    """
    source = opened(text)
    bare = without_head(source)
    if bare is source or re.match(rf"\s*{_LETTER}(?:_?\{{?\d+\}}?)?\s*=", source.text):
        return 0
    rest = len(bare.text) - len(bare.text.lstrip())
    return source.span(rest, rest + 1)[0]


def cut(source: Source, start: int, end: int) -> Source:
    """Return the piece of a text between two places, without the blanks at its ends."""
    while start < end and source.text[start].isspace():
        start += 1
    while start < end and source.text[end - 1].isspace():
        end -= 1
    return Source(source.original, source.text[start:end], source.places[start:end])


def trimmed(source: Source) -> Source:
    """Return the text without the blanks at its ends."""
    return cut(source, 0, len(source.text))


def blanked(source: Source, start: int, end: int) -> Source:
    """Return the text with spaces between two places."""
    return replace(source, text=source.text[:start] + " " * (end - start) + source.text[end:])


def without(source: Source, pattern: str) -> Source:
    """Return the text with the first place blanked where the pattern is found; unchanged where it is not."""
    found = re.search(pattern, source.text, re.IGNORECASE)
    return blanked(source, *found.span()) if found else source


def split(source: Source, pattern: str) -> list[Source]:
    """Return the pieces between the pattern's places outside of all brackets; an empty one is left out."""
    levels = _levels(source.text)
    places = [found.span() for found in re.finditer(pattern, source.text, re.IGNORECASE) if not levels[found.start()]]
    starts, ends = [0, *(end for _, end in places)], [*(start for start, _ in places), len(source.text)]
    pieces = [cut(source, start, end) for start, end in zip(starts, ends, strict=True)]
    return [piece for piece in pieces if piece.text]


def _levels(text: str) -> list[int]:
    """Return for each character how many brackets are open before it."""
    levels, level = [], 0
    for character in text:
        level -= character in ")]}"
        levels.append(level)
        level += character in "([{"
    return levels


def enclosed(source: Source, brackets: str) -> Source | None:
    """Return what stands in one pair of brackets (of "{[", for instance) round the whole text; None without one."""
    text = source.text
    if not text or text[0] not in brackets or text[-1] not in ")]}" or 0 in _levels(text)[1:-1]:
        return None
    return cut(source, 1, len(text) - 1)


def angles(source: Source) -> Source:
    """Return the text with <..> as [..]; refuses (Unbalanced) any bracket without its partner."""
    text, waiting = source.text, []
    for found in re.finditer(r"->|=>|<=|>=|[(\[{<)\]}>]", source.text):
        sign, at = found.group(), found.start()
        place = source.span(at, at + 1)
        if sign in _PARTNERS.values():
            waiting.append(at)
        elif sign in _PARTNERS:
            if not waiting:
                raise Unbalanced(f'This "{sign}" has no partner.', span=place)
            opening = waiting.pop()
            if source.text[opening] != _PARTNERS[sign]:
                raise Unbalanced(f'"{source.text[opening]}" is closed by "{sign}".', span=place)
            if sign == ">":
                text = text[:opening] + "[" + text[opening + 1 : at] + "]" + text[at + 1 :]
    if waiting:
        place = source.span(waiting[-1], waiting[-1] + 1)
        raise Unbalanced(f'This "{source.text[waiting[-1]]}" is never closed.', span=place)
    return replace(source, text=text)


def plus_and_minus(source: Source) -> list[Source]:
    """Return the text with every ± (also +- where an entry begins) written out, + first.

    Refuses (UnknownName) a +- in the middle, which could be ± or a minus, and (TooLarge) more than four signs.
    """
    if source.text.count("±") + source.text.count("+/-") > MAX_SIGNS:
        raise TooLarge(f"I read up to {MAX_SIGNS} signs ± in one entry.", span=source.span(0, len(source.text)))
    found = re.search(r"±|\+/-|(?<![^\s(\[{,;=])\+\s?-", source.text)
    if found:
        start, end = found.span()
        both = (source.text[:start] + sign + " " * (end - start - 1) + source.text[end:] for sign in "+-")
        return [each for text in both for each in plus_and_minus(replace(source, text=text))]
    if doubtful := re.search(r"\+\s?-(?!\s*\()", source.text):
        span = source.span(*doubtful.span())
        raise UnknownName('"+-" could be ± or a minus; write which.', span=span, suggestions=("±", "-"))
    return [source]

"""Names: which runs of letters are functions, constants, variables, or products of letters."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.errors import Span, StrangeCharacter, TooLarge, UnknownName
from engine.reading.characters import GREEK, Source, normalise
from engine.reading.functions import FUNCTIONS, KEYWORDS
from engine.reading.tokens import Token
from engine.reading.unknown import PROSE, refuse_slip, refuse_undone, unknown

MAX_INDEX_DIGITS = 4
_GREEK_NAMES = dict.fromkeys(GREEK.values()) | {"lambda": None, "Lambda": None}
_WORDS = {**dict.fromkeys(FUNCTIONS, "function"), **dict.fromkeys(_GREEK_NAMES, "name"), "pi": "constant"}
_LONGEST = max(map(len, _WORDS))
# Letters that are used together as variables or coefficients; three in a row of other letters are a word.
_TOGETHER = (set("xyzabck"), set("uvw"), set("pqr"), set("rst"), set("kmn"))
_MAX_PRODUCT = 4


def canonical(letters: str, index: str = "") -> str:
    """Return the one name of a variable: x_1, x₁ and x1 are x1; λ is lamda."""
    return GREEK.get(letters, letters.replace("lambda", "lamda").replace("Lambda", "Lamda")) + index


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a text's letters before its words are read.

    declared: names that are variables whatever else they could mean.
    indexed:  letters that carry a sure index somewhere.
    alone:    letters that stand alone somewhere.
    """

    declared: frozenset[str] = frozenset()
    indexed: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()


def resolve(source: Source, tokens: list[Token], declared: frozenset[str]) -> list[Token]:
    """Return the tokens with every run of letters resolved into functions, constants, names and keywords.

    Their `text` is the canonical name. Declared names come first, then the longest known word.
    Refuses: UnknownName for runs that are no product of plausible letters, and for x2, which could
    be x^2, 2x or the name x_2; TooLarge for an index of more than four digits.
    """
    alone = frozenset(canonical(t.text) for t in tokens if t.kind == "word" and len(t.text) == 1)
    known = _Known(declared, _indexed_letters(tokens), alone)
    resolved: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind != "word":
            resolved.append(token)
            at += 1
        elif token.text.lower() in KEYWORDS and token.text not in declared:
            resolved.append(replace(token, kind="keyword", text=token.text.lower()))
            at += 1
        else:
            parts, used = _word(source, token, tokens[at + 1 : at + 3], known)
            resolved += parts
            at += used
    return resolved


def _word(source: Source, token: Token, following: list[Token], known: _Known) -> tuple[list[Token], int]:
    """Return what a run of letters is, with the index behind it; and how many tokens that takes."""
    follows, after = following[0], following[-1]
    index = follows if follows.kind in {"index", "number", "subscript"} and not follows.spaced else None
    parts = _split(source, token, known, before_power=follows.kind == "power")
    span, letters = source.span(token.start, token.end), [part.text for part in parts]
    functions = [part.kind == "function" for part in parts]
    if token.text not in known.declared:
        refuse_slip(token.text, letters, functions, known.alone | known.declared, span, opened=follows.text == "(")
    last = parts[-1]
    if index is None or (index.kind == "number" and last.kind == "function" and last.text != "log"):
        # sin2x is sin(2x): only log takes digits as its base.
        if index is None or after.kind != "open":
            return parts, 1
        if (last.text, index.text) == ("atan", "2"):
            return [*parts[:-1], replace(last, text="atan2", end=index.end)], 2
        shown = source.text[token.start : index.end]
        raise UnknownName(f'I do not know "{shown}".', span=source.span(token.start, index.end))
    return [*parts[:-1], _with_index(source, last, index, known)], 2


def is_product(run: str) -> bool:
    """Tell whether a run of letters reads as the product of just these letters."""
    try:
        parts = _split(normalise(run), Token("word", run, 0, len(run), spaced=False), _Known(), before_power=False)
    except UnknownName:
        return False
    return len(parts) == len(run)


def _split(source: Source, token: Token, known: _Known, *, before_power: bool) -> list[Token]:
    """Split a run of letters, longest known word first; a last e before ^ is Euler's number (ye^x)."""
    run, declared = token.text, known.declared
    if canonical(run) in declared:
        return [Token("name", canonical(run), token.start, token.end, token.spaced)]
    if len(run) == 1:
        return [Token(_next(run, 0, declared)[0], canonical(run), token.start, token.end, token.spaced)]
    refuse_undone(run, source.span(token.start, token.end))
    parts: list[Token] = []
    at = 0
    while at < len(run):
        kind, length = _next(run, at, declared)
        piece = run[at : at + length]
        name = piece.lower() if kind in {"function", "constant"} else canonical(piece)
        name = "pi" if name == "π" else name
        start = token.start + at
        parts.append(Token(kind, name, start, start + length, token.spaced and at == 0))
        at += length
    loose = [part.text for part in parts if part.kind == "name" and len(part.text) == 1 and part.text not in declared]
    euler = [part for part in parts if part.text == "e" and part.kind == "constant"]
    lost_e = len(parts) > 1 and euler and (euler[:-1] or parts[-1] is not euler[-1] or not before_power)
    if lost_e or not _plausible(loose, known.alone) or run.lower() in PROSE:
        raise unknown(run, source.span(token.start, token.end), declared)
    return parts


def _next(run: str, at: int, declared: frozenset[str]) -> tuple[str, int]:
    """Return the kind and length of the part that starts at `at`."""
    for length in range(min(len(run) - at, _LONGEST), 1, -1):
        piece = run[at : at + length]
        if canonical(piece) in declared:
            return "name", length
        if "a" in declared and piece != run and piece in FUNCTIONS and piece[0] == "a" and piece[1:] in FUNCTIONS:
            return "name", 1
        if piece in _WORDS:
            return _WORDS[piece], length
        # Phones capitalise: Sin, Ln and Pi are what they look like; but Theta is another letter than theta.
        if piece.lower() in FUNCTIONS or (length == 2 and piece.lower() == "pi"):
            return ("function" if piece.lower() in FUNCTIONS else "constant"), length
    letter = canonical(run[at])
    return ("constant" if letter in {"e", "pi"} and letter not in declared else "name"), 1


def _plausible(loose: list[str], known: frozenset[str]) -> bool:
    """Tell whether loose letters can be meant as a product: few, all different, and no word of prose.

    known: letters that stand alone elsewhere in the text.
    """
    if len(loose) < 2:
        return True
    if len(loose) > _MAX_PRODUCT or len(set(loose)) < len(loose):
        return False
    strange = set(loose) - known
    return len(loose) == 2 or not strange or any(strange <= family for family in _TOGETHER)


def _indexed_letters(tokens: list[Token]) -> frozenset[str]:
    """Return the letters that carry a sure index somewhere: an underscore, or the digit 0 or 1."""
    return frozenset(
        canonical(before.text[-1])
        for before, here in pairwise(tokens)
        if before.kind == "word" and not here.spaced and (here.kind == "index" or here.text in {"0", "1"})
    )


def _with_index(source: Source, part: Token, index: Token, known: _Known) -> Token:
    """Return the part with its index: w1, x_1, log_10; x_i where it is declared as a column of data."""
    if index.kind == "subscript":
        return _with_letter(source, part, index, known)
    digits = index.text.strip("_{}").lstrip("0") or "0"
    span = source.span(part.start, index.end)
    if len(digits) > MAX_INDEX_DIGITS:
        raise TooLarge(f"An index may have {MAX_INDEX_DIGITS} digits.", span=span)
    if part.kind == "function" and part.text == "log" and digits not in {"0", "1"} and "." not in digits:
        return Token("function", f"log_{digits}", part.start, index.end, part.spaced)
    shown = source.text[part.start : part.end]
    if part.kind != "name" or "." in digits:
        raise UnknownName(
            f'A sign is missing between "{shown}" and "{index.text}".',
            span=span,
            suggestions=(f"{shown}*{digits}", f"{shown}^{digits}"),
        )
    name = canonical(part.text, digits)
    sure = index.kind == "index" or digits in {"0", "1"} or len(part.text) > 1
    if not sure and name not in known.declared and part.text not in known.declared | known.indexed:
        readings = (f"{shown}^{digits}", f"{digits}{shown}", f"{shown}_{digits}")
        raise UnknownName(
            f'"{shown}{digits}" could be {readings[0]}, {readings[1]} or the name {readings[2]}; write which.',
            span=span,
            suggestions=readings,
        )
    return Token("name", name, part.start, index.end, part.spaced)


def _with_letter(source: Source, part: Token, index: Token, known: _Known) -> Token:
    name = f"{part.text}_{index.text.strip('_{}')}"
    if part.kind == "name" and name in known.declared:
        return replace(part, text=name, end=index.end)
    shown = source.text[part.start : part.end]
    if (part.text, index.text.strip("_{}")) == ("log", "e"):
        return replace(part, text="ln", end=index.end)
    like = f"{shown}_2" if part.kind == "function" else f"{shown}_1"
    span = source.span(part.start, index.end)
    raise UnknownName(f"An index is a whole number, as in {like}.", span=span, suggestions=(like,))


def read_name(text: str, span: Span) -> str:
    """Return the canonical name of a text that is one name and nothing else."""
    match = re.fullmatch(rf"([A-Za-z]+|[{''.join(GREEK)}])(?:_?\{{?(\d{{1,{MAX_INDEX_DIGITS}}})\}}?)?", text)
    if not match or match[1] in FUNCTIONS or match[1] in {"pi", "π"}:
        raise StrangeCharacter(f'"{text[:20]}" is no name of a variable.', span=span)
    return canonical(match[1], (match[2] or "").lstrip("0") or ("0" if match[2] else ""))

"""Names: which runs of letters are functions, constants, variables, or products of letters."""

import difflib
import re
from itertools import pairwise

from engine.errors import Span, StrangeCharacter, TooLarge, UnknownName
from engine.reading.characters import GREEK, Source, normalise
from engine.reading.tokens import Token

# Typed spelling -> the function's one name, and how many arguments it takes.
FUNCTIONS: dict[str, tuple[str, int, int]] = {
    **{name: (name, 1, 1) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "exp", "ln", "sqrt", "abs")},
    **{name: (name, 1, 1) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh")},
    **{name: (name, 1, 1) for name in ("sech", "csch", "coth", "sigmoid", "relu", "sign")},
    "log": ("ln", 1, 1), "sgn": ("sign", 1, 1), "cosec": ("csc", 1, 1), "cotan": ("cot", 1, 1),
    "arcsin": ("asin", 1, 1), "arccos": ("acos", 1, 1), "arctan": ("atan", 1, 1),
    "arsinh": ("asinh", 1, 1), "arcosh": ("acosh", 1, 1), "artanh": ("atanh", 1, 1),
    "arcsinh": ("asinh", 1, 1), "arccosh": ("acosh", 1, 1), "arctanh": ("atanh", 1, 1),
    "min": ("min", 2, 8), "max": ("max", 2, 8),
}  # fmt: skip
INVERSE = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}

MAX_INDEX_DIGITS = 4
_GREEK_NAMES = dict.fromkeys(GREEK.values()) | {"lambda": None, "Lambda": None}
_WORDS = {**dict.fromkeys(FUNCTIONS, "function"), **dict.fromkeys(_GREEK_NAMES, "name"), "pi": "constant"}
_LONGEST = max(map(len, _WORDS))
# Functions Nabla does not do; as products of letters they would be read as something else.
_UNDONE = {
    "arcsec", "arccsc", "arccot", "asec", "acsc", "acot", "arcoth", "arsech", "arcsch", "acoth", "asech", "acsch",
    "cbrt", "sqr", "root", "floor", "ceil", "mod", "sum", "prod", "int", "det", "div", "curl", "erf", "binomial",
    "factorial", "lim",
}  # fmt: skip
_ABBREVIATED = {"tg": "tan", "ctg": "cot", "lg": "log_10", "lb": "log_2", "sh": "sinh", "ch": "cosh", "th": "tanh"}
# Letters that are used together as variables or coefficients; three in a row of other letters are a word.
_TOGETHER = (set("xyzabck"), set("uvw"), set("pqr"), set("rst"), set("kmn"))
# Words of prose and program code that would otherwise pass as products of letters.
_WORDS_OF_PROSE = {"if", "or", "is", "as", "in", "at", "to", "of", "on", "by", "nan", "inf", "and", "not", "oo", "id"}
_MAX_PRODUCT = 4


def canonical(letters: str, index: str = "") -> str:
    """Return the one name of a variable: x_1, x₁ and x1 are x1; λ is lamda."""
    return GREEK.get(letters, letters.replace("lambda", "lamda").replace("Lambda", "Lamda")) + index


def resolve(source: Source, tokens: list[Token], declared: frozenset[str]) -> list[Token]:
    """Return the tokens with every run of letters resolved into functions, constants and names.

    Their `text` is the canonical name. Declared names come first, then the longest known word.
    Refuses: UnknownName for runs that are no product of plausible letters, and for x2, which could
    be x^2, 2x or the name x_2; TooLarge for an index of more than four digits.
    """
    resolved: list[Token] = []
    indexed = _indexed_letters(tokens)
    alone = frozenset(canonical(t.text) for t in tokens if t.kind == "word" and len(t.text) == 1)
    at = 0
    while at < len(tokens):
        token, follows = tokens[at], tokens[min(at + 1, len(tokens) - 1)]
        at += 1
        if token.kind != "word":
            resolved.append(token)
            continue
        index = follows if follows.kind in {"index", "number"} and not follows.spaced else None
        parts = _split(source, token, declared, alone, before_power=follows.kind == "power")
        # sin2x is sin(2x): only log takes digits as its base.
        after = tokens[min(at + 1, len(tokens) - 1)]
        if index is not None and parts[-1].kind == "function" and after.kind == "open" and parts[-1].text != "log":
            shown = source.text[token.start : index.end]
            raise UnknownName(f'I do not know "{shown}".', span=source.span(token.start, index.end))
        if index is not None and (index.kind == "index" or parts[-1].kind != "function" or parts[-1].text == "log"):
            parts[-1] = _with_index(source, parts[-1], index, declared | indexed)
            at += 1
        resolved += parts
    return resolved


def is_product(run: str) -> bool:
    """Tell whether a run of letters reads as the product of just these letters."""
    try:
        parts = _split(
            normalise(run), Token("word", run, 0, len(run), spaced=False), frozenset(), frozenset(), before_power=False
        )
    except UnknownName:
        return False
    return len(parts) == len(run)


def _split(
    source: Source, token: Token, declared: frozenset[str], alone: frozenset[str], *, before_power: bool
) -> list[Token]:
    """Split a run of letters, longest known word first; a last e before ^ is Euler's number (ye^x)."""
    run = token.text
    _refuse_undone(source, token, declared)
    if canonical(run) in declared:
        return [Token("name", canonical(run), token.start, token.end, token.spaced)]
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
    if lost_e or not _plausible(loose, alone) or run.lower() in _WORDS_OF_PROSE:
        raise _unknown(run, source.span(token.start, token.end), declared)
    return parts


def _next(run: str, at: int, declared: frozenset[str]) -> tuple[str, int]:
    """Return the kind and length of the part that starts at `at`."""
    for length in range(min(len(run) - at, _LONGEST), 1, -1):
        piece = run[at : at + length]
        if canonical(piece) in declared:
            return "name", length
        if "a" in declared and piece in FUNCTIONS and piece[0] == "a" and piece[1:] in FUNCTIONS:
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


def _hides(run: str, word: str) -> bool:
    """Tell whether a longer run has the word in it; short words occur in too many products."""
    return len(word) > 4 and word in run


def _refuse_undone(source: Source, token: Token, declared: frozenset[str]) -> None:
    """Refuse words that name a function Nabla does not do, or abbreviate one it does."""
    run = token.text.lower()
    if canonical(token.text) in declared:
        return
    span = source.span(token.start, token.end)
    if run in _ABBREVIATED:
        meant = _ABBREVIATED[run]
        raise UnknownName(f'I do not know "{token.text}". Did you mean {meant}?', span=span, suggestions=(meant,))
    if word := next(
        (each for each in sorted(_UNDONE, key=len, reverse=True) if run == each or _hides(run, each)), None
    ):
        raise UnknownName(f'I do not do "{word}".', span=span)


def _indexed_letters(tokens: list[Token]) -> frozenset[str]:
    """Return the letters that carry a sure index somewhere: an underscore, or the digit 0 or 1."""
    return frozenset(
        canonical(before.text[-1])
        for before, here in pairwise(tokens)
        if before.kind == "word" and not here.spaced and (here.kind == "index" or here.text in {"0", "1"})
    )


def _with_index(source: Source, part: Token, index: Token, known: frozenset[str]) -> Token:
    """Return the part with its index: w1, x_1, log_10."""
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
    if not sure and name not in known and part.text not in known:
        readings = (f"{shown}^{digits}", f"{digits}{shown}", f"{shown}_{digits}")
        raise UnknownName(
            f'"{shown}{digits}" could be {readings[0]}, {readings[1]} or the name {readings[2]}; write which.',
            span=span,
            suggestions=readings,
        )
    return Token("name", name, part.start, index.end, part.spaced)


def read_name(text: str, span: Span) -> str:
    """Return the canonical name of a text that is one name and nothing else."""
    match = re.fullmatch(rf"([A-Za-z]+|[{''.join(GREEK)}])(?:_?\{{?(\d{{1,{MAX_INDEX_DIGITS}}})\}}?)?", text)
    if not match or match[1] in FUNCTIONS or match[1] in {"pi", "π"}:
        raise StrangeCharacter(f'"{text[:20]}" is no name of a variable.', span=span)
    return canonical(match[1], (match[2] or "").lstrip("0") or ("0" if match[2] else ""))


def _unknown(run: str, span: Span, declared: frozenset[str]) -> UnknownName:
    """Return the refusal of a word, with what it may have been meant to be."""
    known = sorted(set(FUNCTIONS) | set(_GREEK_NAMES) | declared)
    close = difflib.get_close_matches(run.lower(), known, n=4, cutoff=0.6)
    near = tuple(each for each in close if each[0] == run[0].lower() and abs(len(each) - len(run)) <= 1)[:2]
    shown = run if len(run) <= 20 else run[:20] + "…"
    if near:
        return UnknownName(f'I do not know "{shown}". Did you mean {" or ".join(near)}?', span=span, suggestions=near)
    if re.fullmatch(r"[a-zA-Z]{2}", run) and run.lower() not in _WORDS_OF_PROSE:
        product = "*".join(run)
        return UnknownName(
            f'I do not know "{shown}". For a product write {product}.', span=span, suggestions=(product,)
        )
    return UnknownName(f'I do not know "{shown}".', span=span)

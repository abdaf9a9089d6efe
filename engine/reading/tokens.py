r"""Tokens: plain characters -> numbers, words, signs, with their places.

Of the kinds below, an expression has a use for all but these: "row" (; or LaTeX's \\) and "cell" (&) outside of
cases, "unit" (î ĵ ǩ, text i j k), "nabla", "partial", "infinity". They are for readers of other things.
"""

import re
from dataclasses import dataclass

from engine.errors import NotAnExpression, NotMathematics, Refused, StrangeCharacter, TooLarge, UnknownName
from engine.reading.characters import GREEK, Source

MAX_TOKENS = 300
MAX_DIGITS = 60

_LETTER = f"[A-Za-z{''.join(GREEK)}]"
_PATTERN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+(?!\.))?)
  | (?P<word>{_LETTER}+)
  | (?P<index>_(?:\{{[0-9]+\}}|[0-9]+))
  | (?P<subscript>_(?:\{{[a-zA-Z]\}}|[a-zA-Z](?![a-zA-Z])))
  | (?P<power>\*\*|\^)
  | (?P<relation><=|>=|!=|==|:=|->|[=≤≥≠→])
  | (?P<sign>[-+*/])
  | (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<angle>[<>])
  | (?P<bar>\|)
  | (?P<root>[√∛∜⎷])
  | (?P<comma>,)
  | (?P<row>;)
  | (?P<cell>&)
  | (?P<factorial>!)
  | (?P<percent>%)
  | (?P<unit>[îĵǩ])
  | (?P<nabla>∇)
  | (?P<partial>∂)
  | (?P<infinity>∞)
  | (?P<other>.)
    """,
    re.VERBOSE,
)


_FOREIGN = re.compile(r"https?:|www\.|<[@#:]|://|__|[a-z]\.[a-zA-Z]")
# d/dx, and df/dx where it is not the head of an answer; of LaTeX with the braces of its groups.
_DERIVATIVE = re.compile(
    r"(?<![A-Za-z])[d∂]\s*[A-Za-z]?\s*\}?\s*/\s*\{?\s*[d∂]\s*[A-Za-z](?![A-Za-z])"
    r"(?!\s*\}?\)?\s*=)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind (the group's name above), its text, its place, and whether a space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool


END = "end"


def tokenise(source: Source) -> list[Token]:
    """Return the tokens, the last of kind "end".

    Refuses: TooLarge (over 300 tokens, a literal over 60 digits), StrangeCharacter (a sign that has
    no meaning in a formula), NotMathematics (links, escapes, program code).
    """
    _refuse_foreign(source)
    tokens: list[Token] = []
    spaced = False
    for match in _PATTERN.finditer(source.text):
        kind = str(match.lastgroup)
        if kind == "space":
            spaced = True
            continue
        text = match.group()
        if kind == "other":
            raise _odd(text, source, match.start())
        if kind == "unit":
            text = {"î": "i", "ĵ": "j"}.get(text, "k")
        if kind == "number" and len(text) > MAX_DIGITS and sum(map(str.isdigit, text)) > MAX_DIGITS:
            span = source.span(match.start(), match.end())
            raise TooLarge(f"A number may have {MAX_DIGITS} digits; this one has more.", span=span)
        tokens.append(Token(kind, text, match.start(), match.end(), spaced))
        spaced = False
        if len(tokens) > MAX_TOKENS:
            span = source.span(match.start(), match.end())
            raise TooLarge(f"That has more than {MAX_TOKENS} signs, numbers and names.", span=span)
    tokens.append(Token(END, "", len(source.text), len(source.text), spaced))
    _refuse_misplaced(tokens, source)
    return tokens


def _refuse_foreign(source: Source) -> None:
    text = source.text
    if found := _FOREIGN.search(text):
        if found.group() == "__" and not re.search(r"__[a-zA-Z]", text):
            raise UnknownName(
                "Two underscores in a row; one marks an index, as in x_1.",
                span=source.span(found.start(), found.end()),
                suggestions=(text.replace("__", "_"),),
            )
        raise NotMathematics("That is no formula I can read.", span=source.span(found.start(), found.end()))
    if found := _DERIVATIVE.search(text):
        raise NotMathematics(
            "I do not read d/dx; /grad gives the derivatives of a function.",
            span=source.span(found.start(), found.end()),
        )


def _refuse_misplaced(tokens: list[Token], source: Source) -> None:
    """Refuse numbers that touch each other and indices that touch no name."""
    for before, here in zip([None, *tokens], tokens, strict=False):
        if here.kind == "number" and before is not None and before.kind == "number" and not here.spaced:
            span = source.span(before.start, here.end)
            raise StrangeCharacter("A number has one decimal point.", span=span, suggestions=("one decimal point",))
        if here.kind == "number" and before is not None and before.kind == "index" and not here.spaced:
            span = source.span(before.start, here.end)
            raise StrangeCharacter("An index is a whole number, and a sign belongs behind it.", span=span)
        if here.kind in {"index", "subscript"} and (before is None or before.kind != "word" or here.spaced):
            span = source.span(here.start, here.end)
            raise UnknownName("An index belongs directly behind a name, as in x_1.", span=span, suggestions=("x_1",))


def _odd(text: str, source: Source, at: int) -> Refused:
    span = source.span(at, at + 1)
    match text:
        case "±":
            return NotAnExpression(
                "± stands for two answers; ask for one at a time.", span=span, suggestions=("two answers",)
            )
        case "_":
            return UnknownName("An underscore needs an index of digits, as in x_1.", span=span, suggestions=("x_1",))
        case "'":
            return NotMathematics(
                "I do not read the prime of a derivative; /grad gives derivatives.", span=span, suggestions=("x",)
            )
        case _:
            return StrangeCharacter(f'"{text}" has no meaning in a formula.', span=span)

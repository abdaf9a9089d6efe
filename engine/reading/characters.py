"""Characters: what a learner's keyboard, phone or chat makes of a formula -> plain characters.

Every character that comes out remembers the place it came from, so that a caret always stands under
the learner's own text.
"""

import unicodedata

from engine.errors import EmptyText, Span, StrangeCharacter, TooLarge
from engine.reading.latex import plainly
from engine.reading.letters import GREEK
from engine.reading.source import Source, of_pieces
from engine.reading.wrapping import INVISIBLE, unwrapped

__all__ = ["GREEK", "MAX_TEXT", "Source", "normalise"]

MAX_TEXT = 400

_SAME = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/",
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "﹢": "+", "ˆ": "^",
    "⟨": "<", "⟩": ">", "〈": "<", "〉": ">", "∣": "|", "｜": "|", "‖": "|",
    "ϕ": "φ", "ϑ": "θ", "ϵ": "ε", "ϱ": "ρ", "ς": "σ", "µ": "μ", "ϖ": "π",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "′": "'", "ℯ": "e", "\n": " ", "\r": " ", "\t": " ",
}  # fmt: skip
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᵏᵐⁿᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+-()abcdekmnprstuvwxyz", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ", "0123456789ijkn", strict=True))
_OTHERS = {"⌊": " floor(", "⌋": ")", "⌈": " ceil(", "⌉": ")"}
_FRACTIONS = {"½": "(1/2)", "⅓": "(1/3)", "⅔": "(2/3)", "¼": "(1/4)", "¾": "(3/4)", "⅕": "(1/5)", "⅛": "(1/8)"}
_PLAIN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 +-*/^()[]{}<>=.,;:|_!%&'\"`$\\?#@~"
    "√∛∜≤≥≠∞±→∇∂∪∈≈∅ℝîĵ"
)
# What is taken as it is, whatever follows; of these most texts consist.
_TAKEN = _PLAIN - set("\\k")


def normalise(text: str, limit: int = MAX_TEXT) -> Source:
    """Return the text in plain characters with a map of places, chat's wrapping and LaTeX taken off.

    Of LaTeX, plain characters are left: brackets for groups, ; for a new row, & for a new cell, î ĵ ǩ for
    marked unit vectors (engine.reading.latex).
    Refuses: TooLarge over `limit` code points, StrangeCharacter for control, bidirectional and
    look-alike characters (by name), EmptyText where nothing is left, and what `plainly` refuses.
    """
    if len(text) > limit:
        raise TooLarge(f"That is {len(text)} characters long; I read up to {limit}.")
    pieces: list[tuple[str, Span]] = []
    start, end = unwrapped(text)
    while start < end:
        start = _read_character(text, start, end, pieces)
    source = of_pieces(text, pieces)
    if "\\" in source.text:
        source = plainly(source)
    if not source.text.strip():
        raise EmptyText("There is nothing to read here.", span=(0, len(text)))
    return source


def _read_character(text: str, at: int, end: int, pieces: list[tuple[str, Span]]) -> int:
    """Append what the character at `at` stands for; return where the next one starts."""
    character = text[at]
    place = (at, at + 1)
    if character in _TAKEN:
        pieces.append((character, place))
        return at + 1
    if character == "\\" and at + 1 < end and text[at + 1] in "*_^|`~<>()[]":
        pieces.append((text[at + 1], (at, at + 2)))
        return at + 2
    if text.startswith(r"\\", at):
        pieces.append((r"\\", (at, at + 2)))
        return at + 2
    if character in _SUPERSCRIPTS:
        return _read_raised(text, at, end, pieces, "^()", _SUPERSCRIPTS)
    if character in _SUBSCRIPTS:
        return _read_raised(text, at, end, pieces, "_{}", _SUBSCRIPTS)
    if text.startswith("k\u0302", at):
        pieces.append(("ǩ", (at, at + 2)))
        return at + 2
    if character in _FRACTIONS:
        if pieces and pieces[-1][0][-1].isdigit():
            raise StrangeCharacter(
                f'"{text[at - 1]}{character}" could be a sum or a product: write 2 + 1/2 or 2*(1/2).',
                span=(at - 1, at + 1),
            )
        pieces.append((_FRACTIONS[character], place))
    elif character in _OTHERS:
        pieces.append((_OTHERS[character], place))
    elif character not in INVISIBLE:
        pieces.append((_plain(character, place), place))
    return at + 1


def _read_raised(
    text: str, at: int, end: int, pieces: list[tuple[str, Span]], signs: str, table: dict[str, str]
) -> int:
    """Read a run of raised or lowered characters as one bracket, so that what follows cannot join it."""
    stop = at
    while stop < end and text[stop] in table:
        stop += 1
    inside = "".join(table[character] for character in text[at:stop])
    pieces.append((f"{signs[:2]}{inside}{signs[2]}", (at, stop)))
    return stop


def _plain(character: str, place: Span) -> str:
    character = _SAME.get(character, character)
    if character in _PLAIN or character in GREEK:
        return character
    if character.isspace() and unicodedata.category(character) == "Zs":
        return " "
    # Full-width forms and mathematical alphabets are the same letters in another dress.
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E or 0x1D400 <= code <= 0x1D7FF:
        folded = unicodedata.normalize("NFKC", character)
        folded = _SAME.get(folded, folded)
        if folded in _PLAIN or folded in GREEK:
            return folded
    raise StrangeCharacter(f"{_called(character)} has no meaning here.", span=place)


def _called(character: str) -> str:
    """Name a character so that it can be found, without showing what could format, ping or hide."""
    name = unicodedata.name(character, "").lower()
    if not name or unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Cs"}:
        return f"A hidden character (U+{ord(character):04X}{', ' + name if name else ''})"
    if "cyrillic" in name or "greek" in name:
        return f'"{character}" ({name}, which only looks like another letter)'
    return f'"{character}" ({name})'

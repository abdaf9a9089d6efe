"""Characters: what a learner's keyboard, phone or chat makes of a formula -> plain characters.

Every character that comes out remembers the place it came from, so that a caret always stands under
the learner's own text.
"""

import unicodedata
from dataclasses import dataclass

from engine.errors import EmptyText, Span, StrangeCharacter, TooLarge

MAX_TEXT = 400

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lamda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lamda", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

_SAME = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/",
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "﹢": "+", "ˆ": "^",
    "⟨": "<", "⟩": ">", "〈": "<", "〉": ">", "∣": "|", "｜": "|", "‖": "|",
    "ϕ": "φ", "ϑ": "θ", "ϵ": "ε", "ϱ": "ρ", "ς": "σ", "µ": "μ", "ϖ": "π",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "′": "'", "ℯ": "e", "\n": " ", "\r": " ", "\t": " ",
}  # fmt: skip
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸ", "0123456789+-()nxy", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_FRACTIONS = {"½": "(1/2)", "⅓": "(1/3)", "⅔": "(2/3)", "¼": "(1/4)", "¾": "(3/4)", "⅕": "(1/5)", "⅛": "(1/8)"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f")
_PLAIN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 +-*/^()[]{}<>=.,;:|_!%&'\"`$\\?#@~√≤≥≠∞±→"
)
_WRAPPERS = (("```", "```"), ("``", "``"), ("`", "`"), ("**", "**"), ("$$", "$$"), ("$", "$"), ('"', '"'), ("'", "'"))
_QUOTES = {"“": "”", "„": "“", "‘": "’", "«": "»"}


@dataclass(frozen=True, slots=True)
class Source:
    """Plain characters, each with its place in the original text."""

    original: str
    text: str
    places: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters [start, end) came from; past the end, the place of the end."""
        if not self.places:
            return (0, len(self.original))
        if start >= len(self.text):
            last = self.places[-1][1]
            return (last, last)
        return (self.places[start][0], self.places[max(start, end - 1)][1])


def normalise(text: str, limit: int = MAX_TEXT) -> Source:
    """Return the text in plain characters with a map of places.

    Refuses: TooLarge over `limit` code points, StrangeCharacter for control, bidirectional and
    look-alike characters (by name), EmptyText where nothing is left.
    """
    if len(text) > limit:
        raise TooLarge(f"That is {len(text)} characters long; I read up to {limit}.")
    pieces: list[tuple[str, Span]] = []
    start, end = _unwrapped(text)
    while start < end:
        start = _read_character(text, start, end, pieces)
    plain = "".join(piece for piece, _ in pieces)
    places = tuple(place for piece, place in pieces for _ in piece)
    if not plain.strip():
        raise EmptyText("There is nothing to read here.", span=(0, len(text)))
    return Source(text, plain, places)


def _unwrapped(text: str) -> tuple[int, int]:
    """Take chat's own wrapping (code marks, bold, quotes) off the outside, outermost first."""
    start, end = 0, len(text)
    while True:
        while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
            end -= 1
        while start < end and text[end - 1] == ";":
            end -= 1
        for left, right in (*_WRAPPERS, *_QUOTES.items()):
            inner = text[start + len(left) : end - len(right)]
            fits = end - start >= len(left) + len(right)
            if fits and text.startswith(left, start) and text.endswith(right, start, end) and left not in inner:
                start, end = start + len(left), end - len(right)
                break
        else:
            return start, end


def _read_character(text: str, at: int, end: int, pieces: list[tuple[str, Span]]) -> int:
    """Append what the character at `at` stands for; return where the next one starts."""
    character = text[at]
    place = (at, at + 1)
    if character == "\\" and at + 1 < end and text[at + 1] in "*_^|`~<>()[]":
        pieces.append((text[at + 1], (at, at + 2)))
        return at + 2
    if character in _SUPERSCRIPTS:
        return _read_raised(text, at, end, pieces, "^()", _SUPERSCRIPTS)
    if character in _SUBSCRIPTS:
        return _read_raised(text, at, end, pieces, "_{}", _SUBSCRIPTS)
    if character in _FRACTIONS:
        if pieces and pieces[-1][0][-1].isdigit():
            raise StrangeCharacter(
                f'"{text[at - 1]}{character}" could be a sum or a product: write 2 + 1/2 or 2*(1/2).',
                span=(at - 1, at + 1),
            )
        pieces.append((_FRACTIONS[character], place))
    elif character not in _INVISIBLE:
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

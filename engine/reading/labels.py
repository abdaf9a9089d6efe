"""Labels: what a learner calls a point or a test, by the one name of each.

A label is a set of known words: words that only go along are left out, a word with a slip in it is the
one known word near it, and any other word makes the whole unreadable, so that nothing is overheard.
"""

import re

from engine.errors import EmptyText, NotMathematics, UnknownName, WrongKind
from engine.reading.pieces import opened, trimmed
from engine.reading.shapes import Label
from engine.reading.source import Source

FILLERS = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "it",
            "its",
            "is",
            "its",
            "are",
            "be",
            "this",
            "that",
            "here",
            "there",
            "we",
            "have",
            "has",
        ),
        *(
            "of",
            "so",
            "by",
            "at",
            "as",
            "both",
            "all",
            "point",
            "points",
            "pt",
            "pts",
            "critical",
            "stationary",
            "test",
        ),
        *("second", "derivative", "derivatives", "partial", "partials", "d", "f", "function", "value", "kind", "type"),
        *("classified", "strict"),
    )
)
_NEGATIONS = frozenset(
    ("not", "no", "isn't", "isnt", "aren't", "never", "non", "cannot", "can't", "cant", "won't", "wasn't", "without")
)
# Each meaning with the words that carry it; "decided" makes no label, but is no slip for "inconclusive" either.
_SAID = {
    "minimum": ("min", "mins", "minimum", "minima", "minimums", "minimal", "minimiser", "minimizer"),
    "maximum": ("max", "maxs", "maxes", "maximum", "maxima", "maximums", "maximal", "maximiser", "maximizer"),
    "local": ("local", "loc", "relative", "rel"),
    "absolute": ("global", "absolute", "abs", "glob"),
    "saddle": ("saddle", "saddles", "saddlepoint", "saddlepoints", "minimax"),
    "inconclusive": (
        "inconclusive",
        "undetermined",
        "undecided",
        "indeterminate",
        "unclear",
        "fail",
        "fails",
        "failed",
    ),
    "decided": ("conclusive", "determined", "decided", "decide", "determine", "tell", "enough", "information", "info"),
    "another": ("conclusion", "inflection", "inflexion", "degenerate"),
    "neither": ("neither",),
    "extremum": ("extremum", "extrema", "extreme"),
    "converges": ("converges", "convergent"),
    "diverges": ("diverges", "divergent"),
    "cycles": ("cycles", "oscillates"),
} | {
    word: (word,)
    for word in (
        *("positive", "negative", "definite", "semidefinite", "indefinite"),
        *("convex", "concave", "alternating", "stalls"),
    )
}
_MEANINGS = {word: meaning for meaning, words in _SAID.items() for word in words}
_CALLED = {
    frozenset(meanings.split("+")): label
    for meanings, label in {
        "minimum": "local minimum",
        "maximum": "local maximum",
        "local+minimum": "local minimum",
        "local+maximum": "local maximum",
        "absolute+minimum": "absolute minimum",
        "absolute+maximum": "absolute maximum",
        "saddle": "saddle point",
        "neither+extremum": "neither",
        "positive+definite": "positive definite",
        "negative+definite": "negative definite",
        "positive+semidefinite": "positive semidefinite",
        "negative+semidefinite": "negative semidefinite",
        "converges+alternating": "converges alternating",
    }.items()
} | {
    frozenset({label}): label
    for label in (
        *("inconclusive", "neither", "indefinite", "convex", "concave"),
        *("converges", "diverges", "cycles", "stalls"),
    )
}
_ONE = r"(?:\s+(?:a|an|local|relative))*\s+(?:max\w*|min\w*)"
# Denials that are labels themselves.
_PHRASES = tuple(
    (re.compile(pattern), label)
    for pattern, label in (
        (rf"neither\b{_ONE}\s+n?or{_ONE}", "neither"),
        (r"(?:not\s+an?|no)\s+(?:local\s+|relative\s+)?extremum|no\s+extrem[ae]", "neither"),
        (r"(?:gives?\s+)?no\s+(?:conclusion|information|info|decision)|not\s+enough\s+information", "inconclusive"),
        (
            r"(?:can\s?not|can't|does\s*n[o']t|doesn't|could\s+not)\s+(?:tell|decide|determine|be\s+(?:decided|determined))",
            "inconclusive",
        ),
        (r"not\s+(?:conclusive|determined|decided)|non-?\s?conclusive", "inconclusive"),
    )
)


def read_label(text: str) -> Label:
    """Read what something is: "rel. max", "a sadle point", "the test fails".

    Refuses (NotMathematics) words it does not know, (WrongKind) a denial, (UnknownName) two labels at once.
    """
    return Label(text, label_of(trimmed(opened(text))))


def label_of(source: Source) -> str:
    """Return the label that a piece of a text is."""
    span = source.span(0, len(source.text))
    said = " ".join(source.text.lower().replace("semi-definite", "semidefinite").split())
    for pattern, called in _PHRASES:
        found = pattern.search(said)
        if found and all(word in FILLERS for word in words_of(said[: found.start()] + " " + said[found.end() :])):
            return called
    words = words_of(said)
    if any(word in _NEGATIONS for word in words):
        raise WrongKind("This says what it is not; say what it is.", span=span)
    meanings = {_meaning(word, span) for word in words} - {""}
    label = _CALLED.get(frozenset(meanings))
    if label is None and not meanings:
        raise EmptyText("Say what it is, for instance a local minimum or a saddle point.", span=span)
    if label is None:
        raise UnknownName("I cannot make one label of this; say for instance local minimum.", span=span)
    return label


def words_of(said: str) -> list[str]:
    """Return the words of a text in small letters, without the signs between them."""
    return re.findall(r"[^\s.,:;!()/-]+", said)


def _meaning(word: str, span: tuple[int, int]) -> str:
    """Return the meaning of a word, "" for one that only goes along; refuses words that are near to none."""
    if word in FILLERS:
        return ""
    if word in _MEANINGS:
        return _MEANINGS[word]
    allowed = 0 if len(word) < 5 else 1 if len(word) < 8 else 2
    near = {known: distance(word, known) for known in _MEANINGS if abs(len(known) - len(word)) <= allowed}
    least = min(near.values(), default=allowed + 1)
    meant = {_MEANINGS[known] for known, far in near.items() if far == least}
    if least > allowed or len(meant) > 1:
        shown = word if len(word) <= 20 else word[:20] + "…"
        raise NotMathematics(f'I do not know "{shown}" as a label; say for instance saddle point.', span=span)
    return meant.pop()


def distance(one: str, other: str) -> int:
    """Return how many slips turn one word into the other: a letter too many, missing, wrong, or two turned round."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, match in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != match)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                row[-1] = min(row[-1], last[j - 2] + 1)
    return row[-1]

"""Wrapping: what a chat puts round a formula, and what stands round mathematics in LaTeX."""

import re

INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f")
_SAME = ("```", "``", "`", "**", "__", "$$", "$", '"', "'")
_PAIRS = {"“": "”", "„": "“", "‘": "’", "«": "»", r"\[": r"\]", r"\(": r"\)"}
_WRAPPERS = (*((mark, mark) for mark in _SAME), *_PAIRS.items())
_MARKS = frozenset("`*_$\"'|\\“„‘«")
_LANGUAGE = re.compile(r"[a-zA-Z+]+[ \t]*\n")
# Bars round one name, or round a list, are those of mathematics; round a formula they hide it in a chat.
_NORM = re.compile(r"\s*(\w+|\([^()]*,.*\)|<.*>)\s*")


def unwrapped(text: str) -> tuple[int, int]:
    """Return where the formula begins and ends inside code marks, emphasis, spoilers, quotes and $ signs."""
    start, end = 0, len(text)
    while True:
        start, end = _trimmed(text, start, end)
        if text[start : start + 1] not in _MARKS:
            return start, end
        for left, right in _WRAPPERS:
            inner = text[start + len(left) : end - len(right)]
            fits = end - start >= len(left) + len(right)
            if fits and text.startswith(left, start) and text.endswith(right, start, end) and left not in inner:
                start, end = start + len(left), end - len(right)
                if left == "```" and (language := _LANGUAGE.match(text, start, end)):
                    start = language.end()
                break
        else:
            thickness = _emphasis(text, start, end)
            if not thickness:
                return start, end
            start, end = start + thickness, end - thickness


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    while start < end and text[end - 1] == ";":
        end -= 1
    return start, end


def _emphasis(text: str, start: int, end: int) -> int:
    """Return how many marks to take off: 1 for *..* and _.._ (no formula begins or ends so), 2 for ||..||."""
    whole = text[start:end]
    if len(whole) > 2 and whole[0] == whole[-1] and whole[0] in "*_" and whole[1:-1].strip("*_ "):
        return 1
    return 2 if hides(whole) else 0


def hides(text: str) -> bool:
    """Tell whether ||..|| are the marks of a spoiler round a whole formula, not bars of mathematics."""
    whole = text.strip()
    inside = whole[2:-2]
    wrapped = len(whole) > 4 and whole.startswith("||") and whole.endswith("||") and "|" not in inside
    return wrapped and not _NORM.fullmatch(inside)

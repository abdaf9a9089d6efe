"""Text as Discord shows it: what was typed neither formats, links, pings nor leaves its block."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

# Discord hides the backslash before any punctuation, so escaping too much shows nothing.
_INLINE = re.compile(r"[\\*_~`|<\[\]]|:(?=\S)|(?<=[A-Za-z])\.(?=[A-Za-z])")
_LINE_START = re.compile(r"^(\s*)(\d+(?=[.)])|)([.)>#+-])", re.MULTILINE)
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_BACKTICK = "ˋ"  # looks like one and is as wide, so a caret below still points at its place


def size(text: str) -> int:
    """Return the length as the strictest of Discord's programs counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return the text with every character that hides or moves the cursor as one visible dot."""
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "".join("·" if unicodedata.category(each) in _INVISIBLE and each != "\n" else each for each in text)


def escape(text: str) -> str:
    """Return Markdown that shows exactly this text, without links and mentions."""
    text = _INLINE.sub(r"\\\g<0>", clean(text))
    text = _LINE_START.sub(r"\1\2\\\3", text)
    return text.replace("@", "@\u200b")


def block(text: str, language: str = "") -> str:
    """Return a code block that holds the text and cannot be closed from inside; nothing for no text."""
    inner = _in_code(clean(text))
    return f"```{language}\n{inner}\n```" if inner.strip() else ""


def inline(text: str) -> str:
    """Return one line of code, line breaks as spaces; nothing for no text."""
    inner = _in_code(" ".join(clean(text).split()))
    return f"`{inner}`" if inner else ""


def _in_code(text: str) -> str:
    # A mention in code is none already; the second lock costs a character of no width.
    return text.replace("`", _BACKTICK).replace("@", "@\u200b")


def longest(text: str, room: int, dress: Callable[[str], str]) -> str:
    """Return the longest start of the text that fits the room once dressed, cut at a line if it has some."""
    fits = bisect_right(range(len(text) + 1), room, key=lambda length: size(dress(text[:length]))) - 1
    start = text[: max(fits, 0)]
    whole_lines = start.rpartition("\n")[0]
    return whole_lines or start


def shorten(text: str, limit: int) -> str:
    """Return a text of at most so many characters, cut at a word where it has some."""
    text = " ".join(text.split())
    if size(text) <= limit:
        return text
    start = longest(text, limit - 1, str)
    return (start.rpartition(" ")[0] or start) + "…"

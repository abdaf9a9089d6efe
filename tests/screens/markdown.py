"""The part of Discord's Markdown that shows: what Nabla did not escape is formatted here as it would be there."""

import re
from collections.abc import Mapping
from html import escape

_BLOCK = re.compile(r"```(?:[a-z]+\n|\n)?(.*?)\n?```\n?", re.DOTALL)
_SPAN = r"((?:\\.|[^\\\n])+?)"
_INLINE = re.compile(
    r"\\(?P<shown>[^0-9A-Za-z\s])"
    r"|`(?P<code>[^`\n]+)`"
    rf"|\*\*(?P<strong>{_SPAN})\*\*"
    rf"|__(?P<u>{_SPAN})__"
    rf"|~~(?P<s>{_SPAN})~~"
    rf"|\|\|(?P<spoiler>{_SPAN})\|\|"
    rf"|\*(?P<em>(?!\s){_SPAN})\*"
    rf"|\b_(?P<em_too>{_SPAN})_\b"
    r"|<@!?(?P<mention>\d+)>"
)
_LINE = re.compile(r"(?P<mark>#{1,3}|>|-#|[-*]) (?P<rest>.+)")
_LINES = {"#": "h3", "##": "h3", "###": "h3", ">": "blockquote", "-#": "small", "-": "li", "*": "li"}

Names = Mapping[str, str]


def html_of(text: str, names: Names) -> str:
    """Return the text as HTML; `names` says who an id is."""
    parts = _BLOCK.split(text)
    return "".join(_block(part) if index % 2 else _lines(part, names) for index, part in enumerate(parts))


def inline(text: str, names: Names) -> str:
    """Return one line as HTML."""
    made, end = [], 0
    for found in _INLINE.finditer(text):
        made += [escape(text[end : found.start()]), _formatted(found, names)]
        end = found.end()
    return "".join([*made, escape(text[end:])])


def _block(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _lines(text: str, names: Names) -> str:
    return "".join(_line(each, names) for each in text.removesuffix("\n").split("\n")) if text else ""


def _line(line: str, names: Names) -> str:
    found = _LINE.fullmatch(line)
    if found is None:
        return f"<div>{inline(line, names) or '&nbsp;'}</div>"
    tag = _LINES[found["mark"]]
    return f"<{tag}>{inline(found['rest'], names)}</{tag}>"


def _formatted(found: re.Match[str], names: Names) -> str:
    kind, text = next((kind, text) for kind, text in found.groupdict().items() if text is not None)
    match kind:
        case "shown":
            return escape(text)
        case "code":
            return f"<code>{escape(text)}</code>"
        case "mention":
            return f'<b class="mention">@{escape(names.get(text, "somebody"))}</b>'
        case "spoiler":
            return f'<b class="spoiler">{inline(text, names)}</b>'
        case _:
            tag = kind.removesuffix("_too")
            return f"<{tag}>{inline(text, names)}</{tag}>"

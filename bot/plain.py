"""Reply -> text: every front's fallback, and all of `nabla ask`."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate

from bot.talk import Block, Code, Lines, Refusal, Reply, Table

CARET_WIDTH = 32
_ELLIPSIS = "…"
_INDENT = "  "
_NO_WIDTH = frozenset({"Mn", "Me"})


def text(reply: Reply, options: Mapping[str, str] | None = None, line: str = "") -> str:
    """Return the whole reply as plain text, its pictures named, its actions at the end.

    options, line: what the learner typed, so that a refusal can point into it.
    """
    if reply.refusal is not None:
        return refusal_text(reply.refusal, reply.actions, options or {}, line)
    parts = [reply.title] if reply.title else []
    parts += [block_text(block) for block in reply.blocks]
    if reply.actions:
        parts.append("You could type:\n" + "\n".join(f"  {action}" for action in reply.actions))
    return "\n".join(part for part in parts if part)


def block_text(block: Block) -> str:
    """Return one block as text, a table with aligned columns."""
    if isinstance(block, Lines):
        return "\n".join(block.lines)
    if isinstance(block, Code):
        return block.text.rstrip("\n")
    return _table_text(block)


def _table_text(table: Table) -> str:
    rows = [table.header, *table.rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def refusal_text(refusal: Refusal, actions: tuple[str, ...], options: Mapping[str, str], line: str) -> str:
    """Return what is wrong, the learner's own text with a caret under the place, and what to type."""
    value = line if refusal.option is None else options.get(refusal.option, "")
    parts = [refusal.message]
    if refusal.span is not None and value.strip():
        parts += [_INDENT + each for each in pointed(value, refusal.span, CARET_WIDTH - len(_INDENT))]
    if actions:
        parts.append("Try: " + actions[0])
    return "\n".join(parts)


def pointed(value: str, span: tuple[int, int], width: int = CARET_WIDTH) -> tuple[str, str]:
    """Return the part of the text around a span, at most so many columns, and a line of carets below it."""
    cells = _cells(value)
    starts = list(accumulate(map(len, cells), initial=0))
    begin = bisect_right(starts, min(span[0], starts[-1])) - 1
    end = max(begin + 1, bisect_left(starts, span[1]))
    if begin == len(cells):  # something is missing behind the text, and the caret needs a place there
        cells.append("")
    edges = list(accumulate((columns(each) or 1 for each in cells), initial=0))
    left = max(0, min(edges[begin] - width // 2, edges[-1] - width))
    first = bisect_left(edges, left)
    last = bisect_right(edges, edges[first] + width) - 1
    cut = cells[first:last]
    if first > 0:
        cut[0] = _ELLIPSIS
    if last < len(cells):
        cut[-1] = _ELLIPSIS
    before, under = cut[: begin - first], cut[begin - first : end - first]
    return "".join(cut), " " * columns("".join(before)) + "^" * max(1, columns("".join(under)))


def columns(text: str) -> int:
    """Return how wide a text is in a fixed-width font: East Asian letters are two wide, combining marks none."""
    return sum(
        0 if unicodedata.category(each) in _NO_WIDTH else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _cells(value: str) -> list[str]:
    """Return the text as what stands in one place each: a character and the marks on it.

    Nothing that moves the cursor or hides may be echoed; each stands as one visible place.
    """
    cells: list[str] = []
    for each in value:
        shown = each if each.isprintable() else "·"
        if cells and unicodedata.category(shown) in _NO_WIDTH:
            cells[-1] += shown
        else:
            cells.append(shown)
    return cells

"""Reply -> text: every front's fallback, and all of `nabla ask`."""

from collections.abc import Mapping

from bot.talk import Block, Lines, Refusal, Reply, Table

CARET_WIDTH = 32
_ELLIPSIS = "…"


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
        parts += [f"  {each}" for each in pointed(value, refusal.span)]
    if actions:
        parts.append("Try: " + actions[0])
    return "\n".join(parts)


def pointed(value: str, span: tuple[int, int]) -> tuple[str, str]:
    """Return the part of the text around a span, at most 32 columns, and a line of carets below it."""
    # Nothing that moves the cursor or hides may be echoed; each stands as one visible place.
    shown = "".join(each if each.isprintable() else "·" for each in value)
    start, end = span
    start = min(start, len(shown))
    first = max(0, min(start - CARET_WIDTH // 2, len(shown) - CARET_WIDTH))
    cut = shown[first : first + CARET_WIDTH]
    if first > 0:
        cut = _ELLIPSIS + cut[1:]
    if first + CARET_WIDTH < len(shown):
        cut = cut[:-1] + _ELLIPSIS
    at = start - first
    length = max(1, min(end - start, CARET_WIDTH - at))
    return cut, " " * at + "^" * length

"""Reply -> the terminal: titles, Unicode formulas, tables; plain where there is no terminal or colour."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from bot import plain
from bot.talk import Call, Code, Lines, Reply, Table
from engine.values import Picture

_INDENT = "  "
_NARROWEST = 20
_AS_ABOVE = "What stands above, typeset."


def show(
    console: Console, call: Call | None, line: str, reply: Reply, written: list[Path], files: Sequence[Path] = ()
) -> None:
    """Print a reply and an empty line; its picture files are named with what is in them, its other files too."""
    if reply.refusal is not None:
        options = dict(call.options) if call else {}
        *said, last = plain.refusal_text(reply.refusal, reply.actions, options, line).split("\n")
        _print_wrapped(console, said if reply.actions else [*said, last], indent="")
        if reply.actions:  # what is to be typed stays one line, so that it can be copied
            console.print(Text(last), soft_wrap=True)
    else:
        _show_answer(console, reply, written)
    for path in files:
        console.print(Text(f"File: {path}", style="cyan"), soft_wrap=True)
    console.print()


def _show_answer(console: Console, reply: Reply, written: list[Path]) -> None:
    if reply.title:
        console.print(Text(reply.title, style="bold"))
    for block in reply.blocks:
        if isinstance(block, Lines):
            _print_wrapped(console, block.lines)
        elif isinstance(block, Code):
            console.print(Text(plain.block_text(block)), soft_wrap=True)
        else:
            console.print(_table(block))
    for picture, path in zip(reply.pictures, written, strict=True):
        console.print(Text(f"Picture: {path}", style="cyan"), soft_wrap=True)
        _print_wrapped(console, [_said_of(picture, reply)], style="dim")
    if reply.actions:
        console.print(Text("You could type: " + "   ".join(reply.actions), style="green"), soft_wrap=True)


def _said_of(picture: Picture, reply: Reply) -> str:
    """Return what is in a picture; one that begins with the title speaks the lines that stand above it."""
    return _AS_ABOVE if reply.title and picture.alt.startswith(f"{reply.title}.") else picture.alt


def _print_wrapped(console: Console, lines: Iterable[str], *, indent: str = _INDENT, style: str = "") -> None:
    """Print lines so that what is too long goes on below, further in."""
    for line in lines:
        for part in _parts(console, line, indent):
            console.print(Text(part, style=style), soft_wrap=True)


def _parts(console: Console, line: str, indent: str) -> Iterator[str]:
    width = max(_NARROWEST, console.width - len(indent + _INDENT))
    if not line.strip() or plain.columns(indent + line) <= console.width:
        yield indent + line if line.strip() else ""
        return
    first, *others = Text(line).wrap(console, width)
    yield indent + first.plain.rstrip()
    yield from (indent + _INDENT + each.plain.strip() for each in others)


def _table(table: Table) -> RichTable:
    shown = RichTable(*table.header, show_edge=False, pad_edge=False)
    for row in table.rows:
        shown.add_row(*(Text(each) for each in row))
    return shown

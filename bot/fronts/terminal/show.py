"""Reply -> the terminal: titles, Unicode formulas, tables; plain where there is no terminal or colour."""

from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from bot import plain
from bot.talk import Call, Lines, Reply, Table


def show(console: Console, call: Call | None, line: str, reply: Reply, written: list[Path]) -> None:
    """Print a reply, and the names of its picture files with what is in them."""
    if reply.refusal is not None:
        options = dict(call.options) if call else {}
        console.print(Text(plain.refusal_text(reply.refusal, reply.actions, options, line)))
        return
    if reply.title:
        console.print(Text(reply.title, style="bold"))
    for block in reply.blocks:
        console.print(_block(block))
    for picture, path in zip(reply.pictures, written, strict=True):
        console.print(Text(f"Picture: {path}", style="cyan"), soft_wrap=True)
        console.print(Text(f"  {picture.alt}", style="dim"))
    if reply.actions:
        console.print(Text("You could type: " + "   ".join(reply.actions), style="green"), soft_wrap=True)


def show_files(console: Console, written: list[Path]) -> None:
    """Print where files lie."""
    for path in written:
        console.print(Text(f"File: {path}", style="cyan"), soft_wrap=True)


def _block(block: Lines | Table) -> Text | RichTable:
    if isinstance(block, Lines):
        return Text("\n".join(f"  {line}" for line in block.lines))
    table = RichTable(*block.header, show_edge=False, pad_edge=False)
    for row in block.rows:
        table.add_row(*(Text(each) for each in row))
    return table

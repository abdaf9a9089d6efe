"""A program in a reply, as every front shows it."""

import io

from rich.console import Console

from bot import plain
from bot.fronts.discord.render import render
from bot.fronts.terminal.show import show
from bot.talk import Code, Reply

PROGRAM = "def f(x):\n    return x**2 + " + " + ".join(["x"] * 60) + "\n"
REPLY = Reply("answered", "As NumPy", (Code(PROGRAM),))


def test_a_program_is_plain_text_as_it_stands() -> None:
    assert plain.text(REPLY) == f"As NumPy\n{PROGRAM.rstrip()}"


def test_in_discord_a_program_is_a_block_of_its_language() -> None:
    assert render(REPLY).description == f"```python\n{PROGRAM.rstrip()}\n```"


def test_a_program_cannot_leave_its_block() -> None:
    assert render(Reply("answered", "T", (Code("```\n@everyone"),))).description.count("```") == 2


def test_in_the_terminal_a_program_is_neither_wrapped_nor_indented() -> None:
    console = Console(file=io.StringIO(), width=40, highlight=False, emoji=False, markup=False)
    show(console, None, "", REPLY, [])
    assert isinstance(console.file, io.StringIO)
    assert PROGRAM in console.file.getvalue()

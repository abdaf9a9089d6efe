"""The terminal chat as a real process: through a pipe, and at a real terminal."""

import io
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import commands
from bot.fronts.terminal.prompt import LineCompleter
from bot.fronts.terminal.show import show
from bot.plain import columns
from bot.talk import Lines, Refusal, Reply


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NABLA_", "DISCORD"))}
    return kept | {"NABLA_DATA": str(data), "NABLA_DEADLINE": "10"}


def piped(data: Path, text: str | bytes) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        input=text.encode() if isinstance(text, str) else text,
        env=environment(data),
        capture_output=True,
        timeout=50,
        check=False,
    )


def test_a_line_through_a_pipe_is_answered(tmp_path: Path) -> None:
    done = piped(tmp_path, "/grad f=x^2+y^2 at=1,2\n")
    shown = done.stdout.decode()
    assert "∇f(x, y) = (2x, 2y)" in shown
    assert "∇f(1, 2) = (2, 4)" in shown
    assert done.returncode == 0
    assert "\x1b" not in shown


def test_pictures_are_written_and_named(tmp_path: Path) -> None:
    shown = piped(tmp_path, "/grad f=x^2+y^2 at=1,2\n").stdout.decode()
    paths = re.findall(r"Picture: (.+\.png)", shown)
    assert len(paths) == 2
    assert all(Path(path).read_bytes().startswith(b"\x89PNG") for path in paths)
    assert "gradient arrow is (2, 4)" in " ".join(shown.split())


def test_a_conversation_goes_on_after_everything_that_is_refused(tmp_path: Path) -> None:
    given = b"/practice seed=7\n\xff\xfe\n" + b"x" * 5_000_000 + b"\n[bold]hi[/bold]\n/answer (3, -12)\n"
    shown = piped(tmp_path, given).stdout.decode()
    assert "65,536 bytes" in shown
    assert "Right: (3, -12)" in shown


def test_a_first_start_makes_its_records_and_a_second_keeps_them(tmp_path: Path) -> None:
    piped(tmp_path, "/practice seed=7\n")
    assert "Right: (3, -12)" in piped(tmp_path, "/answer (3, -12)\n").stdout.decode()


def test_the_picture_of_the_formulas_is_named_and_not_read_out(tmp_path: Path) -> None:
    shown = piped(tmp_path, "/grad f=x^2+y^2 at=1,2\n").stdout.decode()
    assert "x squared" not in shown.partition("formulas.png")[2].partition("Picture:")[0]
    assert "x squared" in shown.partition("contour.png")[2]


def test_a_pipe_ends_like_a_conversation(tmp_path: Path) -> None:
    shown = piped(tmp_path, "/help grad\n/quit\n/hint\n").stdout.decode()
    assert "Gradient of f" in shown
    assert "No exercise is open" not in shown


@pytest.mark.skipif(not hasattr(pty, "openpty"), reason="needs a pseudo-terminal")
def test_at_a_terminal_there_is_a_prompt_with_completion(tmp_path: Path) -> None:
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "terminal"],
        stdin=child,
        stdout=child,
        stderr=child,
        env=environment(tmp_path) | {"TERM": "xterm", "COLUMNS": "100", "LINES": "40"},
        start_new_session=True,
    )
    os.close(child)
    try:
        read_until(parent, "/help")
        os.write(parent, b"/gra")
        read_until(parent, "Gradient of f")
        os.write(parent, b"d f=x^2+y^2 at=1,2\r")
        assert "(2, 4)" in read_until(parent, "Picture:")
        os.write(parent, b"/quit\r")
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(parent)
    assert "/grad" in (tmp_path / "history").read_text()


def read_until(terminal: int, wanted: str) -> str:
    """Return what the terminal showed until `wanted` came; answers the prompt's question for the cursor."""
    seen = ""
    ends = time.monotonic() + 30
    while wanted not in seen and time.monotonic() < ends:
        if select.select([terminal], [], [], 0.2)[0]:
            chunk = os.read(terminal, 65_536).decode(errors="replace")
            seen += chunk
            if "\x1b[6n" in chunk:
                os.write(terminal, b"\x1b[1;1R")
    assert wanted in seen, seen[-2000:]
    return seen


def completions(text: str) -> list[str]:
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from bot.catalogue import Catalogue

    completer = LineCompleter(Catalogue(commands().values()))
    return [each.text for each in completer.get_completions(Document(text), CompleteEvent())]


def test_commands_are_completed_from_their_first_letters() -> None:
    assert sorted(completions("/pr")) == ["/practice ", "/privacy ", "/progress "]


def test_options_that_are_not_given_yet_are_completed() -> None:
    assert completions("/grad f=x^2 ") == [f"{each.name}=" for each in commands()["grad"].options if each.name != "f"]


def printed(reply: Reply, width: int = 40) -> str:
    out = io.StringIO()
    show(Console(file=out, width=width, highlight=False, emoji=False, markup=False), None, "", reply, [])
    return out.getvalue()


def test_a_line_that_is_too_long_goes_on_further_in() -> None:
    long = "word " * 12
    first, *others = printed(Reply("answered", "", (Lines((long,)),))).rstrip().splitlines()
    assert first.startswith("  word")
    assert others
    assert all(each.startswith("    word") for each in others)


@pytest.mark.parametrize("width", [25, 40, 80])
@pytest.mark.parametrize("text", ["字" * 60, "x" * 200, "a  b " * 30, "•" + " sentence" * 20])
def test_no_printed_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    lines = printed(Reply("answered", "T", (Lines((text,)),)), width).splitlines()
    assert max(map(columns, lines)) <= width
    assert "".join("".join(lines[1:]).split()) == "".join(text.split())


def test_an_empty_line_parts_one_answer_from_the_next() -> None:
    for reply in (
        Reply("answered", "T", actions=("/help",)),
        Reply("refused", refusal=Refusal("x", "No.", None, None, ())),
    ):
        assert printed(reply).endswith("\n\n")


def test_what_is_to_be_typed_instead_stays_one_line() -> None:
    why = Refusal("x", "No. " * 30, None, None, ())
    shown = printed(Reply("refused", refusal=why, actions=("/grad f=" + "x + " * 30,)), width=40)
    assert "Try: /grad f=" + "x + " * 30 in shown

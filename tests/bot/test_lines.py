"""Command lines, as the contract has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lines import reads_like_a_line, split_line, split_options
from engine.errors import EmptyText, NotMathematics, Refused, WrongUsage

COMMANDS = {"grad": ("f", "at", "wrt"), "quiz start": ("concept", "seconds"), "quiz": (), "hint": ()}


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("/grad f=x^2+y^2 at=1,2", {"f": "x^2+y^2", "at": "1,2"}),
        ("/grad x^2+y^2", {"f": "x^2+y^2"}),
        ("/grad x^2 + y^2 at=1,2", {"f": "x^2 + y^2", "at": "1,2"}),
        ("/grad at=1,2 f=x^2+y^2", {"at": "1,2", "f": "x^2+y^2"}),
        ("/grad f=x^2+y^2 at=(1,2)", {"f": "x^2+y^2", "at": "(1,2)"}),
        ("/grad f=x^2+y^2 at x=1 y=2", {"f": "x^2+y^2", "at": "x=1 y=2"}),
        ("/grad f=x^2+y^2 at (1,2)", {"f": "x^2+y^2", "at": "(1,2)"}),
        ("/grad f=x^2 at=x=1 y=2 wrt=x", {"f": "x^2", "at": "x=1 y=2", "wrt": "x"}),
        ('/grad f="x = y" at=1', {"f": "x = y", "at": "1"}),
        ('/grad f="x at=3 y" at=1', {"f": "x at=3 y", "at": "1"}),
        ("/grad f=f(x,y)=x+y", {"f": "f(x,y)=x+y"}),
        ("/grad f = x^2 at = 1", {"f": "x^2", "at": "1"}),
        ("  /Grad F=x", {"f": "x"}),
        ("/grad", {}),
        ("grad f=x", {"f": "x"}),
        ("/grad f=", {"f": ""}),
    ],
)
def test_a_line_gives_its_options_as_typed(line: str, options: dict[str, str]) -> None:
    assert split_line(line, COMMANDS) == ("grad", options)


def test_a_group_of_words_is_one_command() -> None:
    assert split_line("/quiz start concept=grad.eval seconds=30", COMMANDS) == (
        "quiz start",
        {"concept": "grad.eval", "seconds": "30"},
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", EmptyText),
        ("   ", EmptyText),
        ("hello there", NotMathematics),
        ("/gard f=x", WrongUsage),
        ("/grad f=x f=y", WrongUsage),
        ("/grad f=x^2 seconds=3", WrongUsage),
        ("/hint please", WrongUsage),
    ],
)
def test_what_is_no_line_is_refused(line: str, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        split_line(line, COMMANDS)


def test_a_misspelled_command_is_offered() -> None:
    with pytest.raises(WrongUsage) as refused:
        split_line("/gard f=x", COMMANDS)
    assert "/grad" in refused.value.suggestions


def test_half_a_name_is_offered_all_that_begins_so() -> None:
    with pytest.raises(WrongUsage) as refused:
        split_line("/quiz", {"quiz start": (), "quiz stop": (), "grad": ("f",)})
    assert refused.value.suggestions == ("/quiz start", "/quiz stop", "/help")


def test_a_variable_named_like_no_option_stays_in_its_value() -> None:
    assert split_options("x=1 y=2", ("at",)) == {"at": "x=1 y=2"}


def test_a_first_option_with_options_in_it_reads_like_a_line() -> None:
    assert reads_like_a_line("f=x^2 at=1,2", COMMANDS["grad"])
    assert reads_like_a_line("x^2 at=1,2", COMMANDS["grad"])
    assert not reads_like_a_line("x^2+y^2", COMMANDS["grad"])
    assert not reads_like_a_line("a*t^2", COMMANDS["grad"])


@given(st.text(max_size=80))
def test_no_line_raises_anything_but_a_refusal(text: str) -> None:
    for line in (text, f"/grad {text}"):
        try:
            name, options = split_line(line, COMMANDS)
        except Refused:
            continue
        assert name in COMMANDS
        assert set(options) <= set(COMMANDS[name])


@given(st.dictionaries(st.sampled_from(["f", "at", "wrt"]), st.from_regex(r"[a-z0-9+^*,()]{1,12}", fullmatch=True)))
def test_options_written_as_a_line_are_read_back(options: dict[str, str]) -> None:
    line = "/grad " + " ".join(f"{name}={value}" for name, value in options.items())
    assert split_line(line, COMMANDS) == ("grad", options)

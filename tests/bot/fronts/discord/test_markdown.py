import re

import pytest

from bot.fronts.discord.markdown import block, clean, escape, inline, longest, shorten, size

HOSTILE = (
    "@everyone", "@here", "<@123>", "<@&123>", "<#123>", "</grad:1>", "<:a:1>", "<t:1>", "**b**", "__u__", "~~s~~",
    "||x||", "`c`", "```\nx\n```", "# h", "> q", ">>> q", "- l", "1. l", "-# s", "[a](https://example.org)",
    "https://example.org", "discord.gg/abc", "\\@everyone", "\\`", "\\\\`",
)  # fmt: skip


def shown(markdown: str) -> str:
    """Return what a reader sees of escaped text: no backslash before punctuation, nothing of no width."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown).replace("\u200b", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_shows_as_typed(text: str) -> None:
    assert shown(escape(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_holds_nothing_that_discord_reads(text: str) -> None:
    left = re.sub(r"\\[^0-9A-Za-z\s]", "¤", escape(text))
    assert not re.search(r"[*_~`|<\[\]]|@(?!\u200b)|:\S|^\s*([#>-]|\d+[.)])|[a-z]\.[a-z]", left, re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_code_block_is_closed_by_nobody_else(text: str) -> None:
    made = block(text)
    assert made.startswith("```\n")
    assert made.endswith("\n```")
    assert "`" not in made[3:-3]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_of_code_is_closed_by_nobody_else(text: str) -> None:
    made = inline(text)
    assert made.count("`") == 2
    assert "\n" not in made


def test_a_code_block_keeps_its_columns() -> None:
    assert len(block("`x`\n  ^")) == len(block("'x'\n  ^"))


def test_mathematics_is_left_readable() -> None:
    assert escape("∂f/∂x = 2x + 3.5, f(1, 2) = -4") == "∂f/∂x = 2x + 3.5, f(1, 2) = -4"


def test_what_hides_or_turns_the_text_becomes_visible() -> None:
    assert clean("a\u202eb\x00c\u200bd\ud800") == "a·b·c·d·"


def test_no_text_makes_no_code() -> None:
    assert block(" \n") == inline(" ") == ""


def test_size_counts_as_discords_strictest_program() -> None:
    assert size("𝑥") == 2


@pytest.mark.parametrize("room", [0, 1, 7, 8, 9, 20, 1000])
def test_a_cut_text_fits_once_dressed(room: int) -> None:
    assert size(escape(longest("*_" * 50, room, escape))) <= room


def test_a_text_is_cut_between_lines_where_it_has_some() -> None:
    assert longest("one\ntwo\nthree", 9, str) == "one\ntwo"


def test_a_summary_is_cut_at_a_word() -> None:
    assert shorten("the gradient of a function", 15) == "the gradient…"

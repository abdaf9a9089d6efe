"""Names that can be shown to everybody."""

import pytest

from bot.learning.names import LONGEST_NAME, NAMELESS, cleaned, is_name, told_apart


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann", "Ann"),
        ("  Ann   Lee ", "Ann Lee"),
        ("@everyone", "everyone"),
        ("<@123>", "123"),
        ("**Ann** (she/her)", "Ann she her"),
        ("=HYPERLINK(1)", "HYPERLINK 1"),
        ("-1+1", "1+1"),
        ("A\u202enn\u200b", "A nn"),
        ("＠here", "here"),
        ("李小龍", "李小龍"),
        ("A" * 40, "A" * LONGEST_NAME),
        ("a\nb", "a b"),
        ("🌸", ""),
        ("`~*", ""),
        ("\u3164", ""),
        ("", ""),
    ],
)
def test_of_a_text_that_is_left_which_can_stand_as_a_name(text: str, name: str) -> None:
    assert cleaned(text) == name


@pytest.mark.parametrize(
    "text", ["@everyone", "＠here", "[x](http://y.z)", "=1+1", "+1", "\t=1", "\ud800x", "A\u0301b", "ß" * 50]
)
def test_what_is_left_is_a_name_or_nothing(text: str) -> None:
    assert cleaned(text) == "" or is_name(cleaned(text))


def test_a_name_that_nobody_shares_stands_as_it_is() -> None:
    assert told_apart({"discord:1": "Ann", "discord:2": "Bob"}) == {"discord:1": "Ann", "discord:2": "Bob"}


def test_those_who_share_a_name_are_numbered_in_their_order() -> None:
    assert told_apart({"discord:2": "Ann", "discord:1": "ann"}) == {"discord:2": "Ann #1", "discord:1": "ann #2"}


def test_nobody_can_choose_a_name_with_a_number_of_another() -> None:
    assert not is_name("Ann #1")
    assert "#" not in cleaned("Ann #1")


def test_who_has_no_name_goes_by_a_word_that_tells_nothing() -> None:
    assert told_apart({"discord:1": ""}) == {"discord:1": NAMELESS}
    assert set(told_apart({"discord:1": "", "discord:2": ""}).values()) == {f"{NAMELESS} #1", f"{NAMELESS} #2"}


def test_a_key_of_the_terminal_is_a_name_already_unless_it_formats() -> None:
    assert told_apart({"local:ann": ""}) == {"local:ann": "ann"}
    assert told_apart({"local:@<>": ""}) == {"local:@<>": NAMELESS}

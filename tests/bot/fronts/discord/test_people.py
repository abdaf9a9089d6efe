"""People in tables: pointed at and named, and nobody can pass for another."""

import pytest

from bot.fronts.discord.render import render
from bot.talk import Reply, Table


def shown(*tables: Table) -> str:
    return render(Reply("answered", "", tables)).description


def test_who_is_called_as_discord_shows_it_is_only_pointed_at() -> None:
    assert shown(Table(("who", "n"), (("Ann", "3"),), people=("discord:7",))) == "<@7> · n: 3"


def test_a_name_that_discord_does_not_show_stands_beside_the_account() -> None:
    table = Table(("rank", "who", "n"), (("1", "Kim #2", "3"),), ("discord:7",), frozenset({"discord:7"}))
    assert shown(table) == "1\\. <@7> (Kim #2) · n: 3"


@pytest.mark.parametrize("sign", ["✓", "✗", "?"])
def test_a_sign_stands_before_the_account(sign: str) -> None:
    table = Table(("", "who", "answer"), ((sign, "Ann", "(1, 2)"),), ("discord:7",))
    assert shown(table) == f"{sign} <@7> · answer: (1, 2)"


def test_who_has_no_account_here_is_named_only() -> None:
    table = Table(("who", "n"), (("Ann", "3"), ("owner", "1")), people=("discord:7", "local:owner"))
    assert shown(table).splitlines()[-1] == "owner · n: 1"


def test_an_empty_cell_is_left_out_with_the_name_of_its_column() -> None:
    assert shown(Table(("who", "n", "m"), (("Ann", "", "4"),), people=("discord:7",))) == "<@7> · m: 4"


HOSTILE = [
    "discord:8",
    "<@8>",
    "@everyone",
    "x) · <@8> (y",
    "1 · discord:8",
    "1. discord:8",
    "\ndiscord:8",
    "✓ discord:8",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("named", [frozenset(), frozenset({"discord:7", "local:owner"})])
def test_a_name_points_at_nobody(name: str, named: frozenset[str]) -> None:
    text = shown(Table(("who", "n"), ((name, "3"), (name, "4")), ("discord:7", "local:owner"), named))
    assert text.count("<@") - text.count("\\<@") == 1
    assert "@everyone" not in text


@pytest.mark.parametrize("answer", HOSTILE)
def test_an_answer_points_at_nobody(answer: str) -> None:
    text = shown(Table(("", "who", "answer"), (("✓", "Ann", answer),), people=("discord:7",)))
    assert text.count("<@") - text.count("\\<@") == 1


def test_a_table_about_nobody_stands_in_a_code_block() -> None:
    assert shown(Table(("who", "n"), (("discord:7", "3"),))).startswith("```")

"""People in tables: pointed at and named, and nobody can pass for another."""

import pytest

from bot.fronts.discord.render import render
from bot.talk import Reply, Table


def shown(*tables: Table) -> str:
    return render(Reply("answered", "", tables)).description


def test_an_account_is_pointed_at_and_named() -> None:
    assert shown(Table(("who", "n"), (("Ann", "3"),), people=("discord:7",))) == "who · n\n<@7> (Ann) · 3"


def test_an_account_after_a_rank_is_pointed_at_and_named() -> None:
    assert shown(Table(("", "who"), (("1", "Kim #2"),), people=("discord:7",))) == "who\n1 · <@7> (Kim #2)"


def test_who_has_no_account_here_is_named_only() -> None:
    table = Table(("who", "n"), (("Ann", "3"), ("owner", "1")), people=("discord:7", "local:owner"))
    assert shown(table).splitlines()[-1] == "owner · 1"


@pytest.mark.parametrize("name", ["discord:8", "<@8>", "@everyone", "x) · <@8> (y", "1 · discord:8"])
def test_a_name_points_at_nobody(name: str) -> None:
    text = shown(Table(("who", "n"), ((name, "3"), (name, "4")), people=("discord:7", "local:owner")))
    assert text.count("<@") - text.count("\\<@") == 1
    assert "@everyone" not in text


def test_an_answer_points_at_nobody() -> None:
    text = shown(Table(("who", "", "answer"), (("Ann", "✓", "discord:8"),), people=("discord:7",)))
    assert "<@8>" not in text


def test_a_table_about_nobody_stands_in_a_code_block() -> None:
    assert shown(Table(("who", "n"), (("discord:7", "3"),))).startswith("```")

"""What is said once, in the right number, and to whom it means something."""

import pytest

from bot import plain
from bot.commands.wording import counted, named_too
from bot.talk import Reply, Table
from tests.bot.conftest import Ask


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 attempts"), (1, "1 attempt"), (2, "2 attempts"), (1234, "1,234 attempts")]
)
def test_only_one_is_in_the_singular(number: int, said: str) -> None:
    assert counted(number, "attempt") == said


def test_a_name_that_is_chosen_or_shared_is_to_be_said() -> None:
    names = {"a": "Ann", "b": "Kim #1", "c": "Kim #2", "d": "Bo"}
    assert named_too(names, {"d", "elsewhere"}) == {"b", "c", "d"}


def test_who_has_no_name_here_gets_none_said() -> None:
    assert named_too({"a": "learner", "b": "learner #2"}, ()) == frozenset()


async def test_a_report_of_one_learner_is_in_the_singular(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, -12)")
    assert "1 learner, 1 attempt, 1 right;" in plain.text(await ask("/report", role="instructor"))


@pytest.mark.parametrize(
    ("answer", "said"), [("(3, -12)", ["Right: (3, -12)"]), ("(-12, 3)", ["Not yet: no component is right"])]
)
async def test_a_verdict_is_said_once(ask: Ask, answer: str, said: list[str]) -> None:
    await ask("/practice seed=7")
    lines = plain.text(await ask(f"/answer {answer}")).splitlines()
    assert [line for line in lines if line.startswith(("Right", "Not yet"))] == said


async def test_an_exercise_has_no_number_that_counts_those_of_others(ask: Ask) -> None:
    assert {(await ask("/practice seed=7", learner=who)).title for who in ("local:ann", "local:bob")} == {
        "Exercise: gradient at a point"
    }


@pytest.mark.parametrize(
    ("rounds", "said"), [(1, "1 round of 60 s; it runs."), (3, "3 rounds of 60 s; the first one runs.")]
)
async def test_a_quiz_says_how_many_rounds_it_has(ask: Ask, rounds: int, said: str) -> None:
    assert said in plain.text(await ask(f"/quiz start rounds={rounds}"))


def people(reply: Reply) -> list[Table]:
    return [block for block in reply.blocks if isinstance(block, Table) and block.people]


async def test_a_reveal_is_read_row_by_row(ask: Ask) -> None:
    await ask("/quiz start rounds=1")
    await ask("/quiz mine")
    await ask("/quiz answer (1, 2)")
    answers, standings = people(await ask("/quiz stop"))
    assert (answers.header, answers.rows[0][:3]) == (("", "who", "answer", "right answer"), ("✗", "ann", "(1, 2)"))
    assert (standings.header, standings.rows) == (("rank", "who", "right"), (("1", "ann", "0 of 1"),))


async def test_a_chosen_name_is_said_beside_the_account_in_reveal_and_report(ask: Ask) -> None:
    there = {"learner": "discord:7", "place": "discord:1/2", "called": "Ann"}
    named = []
    for name in ("default", "Nan"):
        await ask(f"/settings name={name}", **there)
        await ask("/practice seed=7", **there)
        await ask("/answer (3, 4)", **there)
        named += [each.named for each in people(await ask("/report", role="instructor", **there))]
        await ask("/quiz start rounds=1", **there)
        await ask("/quiz mine", **there)
        await ask("/quiz answer (1, 2)", **there)
        await ask("/quiz stop", **there)
        named += [each.named for each in people(await ask("/quiz last", **there))]
    assert named == [frozenset()] * 3 + [frozenset({"discord:7"})] * 3

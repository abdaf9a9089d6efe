"""/why: a verdict can be come to again, and says what it rests on."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import Nabla
from bot.talk import Reply
from engine.marking import mark, see_again
from engine.values import Json

Ask = Callable[..., Coroutine[None, None, Reply]]
EXERCISE: Json = {"family": "grad.at", "version": 1, "seed": 7, "given": {}}


def data(reply: Reply) -> dict[str, Any]:
    assert reply.data is not None, reply.refusal
    return dict(reply.data)


def kind(reply: Reply) -> str:
    assert reply.refusal is not None
    return reply.refusal.kind


@pytest.mark.parametrize(("answer", "verdict"), [("(3, -12)", "right"), ("(3, 4)", "wrong"), ("(1, 2)", "wrong")])
def test_the_same_draws_give_the_same_verdict_and_see_the_same(answer: str, verdict: str) -> None:
    receipt = mark(**EXERCISE, answer=answer).receipt
    first, again = (see_again(**EXERCISE, answer=answer, receipt=receipt) for _ in range(2))
    assert first == again
    assert first.verdict == verdict


async def test_before_the_first_answer_there_is_nothing_to_say(ask: Ask) -> None:
    await ask("/practice seed=7")
    assert kind(await ask("/why")) == "no exercise"


async def test_why_names_the_answer_and_which_part_was_proven(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, 4)")
    reply = await ask("/why")
    assert "The first part: proven to be what is asked for." in str(reply.blocks)
    assert "The second part: proven to be something else." in str(reply.blocks)
    assert (data(reply)["verdict"], data(reply)["again"]) == ("wrong", "wrong")


async def test_why_tells_no_right_answer(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, 4)")
    assert "-12" not in str(await ask("/why"))


async def test_why_is_about_the_last_answer(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, 4)")
    await ask("/answer (3, -12)")
    assert data(await ask("/why"))["verdict"] == "right"


async def test_why_is_private_and_about_ones_own_answer(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, 4)")
    assert (await ask("/why")).private
    assert kind(await ask("/why", learner="local:bob")) == "no exercise"


async def test_an_answer_from_before_there_were_receipts_keeps_its_verdict(ask: Ask, nabla: Nabla) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, 4)")
    async with nabla.progress.database.writing() as transaction:
        await transaction.execute(text("UPDATE attempt SET receipt = NULL"))
    reply = await ask("/why")
    assert kind(reply) == "not supported"


async def test_a_receipt_of_another_way_of_judging_is_not_judged_by_this_one(ask: Ask, nabla: Nabla) -> None:
    await ask("/practice seed=7")
    await ask("/answer (3, 4)")
    async with nabla.progress.database.writing() as transaction:
        await transaction.execute(text("""UPDATE attempt SET receipt = '{"method": 0, "drawn": 1}'"""))
    assert kind(await ask("/why")) == "not supported"

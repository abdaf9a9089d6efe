"""Two learners become one."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.talk import Reply

Ask = Callable[..., Coroutine[None, None, Reply]]
RIGHT = "(3, -12)"


def data(reply: Reply) -> dict[str, Any]:
    assert reply.data is not None, reply.refusal
    return dict(reply.data)


async def test_a_code_is_shown_only_where_nobody_else_reads(ask: Ask) -> None:
    reply = await ask("/link")
    assert (reply.private, reply.secret) == (True, True)


async def test_after_a_code_both_go_on_as_one(ask: Ask) -> None:
    await ask("/practice seed=7", learner="local:bob")
    code = data(await ask("/link"))["code"]
    assert data(await ask(f"/link {code}", learner="local:bob"))["first"]
    assert data(await ask(f"/answer {RIGHT}"))["verdict"] == "right"
    assert data(await ask("/progress", learner="local:bob"))["right"] == 1


async def test_a_delivery_from_before_still_gets_what_it_got(ask: Ask) -> None:
    await ask("/practice seed=7", learner="local:bob")
    await ask(f"/answer {RIGHT}", learner="local:bob", id="a")
    await ask(f"/link code={data(await ask('/link'))['code']}", learner="local:bob")
    assert data(await ask(f"/answer {RIGHT}", learner="local:bob", id="a"))["verdict"] == "right"


async def test_the_settings_of_who_made_the_code_hold_for_both(ask: Ask) -> None:
    await ask("/settings theme=light")
    await ask("/settings theme=dark", learner="local:bob")
    await ask(f"/link code={data(await ask('/link'))['code']}", learner="local:bob")
    assert data(await ask("/settings", learner="local:bob"))["chosen"]["theme"] == "light"


async def test_a_code_may_be_typed_small_and_in_groups(ask: Ask) -> None:
    code = data(await ask("/link"))["code"].lower()
    assert data(await ask(f"/link {code[:4]}-{code[4:]}", learner="local:bob"))["first"]


async def test_a_code_typed_twice_acts_once(ask: Ask) -> None:
    code = data(await ask("/link"))["code"]
    first = [data(await ask(f"/link {code}", learner="local:bob"))["first"] for _ in range(2)]
    assert first == [True, False]


async def test_ones_own_code_is_refused(ask: Ask) -> None:
    code = data(await ask("/link"))["code"]
    reply = await ask(f"/link {code}")
    assert reply.refusal is not None
    assert "your own code" in reply.refusal.message


@pytest.mark.parametrize("text", ["ABC", "AAAA-AAA0", "AAAAAAAAA", "ÄÄÄÄÄÄÄÄ"])
async def test_what_can_be_no_code_costs_no_try(ask: Ask, text: str) -> None:
    for _ in range(6):
        assert (await ask(f"/link {text}", learner="local:bob")).outcome == "refused"
    code = data(await ask("/link"))["code"]
    assert data(await ask(f"/link {code}", learner="local:bob"))["first"]


async def test_five_wrong_codes_are_enough_for_an_hour(ask: Ask) -> None:
    code = data(await ask("/link"))["code"]
    kinds = []
    for wrong in (*["AAAAAAAA"] * 5, code):
        refusal = (await ask(f"/link {wrong}", learner="local:bob")).refusal
        kinds.append(None if refusal is None else refusal.kind)
    assert kinds == [*["wrong usage"] * 5, "not allowed"]

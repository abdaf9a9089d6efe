import asyncio
from collections.abc import Awaitable, Callable

import discord
import pytest

from bot.fronts.discord import guard, slash
from bot.fronts.discord.client import Client
from tests.loopback.faults import Faults, FirstOnly
from tests.loopback.server import Asked, Loopback

COMMANDS = 200


async def ask_many(loopback: Loopback, patience: float = 25) -> list[Asked]:
    """Send the commands over some seconds and wait until nothing more can come."""
    asked = []
    for number in range(COMMANDS):
        asked.append(await loopback.slash("echo", text=f"number {number}"))
        await asyncio.sleep(0.02)
    await loopback.until(lambda: all(map(is_answered, asked)), patience)
    return asked


def is_answered(asked: Asked) -> bool:
    return asked.shown is not None and bool(asked.shown.get("embeds"))


def unanswered(asked: list[Asked]) -> int:
    return sum(not is_answered(each) for each in asked)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.usefixtures("client")
async def test_bad_days_leave_hardly_a_command_unanswered(loopback: Loopback, seed: int) -> None:
    loopback.faults = Faults(errors=0.10, slow=0.20, cuts=0.05, seed=seed)
    lost = unanswered(await ask_many(loopback))
    print(f"\nunanswered with the guard, seed {seed}: {lost} of {COMMANDS}")
    assert lost <= 2
    assert not loopback.violations


@pytest.mark.slow
@pytest.mark.usefixtures("client")
async def test_without_the_guard_more_commands_stay_unanswered(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def once(_interaction: discord.Interaction, answer: Callable[[], Awaitable[object]], _received: float) -> str:
        await answer()
        return "done"

    async def again_never(call: Callable[[], Awaitable[object]], **_: object) -> object:
        return await call()

    monkeypatch.setattr(slash, "first_answer", once)
    monkeypatch.setattr(slash, "later", again_never)
    loopback.faults = Faults(errors=0.10, slow=0.20, cuts=0.05, seed=1)
    lost = unanswered(await ask_many(loopback, 15))
    print(f"\nunanswered without the guard: {lost} of {COMMANDS}")
    assert lost > 2


async def test_an_acknowledgement_that_is_too_late_ends_in_silence_and_not_in_an_error(
    loopback: Loopback, client: Client
) -> None:
    late = await loopback.slash("echo", text="hello")
    late.sent -= 60
    next_one = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(next_one.answered.wait(), 10)
    assert late.kind is None
    assert loopback.count("PATCH", "/@original") == 1
    assert not client.is_closed()


async def test_an_acknowledgement_whose_answer_was_lost_counts_as_given(loopback: Loopback, client: Client) -> None:
    loopback.faults = FirstOnly("cut after")
    asked = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(asked.answered.wait(), 10)
    assert is_answered(asked)
    assert loopback.count("POST", "/callback") == 2
    assert not client.is_closed()


@pytest.mark.slow
@pytest.mark.usefixtures("client")
async def test_an_acknowledgement_that_arrived_but_was_never_confirmed_is_edited(loopback: Loopback) -> None:
    loopback.faults = FirstOnly("slow before", 1.0, times=4)
    asked = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(asked.answered.wait(), 20)
    assert is_answered(asked)


@pytest.mark.slow
@pytest.mark.usefixtures("client")
async def test_a_call_that_could_not_be_acknowledged_is_not_carried_out(loopback: Loopback) -> None:
    loopback.faults = Faults(errors=1.0)
    asked = await loopback.slash("echo", text="hello")
    await asyncio.sleep(3.5)
    assert asked.kind is None
    assert loopback.count("PATCH", "/@original") == 0


@pytest.mark.usefixtures("client")
async def test_an_edit_is_tried_again_after_a_cut_connection(loopback: Loopback) -> None:
    asked = await loopback.slash("slow", text="hello")
    assert await loopback.until(lambda: asked.kind is not None)
    loopback.faults = FirstOnly("cut before", times=2)
    await asyncio.wait_for(asked.answered.wait(), 20)
    assert is_answered(asked)
    assert loopback.count("PATCH", "/@original") == 3


@pytest.mark.usefixtures("client")
async def test_a_reply_whose_answer_was_lost_is_not_sent_twice(loopback: Loopback) -> None:
    loopback.faults = FirstOnly("cut after")
    await loopback.say("/echo hello")
    assert await loopback.until(lambda: loopback.count("POST", "/messages") == 2)
    await asyncio.sleep(0.1)
    assert len(loopback.messages) == 1


@pytest.mark.usefixtures("client")
async def test_four_5xx_on_the_acknowledgement_fit_into_the_three_seconds(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "TRY", 60)
    monkeypatch.setattr(guard, "WINDOW", 60)
    loopback.faults = FirstOnly("error", times=4)
    asked = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(asked.answered.wait(), 20)
    assert is_answered(asked)


@pytest.mark.usefixtures("client")
async def test_where_no_private_follow_up_gets_through_the_refusal_stands_in_place(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_args: object, **_kwargs: object) -> None:
        raise ConnectionResetError

    monkeypatch.setattr(discord.Webhook, "send", refuse)
    asked = await loopback.slash("late")
    assert await loopback.until(lambda: asked.shown and "nothing there" in (asked.shown["content"] or ""))
    assert not asked.deleted


@pytest.mark.usefixtures("client")
async def test_a_limit_for_everything_that_meets_the_typing_sign_stops_no_later_answer(loopback: Loopback) -> None:
    loopback.faults = FirstOnly("too fast", 30.0)
    await loopback.say("/slow hello")
    assert await loopback.until(lambda: len(loopback.messages) == 1, 10)
    await loopback.say("/echo hello")
    assert await loopback.until(lambda: len(loopback.messages) == 2, 10)
    assert loopback.count("POST", "/typing") == 1


@pytest.mark.usefixtures("client")
async def test_a_reply_waits_as_long_as_discord_asks(loopback: Loopback) -> None:
    loopback.faults = FirstOnly("too fast", 0.3)
    await loopback.say("/echo hello")
    assert await loopback.until(lambda: loopback.messages)
    assert loopback.count("POST", "/messages") == 2


@pytest.mark.usefixtures("client")
async def test_an_acknowledgement_that_came_too_fast_is_not_hammered(loopback: Loopback) -> None:
    loopback.faults = FirstOnly("too fast", 0.3)
    asked = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(asked.answered.wait(), 10)
    assert is_answered(asked)
    assert loopback.count("POST", "/callback") == 2

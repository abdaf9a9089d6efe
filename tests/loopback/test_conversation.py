import asyncio

import pytest

from bot.fronts.discord.client import Client
from tests.loopback import payloads
from tests.loopback.server import Asked, Loopback

pytestmark = pytest.mark.usefixtures("client")


async def answered(asked: Asked) -> Asked:
    await asyncio.wait_for(asked.answered.wait(), 20)
    return asked


async def test_a_command_is_acknowledged_then_edited_with_picture_and_description(loopback: Loopback) -> None:
    asked = await answered(await loopback.slash("echo", text="hello"))
    assert asked.kind == 5
    assert asked.shown is not None
    assert asked.shown["attachments"][0]["description"] == "a picture of nothing"


async def test_a_late_refusal_takes_the_public_acknowledgement_back(loopback: Loopback) -> None:
    asked = await loopback.slash("late")
    assert await loopback.until(lambda: asked.deleted)
    assert asked.followups[0]["flags"] & 64


async def test_who_may_manage_the_server_is_its_instructor(loopback: Loopback) -> None:
    asked = await answered(await loopback.slash("echo", text="hello", permissions=0x20))
    assert asked.shown is not None
    assert "instructor" in asked.shown["embeds"][0]["description"]


async def test_nobody_is_an_instructor_in_a_direct_message(loopback: Loopback) -> None:
    asked = await answered(await loopback.slash("echo", text="hello", in_guild=False))
    assert asked.shown is not None
    assert "learner" in asked.shown["embeds"][0]["description"]


async def test_a_mention_is_answered_in_a_reply_that_pings_nobody(loopback: Loopback) -> None:
    said = await loopback.say(f"<@{payloads.BOT}> /echo hello", in_guild=True)
    assert await loopback.until(lambda: loopback.messages)
    (message,) = loopback.messages
    assert str(message["message_reference"]["message_id"]) == str(said)
    assert message["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_a_server_that_discord_has_told_nothing_of_yet_is_answered_and_has_no_instructors(
    loopback: Loopback,
) -> None:
    await loopback.say(f"<@{payloads.BOT}> /echo hello", in_guild=True, guild=payloads.UNAVAILABLE)
    assert await loopback.until(lambda: loopback.messages)
    assert "learner" in loopback.messages[0]["embeds"][0]["description"]


async def test_what_still_comes_from_a_server_that_was_left_is_no_direct_message(loopback: Loopback) -> None:
    await loopback.say(f"<@{payloads.BOT}> /echo hello", in_guild=True, guild=payloads.GONE)
    await answered(await loopback.slash("echo", text="hello"))
    assert loopback.messages == []


async def test_only_unprivileged_intents_are_asked_for(loopback: Loopback) -> None:
    guilds, guild_messages, direct_messages = 1 << 0, 1 << 9, 1 << 12
    assert loopback.gateway.identified[0]["intents"] == guilds | guild_messages | direct_messages


async def test_a_command_that_discord_still_shows_but_we_no_longer_have_is_answered(loopback: Loopback) -> None:
    asked = await answered(await loopback.slash("vanished"))
    assert asked.shown is not None
    assert "reload Discord" in asked.shown["content"]


async def test_leaving_waits_for_a_running_call(loopback: Loopback, client: Client) -> None:
    asked = await loopback.slash("slow", text="hello")
    assert await loopback.until(lambda: asked.kind is not None)
    await client.leave(8)
    assert asked.shown is not None
    assert loopback.gateway.closed_with == 1000


async def test_a_call_while_leaving_is_told_so(loopback: Loopback, client: Client) -> None:
    running = await loopback.slash("slow", text="hello")
    assert await loopback.until(lambda: running.kind is not None)
    leaving = asyncio.create_task(client.leave(8))
    await asyncio.sleep(0)
    late = await answered(await loopback.slash("echo", text="hello"))
    await leaving
    assert late.shown is not None
    assert "restarting" in late.shown["content"]


@pytest.mark.slow
async def test_a_lost_gateway_is_found_again(loopback: Loopback) -> None:
    await loopback.gateway.drop()
    assert await loopback.until(lambda: len(loopback.gateway.identified) == 2)
    await asyncio.wait_for(loopback.gateway.ready.wait(), 20)
    assert (await answered(await loopback.slash("echo", text="again"))).shown


async def test_commands_are_registered_within_every_limit(loopback: Loopback) -> None:
    assert await loopback.until(lambda: loopback.commands)
    assert [each["name"] for each in loopback.commands] == ["echo", "late", "slow"]
    assert not loopback.violations

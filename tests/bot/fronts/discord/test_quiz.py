"""A quiz from bell to bell, in a simulated Discord with a real Nabla behind it."""

import asyncio
import re
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.fronts.discord.client import Client
from bot.fronts.discord.render import Room, render
from bot.talk import Call, Reply, Table
from tests.bot.fronts.discord.quizzing import Class, labels, shown, text
from tests.loopback.limits import message_faults


@pytest.fixture
def simcord_bot(hall: Class) -> Client:
    return hall.bot


async def test_the_reveal_is_posted_once_in_the_channel(lesson: Class) -> None:
    await lesson.answer(await lesson.start(), "(1,2)")
    await lesson.ring(times=3)
    (reveal,) = lesson.posts()
    assert "Round 1 of 5: 0 of 1 right" in text(reveal)


async def test_the_reveal_names_players_and_pings_nobody(lesson: Class) -> None:
    await lesson.answer(await lesson.start(), "(1,2)")
    await lesson.ring()
    assert f"✗ <@{lesson.ann.id}> · answer: (1, 2) · right answer: (" in text(lesson.posts()[0])
    (body,) = [each.json or {} for each in lesson.env.http_requests if each.path.endswith("/messages")]
    assert body["allowed_mentions"]["parse"] == []


async def test_the_buttons_of_the_reveal_open_the_next_round(lesson: Class) -> None:
    await lesson.start()
    await lesson.ring()
    (reveal,) = lesson.posts()
    assert labels(reveal) == ["Answer", "My question"]
    assert "until the bell of round 2" in text(await lesson.answer(reveal, "(1,2)"))


async def test_the_last_reveal_has_no_buttons(lesson: Class) -> None:
    await lesson.start()
    await lesson.ring()
    await lesson.ring()
    assert [labels(each) for each in lesson.posts()] == [["Answer", "My question"], []]
    assert "The quiz is over." in text(lesson.posts()[1])


@pytest.mark.parametrize("label", ["Answer", "My question"])
async def test_a_button_of_a_round_that_is_over_says_so_privately(lesson: Class, label: str) -> None:
    message = await lesson.start()
    await lesson.ring()
    said = await lesson.ann.click(message, label=label)
    assert said.modal is None
    assert shown(said).ephemeral
    assert shown(said).content.startswith("That round is over.")
    assert labels(shown(said)) == []


async def test_a_form_that_was_opened_before_the_bell_answers_no_later_round(lesson: Class) -> None:
    form = await lesson.ann.click(await lesson.start(), label="Answer")
    await lesson.ring()
    said = shown(await lesson.ann.submit_modal(form, {"value": "(1,2)"}))
    assert said.content.startswith("That round is over.")
    assert said.ephemeral
    running = await lesson.quizzes.running(f"discord:{lesson.env.guild.id}/{lesson.channel.id}", "discord:1")
    assert running is not None
    assert running.answers == ()


async def test_a_button_after_the_end_says_that_no_quiz_runs(lesson: Class) -> None:
    message = await lesson.start()
    await lesson.ann.slash(lesson.channel, "quiz stop")
    said = shown(await lesson.bob.click(message, label="Answer"))
    assert (said.ephemeral, "No quiz runs here." in said.content) == (True, True)


async def test_buttons_and_an_open_form_outlive_a_restart(lesson: Class) -> None:
    message = await lesson.start()
    form = await lesson.ann.click(message, label="Answer")
    await lesson.env.restart_bot(lesson.new_bot())
    assert "Read as (1, 2)" in text(shown(await lesson.ann.submit_modal(form, {"value": "(1,2)"})))
    assert "gradient" in text(shown(await lesson.bob.click(message, label="My question")))


async def test_a_button_that_nabla_has_no_more_is_answered_in_one_private_sentence(
    lesson: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await lesson.start()
    monkeypatch.setattr(lesson.catalogue, "commands", {})
    said = shown(await lesson.ann.click(message, label="Answer"))
    assert said.ephemeral
    assert "from an earlier Nabla" in said.content


async def test_two_deliveries_of_one_form_seal_one_answer(lesson: Class) -> None:
    await lesson.start()
    place = f"discord:{lesson.env.guild.id}/{lesson.channel.id}"
    call = Call("discord:7", "quiz answer", {"value": "(1,2)"}, "discord:1", place, about="1/1")
    await lesson.catalogue.handle(replace(call, id="discord:6", command="quiz mine", options={}))
    replies = await asyncio.gather(*(lesson.catalogue.handle(call) for _ in range(2)))
    assert [each.data and each.data["answer"] for each in replies] == [1, 1]


async def test_what_comes_while_no_connection_is_there_is_told_when_it_is(lesson: Class) -> None:
    await lesson.start()
    lesson.announcer.hold()
    telling = asyncio.create_task(lesson.ring())
    while not lesson.announcer._telling:  # noqa: ASYNC110 - a set has no event
        await asyncio.sleep(0.01)
    assert lesson.posts() == []
    lesson.announcer.speak_through(lesson.bot)
    await telling
    assert len(lesson.posts()) == 1


async def test_a_connection_that_is_left_while_it_tells_loses_no_reveal(
    lesson: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    await lesson.start()
    with monkeypatch.context() as patch:
        patch.setattr(discord.PartialMessageable, "send", hang)
        telling = asyncio.create_task(lesson.ring())
        while not lesson.bot._running:  # noqa: ASYNC110 - a set has no event
            await asyncio.sleep(0.01)
        (posting,) = lesson.bot._running
    posting.cancel()
    await telling
    assert len(lesson.posts()) == 1


async def test_a_channel_that_takes_no_message_ends_nothing(lesson: Class) -> None:
    await lesson.start()
    silent = Reply("answered", "Round 1", data={"quiz": 1, "round": 1})
    await lesson.announcer.tell("discord:1/2", silent)
    await lesson.ring()
    assert len(lesson.posts()) == 1


async def test_in_a_channel_without_embeds_the_reveal_is_plain_text(lesson: Class) -> None:
    me = lesson.env.bot.user
    assert me is not None
    nothing = discord.PermissionOverwrite(embed_links=False, attach_files=False)
    lesson.channel = lesson.env.guild.create_text_channel("bare", overwrites={me: nothing})
    await lesson.start()
    await lesson.ring()
    assert lesson.posts()[0].content.startswith("**Round 1 of 5")


async def test_discord_py_keeps_no_note_of_buttons_and_forms(lesson: Class) -> None:
    message = await lesson.start()
    await lesson.ann.click(message, label="Answer")
    await lesson.ann.click(message, label="My question")
    store = lesson.env.bot._connection._view_store
    assert (store._views, store._modals) == ({}, {})


@pytest.mark.parametrize("room", [Room(), Room(embed=False, files=False), Room(files=False)])
def test_a_reveal_of_a_hundred_players_keeps_within_discords_limits(room: Room) -> None:
    rows = tuple((f"discord:{10**18 + n}", "✓", "(1, 2)" * 9, "(1, 2)" * 9) for n in range(100))
    message = render(Reply("answered", "Round 1", (Table(("who", "", "answer", "right answer"), rows),)), room=room)
    embeds: list[Any] = [each.to_dict() for each in message.arguments().get("embeds", [])]
    files = {each.name: each.content for each in message.files}
    attached = [{"id": number} for number, _ in enumerate(files)]
    assert message_faults({"content": message.content, "embeds": embeds, "attachments": attached}, files) == []


def test_only_who_answered_is_named_and_no_text_becomes_a_mention() -> None:
    rows = (("✗", "Ann", "discord:2"), ("✗", "discord:3 · discord:4", "1"))
    people = ("discord:1", "discord:3")
    table = Table(("", "who", "answer"), rows, people, named=frozenset(people))
    said = render(Reply("answered", "Round 1", (table,))).description
    assert re.findall(r"<@\d+>", said) == ["<@1>", "<@3>"]

from typing import TYPE_CHECKING

import discord
import pytest
import simcord

if TYPE_CHECKING:
    from tests.bot.fronts.discord.conftest import School

HOSTILE = "@everyone <@4> ``` **bold** [a](https://example.org) \u202e"


def text(message: discord.Message | simcord.ResponseMessage | None) -> str:
    """Return what the one embed of a message says."""
    assert message is not None
    (embed,) = message.embeds
    return embed.description or ""


async def test_a_slash_command_is_acknowledged_at_once_for_all(school: "School") -> None:
    await school.slash("grad", f="x^2+y^2", at="1,2")
    assert school.sent("/callback") == [{"type": 5}]


async def test_a_slash_command_is_answered_with_a_described_picture(school: "School") -> None:
    response = await school.slash("grad", f="x^2+y^2", at="1,2")
    assert not response.ephemeral
    assert response.embeds[0].title == "Gradient"
    assert response.attachments[0].description == "gradient (2, 4) at (1, 2)"


async def test_what_to_type_next_stands_under_the_answer(school: "School") -> None:
    assert text(await school.slash("grad", f="x^2")).endswith("You could type:\n`/hessian f=x^2`")


async def test_a_refusal_is_private_and_comes_before_any_acknowledgement(school: "School") -> None:
    response = await school.slash("grad", f="x*/y")
    assert response.ephemeral
    assert [each["type"] for each in school.sent("/callback")] == [4]


async def test_a_refusal_points_into_what_was_typed(school: "School") -> None:
    response = await school.slash("grad", f="x*/y")
    assert "```\nx*/y\n^^^\n```" in response.content


async def test_a_private_command_is_private(school: "School") -> None:
    assert (await school.slash("mine")).ephemeral


async def test_a_learner_may_not_read_the_report(school: "School") -> None:
    assert (await school.slash("report")).content == "/report is for instructors: whoever may manage the server."


async def test_who_manages_the_server_may_read_the_report(school: "School") -> None:
    role = school.env.guild.create_role("Teacher", permissions=discord.Permissions(manage_guild=True))
    teacher = school.env.guild.add_member(school.env.create_user("teacher"), roles=[role])
    result = await teacher.slash(school.channel, "report")
    assert "instructor  10" in text(result.response)


async def test_a_late_refusal_of_a_public_command_is_private(school: "School") -> None:
    result = await school.ann.slash(school.channel, "late")
    assert result.response is None
    (answer,) = result.followups
    assert answer.ephemeral
    assert "no gradient there" in answer.content


async def test_a_whole_line_in_the_first_option_is_read_as_that_line(school: "School") -> None:
    assert "at 1,2" in text(await school.slash("grad", f="/grad f=x^2 at=1,2"))


async def test_a_refused_whole_line_in_the_first_option_is_pointed_at(school: "School") -> None:
    assert "```\n/gard x^2\n^^^^^\n```" in (await school.slash("grad", f="/gard x^2")).content


async def test_a_command_of_two_words_is_a_subcommand(school: "School") -> None:
    assert (await school.slash("quiz start", **{"as": "a"})).embeds[0].title == "Report"


async def test_a_slash_command_works_in_a_direct_message(school: "School") -> None:
    result = await school.ann.user.slash("grad", f="x^2")
    assert "f = x^2" in text(result.response).replace("\\", "")


async def test_every_message_in_a_direct_message_is_a_line(school: "School") -> None:
    await school.ann.send_dm("/grad x^2 at=1,2")
    assert "at 1,2" in text(school.ann.user.dm_channel.last_message)


@pytest.mark.parametrize("mention", ["<@{}>", "<@!{}>"])
async def test_a_line_after_the_mention_is_answered_as_a_reply(school: "School", mention: str) -> None:
    said = await school.ann.send(school.channel, f"{mention.format(school.me.id)} /grad x^2")
    answer = school.channel.last_message
    assert answer is not None
    assert answer.reference is not None
    assert answer.reference.message_id == said.id


async def test_chatter_is_left_alone(school: "School") -> None:
    await school.ann.send(school.channel, "/grad x^2")
    await school.ann.send(school.channel, f"have you seen <@{school.me.id}>?")
    assert not school.sent("/messages")


async def test_another_bot_is_ignored(school: "School") -> None:
    robot = school.env.guild.add_member(school.env.create_user("robot", bot=True))
    await robot.send(school.channel, f"<@{school.me.id}> /grad x^2")
    assert not school.sent("/messages")


async def test_a_bare_mention_is_told_what_to_type(school: "School") -> None:
    assert "/help" in (await school.mention("")).content


async def test_an_unreadable_line_is_refused_in_a_reply(school: "School") -> None:
    assert "```\nhello there\n^^^^^\n```" in (await school.mention("hello there")).content


async def test_a_line_that_is_too_long_is_refused_in_a_reply(school: "School") -> None:
    assert "I read up to 400" in (await school.mention("/grad " + "x+" * 300)).content


async def test_the_typing_sign_shows_while_a_line_takes_its_time(school: "School") -> None:
    await school.mention("/long")
    await school.env.advance_time(2)
    assert len(school.sent("/typing")) == 1
    assert (await school.mention("/mine")).embeds


async def test_hostile_text_in_an_answer_pings_nobody(school: "School") -> None:
    shown = text(await school.mention(f"/grad {HOSTILE}"))
    assert "@everyone" not in shown
    assert "<@4>" not in shown
    assert school.sent("/messages")[-1]["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_hostile_text_stays_in_its_code_block(school: "School") -> None:
    response = await school.slash("grad", f=f"*/ {HOSTILE}")
    assert response.content.count("```") == 2


async def test_an_answer_that_cannot_be_shown_costs_one_sentence(school: "School") -> None:
    assert "Something went wrong" in (await school.slash("broken")).content


async def test_without_the_right_to_embed_and_attach_the_answer_is_plain_text(school: "School") -> None:
    nothing = discord.PermissionOverwrite(embed_links=False, attach_files=False)
    bare = school.env.guild.create_text_channel("bare", overwrites={school.me: nothing})
    await school.ann.send(bare, f"<@{school.me.id}> /grad x^2")
    answer = bare.last_message
    assert answer is not None
    assert answer.content.startswith("**Gradient**")
    assert "may not attach here: gradient" in answer.content

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.app import Nabla
from bot.catalogue import Catalogue, Command, Option
from bot.fronts.discord.client import Client
from bot.talk import Call, Lines, Reply, Table
from engine.errors import NotANumber, NotInDomain
from engine.values import Picture
from tests.bot.fronts.discord.quizzing import Class

Json = dict[str, Any]


async def _grad(call: Call) -> Reply:
    lines = (f"f = {call.options['f']}", f"at {call.options.get('at', 'nowhere')}")
    picture = Picture("gradient.png", "gradient (2, 4) at (1, 2)", b"\x89PNG")
    return Reply("answered", "Gradient", (Lines(lines),), pictures=(picture,), actions=("/hessian f=x^2",))


async def _late(_call: Call) -> Reply:
    raise NotInDomain("There is no gradient there.")


async def _report(call: Call) -> Reply:
    return Reply("answered", "Report", (Table(("who", "right"), (("ann", "3"), (call.role, "10"))),))


async def _broken(_call: Call) -> Reply:
    return Reply("answered", "Broken", (Table(("one",), (("one", "and", "more"),)),))


async def _long(_call: Call) -> Reply:
    await asyncio.sleep(1)
    return Reply("answered", "Long")


def _check(options: Mapping[str, str]) -> None:
    if "*/" in options["f"]:
        raise NotANumber("Something is missing here.", option="f", span=(0, 3))


@pytest.fixture
def small_catalogue() -> Catalogue:
    """Return commands of every kind, without mathematics."""
    f, at = Option("f", "the function", required=True, limit=400), Option("at", "the point")
    return Catalogue([
        Command("grad", "The gradient of a function.", "/grad f=x^2 at=1", (f, at), _grad, _check),
        Command("late", "Refused in the end.", "/late", (), _late),
        Command("report", "How it goes.", "/report", (), _report, role="instructor", private=True),
        Command("mine", "For the caller alone.", "/mine", (), _report, private=True),
        Command("quiz start", "Start a quiz.", "/quiz start", (Option("as", "as whom", choices=("a", "b")),), _report),
        Command("quiz stop", "Stop the quiz.", "/quiz stop", (), _report),
        Command("broken", "An answer that cannot be shown.", "/broken", (), _broken),
        Command("long", "Takes a second.", "/long", (), _long),
    ])  # fmt: skip


@dataclass(frozen=True)
class School:
    """A simulated server with one channel and one learner in it."""

    env: simcord.Env
    channel: simcord.ChannelHandle
    ann: simcord.MemberActor

    @property
    def me(self) -> discord.ClientUser:
        """The bot."""
        assert self.env.bot.user is not None
        return self.env.bot.user

    async def slash(self, name: str, **options: str) -> simcord.ResponseMessage:
        """Let the learner use a slash command and return the answer."""
        response = (await self.ann.slash(self.channel, name, **options)).response
        assert response is not None
        return response

    async def mention(self, line: str) -> discord.Message:
        """Let the learner type a line after the bot's mention and return the last message then."""
        await self.ann.send(self.channel, f"<@{self.me.id}> {line}")
        return last(self.channel)

    def sent(self, ending: str) -> list[Json]:
        """Return the bodies of the bot's requests whose path ends so."""
        return [each.json or {} for each in self.env.http_requests if each.path.endswith(ending)]


def last(channel: simcord.ChannelHandle) -> discord.Message:
    """Return the last message of a channel."""
    message = channel.last_message
    assert message is not None
    return message


@pytest.fixture
def school(simcord_env: simcord.Env) -> School:
    """Return a simulated Discord, the bot in it."""
    channel = simcord_env.create_guild().create_text_channel("maths")
    return School(simcord_env, channel, simcord_env.guild.add_member(simcord_env.create_user("ann")))


@pytest.fixture
def hall(nabla: Nabla, tmp_path: Path) -> Class:
    """Return a quiz's Nabla, its bot not yet connected."""
    return Class(nabla, tmp_path)


@pytest.fixture
def lesson(hall: Class, simcord_env: simcord.Env) -> Class:
    """Return a quiz's Nabla in a simulated Discord; its module makes `hall.bot` the bot there."""
    hall.meet(simcord_env)
    return hall


@pytest.fixture
def simcord_bot(small_catalogue: Catalogue, tmp_path: Path) -> Client:
    """Return the bot that the simulated Discord connects to; it registers its commands by itself."""
    return Client(small_catalogue, tmp_path, "dark")

"""A quiz in a simulated Discord, a real Nabla behind it, under a clock that the test moves."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord

from bot.app import Nabla
from bot.catalogue import Catalogue
from bot.commands import practice, quiz
from bot.fronts.clock import Clock
from bot.fronts.discord.client import Client
from bot.fronts.discord.quiz import Announcer
from bot.store.people import People
from bot.store.quiz import Quizzes


@dataclass
class Class:
    """A simulated server in which a quiz is played under a clock that the test moves."""

    nabla: Nabla
    folder: Path
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.quizzes = Quizzes(self.nabla.progress.database, lambda: self.moment)
        people = People(self.nabla.progress.database)
        commands = quiz.commands(self.quizzes, people, self.nabla.workers)
        self.catalogue = Catalogue([*commands, *practice.commands(self.nabla.progress, people, self.nabla.workers)])
        self.bot = self.new_bot()

    def new_bot(self) -> Client:
        self.announcer = Announcer()
        return Client(self.catalogue, self.folder, "dark", announcer=self.announcer)

    def meet(self, env: simcord.Env) -> None:
        self.env = env
        self.channel = env.create_guild().create_text_channel("maths")
        self.ann, self.bob = (env.guild.add_member(env.create_user(name)) for name in ("ann", "bob"))

    async def start(self, options: str = "") -> simcord.ResponseMessage:
        result = await self.ann.slash(self.channel, "quiz start", **({"concept": options} if options else {}))
        return shown(result)

    async def answer(self, message: Any, text: str, who: simcord.MemberActor | None = None) -> simcord.ResponseMessage:
        player = who or self.ann
        form = await player.click(message, label="Answer")
        return shown(await player.submit_modal(form, {"value": text}))

    async def ring(self, times: int = 1) -> None:
        """Let the round's time pass and the clock look, and wait until what it tells is there."""
        self.moment += timedelta(seconds=60)
        clock = Clock(self.catalogue, self.quizzes, lambda _: True, self.announcer.tell)
        for _ in range(times):
            await clock.ring_due()
        await asyncio.gather(*clock._telling)
        await self.told()

    async def told(self, patience: float | None = None) -> None:
        """Wait until nothing is left to be told, or for so long."""
        if self.announcer._telling:
            await asyncio.wait(self.announcer._telling, timeout=patience)

    def posts(self) -> list[discord.Message]:
        """Return what was posted in the channel, without answers to commands and presses."""
        return [each for each in self.channel.history() if each.interaction_metadata is None]


def shown(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    assert result.response is not None
    return result.response


def labels(message: Any) -> list[str]:
    rows = message.components
    found = [each for row in rows for each in (row["components"] if isinstance(row, dict) else row.children)]
    return [each["label"] if isinstance(each, dict) else each.label for each in found]


def text(message: Any) -> str:
    embeds = [f"{each.title}\n{each.description}" for each in message.embeds]
    return "\n".join([message.content, *embeds]).replace("\\", "")

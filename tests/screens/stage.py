"""A whole Nabla between a loopback Discord and a terminal, with people who talk to it at moments of our choosing."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from rich.console import Console

from bot.app import Nabla, running
from bot.commands import quiz as quiz_commands
from bot.fronts.clock import Clock
from bot.fronts.discord import Announcer, slash
from bot.fronts.discord.client import Client
from bot.fronts.discord.markdown import escape
from bot.fronts.terminal import Chat
from bot.settings import Settings
from bot.store.quiz import Quizzes
from bot.talk import Call, Outcome, Reply, Theme
from engine.exercises import Problem, find
from tests.loopback import payloads
from tests.loopback.payloads import Seat
from tests.loopback.server import TOKEN, Asked, Loopback
from tests.screens.markdown import Names
from tests.screens.moments import Moments
from tests.screens.scenes import Form, Json, Message, Printed, Said, Scene

QUIZ_SEED = 5
WIDTH = 72
_PATIENCE = 30.0
# A form is the first answer or none; here it has nearly all of the three seconds, however busy the computer is.
_FORM_WITHIN = 2.7
_DATA = Path("nabla")

Answer = Callable[[Problem], str]


class Stage:
    """What is said and shown on it, in order.

    replies:  what the commands answered and the scenes must show.
    outcomes: of every call that a person made, refused ones and those that open a form too.
    """

    def __init__(self, nabla: Nabla, loopback: Loopback, clock: Clock, moments: Moments, theme: Theme) -> None:
        self.nabla, self.loopback, self.clock, self.moments, self.theme = nabla, loopback, clock, moments, theme
        self.scenes: list[Scene] = []
        self.replies: list[Reply] = []
        self.outcomes: list[Outcome] = []
        for command in tuple(nabla.catalogue.commands.values()):
            nabla.catalogue.add(replace(command, answer=self._kept(command.answer)))
        nabla.catalogue.told = self._told

    def clear(self) -> None:
        """Begin the next conversation."""
        self.scenes, self.replies, self.outcomes = [], [], []

    def remark(self, text: str) -> None:
        """Say something to the reader between two scenes."""
        self.scenes.append(Said("", text))

    async def bell(self) -> Message:
        """Let the round's time pass, ring, and return what the channel is shown."""
        before = len(self.loopback.messages)
        self.moments.go_on(minutes=11)
        await self.clock.ring_due()
        if not await self.loopback.until(lambda: len(self.loopback.messages) > before, _PATIENCE):
            raise RuntimeError("The bell was rung and nothing was shown.")
        body = self.loopback.messages[-1]
        return self.show(Message(body, body["files"]))

    async def problem(self, member: int) -> Problem:
        """Return what a member has to answer: the own question of a quiz that runs, else the open exercise."""
        database, key = self.nabla.progress.database, f"discord:{member}"
        keys = await Quizzes(database).open_questions(key)
        if not keys:
            exercise = await self.nabla.progress.open_exercise(key)
            keys = [] if exercise is None else [exercise.key]
        if not keys:
            raise RuntimeError("Nothing is open that could be answered.")
        return find(keys[0]["family"], keys[0]["version"]).pose(keys[0]["seed"], keys[0]["given"])

    async def terminal(self, *lines: str) -> None:
        """Type the lines into a terminal chat and keep what it prints."""
        console = Console(
            record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard",
            highlight=False, emoji=False, markup=False,
        )  # fmt: skip
        chat = Chat(self.nabla.catalogue, _DATA, self.theme)
        chat._console = console
        with contextlib.chdir(self.nabla.settings.data):
            for line in lines:
                self.moments.go_on(minutes=1)
                console.print(f"∇ {line}")
                await chat._answer(line)
        self.scenes.append(Printed(console))

    def show(self, message: Message) -> Message:
        """Put a message on the stage and return it."""
        self.scenes.append(message)
        return message

    def _told(self, command: str, outcome: Outcome, _seconds: float | None) -> None:
        if command in self.nabla.catalogue.public:
            self.outcomes.append(outcome)

    def _kept(self, answer: Callable[[Call], Awaitable[Reply]]) -> Callable[[Call], Awaitable[Reply]]:
        async def keeping(call: Call) -> Reply:
            reply = await answer(call)
            self.replies.append(reply)
            return reply

        return keeping


class Person:
    """Somebody with a seat in Discord."""

    def __init__(self, stage: Stage, name: str, seat: Seat) -> None:
        self.stage, self.name, self.seat = stage, name, seat

    async def types(self, command: str, **options: Any) -> Message:
        """Send a slash command and return the message that answers it."""
        self.stage.moments.go_on(minutes=1)
        given = "".join(f" {name}:{value}" for name, value in options.items())
        self.stage.scenes.append(Said(self.name, f"/{command}{given}"))
        asked = await self.stage.loopback.slash(command, seat=self.seat, **options)
        return self.stage.show(await self._answer(asked))

    async def presses(self, message: Message, label: str) -> Message:
        """Press a button and return the message that answers it."""
        self.stage.moments.go_on(seconds=5)
        self.stage.scenes.append(Said(self.name, label, pressed=True))
        return self.stage.show(await self._answer(await self.stage.loopback.press(message.body, label, self.seat)))

    async def fills(self, message: Message, label: str, answer: Answer, *, shown: bool = True) -> Message:
        """Press the button of a form, fill it, send it, and return the message that answers it.

        shown: whether the form is on the stage; if not, only what was typed into it is.
        """
        stage = self.stage
        stage.moments.go_on(seconds=5)
        opened = await stage.loopback.press(message.body, label, self.seat)
        await asyncio.wait_for(opened.answered.wait(), _PATIENCE)
        if opened.form is None:
            raise RuntimeError(f"{label} opened no form.")
        value = answer(await stage.problem(self.seat.member))
        stage.scenes.append(Said(self.name, label, pressed=True, typed="" if shown else value))
        if shown:
            stage.scenes.append(Form(opened.form, value, self.name))
        else:
            stage.replies.pop()
        return stage.show(await self._answer(await stage.loopback.submit(opened, value=value)))

    async def _answer(self, asked: Asked) -> Message:
        await asyncio.wait_for(asked.answered.wait(), _PATIENCE)
        if asked.shown is not None and asked.shown.get("content") == escape(slash.PRIVATELY):
            await self.stage.loopback.until(lambda: asked.deleted, _PATIENCE)
            return Message(asked.followups[-1], {}, self.name)
        if asked.shown is None:
            raise RuntimeError("A call was answered without a message.")
        return Message(asked.shown, asked.files, self.name if asked.private else "")


@contextlib.asynccontextmanager
async def on_stage(folder: Path, theme: Theme, names: Names) -> AsyncIterator[Stage]:
    """Give a stage whose Nabla keeps everything in a folder, draws in a theme, and has warm workers.

    names: what Discord says who an id is.
    """
    loopback, moments, announcer = Loopback(), Moments(), Announcer()
    await loopback.start()
    with contextlib.ExitStack() as fixed:
        fixed.enter_context(mock.patch.object(Route, "BASE", loopback.api))
        fixed.enter_context(mock.patch.object(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(loopback.gateway.address)))
        fixed.enter_context(mock.patch.object(slash, "FORM_WITHIN", _FORM_WITHIN))
        dice = SimpleNamespace(randbelow=lambda _: QUIZ_SEED)
        fixed.enter_context(mock.patch.object(quiz_commands, "secrets", dice))
        fixed.enter_context(mock.patch.object(payloads, "user", partial(_user, payloads.user, names)))
        fixed.enter_context(moments.standing())
        settings = Settings(data=folder, workers=1, deadline=30.0, database_url="", metrics=False)
        async with running(settings) as nabla:
            quizzes = Quizzes(nabla.progress.database)
            clock = Clock(nabla.catalogue, quizzes, lambda _: True, announcer.tell)
            client = Client(nabla.catalogue, folder, theme, announcer=announcer)
            client.begin(TOKEN)
            await asyncio.wait_for(loopback.gateway.ready.wait(), _PATIENCE)
            await nabla.workers.run("pose", {"family": "grad.at", "seed": 1, "given": {}}, learner="nobody")
            try:
                yield Stage(nabla, loopback, clock, moments, theme)
            finally:
                await client.leave(5)
                await loopback.stop()
    if loopback.violations:
        raise RuntimeError(f"Discord would refuse: {loopback.violations}")


def _user(made: Callable[..., Json], names: Names, number: int, *, bot: bool = False) -> Json:
    name = names.get(str(number))
    return made(number, bot=bot) | ({"username": name.lower().replace(" ", ""), "global_name": name} if name else {})

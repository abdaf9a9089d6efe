"""The connection to Discord: what comes in is handed on, and nothing that fails goes unnoticed."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Coroutine, Iterable, Mapping
from pathlib import Path
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.catalogue import Catalogue, Command
from bot.fronts.discord import guard, typed
from bot.fronts.discord.buttons import OUTDATED, filled, named_in, question_of
from bot.fronts.discord.commands import add_commands
from bot.fronts.discord.quiz import Announcer
from bot.fronts.discord.registration import register
from bot.fronts.discord.render import SORRY, sentence
from bot.fronts.discord.slash import SlashCall
from bot.talk import Theme

LEAVING = "Nabla is restarting; please ask again in a minute."
CHANGED = "This command changed just now; please reload Discord (Ctrl+R) and try again."

_REMEMBERED = 1000  # what is sent again after an interruption is newer than that
_CLOSE = 1.5  # a gateway that does not answer the goodbye is left

# Nabla does not speak; without this every start warns that it could not.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

_log = structlog.get_logger("discord")


class Tree(app_commands.CommandTree["Client"]):
    """The command tree; what goes wrong before a command runs is answered with one sentence."""

    async def on_error(
        self, interaction: discord.Interaction["Client"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer what discord.py could not hand to a command."""
        outdated = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        if not outdated:
            _log.error("defect", where="command tree", exc_info=error)
        await self.client.track(SlashCall(interaction).say(sentence(CHANGED if outdated else SORRY)))


class Client(discord.Client):
    """The bot's connection. No privileged intent, no cache of people and messages."""

    def __init__(
        self,
        catalogue: Catalogue,
        data: Path,
        theme: Theme,
        connected: asyncio.Event | None = None,
        announcer: Announcer | None = None,
    ) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=guard.trace(),
        )
        self.tree = Tree(self)
        self._catalogue = catalogue
        self._data = data
        self._theme = theme
        self._connected = connected or asyncio.Event()
        self._announcer = announcer or Announcer()
        self._made = time.monotonic()
        self._running: set[asyncio.Task[Any]] = set()
        self._listening: asyncio.Task[None] | None = None
        self._registering: asyncio.Task[None] | None = None
        self._leaving = False
        self._seen: deque[int] = deque(maxlen=_REMEMBERED)
        add_commands(self.tree, catalogue, self._on_slash)

    def begin(self, token: str) -> asyncio.Task[None]:
        """Return the task that logs in and listens; it ends only in trouble, or when left."""
        self._listening = asyncio.create_task(self.start(token))
        return self._listening

    async def on_connect(self) -> None:
        """Register the commands behind the back of the first calls; on_ready would come 2 s later."""
        self._connected.set()
        self._announcer.speak_through(self)
        if self._registering is None and self.application_id is not None:
            _log.info("ready", seconds=round(time.monotonic() - self._made, 3), servers=len(self.guilds))
            self._registering = asyncio.create_task(register(self.tree, self.application_id, self._data))

    async def on_resumed(self) -> None:
        """Note that the connection is there again."""
        self._connected.set()

    async def on_disconnect(self) -> None:
        """Note that the connection is gone."""
        self._connected.clear()

    async def on_message(self, message: discord.Message) -> None:
        """Answer a typed line; chatter and other bots are not meant."""
        line = None if self.user is None else typed.line_of(message, self.user.id)
        if line is None or not self._is_new(message.id):
            return
        if self._leaving:
            await self.track(typed.send(message, sentence(LEAVING)))
        else:
            await self.track(typed.answer(message, line, self._catalogue, self._theme))

    async def on_interaction(self, interaction: discord.Interaction["Client"]) -> None:
        """Answer a press or a form by its custom id alone: what it belongs to may be another process's."""
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        if interaction.type is discord.InteractionType.component:
            await self._on_press(interaction, custom_id)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._on_press(interaction, custom_id, filled(data))

    async def _on_press(
        self, interaction: discord.Interaction["Client"], custom_id: str, fields: dict[str, str] | None = None
    ) -> None:
        """Answer a press of a button, or a form that was sent with these fields."""
        if not self._is_new(interaction.id):
            return
        call = SlashCall(interaction)
        name, about = named_in(custom_id)
        command, shows = self._catalogue.public.get(name), self._catalogue.public.get(question_of(name) or "")
        if self._leaving:
            await self.track(call.say(sentence(LEAVING)))
        elif command is None:
            await self.track(call.say(sentence(OUTDATED)))
        elif fields is None and shows is not None:
            await self.track(call.ask(self._catalogue, self._theme, shows, command, about))
        else:
            await self.track(call.run(self._catalogue, self._theme, command, fields or {}, about))

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Note a failure in an event; its arguments hold what people wrote and stay out of the log."""
        _log.exception("defect", where=event_method)

    async def _on_slash(self, interaction: discord.Interaction, command: Command, options: dict[str, str]) -> None:
        if not self._is_new(interaction.id):
            return
        call = SlashCall(interaction)
        if self._leaving:
            await self.track(call.say(sentence(LEAVING)))
        else:
            await self.track(call.run(self._catalogue, self._theme, command, options))

    def _is_new(self, delivery: int) -> bool:
        """Note a delivery and tell whether it comes for the first time: a resumed gateway may repeat some."""
        if delivery in self._seen:
            return False
        self._seen.append(delivery)
        return True

    async def track(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a call so that leaving waits for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await task

    async def leave(self, drain: float) -> None:
        """Take no new calls, let running ones finish for so many seconds, close the gateway."""
        self._leaving = True
        self._connected.clear()
        self._announcer.hold()
        if self._running:
            await asyncio.wait(self._running, timeout=drain)
        # Who listens while the gateway closes answers the goodbye with a code that means "I come back".
        await _end([*self._running, *filter(None, [self._registering, self._listening])])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE):
                await self.close()


async def _end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

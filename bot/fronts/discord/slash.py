"""The straight line of a slash command, a button or a form: read, acknowledge, answer, edit."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import aiohttp
import discord
import structlog

from bot.catalogue import Catalogue, Command
from bot.fronts.discord.buttons import Form
from bot.fronts.discord.guard import Fate, first_answer, later
from bot.fronts.discord.places import missing, place_of, server_of
from bot.fronts.discord.render import SORRY, Shown, question, render, sentence
from bot.talk import Call, Reply, Theme
from engine.errors import Refused

PRIVATELY = "(answered privately)"
FORM_WITHIN = 1.2  # a form can only be the first answer; what is left of 3 s is for trying to acknowledge
DELIVERY = (discord.HTTPException, aiohttp.ClientError, OSError)

_log = structlog.get_logger("discord")


class SlashCall:
    """One interaction, from its arrival to its answer."""

    def __init__(self, interaction: discord.Interaction) -> None:
        self.interaction = interaction
        self.received = time.monotonic()
        self.fate: Fate | None = None  # of the acknowledgement; None before it
        self.private = False

    async def run(
        self, catalogue: Catalogue, theme: Theme, command: Command, options: dict[str, str], about: str = ""
    ) -> None:
        """Answer the command, whatever happens on the way; only a cancellation comes out."""
        call = replace(call_of(self.interaction, command.name, options, theme), about=about)
        await self._safely(command, self._run(catalogue, call, command))

    async def ask(self, catalogue: Catalogue, theme: Theme, shows: Command, command: Command, about: str) -> None:
        """Open the command's form below what `shows` answers, whatever happens on the way.

        If that is not there in time it is shown by itself when it comes, with a button to answer it.
        """
        call = replace(call_of(self.interaction, shows.name, {}, theme), about=about)
        await self._safely(shows, self._ask(catalogue, call, shows, command))

    async def say(self, shown: Shown) -> None:
        """Show a message of ours to the caller, as first answer or in place of the acknowledgement."""
        if self.fate == "lost":
            return
        try:
            await (self._refuse(shown) if self.fate is None else self._edit(shown))
        except DELIVERY as error:
            _log.warning("answer not delivered", reason=repr(error))

    async def _safely(self, command: Command, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (aiohttp.ClientError, OSError) as error:
            _log.warning("answer not delivered", reason=repr(error))
        except discord.HTTPException as error:
            _log.warning("answer not taken", reason=repr(error))
            await self.say(sentence(SORRY))
        except Exception:  # noqa: BLE001 - a defect costs one sentence, and is logged with its traceback
            _log.exception("defect", command=command.name)
            await self.say(sentence(SORRY))

    async def _run(self, catalogue: Catalogue, call: Call, command: Command) -> None:
        line = next((call.options[each.name] for each in command.options[:1] if each.name in call.options), "")
        try:
            read = catalogue.read(call)
        except Refused as refused:
            await self._refuse(_shown(catalogue.refuse(call, refused), call, line))
            return
        await self._acknowledge(command)
        if self.fate == "lost":
            return
        reply = await catalogue.answer(read)
        shown = _shown(reply, read, line)
        if reply.private and not self.private:
            await self._withdraw(shown)
        else:
            await self._edit(shown)

    async def _ask(self, catalogue: Catalogue, call: Call, shows: Command, command: Command) -> None:
        try:
            read = catalogue.read(call)
        except Refused as refused:
            await self._refuse(_shown(catalogue.refuse(call, refused), call))
            return
        answering = asyncio.create_task(catalogue.answer(read))
        try:
            await asyncio.wait({answering}, timeout=self.received + FORM_WITHIN - time.monotonic())
            if not answering.done():
                await self._acknowledge(shows)
                if self.fate != "lost":
                    await self._edit(_shown(await answering, read))
            elif (reply := answering.result()).outcome != "answered" or not _goes_on_with(reply, command):
                await self._refuse(_shown(reply, read))
            else:
                form = Form(command, reply.about, reply.title, question(reply))
                await self._first(lambda: self.interaction.response.send_modal(form))
        finally:
            answering.cancel()

    async def _acknowledge(self, command: Command) -> None:
        self.private = command.private
        await self._first(lambda: self.interaction.response.defer(ephemeral=command.private, thinking=True))

    async def _first(self, answer: Callable[[], Awaitable[object]]) -> None:
        self.fate = await first_answer(self.interaction, answer, self.received)
        if self.fate != "done":
            _log.warning("first answer", fate=self.fate, seconds=round(time.monotonic() - self.received, 2))

    async def _refuse(self, shown: Shown) -> None:
        self.private = True
        await self._first(lambda: self.interaction.response.send_message(**shown.arguments(), ephemeral=True))

    async def _edit(self, shown: Shown) -> None:
        unsure_since = self.received if self.fate == "unknown" else None
        await later(lambda: self.interaction.edit_original_response(**shown.changes()), unsure_since=unsure_since)

    async def _withdraw(self, shown: Shown) -> None:
        """Take a public acknowledgement back and answer for one pair of eyes.

        A follow-up to a deferral that was not edited yet takes its place and its visibility, so it is
        edited first; and it is deleted last, so that the answer still has a place if nothing else goes.
        """
        await self._edit(sentence(PRIVATELY))
        try:
            await later(
                lambda: self.interaction.followup.send(**shown.arguments(), ephemeral=True, wait=True), repeatable=False
            )
        except DELIVERY as error:
            _log.warning("no private answer", reason=repr(error))
            await self._edit(shown)
            return
        try:
            await later(self.interaction.delete_original_response)
        except discord.NotFound:
            pass  # an earlier try took it back
        except DELIVERY as error:
            _log.warning("acknowledgement left", reason=repr(error))


def _shown(reply: Reply, call: Call, line: str = "") -> Shown:
    """Return the reply as a message; its buttons go on with what the call was about, unless that is over."""
    over = reply.refusal is not None and reply.refusal.option is None
    return render(reply if over else replace(reply, about=reply.about or call.about), call.options, line)


def _goes_on_with(reply: Reply, command: Command) -> bool:
    return any(each.startswith(f"/{command.name}") for each in reply.actions)


def call_of(interaction: discord.Interaction, command: str, options: dict[str, str], theme: Theme) -> Call:
    """Return the call that an interaction makes; who may manage the server is its instructor."""
    server = server_of(interaction)
    return Call(
        id=f"discord:{interaction.id}",
        command=command,
        options=options,
        learner=f"discord:{interaction.user.id}",
        place=place_of(server, interaction.channel_id),
        role="instructor" if server is not None and interaction.permissions.manage_guild else "learner",
        pictures=True,
        theme=theme,
        missing=() if server is None else missing(interaction.app_permissions, interaction.channel),
        called=interaction.user.display_name,
    )

"""Typed lines: in a direct message every message, in a server one that starts with the bot's mention."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import replace
from typing import Any

import aiohttp
import discord
import structlog

from bot.catalogue import Catalogue
from bot.fronts.discord.guard import later, once
from bot.fronts.discord.places import place_of, room_in
from bot.fronts.discord.render import SORRY, Room, Shown, render, sentence
from bot.talk import Call, Reply, Theme
from engine.errors import Refused

WELCOME = "Type a command line after my name, like /grad f=x^2+y^2 at=1,2 – or /help for all of them."

_TYPING_AFTER = 0.3  # a quicker answer needs no sign that it is coming
_TYPING_AGAIN = 8.0
_NO_READING_BACK = 160002

_log = structlog.get_logger("discord")


def line_of(message: discord.Message, own_id: int) -> str | None:
    """Return the command line in a message, "" for a bare mention, None for what is not meant for Nabla."""
    if message.author.bot or message.webhook_id is not None:
        return None
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return None
    if message.guild is None and isinstance(message.author, discord.Member):
        return None  # from a server that Nabla has just left: no direct message, whatever it looks like
    content = message.content.strip()
    for mention in (f"<@{own_id}>", f"<@!{own_id}>"):
        if content.startswith(mention):
            return content.removeprefix(mention).strip()
    return content if message.guild is None else None


async def answer(message: discord.Message, line: str, catalogue: Catalogue, theme: Theme) -> None:
    """Answer the line with a reply, whatever happens on the way; only a cancellation comes out."""
    if not line:
        await send(message, sentence(WELCOME))
        return
    try:
        async with _typing(message.channel):
            call, reply = await _reply(call_of(message, theme), line, catalogue)
            shown = render(
                reply, call.options, line, Room(personal=True) if message.guild is None else room_in(message.channel)
            )
    except Exception:  # noqa: BLE001 - a defect costs one sentence, and is logged with its traceback
        _log.exception("defect", where="typed line")
        shown = sentence(SORRY)
    await send(message, shown)


async def send(message: discord.Message, shown: Shown) -> None:
    """Send a reply that pings nobody; what cannot be delivered is logged.

    Its nonce lets Discord drop a second delivery of the same reply.
    """
    try:
        await _send(message, shown)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        _log.warning("answer not delivered", reason=repr(error))


async def _send(message: discord.Message, shown: Shown) -> None:
    reference: discord.MessageReference | None = message.to_reference(fail_if_not_exists=False)

    def deliver() -> Coroutine[Any, Any, discord.Message]:
        arguments = shown.arguments() | ({} if reference is None else {"reference": reference, "mention_author": False})
        return message.channel.send(**arguments, nonce=message.id)

    try:
        await later(deliver)
    except discord.HTTPException as error:
        if error.code != _NO_READING_BACK:
            raise
        reference = None
        await later(deliver)


def call_of(message: discord.Message, theme: Theme) -> Call:
    """Return the call that a message makes, its command and options still to be read."""
    author = message.author
    instructs = isinstance(author, discord.Member) and author.guild_permissions.manage_guild
    return Call(
        id=f"discord:{message.id}",
        command="",
        options={},
        learner=f"discord:{author.id}",
        place=place_of(message.guild.id if message.guild else None, message.channel.id),
        role="instructor" if instructs else "learner",
        pictures=True,
        theme=theme,
        called=author.display_name,
    )


async def _reply(call: Call, line: str, catalogue: Catalogue) -> tuple[Call, Reply]:
    try:
        command, options = catalogue.split(line)
        call = replace(call, command=command, options=options)
        call = catalogue.read(call)
    except Refused as refused:
        return call, catalogue.refuse(call, refused)
    return call, await catalogue.answer(call)


@contextlib.asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show the typing sign while the body runs. It is a courtesy: its failures are nobody's concern."""
    task = asyncio.create_task(_keep_typing(channel))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_typing(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(_TYPING_AFTER)
    while True:
        await once(channel.typing)
        await asyncio.sleep(_TYPING_AGAIN)

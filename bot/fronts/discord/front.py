"""Serve Discord until a signal says stop."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.catalogue import Catalogue
from bot.fronts.discord.client import Client
from bot.fronts.discord.quiz import Announcer
from bot.talk import Theme
from engine.errors import Failed

DRAIN = 8.0

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_STEADY = 60.0  # after that long the trouble is a new one
_WRONG_TOKEN = 4004
_SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = structlog.get_logger("discord")


async def serve(
    token: str,
    catalogue: Catalogue,
    *,
    data: Path,
    theme: Theme,
    api: str = "",
    gateway: str = "",
    connected: asyncio.Event | None = None,
    announcer: Announcer | None = None,
) -> None:
    """Serve the catalogue on Discord; return when SIGTERM or SIGINT came and running calls are answered.

    data:         folder in which is noted which commands Discord knows.
    api, gateway: addresses in place of Discord's own, for tests against a loopback.
    connected:    is set while the gateway is there and calls are taken.
    announcer:    speaks through the connection that is there.

    Refuses (Failed) a token that Discord refuses. An unreachable Discord is tried again for ever.
    A second signal ends the process at once, as if nothing handled it.
    """
    if api:
        Route.BASE = api
    if gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    with _stop_on_signal() as stop:
        pause = _FIRST_PAUSE
        while not stop.is_set():
            started = time.monotonic()
            trouble = await _until_stopped(Client(catalogue, data, theme, connected, announcer), token, stop)
            if trouble is None:
                return
            _raise_if_final(trouble)
            pause = _FIRST_PAUSE if time.monotonic() - started > _STEADY else min(2 * pause, _LONGEST_PAUSE)
            known = isinstance(trouble, discord.DiscordException | aiohttp.ClientError | OSError)
            _log.warning(
                "no connection to Discord", again_in=pause, reason=repr(trouble), exc_info=None if known else trouble
            )
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)


async def _until_stopped(client: Client, token: str, stop: asyncio.Event) -> BaseException | None:
    """Run the client until the signal (None) or until it fails; it is closed either way."""
    running = client.begin(token)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await client.leave(DRAIN)
    if stop.is_set():
        return None
    return running.exception() or ConnectionError("the connection was closed")


def _raise_if_final(trouble: BaseException) -> None:
    closed = trouble.code if isinstance(trouble, discord.ConnectionClosed) else None
    if isinstance(trouble, discord.LoginFailure) or closed == _WRONG_TOKEN:
        raise Failed("Discord refuses the token; set DISCORD_TOKEN to the bot's own and start again.") from trouble
    if isinstance(trouble, discord.PrivilegedIntentsRequired) or closed is not None:
        raise Failed(f"Discord closed the connection for good (code {closed or 4014}).") from trouble
    if isinstance(trouble, discord.HTTPException) and trouble.status in {400, 403, 404}:
        raise Failed(f"Discord refused the login (status {trouble.status}).") from trouble


@contextlib.contextmanager
def _stop_on_signal() -> Iterator[asyncio.Event]:
    """Give an event that the first signal sets; a second one does what it does by default."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def handle() -> None:
        stop.set()
        for each in _SIGNALS:
            loop.remove_signal_handler(each)

    for each in _SIGNALS:
        loop.add_signal_handler(each, handle)
    try:
        yield stop
    finally:
        for each in _SIGNALS:
            loop.remove_signal_handler(each)

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.catalogue import Catalogue, Command, Option
from bot.fronts.discord.client import Client
from bot.talk import Call, Lines, Reply
from engine.errors import NotInDomain
from engine.values import Picture
from tests.loopback.server import TOKEN, Loopback


async def _echo(call: Call) -> Reply:
    picture = Picture("echo.png", "a picture of nothing", b"\x89PNG")
    return Reply("answered", "Echo", (Lines((call.options.get("text", ""), call.role)),), pictures=(picture,))


async def _late(_call: Call) -> Reply:
    raise NotInDomain("There is nothing there.")


async def _slow(call: Call) -> Reply:
    await asyncio.sleep(1)
    return await _echo(call)


@pytest.fixture
def small_catalogue() -> Catalogue:
    """Return three commands without mathematics: one answers, one refuses late, one takes a second."""
    text = Option("text", "what to say back")
    return Catalogue([
        Command("echo", "Say it back.", "/echo hello", (text,), _echo),
        Command("late", "Refuse in the end.", "/late", (text,), _late),
        Command("slow", "Say it back, a second later.", "/slow hello", (text,), _slow),
    ])  # fmt: skip


@pytest.fixture
async def loopback(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    """Return a running loopback, and let this process's clients find it."""
    server = Loopback()
    await server.start()
    monkeypatch.setattr(Route, "BASE", server.api)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway.address))
    yield server
    await server.stop()


@pytest.fixture
async def client(loopback: Loopback, small_catalogue: Catalogue, tmp_path: Path) -> AsyncIterator[Client]:
    """Return the bot's client, connected to the loopback."""
    made = Client(small_catalogue, tmp_path, "dark")
    made.begin(TOKEN)
    await asyncio.wait_for(loopback.gateway.ready.wait(), 10)
    yield made
    await made.leave(5)

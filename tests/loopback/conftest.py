import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
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

ROOT = Path(__file__).parents[2]

Start = Callable[..., Awaitable[Process]]


async def _echo(call: Call) -> Reply:
    picture = Picture("echo.png", "a picture of nothing", b"\x89PNG")
    return Reply(
        "answered", "Echo", (Lines((call.options.get("text", ""), call.role, call.place)),), pictures=(picture,)
    )


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


@pytest.fixture
async def start(loopback: Loopback, tmp_path: Path) -> AsyncIterator[Start]:
    """Return a starter of the real bot against the loopback; it waits for READY and kills it in the end."""
    processes: list[Process] = []

    async def begin(token: str = TOKEN, *, ready: bool = True) -> Process:
        settings = {
            "DISCORD_TOKEN": token,
            "NABLA_DATA": str(tmp_path),
            "NABLA_DISCORD_API": loopback.api,
            "NABLA_DISCORD_GATEWAY": loopback.gateway.address,
            "NABLA_LOG": "info",
            "NABLA_WORKERS": "2",
        }
        command = (sys.executable, "-m", "bot", "discord")
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=os.environ | settings, stdout=PIPE, stderr=PIPE
        )
        processes.append(process)
        if ready:
            await asyncio.wait_for(loopback.gateway.ready.wait(), 40)
        return process

    yield begin
    for process in processes:
        if process.returncode is None:
            process.kill()
        await process.communicate()

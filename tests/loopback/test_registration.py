import asyncio
from pathlib import Path

import pytest

from bot.catalogue import Catalogue
from bot.fronts.discord import registration
from bot.fronts.discord.client import Client
from tests.loopback.server import TOKEN, Loopback


async def test_a_failed_registration_is_tried_again_and_delays_no_answer(
    loopback: Loopback, small_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "_FIRST_PAUSE", 0.3)
    loopback.refused_registrations = 2
    client = Client(small_catalogue, tmp_path, "dark")
    client.begin(TOKEN)
    await asyncio.wait_for(loopback.gateway.ready.wait(), 10)
    asked = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(asked.answered.wait(), 10)
    assert not loopback.commands
    assert await loopback.until(lambda: loopback.commands)
    assert loopback.count("PUT", "/commands") == 3
    await client.leave(5)

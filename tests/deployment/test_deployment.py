"""The commands of the compose file, started as they stand there, against a Discord of this computer."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.deployment.conftest import Run
from tests.loopback.server import Loopback

pytestmark = pytest.mark.slow

Json = dict[str, Any]


@pytest.fixture
async def bot(compose: Json, run: Run, loopback: Loopback) -> Process:
    """Return the bot, migrated and started as the compose file has it, once Discord has greeted it."""
    migrate = await run(*compose["services"]["migrate"]["command"])
    said, errors = await asyncio.wait_for(migrate.communicate(), 40)
    assert migrate.returncode == 0, errors
    assert b"The database went from nothing to" in said
    process = await run(*compose["services"]["bot"]["command"])
    await asyncio.wait_for(loopback.gateway.ready.wait(), 40)
    return process


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def ready(port: int, wanted: int = 200, seconds: float = 40) -> Json:
    """Return what /readyz says when it says so with this status, or in the end."""
    end = time.monotonic() + seconds
    status, text = await get(port, "/readyz")
    while status != wanted and time.monotonic() < end:
        await asyncio.sleep(0.05)
        status, text = await get(port, "/readyz")
    found: Json = json.loads(text)
    return found


def backups(environment: dict[str, str]) -> list[Path]:
    return sorted(Path(environment["NABLA_DATA"], "backups").iterdir())


async def health_check(compose: Json, environment: dict[str, str]) -> int:
    kind, program, *rest = compose["services"]["bot"]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    check = await asyncio.create_subprocess_exec(sys.executable, *rest, env=environment, stderr=PIPE)
    await check.communicate()
    assert check.returncode is not None
    return check.returncode


async def test_it_becomes_ready_and_ends_well_when_told_to(
    compose: Json, environment: dict[str, str], bot: Process, port: int
) -> None:
    assert await ready(port) == {"ready": True, "not_ready": []}
    assert await get(port, "/livez") == (200, '{"alive": true}')
    assert await health_check(compose, environment) == 0
    bot.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(bot.wait(), 20) == 0


async def test_a_calculation_is_answered_and_counted(bot: Process, loopback: Loopback, port: int) -> None:
    assert bot.returncode is None
    asked = await loopback.slash("grad", f="x^2+y^2", at="1,2")
    await asyncio.wait_for(asked.answered.wait(), 40)
    assert asked.files
    _, text = await get(port, "/metrics")
    assert 'nabla_calls_total{command="grad",outcome="answered"} 1.0' in text


async def test_without_discord_it_is_not_ready_and_again_when_discord_is_back(
    bot: Process, loopback: Loopback, port: int
) -> None:
    assert (await ready(port))["ready"]
    await loopback.gateway.drop()
    assert await ready(port, 503) == {"ready": False, "not_ready": ["gateway"]}
    assert (await ready(port))["ready"]
    assert bot.returncode is None


async def test_the_health_check_fails_where_nothing_runs(compose: Json, environment: dict[str, str]) -> None:
    assert await health_check(compose, environment) != 0


async def test_a_port_that_is_taken_ends_the_start_with_a_sentence(bot: Process, run: Run, port: int) -> None:
    await ready(port)
    other = await run("discord")
    _, errors = await asyncio.wait_for(other.communicate(), 40)
    assert other.returncode == 1
    assert errors.decode().splitlines()[-1].startswith(f"Nabla cannot start: port {port} for its health")
    assert bot.returncode is None


async def test_records_in_use_are_backed_up_but_not_replaced(
    bot: Process, run: Run, port: int, environment: dict[str, str]
) -> None:
    await ready(port)
    backup = await run("backup")
    said, _ = await backup.communicate()
    assert backup.returncode == 0
    (made,) = backups(environment)
    assert said.decode() == f"The records are copied to {made}, and the copy is sound.{os.linesep}"
    restore = await run("restore", str(made))
    _, errors = await restore.communicate()
    assert restore.returncode == 1
    assert errors.decode().startswith("Another process uses the records")
    bot.send_signal(signal.SIGTERM)
    await asyncio.wait_for(bot.wait(), 20)
    restore = await run("restore", str(made))
    said, _ = await restore.communicate()
    assert restore.returncode == 0
    assert said.decode().startswith(f"The records are those of {made}; the ones before are kept as ")

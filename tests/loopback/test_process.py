import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.loopback.server import TOKEN, Loopback

ROOT = Path(__file__).parents[2]

Start = Callable[..., Awaitable[Process]]

pytestmark = pytest.mark.slow


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


async def stop(process: Process, number: signal.Signals = signal.SIGTERM) -> int:
    process.send_signal(number)
    return await asyncio.wait_for(process.wait(), 20)


async def test_ready_comes_soon_after_the_start(loopback: Loopback, start: Start) -> None:
    began = time.time()
    await start()
    seconds = loopback.gateway.ready_at - began
    print(f"\nREADY {seconds:.2f} s after the start of the process")
    assert seconds < 30


async def test_a_real_gradient_is_acknowledged_and_edited_with_a_picture(loopback: Loopback, start: Start) -> None:
    await start()
    asked = await loopback.slash("grad", f="x^2+y^2", at="1,2")
    await asyncio.wait_for(asked.answered.wait(), 30)
    assert asked.kind == 5
    assert asked.shown is not None
    assert asked.files
    assert all(content.startswith(b"\x89PNG") for content in asked.files.values())
    assert all(each["description"] for each in asked.shown["attachments"])
    assert not loopback.violations


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_with_status_0_and_a_closed_gateway(
    loopback: Loopback, start: Start, number: signal.Signals
) -> None:
    process = await start()
    assert await stop(process, number) == 0
    assert loopback.gateway.closed_with == 1000


async def test_a_second_signal_ends_it_at_once(loopback: Loopback, start: Start) -> None:
    process = await start()
    loopback.faults.slow = 1.0
    await loopback.slash("grad", f="x^2+y^2", at="1,2")
    process.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.2)
    assert await stop(process) == -signal.SIGTERM


async def test_the_commands_are_registered_once(loopback: Loopback, start: Start) -> None:
    process = await start()
    assert await loopback.until(lambda: loopback.commands)
    await asyncio.sleep(0.3)
    await stop(process)
    process = await start()
    asked = await loopback.slash("help")
    await asyncio.wait_for(asked.answered.wait(), 20)
    await stop(process)
    assert loopback.count("PUT", "/commands") == 1
    assert not loopback.violations


async def test_a_wrong_token_ends_the_start_with_one_sentence(start: Start) -> None:
    process = await start("wrong.token", ready=False)
    _, errors = await asyncio.wait_for(process.communicate(), 40)
    assert process.returncode == 1
    assert errors.decode().splitlines()[-1].startswith("Discord refuses the token")
    assert "Traceback" not in errors.decode()

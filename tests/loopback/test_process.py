import asyncio
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable

import pytest

from tests.loopback.server import Loopback

Start = Callable[..., Awaitable[Process]]

pytestmark = pytest.mark.slow


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

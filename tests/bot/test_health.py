"""Health: what is told to whoever watches."""

import asyncio
import socket
import sys
from typing import Any

import aiohttp
import pytest

from bot.health import serving
from engine.errors import Failed


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def broken() -> bool:
    raise Failed("The records cannot be read.")


async def defective() -> bool:
    raise ZeroDivisionError


async def stuck() -> bool:
    await asyncio.sleep(600)
    return True


async def get(port: int, path: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.json()


async def test_a_loop_that_turns_is_alive(port: int) -> None:
    async with serving(port, {"store": no}, None):
        assert await get(port, "/livez") == (200, {"alive": True})


async def test_everything_there_is_ready(port: int) -> None:
    async with serving(port, {"gateway": yes, "store": yes}, None):
        assert await get(port, "/readyz") == (200, {"ready": True, "not_ready": []})


async def test_what_is_not_ready_is_named(port: int) -> None:
    parts = {"gateway": no, "store": broken, "workers": yes, "clock": defective}
    async with serving(port, parts, None):
        assert await get(port, "/readyz") == (503, {"ready": False, "not_ready": ["gateway", "store", "clock"]})


async def test_a_part_that_hangs_is_not_ready_and_holds_nobody_up(port: int) -> None:
    async with asyncio.timeout(10), serving(port, {"store": stuck, "workers": yes}, None):
        assert await get(port, "/readyz") == (503, {"ready": False, "not_ready": ["store"]})


async def test_metrics_are_told_where_they_are_wanted(port: int) -> None:
    url = f"http://127.0.0.1:{port}/metrics"
    async with serving(port, {}, lambda: b"up 1\n"), aiohttp.ClientSession() as client, client.get(url) as answer:
        assert await answer.read() == b"up 1\n"
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")


async def test_metrics_are_nowhere_else(port: int) -> None:
    url = f"http://127.0.0.1:{port}/metrics"
    async with serving(port, {}, None), aiohttp.ClientSession() as client, client.get(url) as answer:
        assert answer.status == 404


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no second address for themselves")
async def test_only_this_computer_is_answered(port: int) -> None:
    async with serving(port, {}, None):
        with socket.socket() as other:
            # Were every address listened to, this one would be taken.
            other.bind(("127.0.0.2", port))


async def test_port_0_listens_to_nobody() -> None:
    async with serving(0, {}, None):
        listening = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]
        assert listening == []


async def test_it_ends_with_its_block(port: int) -> None:
    async with serving(port, {}, None):
        pass
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(port, "/livez")


async def test_a_port_that_is_taken_is_refused_with_a_sentence(port: int) -> None:
    async with serving(port, {}, None):
        with pytest.raises(Failed, match=f"port {port} for its health cannot be had"):
            async with serving(port, {}, None):
                pass

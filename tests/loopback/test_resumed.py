"""What Discord sends twice, as it may after a resumed connection, is answered once."""

import asyncio

import pytest

from tests.loopback.payloads import Seat
from tests.loopback.server import Loopback

BUTTON = {"type": 2, "style": 2, "label": "Hint", "custom_id": "nabla:hint:1"}

pytestmark = pytest.mark.usefixtures("client")


async def test_a_command_that_comes_twice_is_acknowledged_once(loopback: Loopback) -> None:
    loopback.deliveries = 2
    asked = await loopback.slash("echo", text="hello")
    await asyncio.wait_for(asked.answered.wait(), 20)
    await settle(loopback)
    assert loopback.count("POST", "/callback") == 2


async def test_a_late_refusal_that_comes_twice_is_told_once(loopback: Loopback) -> None:
    loopback.deliveries = 2
    asked = await loopback.slash("late")
    assert await loopback.until(lambda: asked.deleted)
    await settle(loopback)
    assert len(asked.followups) == 1


async def test_a_line_that_comes_twice_is_answered_once(loopback: Loopback) -> None:
    loopback.deliveries = 2
    await loopback.say("/echo hello")
    assert await loopback.until(lambda: loopback.messages)
    await settle(loopback)
    assert loopback.count("POST", "/messages") == 1


async def test_a_press_that_comes_twice_is_answered_once(loopback: Loopback) -> None:
    loopback.deliveries = 2
    pressed = await loopback.press({"components": [{"type": 1, "components": [BUTTON]}]}, "Hint", Seat())
    await asyncio.wait_for(pressed.answered.wait(), 20)
    await settle(loopback)
    assert loopback.count("POST", "/callback") == 2


async def settle(loopback: Loopback) -> None:
    """Have one more command answered, so that whatever came before it is over."""
    loopback.deliveries = 1
    asked = await loopback.slash("slow", text="the last one")
    await asyncio.wait_for(asked.answered.wait(), 20)

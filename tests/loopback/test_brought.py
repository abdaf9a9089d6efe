"""Servers where Nabla is no member: somebody who has installed it for himself brings it along."""

import asyncio

import pytest

from tests.loopback.payloads import MEMBER, Seat
from tests.loopback.server import Asked, Loopback

ELSEWHERE = Seat(MEMBER, guild=9001, channel=9002, permissions=0x20)

pytestmark = pytest.mark.usefixtures("client")


async def echoed(loopback: Loopback, seat: Seat) -> str:
    asked: Asked = await loopback.slash("echo", seat=seat, text="hello")
    await asyncio.wait_for(asked.answered.wait(), 20)
    assert asked.shown is not None
    return str(asked.shown["embeds"][0]["description"]).replace("\\", "")


async def test_a_server_that_nabla_was_brought_to_is_like_a_direct_message(loopback: Loopback) -> None:
    assert "discord:dm" in await echoed(loopback, ELSEWHERE)


async def test_whoever_manages_such_a_server_is_no_instructor_there(loopback: Loopback) -> None:
    assert "learner" in await echoed(loopback, ELSEWHERE)


async def test_a_server_with_nabla_in_it_is_a_place_of_its_own(loopback: Loopback) -> None:
    assert "discord:2101/3101" in await echoed(loopback, Seat(MEMBER, guild=2101, channel=3101))

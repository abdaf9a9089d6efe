import asyncio
import json
import struct
from typing import Any

import pytest

from bot.workers import frames
from bot.workers.frames import BadFrame, Message


async def read(content: bytes) -> Message:
    reader = asyncio.StreamReader()
    reader.feed_data(content)
    reader.feed_eof()
    return await frames.read_message(reader)


def header(**changed: Any) -> bytes:
    given = {"token": "t", "kind": "value", "body": {}, "blobs": 0, "tired": False} | changed
    return frames.pack(json.dumps(given).encode())


async def test_a_message_comes_out_as_it_went_in() -> None:
    message = Message("t", "value", {"a": [1, 2.5, "∂f", None]}, (b"", b"\x00\xff" * 1000), tired=True)
    assert await read(frames.pack_message(message)) == message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00",
        struct.pack("!I", 10) + b"{}",
        struct.pack("!I", frames.JSON_LIMIT + 1),
        struct.pack("!I", 0xFFFFFFFF),
        frames.pack(b"{"),
        frames.pack(b"\xff\xfe\xfd"),
        frames.pack(b"[]"),
        frames.pack(b"{}"),
        frames.pack(b"[" * 900_000),
        frames.pack(b"1" * 100_000),
        header(more=1),
        header(token=None),
        header(kind="pickle"),
        header(kind=["value"]),
        header(body=[]),
        header(body={"x": float("nan")}),
        header(blobs=-1),
        header(blobs=True),
        header(blobs=9),
        header(blobs=1),
        header(blobs=1) + struct.pack("!I", frames.BLOBS_LIMIT + 1),
        header(blobs=2) + frames.pack(b"x" * 5_000_000) + struct.pack("!I", 3_000_001),
        header(tired=0),
    ],
)
async def test_what_is_no_message_is_a_bad_frame(content: bytes) -> None:
    with pytest.raises(BadFrame):
        await read(content)


@pytest.mark.parametrize(
    "message",
    [
        Message("t", "value", {"x": "x" * frames.JSON_LIMIT}),
        Message("t", "value", {}, (b"",) * 9),
        Message("t", "value", {}, (b"x" * 4_000_001,) * 2),
    ],
)
def test_a_message_over_the_limits_is_not_sent(message: Message) -> None:
    with pytest.raises(BadFrame):
        frames.pack_message(message)

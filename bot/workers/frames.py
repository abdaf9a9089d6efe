"""What travels between the bot and a worker: length-prefixed frames, and messages made of them.

A message is one frame of JSON, followed by as many binary frames as it says. Both ends use this
file. The bot trusts nothing it reads here: whatever has not the stated size and shape is BadFrame.
"""

import asyncio
import json
import socket
import struct
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, get_args

from engine.values import Json

JSON_LIMIT = 1_000_000
BLOBS_LIMIT = 8_000_000
BLOBS_COUNT = 8

Kind = Literal["ready", "began", "value", "refused", "failed"]

_KINDS = frozenset(get_args(Kind))
_LENGTH = struct.Struct("!I")


class BadFrame(Exception):  # noqa: N818 - it names what was read, as the engine's refusals do
    """What was read is no message: too long, not JSON, or of another shape."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a worker says.

    token: the job it speaks of, empty before the first.
    tired: the process should not be given another job.
    """

    token: str
    kind: Kind
    body: Json
    blobs: tuple[bytes, ...] = ()
    tired: bool = False


def pack(content: bytes) -> bytes:
    """Return the content as one frame."""
    return _LENGTH.pack(len(content)) + content


def dumps(value: Json) -> bytes:
    """Return the value as JSON. TypeError, ValueError or RecursionError if JSON cannot carry it."""
    return json.dumps(value, allow_nan=False).encode()


def pack_message(message: Message) -> bytes:
    """Return the message as its frames. BadFrame if it is over the limits, else errors as `dumps`."""
    lengths = [len(blob) for blob in message.blobs]
    content = dumps(
        {
            "token": message.token,
            "kind": message.kind,
            "body": message.body,
            "blobs": len(lengths),
            "tired": message.tired,
        }
    )
    if len(content) > JSON_LIMIT or len(lengths) > BLOBS_COUNT or sum(lengths) > BLOBS_LIMIT:
        raise BadFrame("over the limits")
    return b"".join(map(pack, (content, *message.blobs)))


async def read_message(reader: asyncio.StreamReader) -> Message:
    """Return the next message. BadFrame if there is none to be made of what comes."""
    header = _checked(_loads(await _read(reader, JSON_LIMIT)))
    blobs: list[bytes] = []
    for _ in range(header["blobs"]):
        blobs.append(await _read(reader, BLOBS_LIMIT - sum(map(len, blobs))))
    return Message(header["token"], header["kind"], header["body"], tuple(blobs), header["tired"])


def receive(connection: socket.socket) -> bytes | None:
    """Return the next frame's content, or None when the other side is gone. Blocks."""
    head = _receive(connection, _LENGTH.size)
    return None if head is None else _receive(connection, _LENGTH.unpack(head)[0])


async def _read(reader: asyncio.StreamReader, limit: int) -> bytes:
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        if length > limit:
            raise BadFrame(f"a frame of {length} bytes")
        return await reader.readexactly(length)
    except (asyncio.IncompleteReadError, OSError) as gone:
        raise BadFrame("the other side is gone") from gone


def _receive(connection: socket.socket, length: int) -> bytes | None:
    content = bytearray()
    while len(content) < length:
        part = connection.recv(length - len(content))
        if not part:
            return None
        content += part
    return bytes(content)


def _loads(content: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds; _checked looks at it next
    try:
        return json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as trouble:
        raise BadFrame("not JSON") from trouble


def _no_constant(name: str) -> NoReturn:
    raise BadFrame(f"{name} is not JSON")


def _checked(header: Any) -> Json:  # noqa: ANN401 - as above
    types = {"token": str, "kind": str, "body": dict, "blobs": int, "tired": bool}
    if not isinstance(header, dict) or header.keys() != types.keys():
        raise BadFrame("other keys")
    if any(type(header[key]) is not kind for key, kind in types.items()):
        raise BadFrame("other types")
    if header["kind"] not in _KINDS or not 0 <= header["blobs"] <= BLOBS_COUNT:
        raise BadFrame("other values")
    return header

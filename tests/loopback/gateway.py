"""The loopback's gateway: HELLO, IDENTIFY, READY, heartbeats, events; RESUME is refused politely."""

import asyncio
import json
import time
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback import payloads

Json = dict[str, Any]

_HEARTBEAT_MS = 41_250


class Gateway:
    """One bot's connection at a time, and what it said."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.identified: list[Json] = []
        self.ready_at = 0.0
        self.heartbeats = 0
        self.closed_with: int | None = None
        self.ready = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._sequence = 0
        self.address = ""

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it closes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket, self._sequence = socket, 0
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": _HEARTBEAT_MS}, "s": None, "t": None})
        async for received in socket:
            if received.type is WSMsgType.TEXT:
                await self._take(socket, json.loads(received.data))
        self.closed_with = socket.close_code
        self.ready.clear()
        return socket

    async def send(self, event: str, data: Json) -> None:
        """Send an event to the bot."""
        assert self._socket is not None
        self._sequence += 1
        await self._socket.send_json({"op": 0, "t": event, "s": self._sequence, "d": data})

    async def drop(self) -> None:
        """Cut the connection, as a network does."""
        assert self._socket is not None
        await self._socket.close(code=1006)

    async def _take(self, socket: web.WebSocketResponse, packet: Json) -> None:
        if packet["op"] == 1:
            self.heartbeats += 1
            await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
        elif packet["op"] == 6:
            await socket.send_json({"op": 9, "d": False, "s": None, "t": None})
        elif packet["op"] == 2:
            await self._identify(socket, packet["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.identified.append(data)
        if data["token"] != self.token:
            await socket.close(code=4004)
            return
        await self.send(
            "READY",
            {
                "v": 10,
                "user": payloads.user(payloads.BOT, bot=True),
                "guilds": [{"id": str(each), "unavailable": True} for each in (*payloads.GUILDS, payloads.UNAVAILABLE)],
                "session_id": "loopback",
                "resume_gateway_url": self.address,
                "application": {"id": str(payloads.APPLICATION), "flags": 0},
            },
        )
        self.ready_at = time.time()
        for each in payloads.GUILDS:
            await self.send("GUILD_CREATE", payloads.guild(each))
        self.ready.set()

"""What the clock brings is told in its channel, by whichever connection is there."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog

from bot.fronts.discord.guard import later
from bot.fronts.discord.places import channel_in, room_in
from bot.fronts.discord.render import render
from bot.talk import Reply

if TYPE_CHECKING:
    from bot.fronts.discord.client import Client

_PAUSE = 1.0  # before another connection is tried
# Not well formed, not allowed, or nothing there: no other try changes that.
_FINAL = frozenset({400, 403, 404})

_log = structlog.get_logger("discord")


class Announcer:
    """Tells channels what the clock brings; what comes while no connection is there waits for one.

    Discord takes a second message with the same nonce for the first one, but only for some minutes. So what is
    told again soon is there once; what a killed process has posted without noting it, and the next one tells
    later than that, is there twice.
    """

    def __init__(self) -> None:
        self._client: Client | None = None
        self._connected = asyncio.Event()
        self._telling: set[asyncio.Task[None]] = set()

    def speak_through(self, client: "Client") -> None:
        """Use this connection from now on."""
        self._client = client
        self._connected.set()

    def hold(self) -> None:
        """Keep what comes until there is a connection again."""
        self._connected.clear()

    async def tell(self, place: str, reply: Reply) -> None:
        """Post a reveal into the channel of its place; return when it is there or Discord refuses it for good.

        A connection that fails or is not there is waited for. Places that are no channels are not told.
        """
        channel = channel_in(place)
        if channel is None or reply.data is None:
            return
        nonce = f"q{reply.data['quiz']}r{reply.data['round']}"
        task = asyncio.create_task(self._tell(channel, reply, nonce), name="reveal")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
        await task

    async def _tell(self, channel: int, reply: Reply, nonce: str) -> None:
        while not await self._delivered(channel, reply, nonce):  # noqa: ASYNC110 - it waits for Discord
            await asyncio.sleep(_PAUSE)

    async def _delivered(self, channel: int, reply: Reply, nonce: str) -> bool:
        """Post it through the connection that is there; return False where another one must try again."""
        await self._connected.wait()
        if self._client is None:
            return False
        try:
            await self._client.track(_post(self._client, channel, reply, nonce))
        except asyncio.CancelledError:
            ending = asyncio.current_task()
            if ending is None or ending.cancelling():
                raise
            return False  # only the connection was left
        except (aiohttp.ClientError, OSError, discord.DiscordServerError) as error:
            _log.warning("reveal not delivered yet", reason=repr(error))
            return False
        except discord.HTTPException as error:
            final = error.status in _FINAL
            _log.warning("reveal not taken" if final else "reveal not delivered yet", reason=repr(error))
            return final
        except Exception:  # noqa: BLE001 - a defect costs one message, and is logged with its traceback
            _log.exception("defect", where="reveal")
        return True


async def _post(client: discord.Client, channel: int, reply: Reply, nonce: str) -> None:
    shown = render(reply, room=room_in(client.get_channel(channel)))
    target = client.get_partial_messageable(channel)

    def deliver() -> Coroutine[Any, Any, discord.Message]:
        return target.send(**shown.arguments(), nonce=nonce)

    await later(deliver)

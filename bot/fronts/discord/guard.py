"""The way to Discord is not to be trusted: the first answer has three seconds, later ones half a minute."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Literal, TypeVar

import aiohttp
import discord

Fate = Literal["done", "lost", "unknown"]
"""done: Discord has it. lost: it never will. unknown: no try came back, one may have arrived."""

WINDOW = 2.7
TRY = 0.7
LATER_TRY = 12.0
PATIENCE = 30.0
LONGEST_LIMIT = 300.0

_PAUSE = 0.03  # between two tries, so that a refused connection is not hammered
_CREDIBLE_AGE = 1.5  # more, or less than none, and the two clocks differ
_LATE = 3.2  # a first answer whose fate is unknown has been judged by then
_ALREADY = 40060
_UNKNOWN_INTERACTION = 10062
_NOT_THERE = frozenset({10008, 10015})  # unknown message, unknown webhook

_T = TypeVar("_T")
_in_hand: ContextVar[bool] = ContextVar("in_hand", default=False)


class ServerError(aiohttp.ClientError):
    """Discord answered with a 5xx, and the next try is ours to make."""


class TooFast(aiohttp.ClientError):
    """Discord answered with a 429; a try before so many seconds are over is refused as well."""

    def __init__(self, after: float) -> None:
        super().__init__(f"429, again after {after} s")
        self.after = after


def trace() -> aiohttp.TraceConfig:
    """Return what lets a 5xx or a 429 end a guarded try at once.

    By itself discord.py sleeps. If a 429 is for everything, whoever cancels that sleep stops all its requests
    for ever, and a guarded try does cancel.
    """
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_end_at_once)
    return config


async def _end_at_once(_http: object, _context: object, params: aiohttp.TraceRequestEndParams) -> None:
    status = params.response.status
    if not _in_hand.get() or not (status == 429 or status >= 500):
        return
    params.response.close()
    raise TooFast(_asked_to_wait(params.response.headers)) if status == 429 else ServerError(str(status))


def _asked_to_wait(headers: Mapping[str, str]) -> float:
    """Return the seconds; where both headers are there, the second one is rounded up to whole ones."""
    for name in ("X-RateLimit-Reset-After", "Retry-After"):
        with contextlib.suppress(KeyError, ValueError):
            return min(max(float(headers[name]), 0.0), LONGEST_LIMIT)
    return 1.0


async def first_answer(
    interaction: discord.Interaction, answer: Callable[[], Awaitable[object]], received: float
) -> Fate:
    """Acknowledge or answer an interaction; try until 2.7 s after it was made.

    received: time.monotonic() when it came in.
    Raises what no further try can mend.
    """
    end = received + WINDOW - _age(interaction)
    fate: Fate = "lost"
    left = TRY  # the first try is made however late it is
    while left > _PAUSE:
        try:
            await _attempt(answer, min(TRY, left))
        except discord.HTTPException as error:
            if error.code == _ALREADY:
                return "done"
            if error.code == _UNKNOWN_INTERACTION:
                return "lost"
            if not _passes(error):
                raise
        except (aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            if not _surely_not_arrived(error):
                fate = "unknown"
            if isinstance(error, TooFast):
                await asyncio.sleep(min(error.after, max(end - time.monotonic(), 0.0)))
        else:
            return "done"
        await asyncio.sleep(_PAUSE)
        left = end - time.monotonic()
    return fate


async def later(call: Callable[[], Awaitable[_T]], *, repeatable: bool = True, unsure_since: float | None = None) -> _T:
    """Make a call after the first answer; try with growing pauses for half a minute.

    The time that Discord asks to wait does not count.
    repeatable:   whether it may arrive twice; if not it is repeated only when it surely did not arrive.
    unsure_since: when the interaction came in, if the fate of its first answer is unknown: then what
                  is not there yet may still come.
    """
    end = time.monotonic() + PATIENCE
    pause = 0.25
    while True:
        try:
            return await _attempt(call, LATER_TRY)
        except discord.HTTPException as error:
            awaited = error.code in _NOT_THERE and unsure_since is not None and time.monotonic() < unsure_since + _LATE
            if not (awaited or _passes(error)) or time.monotonic() + pause > end:
                raise
        except (aiohttp.ClientError, OSError) as error:
            if not (repeatable or _surely_not_arrived(error)) or time.monotonic() + pause > end:
                raise
            if isinstance(error, TooFast):
                end += error.after
                await asyncio.sleep(error.after)
        await asyncio.sleep(pause)
        pause *= 2


async def once(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call that nobody misses if it fails."""
    with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
        await _attempt(call, LATER_TRY)


async def _attempt(call: Callable[[], Awaitable[_T]], seconds: float) -> _T:
    token = _in_hand.set(True)
    try:
        async with asyncio.timeout(seconds):
            return await call()
    finally:
        _in_hand.reset(token)


def _age(interaction: discord.Interaction) -> float:
    """Return the seconds since Discord made it, none where the clocks cannot agree."""
    age = (discord.utils.utcnow() - interaction.created_at).total_seconds()
    return age if 0 <= age <= _CREDIBLE_AGE else 0.0


def _passes(error: discord.HTTPException) -> bool:
    return error.status == 429 or error.status >= 500


def _surely_not_arrived(error: Exception) -> bool:
    return isinstance(error, ServerError | TooFast | aiohttp.ClientConnectorError)

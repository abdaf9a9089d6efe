"""Tells what the bells of quizzes bring: in each place one reveal after the other, until it is there."""

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable, Callable

import structlog

from bot.catalogue import CLOCK, Catalogue
from bot.store.quiz_values import Untold
from bot.store.telling import CLAIM, Tellings
from bot.talk import Call, Reply
from engine.errors import Refused

# Three times before a claim is over, so that one slow moment of the records does not lose it.
_HOLD_SECONDS = CLAIM.total_seconds() / 3

_log = structlog.get_logger("clock")

Tell = Callable[[str, Reply], Awaitable[None]]


class Teller:
    """Tells the reveals of places.

    tell: given the place and the reveal; returns when it is delivered, or refused for good. One that raises is
          asked again ten seconds later.

    Of several processes one tells a reveal. It is noted as told after it was, so a process that is killed in
    between leaves it to be told once more: each reveal is told at least once, and twice at the very worst.
    """

    def __init__(self, catalogue: Catalogue, tellings: Tellings, tell: Tell) -> None:
        self._catalogue = catalogue
        self._tellings = tellings
        self._tell = tell
        self._name = uuid.uuid4().hex

    async def tell_in(self, place: str) -> None:
        """Tell what is to be told in a place, in order; return when nothing is left, or when it does not go on.

        Never raises. A cancellation leaves what is not told yet to the next one at once.
        """
        try:
            while (untold := await self._tellings.claim(place, self._name)) is not None:
                await self._told(untold)
        except Refused as refused:
            _log.warning("reveal not told yet", reason=refused.kind)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reveal is told when its claim is over
            _log.warning("reveal not told yet", reason=type(error).__name__)

    async def _told(self, untold: Untold) -> None:
        holding = asyncio.create_task(self._hold(untold), name="claim")
        try:
            async with asyncio.timeout(untold.seconds):
                await self._tell(untold.place, await self._revealed(untold))
            await self._tellings.told(untold.round_id)
        except asyncio.CancelledError:
            with contextlib.suppress(Refused):
                await self._tellings.release(untold.round_id, self._name)
            raise
        finally:
            holding.cancel()
            await asyncio.wait({holding})

    async def _revealed(self, untold: Untold) -> Reply:
        reply = await self._catalogue.handle(bell(untold.quiz_id, untold.number, untold.place))
        if reply.outcome != "answered":
            raise ConnectionError("the reveal could not be read")
        return reply

    async def _hold(self, untold: Untold) -> None:
        while True:
            await asyncio.sleep(_HOLD_SECONDS)
            with contextlib.suppress(Refused):
                await self._tellings.hold(untold.round_id, self._name)


def bell(quiz_id: int, number: int, place: str) -> Call:
    """Return the bell of a round: it closes the round if its time is over, and gives the reveal of a closed one."""
    return Call(
        id=f"clock:quiz-{quiz_id}-round-{number}",
        command="quiz bell",
        options={"quiz": str(quiz_id), "round": str(number)},
        learner=CLOCK,
        place=place,
    )

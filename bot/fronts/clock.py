"""The clock: a front nobody talks through. It rings the bells of quizzes, and has it told what comes out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import structlog

from bot.catalogue import Catalogue
from bot.fronts.teller import Tell, Teller, bell
from bot.store.quiz import Quizzes
from bot.talk import Reply
from engine.errors import Refused

# Another process may start a quiz at any time, and one whose bell failed is tried again.
LONGEST_SLEEP = 2.0

__all__ = ["LONGEST_SLEEP", "Clock", "Tell", "keep_silent"]

_log = structlog.get_logger("clock")


async def keep_silent(_place: str, _reply: Reply) -> None:
    """Stand for nobody: the reveals are left to a process that can tell them, and to /quiz last."""


class Clock:
    """Rings each bell as soon as its time is over, at once for those that became due while nobody ran.

    serves: tells which places are this clock's.
    tell:   tells a reveal in its place, see Teller; `keep_silent` for a clock that only rings.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        quizzes: Quizzes,
        serves: Callable[[str], bool],
        tell: Tell = keep_silent,
        longest_sleep: float = LONGEST_SLEEP,
    ) -> None:
        self._catalogue = catalogue
        self._quizzes = quizzes
        self._serves = serves
        self._longest_sleep = longest_sleep
        self._teller = None if tell is keep_silent else Teller(catalogue, quizzes.tellings, tell)
        # One for each place, which is its name: a place that takes long holds up no other.
        self._telling: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run while the block runs. Bells that are overdue have rung before it begins."""
        pause = await self.ring_due()
        task = asyncio.create_task(self._run(pause), name="clock")
        try:
            yield
        finally:
            for ending in ([task], self._telling):
                await _end(list(ending))

    async def ring_due(self) -> float:
        """Ring every bell whose time is over and begin to tell what is not told; never raises.

        Returns the seconds until the next bell.
        """
        pause = self._longest_sleep
        try:
            mine = [each for each in await self._quizzes.due() if self._serves(each.place)]
            for each in mine:
                if each.seconds <= 0:
                    await self._catalogue.handle(bell(each.quiz_id, each.number, each.place))
            await self._begin_to_tell()
        except Refused as refused:
            _log.warning("bells not looked up", reason=refused.kind)
        except Exception:  # noqa: BLE001 - a defect costs one round of looking, never the clock
            _log.exception("defect", where="clock")
        else:
            pause = min([pause, *(each.seconds for each in mine if each.seconds > 0)])
        return pause

    async def _begin_to_tell(self) -> None:
        """Begin to tell in every place where something waits and nothing is told at the moment."""
        if self._teller is None:
            return
        under_way = {each.get_name() for each in self._telling}
        for place in await self._quizzes.tellings.places():
            if self._serves(place) and place not in under_way:
                task = asyncio.create_task(self._teller.tell_in(place), name=place)
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)

    async def _run(self, pause: float) -> None:
        while True:
            await asyncio.sleep(pause)
            pause = await self.ring_due()


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

"""The clock: a front nobody talks through. It rings the bells of quizzes, and tells what comes out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

from bot.catalogue import CLOCK, Catalogue
from bot.store.quiz import Quizzes
from bot.store.values import DueBell
from bot.talk import Call, Reply
from engine.errors import Refused

# Another process may start a quiz at any time, and one whose bell failed is tried again.
LONGEST_SLEEP = 2.0
PATIENCE = 10.0

_log = structlog.get_logger("clock")

Tell = Callable[[str, Reply], Awaitable[None]]


async def keep_silent(_place: str, _reply: Reply) -> None:
    """Tell nobody: the reveal waits for /quiz last."""


class Clock:
    """Rings each bell as soon as its time is over, at once for those that became due while nobody ran.

    serves: tells which places are this clock's. What one clock rings, the clock of another front cannot tell.
    tell:   given the place and the reveal; may fail or take long, the reveal is in the records.
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
        self._tell = tell
        self._longest_sleep = longest_sleep
        self._telling: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run while the block runs. Bells that are overdue have rung before it begins."""
        pause = await self.ring_due()
        task = asyncio.create_task(self._run(pause), name="clock")
        try:
            yield
        finally:
            ending = [task, *self._telling]
            for each in ending:
                each.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def ring_due(self) -> float:
        """Ring every bell whose time is over; return the seconds until the next one. Never raises."""
        try:
            mine = [each for each in await self._quizzes.due() if self._serves(each.place)]
            for each in mine:
                if each.seconds <= 0:
                    await self._ring(each)
        except Refused as refused:
            _log.warning("bells not looked up", reason=refused.kind)
        except Exception:  # noqa: BLE001 - a defect costs one round of looking, never the clock
            _log.exception("defect", where="clock")
        else:
            coming = [each.seconds for each in mine if each.seconds > 0]
            return min([self._longest_sleep, *coming])
        return self._longest_sleep

    async def _run(self, pause: float) -> None:
        while True:
            await asyncio.sleep(pause)
            pause = await self.ring_due()

    async def _ring(self, due: DueBell) -> None:
        call = Call(
            id=f"clock:quiz-{due.quiz_id}-round-{due.number}",
            command="quiz bell",
            options={"quiz": str(due.quiz_id), "round": str(due.number)},
            learner=CLOCK,
            place=due.place,
        )
        reply = await self._catalogue.handle(call)
        if reply.outcome == "answered" and reply.data is not None and not reply.data["repeated"]:
            telling = asyncio.create_task(self._told(due.place, reply))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _told(self, place: str, reply: Reply) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._tell(place, reply)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reveal is in the records
            _log.warning("reveal not told", reason=type(error).__name__)

"""Workers on this machine: keeps the processes up and gives each job its turn."""

import asyncio
import math
from collections.abc import Callable

import structlog

from bot.workers import orders
from bot.workers.frames import BadFrame
from bot.workers.interface import Limits, Report, Result
from bot.workers.nursery import CannotStart, Nursery
from bot.workers.orders import Order
from bot.workers.waiting import Waiting
from bot.workers.worker import NotBegun, Worker, bring_up
from engine.errors import Busy, Failed, WorkerDied
from engine.values import Json

USUAL_LIMITS = Limits()

_JOBS_PER_WORKER = 200
_HANDOVERS = 3
_START_ROUNDS = 4
_LONGEST_PAUSE = 5.0

log = structlog.get_logger("workers")

Turn = asyncio.Future[Worker]


class LocalWorkers:
    """Processes of this machine: `count` jobs at once, and one process more that is warm and spare.

    deadline:  seconds of wall time a job has if its caller says nothing else.
    desk:      name of the module with `perform` and `warm`, importable as it is here.
    memory_mb: what a job may take above the size of its process.
    """

    def __init__(
        self,
        count: int,
        deadline: float,
        *,
        limits: Limits = USUAL_LIMITS,
        desk: str = "engine.desk",
        memory_mb: int = 512,
    ) -> None:
        if count < 1:
            raise ValueError("at least one worker")
        self._count = count
        self._deadline = deadline
        self._nursery = Nursery(desk, memory_mb)
        self._waiting: Waiting[Turn] = Waiting(limits)
        self._idle: list[Worker] = []
        self._busy: dict[Worker, str] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._quiet = asyncio.Event()
        self._open = False
        self._failures = 0
        self._kills = 0
        self._usual_seconds = deadline

    async def start(self) -> None:
        """Return at once; processes come up in the background and jobs wait for the first."""
        if self._keepers:
            raise RuntimeError("started already")
        self._open = True
        self._keepers = [asyncio.create_task(self._keep(), name="worker") for _ in range(self._count + 1)]

    async def run(self, job: str, arguments: Json, *, learner: str, deadline: float | None = None) -> Result:
        """Return what the job gives; see Workers for what it raises."""
        order = orders.order(job, arguments, self._deadline if deadline is None else deadline)
        for handover in range(_HANDOVERS):
            worker = await self._turn(learner, again=handover > 0)
            try:
                return await self._performed(worker, order, learner)
            except NotBegun:
                log.debug("job handed over again", job=job)
        raise WorkerDied("The calculation could not be begun. Please try again.")

    async def close(self, drain: float = 5.0) -> None:
        """Refuse what waits and what comes, give running jobs `drain` seconds, then end everything."""
        self._open = False
        self._refuse_waiting(_closed)
        if self._busy:
            self._quiet.clear()
            try:
                async with asyncio.timeout(drain):
                    await self._quiet.wait()
            except TimeoutError:
                for worker in self._busy:
                    worker.end(_closed())
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await self._nursery.close()

    def report(self) -> Report:
        """Return how many are ready, busy, waiting and lost."""
        return Report(len(self._idle) + len(self._busy), len(self._busy), len(self._waiting), self._kills)

    async def _turn(self, learner: str, *, again: bool) -> Worker:
        if not self._open:
            raise _closed()
        turn: Turn = asyncio.get_running_loop().create_future()
        self._waiting.join(turn, learner, first=again)
        self._dispatch()
        if not again and turn in self._waiting:
            self._refuse_crowd(turn, learner)
        try:
            return await turn
        except asyncio.CancelledError:
            self._waiting.leave(turn)
            if not turn.cancelled() and turn.exception() is None:
                self._give_back(turn.result(), learner)
            raise

    async def _performed(self, worker: Worker, order: Order, learner: str) -> Result:
        began = _now()
        try:
            answer = await worker.perform(order)
            if answer.tired or worker.jobs >= _JOBS_PER_WORKER:
                worker.retire()
            return orders.result(order, answer)
        except BadFrame:
            worker.end()
            raise WorkerDied("The calculation gave no proper answer. Something simpler may work.") from None
        finally:
            self._usual_seconds += 0.1 * (_now() - began - self._usual_seconds)
            self._give_back(worker, learner)

    def _dispatch(self) -> None:
        self._idle = [worker for worker in self._idle if not worker.ended]
        while self._idle and len(self._busy) < self._count:
            taken = self._waiting.take()
            if taken is None:
                return
            turn, learner = taken
            if turn.done():
                self._waiting.done(learner)
                continue
            # The one used last has the warmest caches.
            worker = self._idle.pop()
            self._busy[worker] = learner
            turn.set_result(worker)

    def _give_back(self, worker: Worker, learner: str) -> None:
        del self._busy[worker]
        self._waiting.done(learner)
        if not worker.ended:
            self._idle.append(worker)
        if not self._busy:
            self._quiet.set()
        self._dispatch()

    def _refuse_crowd(self, turn: Turn, learner: str) -> None:
        if self._waiting.crowded(learner):
            message = "You already have as many questions waiting as one person may."
            seconds = self._seconds_until_own_place(learner)
        elif self._waiting.full():
            message = "Nabla is busy."
            seconds = self._usual_seconds / self._count
        else:
            return
        self._waiting.leave(turn)
        raise Busy(f"{message} Please try again in {max(1, math.ceil(seconds))} s.")

    def _seconds_until_own_place(self, learner: str) -> float:
        ends = [worker.ends for worker, who in self._busy.items() if who == learner]
        if ends:
            return min(ends) - _now()
        return self._usual_seconds * len(self._waiting) / self._count

    def _refuse_waiting(self, refusal: Callable[[], Failed]) -> None:
        for turn in self._waiting.clear():
            if not turn.done():
                turn.set_exception(refusal())

    async def _keep(self) -> None:
        while True:
            worker = await self._brought_up()
            self._idle.append(worker)
            self._dispatch()
            try:
                await worker.live(self._nursery)
            finally:
                if worker in self._idle:
                    self._idle.remove(worker)
            self._kills += not worker.retired

    async def _brought_up(self) -> Worker:
        """Return a new worker, however long it takes; jobs that wait are refused when it takes long."""
        while True:
            rounds = self._failures // len(self._keepers)
            if self._failures:
                await asyncio.sleep(min(_LONGEST_PAUSE, 0.05 * 2 ** min(rounds, 10)))
            try:
                worker = await bring_up(self._nursery)
            except (CannotStart, OSError) as trouble:
                self._failures += 1
                log.error("worker not started", trouble=str(trouble), failures=self._failures)  # noqa: TRY400 - known
                if rounds >= _START_ROUNDS and not self._idle and not self._busy:
                    self._refuse_waiting(_none_to_start)
            else:
                self._failures = 0
                return worker


def _now() -> float:
    return asyncio.get_running_loop().time()


def _closed() -> Failed:
    return Failed("Nabla is shutting down. Please ask again in a moment.")


def _none_to_start() -> Failed:
    return Failed("Nabla cannot start its workers at the moment. Please try again in a minute.")

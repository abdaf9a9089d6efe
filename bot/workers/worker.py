"""One worker as the bot sees it: a process, a connection, and at most one job."""

import asyncio
import contextlib
import os
import signal

import structlog

from bot.workers import frames
from bot.workers.frames import BadFrame, Message
from bot.workers.nursery import CannotStart, Nursery
from bot.workers.orders import Order
from engine.errors import Failed, OutOfTime, WorkerDied

_READY_SECONDS = 60.0
_BEGIN_SECONDS = 10.0
_MESSAGES_PER_JOB = 2

log = structlog.get_logger("workers")


class NotBegun(Exception):  # noqa: N818 - never leaves the workers
    """The worker was lost before it began the job: another may do it."""


class Worker:
    """A process that is ready. Made by `bring_up`; `live` must run as long as it is used.

    ends:    the latest time its job will end, on the loop's clock.
    ended:   it has been killed or has died.
    retired: it was ended for its age or memory, by no fault.
    """

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.jobs = 0
        self.ends = 0.0
        self.ended = False
        self.retired = False
        self._reader = reader
        self._writer = writer
        self._order: Order | None = None
        self._inbox: asyncio.Queue[Message | Failed] = asyncio.Queue()

    async def live(self, nursery: Nursery) -> None:
        """Pass on what the process says until it is lost, or says what it should not; then bury it."""
        try:
            while True:
                self._take_in(await frames.read_message(self._reader))
        except BadFrame as fault:
            self.end()
            status = await nursery.reap(self.pid)
            log.debug("worker ended", pid=self.pid, status=status, fault=str(fault))
            self._inbox.put_nowait(_verdict(self._order, status))
        finally:
            self.end()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    async def perform(self, order: Order) -> Message:
        """Return the answer to a job.

        Raises OutOfTime at its deadline and WorkerDied, which both end the process, NotBegun if it
        was lost before, or whatever `end` was given. Cancelling ends the process too.
        """
        self.jobs += 1
        self.ends = asyncio.get_running_loop().time() + order.deadline
        self._order = order
        self._writer.write(frames.pack(order.request))
        try:
            await self._begun()
            async with asyncio.timeout(order.deadline):
                answer = await self._inbox.get()
        except TimeoutError:
            self.end()
            raise _out_of_time(order) from None
        except BaseException:
            self.end()
            raise
        if isinstance(answer, Failed):
            self.end()
            raise answer
        self._order = None
        return answer

    def end(self, because: Failed | None = None) -> None:
        """Kill the process and all it may have started; its job, if any, fails with the reason given."""
        if because is not None:
            self._inbox.put_nowait(because)
        if not self.ended:
            self.ended = True
            _kill(self.pid)
            # Not left to the process's end: what it started may hold the connection open.
            self._writer.transport.abort()

    def retire(self) -> None:
        """End the process because it has done enough."""
        self.retired = True
        self.end()

    def _take_in(self, message: Message) -> None:
        if self._order is None or message.token != self._order.token or self._inbox.qsize() >= _MESSAGES_PER_JOB:
            raise BadFrame("an answer to nothing")
        self._inbox.put_nowait(message)

    async def _begun(self) -> None:
        try:
            async with asyncio.timeout(_BEGIN_SECONDS):
                first = await self._inbox.get()
        except TimeoutError:
            raise NotBegun from None
        if isinstance(first, WorkerDied | OutOfTime):
            raise NotBegun
        if isinstance(first, Failed):
            raise first
        if first.kind != "began":
            raise _verdict(None, None)


async def bring_up(nursery: Nursery) -> Worker:
    """Return a new worker that has said it is ready. Raises CannotStart."""
    pid, connection = await nursery.fork()
    try:
        reader, writer = await asyncio.open_connection(sock=connection)
    except BaseException:
        _kill(pid)
        connection.close()
        raise
    try:
        async with asyncio.timeout(_READY_SECONDS):
            message = await frames.read_message(reader)
        _check_ready(message)
    except BaseException as fault:
        _kill(pid)
        writer.transport.abort()
        if isinstance(fault, BadFrame | TimeoutError):
            await nursery.reap(pid)
            raise CannotStart("the worker did not become ready") from fault
        raise
    return Worker(pid, reader, writer)


def _check_ready(message: Message) -> None:
    if message.kind == "failed":
        log.error("desk cannot begin", error=message.body.get("error"), places=message.body.get("places"))
    if message.kind != "ready":
        raise BadFrame("not ready")


def _kill(pid: int) -> None:
    # By group for what a job may have started, and singly for a worker that has no group yet. The
    # forkserver reaps on request only, so the id cannot have become another process's.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _out_of_time(order: Order) -> OutOfTime:
    return OutOfTime(f"This took longer than {order.deadline:g} s and was stopped. Something simpler may work.")


def _verdict(order: Order | None, status: int | None) -> Failed:
    if order is not None and status == -signal.SIGXCPU:
        return _out_of_time(order)
    return WorkerDied("The calculation ended the process it ran in, so there is no answer. Something simpler may work.")

"""Who may run, who waits, and who is told to come back."""

import asyncio
import contextlib
import os
import random
import re
import signal
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.workers import Limits, LocalWorkers, Result
from bot.workers.worker import Worker
from engine.errors import Busy, OutOfTime, Refused, WorkerDied

MakeWorkers = Callable[..., LocalWorkers]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.01)


async def until_busy(workers: LocalWorkers, count: int) -> None:
    await until(lambda: workers.report().busy == count)


async def worker_of(workers: LocalWorkers, learner: str) -> Worker:
    while True:
        for worker, who in workers._busy.items():
            if who == learner:
                return worker
        await asyncio.sleep(0.001)


async def ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_the_third_waiting_job_of_a_learner_is_told_to_come_back(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=2)
    await workers.start()
    await until(lambda: workers.report().ready > 0)
    tasks = [asyncio.create_task(workers.run("sleep", {"seconds": 60}, learner="ann")) for _ in range(3)]
    await until(lambda: workers.report().waiting == 2)
    with pytest.raises(Busy, match=r"again in \d+ s"):
        await workers.run("echo", {}, learner="ann")
    await ended(tasks)


async def test_a_learner_with_all_places_taken_does_not_hinder_another(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=2)
    await workers.start()
    tasks: list[asyncio.Task[Any]] = [
        asyncio.create_task(workers.run("sleep", {"seconds": 60}, learner="ann")) for _ in range(2)
    ]
    await until_busy(workers, 1)
    assert (await workers.run("echo", {"a": 1}, learner="bob")).value == {"a": 1}
    await ended(tasks)


async def test_the_sixty_fifth_waiting_job_is_told_to_come_back(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=1)
    await workers.start()
    await until(lambda: workers.report().ready > 0)
    tasks = [asyncio.create_task(workers.run("sleep", {"seconds": 60}, learner=str(n))) for n in range(65)]
    await until(lambda: workers.report().waiting == 64)
    with pytest.raises(Busy, match="Nabla is busy"):
        await workers.run("echo", {}, learner="ann")
    await ended(tasks)


async def test_the_seconds_to_wait_are_what_the_running_job_may_still_take(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=1, deadline=7.0, limits=Limits(waiting_per_learner=0))
    await workers.start()
    await until(lambda: workers.report().ready > 0)
    task: asyncio.Task[Any] = asyncio.create_task(workers.run("sleep", {"seconds": 60}, learner="ann"))
    await until_busy(workers, 1)
    with pytest.raises(Busy) as caught:
        await workers.run("echo", {}, learner="ann")
    found = re.search(r"in (\d+) s", caught.value.message)
    assert found is not None
    assert 1 <= int(found[1]) <= 7
    await ended([task])


async def test_without_limits_every_job_waits(make_workers: MakeWorkers) -> None:
    workers = make_workers(limits=Limits(None, None, None))
    await workers.start()
    answers = await asyncio.gather(*(workers.run("echo", {"n": n}, learner="batch") for n in range(300)))
    assert [each.value["n"] for each in answers] == list(range(300))


async def test_jobs_asked_for_before_the_first_worker_is_up_are_done(make_workers: MakeWorkers) -> None:
    workers = make_workers()
    await workers.start()
    assert workers.report().ready == 0
    assert (await workers.run("echo", {"a": 1}, learner="ann")).value == {"a": 1}


async def test_a_cancelled_caller_that_waits_leaves_the_queue(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=1)
    await workers.start()
    running: asyncio.Task[Any] = asyncio.create_task(workers.run("sleep", {"seconds": 60}, learner="ann"))
    await until_busy(workers, 1)
    waiting: asyncio.Task[Any] = asyncio.create_task(workers.run("echo", {}, learner="bob"))
    await asyncio.sleep(0.05)
    await ended([waiting])
    assert workers.report().waiting == 0
    await ended([running])


async def test_a_cancelled_caller_frees_its_worker(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=1, deadline=60)
    await workers.start()
    running: asyncio.Task[Any] = asyncio.create_task(workers.run("spin", {}, learner="ann"))
    await until_busy(workers, 1)
    await asyncio.sleep(0.2)
    await ended([running])
    async with asyncio.timeout(20):
        assert (await workers.run("echo", {"a": 1}, learner="ann")).value == {"a": 1}
    await until(lambda: workers.report().kills == 1)


async def test_callers_cancelled_at_any_moment_lose_no_worker(make_workers: MakeWorkers) -> None:
    workers = make_workers()
    await workers.start()
    chance = random.Random(7)  # noqa: S311 - repeatable
    for n in range(60):
        task = asyncio.create_task(workers.run("echo", {}, learner=str(n % 3)))
        await asyncio.sleep(chance.choice([0, 0, 0.0003, 0.001]))
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    both = [workers.run("sleep", {"seconds": 0.1}, learner=who) for who in ("ann", "bob")]
    assert len(await asyncio.gather(*both)) == 2
    assert workers.report().waiting == workers.report().busy == 0


@pytest.mark.slow
async def test_a_hundred_random_kills_lose_no_neighbours_job(make_workers: MakeWorkers) -> None:
    workers = make_workers()
    await workers.start()
    chance = random.Random(3)  # noqa: S311 - repeatable
    done: list[int] = []

    async def ask_on() -> None:
        while True:
            answer = await workers.run("echo", {"n": len(done)}, learner="ann")
            done.append(answer.value["n"])

    neighbour = asyncio.create_task(ask_on())
    outcomes: list[object] = []
    for _ in range(100):
        victim = asyncio.create_task(workers.run("sleep", {"seconds": 0.2}, learner="mallory"))
        found = await worker_of(workers, "mallory")
        await asyncio.sleep(chance.uniform(0, 0.03))
        os.kill(found.pid, signal.SIGKILL)
        outcomes += await asyncio.gather(victim, return_exceptions=True)
    assert not neighbour.done()
    await ended([neighbour])
    assert done == list(range(len(done)))
    assert len(done) > 100
    # A kill that comes before the job begins costs nobody anything: another worker does it.
    assert {type(each) for each in outcomes} <= {WorkerDied, Result}
    assert sum(isinstance(each, WorkerDied) for each in outcomes) > 50


@pytest.mark.slow
async def test_spinning_learners_do_not_slow_another(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=2, deadline=1.0)
    await workers.start()

    async def median() -> float:
        taken = []
        for _ in range(40):
            began = time.perf_counter()
            await workers.run("work", {"rounds": 300_000}, learner="ann", deadline=30)
            taken.append(time.perf_counter() - began)
        return statistics.median(taken)

    async def spin() -> None:
        while True:
            with contextlib.suppress(OutOfTime):
                await workers.run("spin", {}, learner="mallory")

    quiet = await median()
    hostile = asyncio.create_task(spin())
    await until_busy(workers, 1)
    disturbed = await median()
    await ended([hostile])
    # The floor is one scheduling slice and one fork of a replacement on a busy machine of two cores.
    assert disturbed <= 2 * quiet + 0.05


@pytest.mark.slow
async def test_a_storm_of_learners_is_answered_whole(make_workers: MakeWorkers) -> None:
    workers = make_workers(deadline=0.5)
    await workers.start()
    chance = random.Random(5)  # noqa: S311 - repeatable
    kinds = ["echo", "echo", "echo", "segfault", "spin", "huge", "flood", "fail"]

    async def ask(n: int) -> bool:
        await asyncio.sleep(chance.uniform(0, 3))
        try:
            await workers.run(chance.choice(kinds), {}, learner=str(n % 30))
        except Refused as refusal:
            return bool(refusal.message)
        return True

    answers = await asyncio.gather(*(ask(n) for n in range(200)))
    assert answers == [True] * 200
    assert (await workers.run("echo", {"a": 1}, learner="ann", deadline=30)).value == {"a": 1}

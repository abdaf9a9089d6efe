"""From the first process to the last: starting, recovering, closing, and leaving nothing behind."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.workers import LocalWorkers
from engine.errors import Failed, WorkerDied

MakeWorkers = Callable[..., LocalWorkers]
IsAlive = Callable[[int], bool]

ABANDONED = """
import asyncio
from bot.workers import LocalWorkers

async def main():
    workers = LocalWorkers(2, 600.0, desk="tests.bot.workers.hostile_desk")
    await workers.start()
    await workers.run("echo", {}, learner="ann")
    jobs = [asyncio.create_task(workers.run(job, arguments, learner=job)) for job, arguments in
            (("one_call", {}), ("sleep", {"seconds": 600}))]
    while workers.report().ready < 3 or workers.report().busy < 2:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    keeps = [worker.pid for worker in [*workers._idle, *workers._busy]]
    print(workers._nursery._server.pid, *keeps, flush=True)
    await asyncio.gather(*jobs)

asyncio.run(main())
"""


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.01)


async def all_up(workers: LocalWorkers) -> list[int]:
    """Return the process ids of all workers and, last, of the forkserver, once all are up."""
    await until(lambda: workers.report().ready == workers._count + 1)
    server = workers._nursery._server
    assert server is not None
    return [*(worker.pid for worker in (*workers._idle, *workers._busy)), server.pid]


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_one_worker_more_than_asked_for_is_warm(workers: LocalWorkers) -> None:
    await until(lambda: workers.report().ready == 3)


async def test_starting_twice_is_a_mistake(workers: LocalWorkers) -> None:
    with pytest.raises(RuntimeError):
        await workers.start()


async def test_no_worker_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        LocalWorkers(0, 1.0)


async def test_a_worker_is_replaced_after_two_hundred_jobs(make_workers: MakeWorkers) -> None:
    workers = make_workers(count=1)
    await workers.start()
    pids = [(await workers.run("pid", {}, learner="ann")).value["pid"] for _ in range(401)]
    assert max(pids.count(pid) for pid in pids) <= 200
    assert workers.report().kills == 0


async def test_an_idle_worker_that_dies_is_replaced(workers: LocalWorkers) -> None:
    victim = (await all_up(workers))[0]
    os.kill(victim, signal.SIGKILL)
    await until(lambda: workers.report().kills == 1)
    assert victim not in await all_up(workers)


async def test_a_lost_forkserver_is_replaced(workers: LocalWorkers) -> None:
    server = (await all_up(workers))[-1]
    os.kill(server, signal.SIGKILL)
    await until(lambda: workers.report().ready < 3)
    assert (await workers.run("echo", {"a": 1}, learner="ann")).value == {"a": 1}
    assert (await all_up(workers))[-1] != server


async def test_a_job_running_when_the_forkserver_is_lost_is_told(workers: LocalWorkers) -> None:
    server = (await all_up(workers))[-1]
    job = asyncio.create_task(workers.run("sleep", {"seconds": 60}, learner="ann"))
    await until(lambda: workers.report().busy == 1)
    await asyncio.sleep(0.1)
    os.kill(server, signal.SIGKILL)
    with pytest.raises(WorkerDied):
        await job


async def test_a_desk_that_cannot_be_imported_is_said_not_waited_for(make_workers: MakeWorkers) -> None:
    workers = make_workers(desk="tests.bot.workers.no_such_desk")
    await workers.start()
    with pytest.raises(Failed, match="cannot start its workers"):
        await workers.run("echo", {}, learner="ann")


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process can be set on Linux only")
async def test_a_fork_that_fails_costs_no_running_job(workers: LocalWorkers) -> None:
    server = (await all_up(workers))[-1]
    job = asyncio.create_task(workers.run("sleep", {"seconds": 1}, learner="ann"))
    await until(lambda: workers.report().busy == 1)
    before = resource.prlimit(server, resource.RLIMIT_NOFILE, (4, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with pytest.raises(WorkerDied):
        await workers.run("segfault", {}, learner="mallory")
    await until(lambda: workers._failures > 0)
    assert (await job).value == {"slept": 1}
    resource.prlimit(server, resource.RLIMIT_NOFILE, before)
    assert (await all_up(workers))[-1] == server


async def test_closing_leaves_no_process(workers: LocalWorkers) -> None:
    pids = await all_up(workers)
    await workers.close()
    assert [pid for pid in pids if exists(pid)] == []


async def test_closing_with_jobs_that_never_end_leaves_no_process(workers: LocalWorkers) -> None:
    pids = await all_up(workers)
    job = asyncio.create_task(workers.run("one_call", {}, learner="ann"))
    await until(lambda: workers.report().busy == 1)
    await workers.close(drain=0.1)
    with pytest.raises(Failed, match="shutting down"):
        await job
    assert [pid for pid in pids if exists(pid)] == []


async def test_closing_leaves_no_open_file(make_workers: MakeWorkers) -> None:
    before = open_files()
    workers = make_workers()
    await workers.start()
    await all_up(workers)
    with pytest.raises(WorkerDied):
        await workers.run("segfault", {}, learner="ann")
    await workers.close()
    await asyncio.sleep(0)
    assert open_files() == before


async def test_closing_in_the_midst_of_starting_leaves_no_open_file(make_workers: MakeWorkers) -> None:
    before = open_files()
    for pause in (0.0, 0.05, 0.2, 0.4):
        workers = make_workers()
        await workers.start()
        await asyncio.sleep(pause)
        await workers.close()
    await asyncio.sleep(0)
    assert open_files() == before


async def test_closing_lets_a_running_job_finish(workers: LocalWorkers) -> None:
    job = asyncio.create_task(workers.run("sleep", {"seconds": 0.3}, learner="ann"))
    await until(lambda: workers.report().busy == 1)
    await workers.close(drain=20)
    assert (await job).value == {"slept": 0.3}


async def test_closing_refuses_what_waits(workers: LocalWorkers) -> None:
    jobs: list[asyncio.Task[Any]] = [
        asyncio.create_task(workers.run("sleep", {"seconds": 0.3}, learner="ann")) for _ in range(2)
    ]
    await until(lambda: workers.report().busy == 1)
    await workers.close(drain=20)
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(each).__name__ for each in outcomes] == ["Result", "Failed"]


async def test_after_closing_a_job_is_refused(workers: LocalWorkers) -> None:
    await workers.close()
    with pytest.raises(Failed, match="shutting down"):
        await workers.run("echo", {}, learner="ann")


async def test_closing_twice_is_harmless(workers: LocalWorkers) -> None:
    await workers.close()
    await workers.close()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_bot_that_is_killed_leaves_no_process(is_alive: IsAlive) -> None:
    bot = subprocess.Popen([sys.executable, "-c", ABANDONED], stdout=subprocess.PIPE, text=True)
    try:
        assert bot.stdout is not None
        pids = [int(each) for each in bot.stdout.readline().split()]
        assert len(pids) == 4
        assert all(map(is_alive, pids))
    finally:
        bot.kill()
        bot.communicate()
    end = time.monotonic() + 20
    while time.monotonic() < end and any(map(is_alive, pids)):
        time.sleep(0.05)
    assert [pid for pid in pids if is_alive(pid)] == []

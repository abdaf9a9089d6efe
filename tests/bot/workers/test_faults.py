"""Every fault costs its own caller one sentence, and nobody else anything."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.workers import LocalWorkers
from engine.errors import Failed, OutOfTime, Refused, TooLarge, WorkerDied

pytestmark = pytest.mark.asyncio(loop_scope="module")

DEADLINE = 1.0

FAULTS: dict[str, tuple[str, dict[str, Any], type[Refused]]] = {
    "it spins and catches everything": ("spin", {}, OutOfTime),
    "it sleeps too long": ("sleep", {"seconds": 60}, OutOfTime),
    "it hangs in one call": ("one_call", {}, OutOfTime),
    "it ignores SIGTERM": ("ignore_sigterm", {}, OutOfTime),
    "it stops itself": ("stop_self", {}, OutOfTime),
    "it uses up its CPU time": ("kill_self", {"which": int(signal.SIGXCPU)}, OutOfTime),
    "it takes too much memory": ("take", {"megabytes": 600}, TooLarge),
    "it reads at address zero": ("segfault", {}, WorkerDied),
    "it aborts": ("kill_self", {"which": int(signal.SIGABRT)}, WorkerDied),
    "it is killed from outside": ("kill_self", {"which": int(signal.SIGKILL)}, WorkerDied),
    "it leaves with success": ("leave", {"code": 0}, WorkerDied),
    "it exits politely": ("quit_politely", {}, Failed),
    "it raises": ("fail", {"text": "?"}, Failed),
    "it does not exist": ("no such job", {}, Failed),
    "its refusal is not JSON": ("refuse_badly", {}, Failed),
    "its value is not JSON": ("not_json", {}, Failed),
    "its value is not a number": ("not_a_number", {}, Failed),
    "its value is no answer at all": ("not_an_answer", {}, Failed),
    "its value is too deep": ("deep", {}, Failed),
    "its value is too long": ("echo", {"text": "é" * 160_000, "more": "é" * 20_000}, TooLarge),
    "its pictures are too many": ("pictures", {"count": 9, "size": 1}, TooLarge),
    "its pictures are too large": ("pictures", {"count": 2, "size": 4_000_001}, TooLarge),
    "it closes its connection": ("close_connection", {}, WorkerDied),
    "it writes an empty object": ("write", {"content": "000000027b7d"}, WorkerDied),
    "it writes half a frame": ("write", {"content": "00000fff7b", "then": 60}, OutOfTime),
    "it writes a length of 4 GB": ("write_length", {"length": 2**32 - 1}, WorkerDied),
    "it floods its connection": ("flood", {}, WorkerDied),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[LocalWorkers]:
    """Return two workers that live through all faults of this file."""
    workers = LocalWorkers(2, DEADLINE, desk="tests.bot.workers.hostile_desk")
    await workers.start()
    await workers.run("echo", {}, learner="ann")
    yield workers
    await workers.close(drain=0)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_costs_its_own_caller_only(shared: LocalWorkers, fault: str) -> None:
    job, arguments, kind = FAULTS[fault]
    neighbour = asyncio.create_task(shared.run("sleep", {"seconds": 0.3}, learner="ann", deadline=30))
    with pytest.raises(Refused) as caught:
        await shared.run(job, arguments, learner="mallory")
    assert type(caught.value) is kind
    assert caught.value.message.endswith(".")
    assert (await shared.run("echo", {"a": 1}, learner="mallory", deadline=30)).value == {"a": 1}
    assert (await neighbour).value == {"slept": 0.3}


async def test_a_process_that_a_job_left_behind_is_ended(shared: LocalWorkers) -> None:
    await shared.run("fork_away", {}, learner="mallory")
    assert (await shared.run("echo", {"a": 1}, learner="ann")).value == {"a": 1}


async def test_of_a_job_that_forked_only_one_answers(shared: LocalWorkers) -> None:
    first = await shared.run("fork_twice_back", {}, learner="mallory")
    second = await shared.run("pid", {}, learner="mallory")
    assert first.value["child"] > 0
    assert second.value["pid"] not in first.value.values()


async def test_a_worker_with_a_thread_left_behind_has_no_further_job(shared: LocalWorkers) -> None:
    first = await shared.run("leave_a_thread", {}, learner="mallory")
    assert (await shared.run("pid", {}, learner="mallory")).value != first.value


async def test_a_job_writes_nothing_into_a_file(shared: LocalWorkers, tmp_path: Path) -> None:
    with pytest.raises(Failed):
        await shared.run("write_file", {"path": str(tmp_path / "left")}, learner="mallory")
    assert (tmp_path / "left").stat().st_size == 0


async def test_memory_within_the_limit_may_be_used(shared: LocalWorkers) -> None:
    answer = await shared.run("take", {"megabytes": 300}, learner="ann", deadline=30)
    assert answer.value == {"taken": 300 << 20}


async def test_a_worker_is_replaced_after_too_much_memory(shared: LocalWorkers) -> None:
    before = await shared.run("pid", {}, learner="ann")
    with pytest.raises(TooLarge, match="512 MB"):
        await shared.run("take", {"megabytes": 600}, learner="ann")
    assert await shared.run("pid", {}, learner="ann") != before

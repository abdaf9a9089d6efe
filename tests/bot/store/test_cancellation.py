import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.store.database import Database
from bot.store.lock import WriteLock
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise


async def test_a_cancelled_block_is_undone_before_the_cancellation_goes_on(database: Database, file: Path) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with database.writing() as transaction:
            await transaction.execute(text("INSERT INTO learner (key, created_at) VALUES ('a', '2026-01-01')"))
            inside.set()
            await asyncio.Event().wait()

    writer = asyncio.create_task(write())
    await inside.wait()
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    assert free(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM learner").fetchone() == (0,)


@pytest.mark.parametrize("warm", [True, False], ids=["connection open", "connection to be made"])
async def test_a_method_cancelled_at_any_moment_leaves_no_open_transaction(
    url: str, exercise: OpenExercise, file: Path, *, warm: bool
) -> None:
    recorded, cancelled, moment = 0, True, 0.0001
    while cancelled:
        database = Database(url)
        progress = Progress(database)
        if warm:
            await progress.give_up("nobody", 0)
        new = NewAttempt(f"a-{moment}", exercise.id, exercise.learner, recorded + 1, "2x", "wrong")
        cancelled = await cut_off(progress.record(new), moment)
        assert free(file)
        recorded += await progress.attempt(new.call_id) is not None
        held = await progress.open_exercise(exercise.learner)
        assert held is not None
        assert held.tries == recorded
        await database.close()
        moment *= 1.1


async def test_a_reader_cancelled_at_any_moment_leaves_no_open_transaction(
    database: Database, exercise: OpenExercise, file: Path
) -> None:
    progress = Progress(database)
    moment = 0.0001
    while await cut_off(progress.summary(exercise.learner), moment):
        moment *= 1.1
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert (await progress.summary(exercise.learner)).posed == 1


async def test_a_method_cancelled_again_and_again_lets_the_next_one_write(
    impatient: Database, exercise: OpenExercise, answer: Callable[..., NewAttempt]
) -> None:
    progress = Progress(impatient)
    moment = 0.0001
    while await cut_off(progress.take_hint(f"h-{moment}", exercise.id), moment, times=3):
        moment *= 1.1
    assert (await progress.record(answer("a-1"))).first


async def test_a_writer_cancelled_while_it_waits_holds_up_nobody(
    database: Database, progress: Progress, exercise: OpenExercise
) -> None:
    async with database.writing():
        waiting = asyncio.create_task(progress.give_up("give-up", exercise.id))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await progress.give_up("give-up", exercise.id)


async def cut_off(call: Coroutine[Any, Any, object], seconds: float, times: int = 1) -> bool:
    """Cancel a call after a time, and again while it ends; return whether it was cut off."""
    task = asyncio.create_task(call)
    await asyncio.sleep(seconds)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    await asyncio.wait({task})
    return task.cancelled()


def free(file: Path) -> bool:
    lock = WriteLock(file)
    taken = lock.take()
    lock.release()
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    return taken

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.database import Database
from bot.store.errors import NOT_READ, NOT_RECORDED, StoreFailed
from bot.store.lock import locked
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise

READ_ONLY = """
import asyncio, os, sys
from bot.store.database import Database
from bot.store.errors import StoreFailed
from bot.store.progress import Progress
from engine.values import Posed

async def main():
    database = Database(sys.argv[1])
    progress = Progress(database)
    if os.getuid() == 0:
        os.setuid(65534)
    posed = Posed("gradient-at", 1, 7, {}, "gradient", "", "vector")
    for use in (progress.pose("pose-1", "local:ann", "local", posed), progress.open_exercise("local:ann")):
        try:
            print(await use)
        except StoreFailed as refusal:
            print(refusal.message)
    await database.close()

asyncio.run(main())
"""


@pytest.fixture
def public() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
async def full(database: Database) -> Database:
    async with database.writing() as transaction:
        await transaction.execute(text("PRAGMA max_page_count = 1"))
    return database


@pytest.fixture
def list_of_things(tmp_path: Path) -> Path:
    file = tmp_path / "list.txt"
    file.write_text("a shopping list, which is no database at all\n" * 100)
    return file


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0)]
)
async def test_the_writing_connection_is_durable_and_strict(database: Database, pragma: str, value: str | int) -> None:
    async with database.writing() as transaction:
        assert (await transaction.execute(text(f"PRAGMA {pragma}"))).scalar() == value


async def test_a_reading_connection_cannot_write(database: Database) -> None:
    with pytest.raises(StoreFailed, match=NOT_READ):
        async with database.reading() as transaction:
            await transaction.execute(text("DELETE FROM learner"))


async def test_a_reader_sees_one_state_throughout(
    database: Database, progress: Progress, exercise: OpenExercise
) -> None:
    async with database.reading() as transaction:
        before = (await transaction.execute(text("SELECT state FROM exercise"))).scalar()
        await progress.give_up("give-up", exercise.id)
        assert (await transaction.execute(text("SELECT state FROM exercise"))).scalar() == before


async def test_a_block_that_fails_leaves_nothing(database: Database, file: Path) -> None:
    async def fail_midway() -> None:
        async with database.writing() as transaction:
            await transaction.execute(text("INSERT INTO learner (key, created_at) VALUES ('a', '2026-01-01')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_midway()
    assert rows(file, "learner") == 0


async def test_a_writer_locked_out_by_another_program_is_refused(
    impatient: Database, exercise: OpenExercise, file: Path
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match=NOT_RECORDED) as refusal:
            await Progress(impatient).give_up("give-up", exercise.id)
    assert "database is locked" in str(refusal.value.__cause__)


async def test_a_writer_locked_out_by_another_process_is_refused(
    impatient: Database, exercise: OpenExercise, file: Path
) -> None:
    with locked(file, 1.0), pytest.raises(StoreFailed, match=NOT_RECORDED):
        await Progress(impatient).give_up("give-up", exercise.id)


async def test_a_writer_behind_one_that_does_not_end_is_refused(impatient: Database) -> None:
    async with impatient.writing():
        with pytest.raises(StoreFailed, match=NOT_RECORDED):
            await Progress(impatient).give_up("give-up", 1)


async def test_a_writer_that_was_refused_works_again_afterwards(
    impatient: Database, exercise: OpenExercise, file: Path
) -> None:
    progress = Progress(impatient)
    with locked(file, 1.0), pytest.raises(StoreFailed):
        await progress.give_up("give-up", exercise.id)
    assert await progress.give_up("give-up", exercise.id)


async def test_readers_do_not_wait_for_a_writer(impatient: Database, exercise: OpenExercise) -> None:
    async with impatient.writing() as transaction:
        await transaction.execute(text("UPDATE exercise SET hints = 7"))
        assert await Progress(impatient).open_exercise(exercise.learner) == exercise


async def test_a_full_disk_is_a_refusal(full: Database, exercise: OpenExercise) -> None:
    with pytest.raises(StoreFailed, match=NOT_RECORDED) as refusal:
        await fill(Progress(full), exercise, [])
    assert "full" in str(refusal.value.__cause__)


async def test_a_full_disk_takes_nothing_that_was_recorded(full: Database, exercise: OpenExercise) -> None:
    recorded: list[str] = []
    with pytest.raises(StoreFailed):
        await fill(Progress(full), exercise, recorded)
    summary = await Progress(full).summary(exercise.learner)
    assert [each.call_id for each in summary.last_attempts] == recorded[:-11:-1]


def test_a_read_only_file_is_read_and_not_written(template: Path, public: Path) -> None:
    assert use_read_only(template, public, 0o777) == [NOT_RECORDED, "None"]


def test_a_read_only_folder_is_a_refusal(template: Path, public: Path) -> None:
    assert use_read_only(template, public, 0o555) == [NOT_RECORDED, NOT_READ]


async def test_a_file_that_is_no_database_is_refused_and_left_alone(list_of_things: Path) -> None:
    before = content(list_of_things)
    database = Database(f"sqlite+aiosqlite:///{list_of_things}")
    with pytest.raises(StoreFailed, match=NOT_RECORDED) as refusal:
        await Progress(database).give_up("give-up", 1)
    await database.close()
    assert "not a database" in str(refusal.value.__cause__)
    assert content(list_of_things) == before


async def test_records_newer_than_the_code_are_refused(database: Database, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreFailed, match="newer Nabla"):
        await Progress(database).open_exercise("local:ann")


async def test_records_that_are_not_set_up_are_refused(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(StoreFailed, match="not set up yet"):
        await Progress(database).open_exercise("local:ann")
    await database.close()


@pytest.mark.parametrize(
    "url", ["postgresql://host/nabla", "sqlite+aiosqlite:///", "sqlite+aiosqlite:///:memory:", "nabla.db"]
)
def test_an_address_that_is_no_file_is_refused(url: str) -> None:
    with pytest.raises(StoreFailed, match="path of a file"):
        Database(url)


async def test_a_closed_database_leaves_no_log_behind(database: Database, exercise: OpenExercise, file: Path) -> None:
    assert exercise.id == 1
    await database.close()
    assert not file.with_name("nabla.db-wal").exists()


async def test_closing_waits_for_the_writer_at_work(
    database: Database, answer: Callable[..., NewAttempt], file: Path
) -> None:
    writer = asyncio.create_task(Progress(database).record(answer("a-1")))
    await asyncio.sleep(0)
    await database.close()
    assert (await writer).first
    assert rows(file, "attempt") == 1


async def fill(progress: Progress, exercise: OpenExercise, recorded: list[str]) -> None:
    for number in range(1, 100):
        attempt = NewAttempt(f"try-{number}", exercise.id, exercise.learner, number, "2" * 4000, "wrong")
        await progress.record(attempt)
        recorded.append(attempt.call_id)


def use_read_only(template: Path, folder: Path, mode: int) -> list[str]:
    file = Path(shutil.copy(template, folder / "nabla.db"))
    file.chmod(0o444)
    folder.chmod(mode)
    child = [sys.executable, "-c", READ_ONLY, f"sqlite+aiosqlite:///{file}"]
    done = subprocess.run(child, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    return done.stdout.splitlines()


def content(file: Path) -> bytes:
    return file.read_bytes()


def rows(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - no text from outside

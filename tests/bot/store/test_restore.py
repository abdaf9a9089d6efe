import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from bot.store.backup import back_up, copy
from bot.store.database import Database
from bot.store.errors import StoreFailed
from bot.store.lock import locked
from bot.store.migrations import migrate
from bot.store.presence import alone, using
from bot.store.progress import Progress
from bot.store.restore import restore
from bot.store.revisions import known, stored
from bot.store.upgrade import migrating
from engine.values import Posed

Wreck = Callable[[Path], object]

USE = """
import sys
from pathlib import Path
from bot.store.presence import using
with using(Path(sys.argv[1])):
    print("used", flush=True)
    sys.stdin.read()
"""

RESTORE = """
import os, sys
from pathlib import Path
from bot.store.restore import restore
os.write(1, b"r")
restore(sys.argv[1], Path(sys.argv[2]))
"""


@pytest.mark.parametrize(
    "wreck",
    [
        lambda file: os.truncate(file, 0),
        lambda file: os.truncate(file, file.stat().st_size // 2),
        lambda file: file.write_bytes(os.urandom(file.stat().st_size)),
        lambda file: file.unlink(),
    ],
    ids=["emptied", "cut", "garbage", "gone"],
)
def test_all_that_was_confirmed_before_the_copy_is_there_after_a_disaster(
    recording: Callable[..., list[str]], file: Path, url: str, wreck: Wreck
) -> None:
    with subprocess.Popen(recording("drill", 10_000), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        confirmed = {child.stdout.readline().strip() for _ in range(40)}
        made = back_up(url, None, file.parent / "backups")
        child.stdout.readline()
        child.kill()
    wreck(file)
    restore(url, made)
    assert confirmed <= attempts(file)
    assert attempts(file) == attempts(made)


async def test_restored_records_are_written_and_read_as_before(file: Path, url: str, posed: Posed) -> None:
    restore(url, back_up(url, None, file.parent / "backups"))
    database = Database(url)
    await Progress(database).pose("pose-1", "local:ann", "local", posed)
    assert (await Progress(database).open_exercise("local:ann")) is not None
    await database.close()


def test_what_was_there_is_kept_and_can_be_restored_in_turn(
    recording: Callable[..., list[str]], file: Path, url: str
) -> None:
    made = back_up(url, None, file.parent / "backups")
    subprocess.run(recording("later", 5), stdout=subprocess.DEVNULL, check=True)
    later = attempts(file)
    kept = restore(url, made).kept
    assert attempts(file) == set()
    assert kept is not None
    assert kept.name.startswith("nabla.db.before-restore-")
    restore(url, kept)
    assert attempts(file) == later
    assert later


def test_what_a_killed_process_left_in_the_log_is_kept_too(
    recording: Callable[..., list[str]], file: Path, url: str
) -> None:
    made = back_up(url, None, file.parent / "backups")
    with subprocess.Popen(recording("killed", 10_000), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        confirmed = {child.stdout.readline().strip() for _ in range(20)}
        child.kill()
    kept = restore(url, made).kept
    assert kept is not None
    restore(url, kept)
    assert confirmed <= attempts(file)


def test_damaged_records_are_kept_byte_for_byte(file: Path, url: str) -> None:
    made = back_up(url, None, file.parent / "backups")
    garbage = os.urandom(5000)
    file.write_bytes(garbage)
    kept = restore(url, made).kept
    assert kept is not None
    assert kept.read_bytes() == garbage


def test_where_nothing_was_nothing_is_kept(file: Path, url: str) -> None:
    made = back_up(url, None, file.parent / "backups")
    file.unlink()
    assert restore(url, made).kept is None
    assert stored(file) == known()[-1]


def test_two_restores_of_one_second_keep_both(file: Path, url: str) -> None:
    made = back_up(url, None, file.parent / "backups")
    kept = {restore(url, made).kept for _ in range(3)}
    assert len(kept) == 3
    assert all(each is not None and each.exists() for each in kept)


def test_an_older_copy_is_brought_up_to_date(file: Path, url: str) -> None:
    older = copy(file, file.with_name("older"))
    with migrating(older) as config:
        command.downgrade(config, known()[0])
    done = restore(url, older)
    assert (done.before, done.after) == (known()[0], known()[-1])
    assert stored(file) == known()[-1]


@pytest.mark.parametrize(
    ("wreck", "said"),
    [
        (lambda copy: os.truncate(copy, copy.stat().st_size // 2), "malformed"),
        (lambda copy: os.truncate(copy, copy.stat().st_size - 100), "its end is missing"),
        (lambda copy: os.truncate(copy, 0), "holds no records"),
        (lambda copy: copy.write_bytes(b"a list of things\n" * 300), "cannot be read"),
        (lambda copy: copy.unlink(), "no file"),
        (lambda copy: change(copy, "UPDATE alembic_version SET version_num = '9999'"), "newer Nabla"),
        (lambda copy: change(copy, "DROP TABLE alembic_version"), "another program"),
    ],
    ids=["cut", "cut a little", "emptied", "garbage", "gone", "newer", "foreign"],
)
def test_a_copy_that_is_not_sound_is_refused_and_nothing_is_changed(
    file: Path, url: str, wreck: Wreck, said: str
) -> None:
    made = copy(file, file.with_name("copy"))
    wreck(made)
    before = file.read_bytes()
    with pytest.raises(StoreFailed, match=said):
        restore(url, made)
    assert file.read_bytes() == before
    assert left_over(file) == set()


def test_records_that_another_process_uses_are_not_replaced(file: Path, url: str) -> None:
    made = copy(file, file.with_name("copy"))
    with subprocess.Popen(
        [sys.executable, "-c", USE, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "used\n"
        with pytest.raises(StoreFailed, match="Another process uses the records"):
            restore(url, made)
        child.kill()
    assert left_over(file) == set()
    restore(url, made)


def test_records_that_another_program_has_open_are_not_replaced(file: Path, url: str) -> None:
    made = copy(file, file.with_name("copy"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM attempt").fetchall()
        with pytest.raises(StoreFailed, match="Another process uses the records"):
            restore(url, made)
    assert left_over(file) == set()


def test_records_being_restored_are_not_used(file: Path) -> None:
    with alone(file), pytest.raises(StoreFailed, match="being restored"), using(file):
        pass


def test_many_use_the_records_at_once(file: Path) -> None:
    with using(file), using(file):
        pass
    with alone(file):
        pass


def test_a_restore_leaves_the_lock_of_the_writers_free(file: Path, url: str) -> None:
    restore(url, copy(file, file.with_name("copy")))
    with locked(file, 1.0):
        pass


def test_a_restored_store_needs_no_migration(file: Path, url: str) -> None:
    restore(url, copy(file, file.with_name("copy")))
    assert migrate(url, backup=True) == (known()[-1], known()[-1])
    assert not [each for each in file.parent.iterdir() if f"before-{known()[-1]}" in each.name]


@pytest.mark.slow
def test_a_restore_killed_at_any_moment_leaves_the_earlier_records_or_the_restored_ones(
    recording: Callable[..., list[str]], file: Path, url: str
) -> None:
    made = back_up(url, None, file.parent / "backups")
    subprocess.run(recording("later", 5), stdout=subprocess.DEVNULL, check=True)
    later = attempts(file)
    other = back_up(url, None, file.parent / "backups")
    moments = random.Random(14)  # noqa: S311 - the same moments in every run
    for _ in range(20):
        with subprocess.Popen([sys.executable, "-c", RESTORE, url, str(made)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.read(1)
            time.sleep(moments.random() * 0.04)
            child.kill()
        assert attempts(file) in (later, set())
        restore(url, other)
        assert left_over(file) == {each.name for each in file.parent.glob("nabla.db.before-restore-*")}


def attempts(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {call_id for (call_id,) in connection.execute("SELECT call_id FROM attempt")}


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def left_over(file: Path) -> set[str]:
    return {each.name for each in file.parent.iterdir() if "restor" in each.name or "part" in each.name}

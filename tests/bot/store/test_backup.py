import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.backup import KEPT, back_up, copy, refuse_unsound
from bot.store.errors import StoreFailed
from bot.store.progress import Progress
from bot.store.revisions import known, stored
from engine.values import Posed


def test_a_copy_made_while_another_process_writes_holds_all_that_was_confirmed(
    recording: Callable[..., list[str]], url: str, tmp_path: Path
) -> None:
    with subprocess.Popen(recording("busy", 10_000), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(3):
            confirmed = {child.stdout.readline().strip() for _ in range(40)}
            made = back_up(url, None, tmp_path / "backups")
            assert confirmed <= attempts(made)
        assert child.poll() is None
        child.kill()


async def test_the_copy_holds_what_is_still_in_the_log(
    progress: Progress, posed: Posed, url: str, tmp_path: Path
) -> None:
    await progress.pose("pose-1", "local:ann", "local", posed)
    made = back_up(url, tmp_path / "copy", tmp_path)
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("SELECT call_id FROM exercise").fetchall() == [("pose-1",)]


def test_a_copy_is_one_file_that_needs_no_other(url: str, tmp_path: Path) -> None:
    made = back_up(url, None, tmp_path / "backups")
    assert list(made.parent.iterdir()) == [made]
    assert stored(made) == known()[-1]


def test_a_target_that_exists_is_left_alone(url: str, tmp_path: Path) -> None:
    target = tmp_path / "holiday.txt"
    target.write_text("the sea")
    with pytest.raises(StoreFailed, match=r"holiday\.txt exists already"):
        back_up(url, target, tmp_path)
    assert target.read_text() == "the sea"


def test_two_copies_of_one_second_are_two_files(url: str, tmp_path: Path) -> None:
    made = {back_up(url, None, tmp_path / "backups") for _ in range(5)}
    assert set((tmp_path / "backups").iterdir()) == made
    assert len(made) == 5


def test_the_newest_copies_are_kept_and_foreign_files_with_them(url: str, tmp_path: Path) -> None:
    older = [tmp_path / f"nabla-202001{day:02}T000000Z.sqlite3" for day in range(1, 21)]
    foreign = [tmp_path / "nabla-20200101T000000Z.sqlite3.txt", tmp_path / "my-nabla-20200101T000000Z.sqlite3"]
    for file in (*older, *foreign):
        file.touch()
    made = back_up(url, None, tmp_path)
    left = {file for file in tmp_path.iterdir() if "2020" in file.name} - set(foreign)
    assert left == set(older[-KEPT + 1 :])
    assert made.exists()
    assert all(file.exists() for file in foreign)


def test_a_clock_that_was_set_back_costs_not_the_copy_just_made(url: str, tmp_path: Path) -> None:
    for day in range(1, 31):
        (tmp_path / f"nabla-209901{day:02}T000000Z.sqlite3").touch()
    made = back_up(url, None, tmp_path)
    assert made.exists()
    assert len(list(tmp_path.glob("nabla-2*"))) == KEPT


def test_records_that_are_not_there_are_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="no records in"):
        back_up(f"sqlite+aiosqlite:///{tmp_path / 'nabla.db'}", None, tmp_path / "backups")
    assert list(tmp_path.iterdir()) == []


def test_records_newer_than_the_code_are_not_copied(file: Path, url: str, tmp_path: Path) -> None:
    change(file, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreFailed, match="newer Nabla"):
        back_up(url, None, tmp_path / "backups")


def test_a_copy_with_rows_that_belong_nowhere_is_not_kept(file: Path, url: str, tmp_path: Path) -> None:
    change(file, "INSERT INTO hint (call_id, exercise_id, number, created_at) VALUES ('h', 7, 1, '2026-01-01')")
    with pytest.raises(StoreFailed, match="1 rows lack"):
        back_up(url, None, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused(file: Path, url: str) -> None:
    with pytest.raises(StoreFailed, match="could not"):
        back_up(url, None, file / "backups")


@pytest.mark.parametrize("pages", [1, 1.3, 2, 5.5, 10, 10.9])
def test_a_file_without_its_end_is_never_sound(file: Path, tmp_path: Path, pages: float) -> None:
    made = copy(file, tmp_path / "copy")
    os.truncate(made, round(pages * 4096))
    with pytest.raises(StoreFailed):
        refuse_unsound(made)


def attempts(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {call_id for (call_id,) in connection.execute("SELECT call_id FROM attempt")}


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()

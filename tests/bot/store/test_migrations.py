import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from bot.store.backup import copy
from bot.store.errors import StoreFailed
from bot.store.migrations import current, migrate
from bot.store.revisions import known
from bot.store.upgrade import migrating

MIGRATE = "import sys; from bot.store.migrations import migrate; print(migrate(sys.argv[1], backup=True)[0])"
AT_HEAD = (
    "import sys; from bot.store.migrations import migrate; migrate(sys.argv[1], backup=True);"
    "print('alembic' in sys.modules, 'sqlalchemy' in sys.modules)"
)
KILLED = (
    "import os, signal, sys; from pathlib import Path; from alembic import command;"
    "from bot.store.upgrade import migrating\n"
    "with migrating(Path(sys.argv[1])) as config:\n"
    "    command.upgrade(config, 'head')\n"
    "    os.kill(os.getpid(), signal.SIGKILL)"
)


def test_a_fresh_folder_gets_records_at_the_newest_revision(tmp_path: Path) -> None:
    url = address(tmp_path / "new" / "nabla.db")
    assert migrate(url, backup=True) == (None, known()[-1])
    assert current(url) == known()[-1]


def test_fresh_records_need_no_copy(tmp_path: Path) -> None:
    migrate(address(tmp_path / "nabla.db"), backup=True)
    assert copies(tmp_path) == []


def test_asking_for_the_revision_makes_no_file(tmp_path: Path) -> None:
    assert current(address(tmp_path / "nabla.db")) is None
    assert list(tmp_path.iterdir()) == []


def test_records_at_the_newest_revision_are_left_alone(file: Path) -> None:
    before = file.read_bytes()
    assert migrate(address(file), backup=True) == (known()[-1], known()[-1])
    assert file.read_bytes() == before


def test_records_at_the_newest_revision_load_neither_alembic_nor_sqlalchemy(url: str) -> None:
    assert run(AT_HEAD, url).stdout.split() == ["False", "False"]


def test_records_that_are_behind_are_copied_first(file: Path) -> None:
    down(file)
    migrate(address(file), backup=True)
    assert copies(file.parent) == [f"nabla.db.before-{known()[-1]}"]


def test_an_older_copy_is_never_overwritten(file: Path) -> None:
    older = file.with_name(f"nabla.db.before-{known()[-1]}")
    older.write_text("older")
    down(file)
    migrate(address(file), backup=True)
    assert older.read_text() == "older"
    assert copies(file.parent) == [older.name, f"{older.name}.2"]


def test_without_a_backup_there_is_no_copy(file: Path) -> None:
    down(file)
    migrate(address(file), backup=False)
    assert copies(file.parent) == []


def test_a_copy_holds_what_is_still_in_the_log(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO learner (key, created_at) VALUES ('a', '2026-01-01')")
        connection.commit()
        made = copy(file, file.with_name("copy.db"))
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("SELECT key FROM learner").fetchall() == [("a",)]


def test_a_copy_that_cannot_be_written_is_refused(file: Path) -> None:
    with pytest.raises(StoreFailed, match="could not copy"):
        copy(file, file.parent / "missing" / "copy.db")


def test_records_newer_than_the_code_are_refused_and_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(StoreFailed, match=r"newer Nabla \(revision 9999\)"):
        migrate(address(file), backup=True)
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "recipes.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    before = file.read_bytes()
    with pytest.raises(StoreFailed, match="another program"):
        migrate(address(file), backup=True)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("a shopping list, which is no database at all\n" * 100)
    with pytest.raises(StoreFailed, match="not a database"):
        migrate(address(file), backup=True)
    assert file.read_text().startswith("a shopping list")


def test_a_folder_that_cannot_be_made_is_refused(file: Path) -> None:
    with pytest.raises(StoreFailed, match="could not"):
        migrate(address(file / "below" / "nabla.db"), backup=False)


def test_of_four_processes_migrating_at_once_one_does_the_work(tmp_path: Path) -> None:
    url = address(tmp_path / "nabla.db")
    children = [
        subprocess.Popen([sys.executable, "-c", MIGRATE, url], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    before = sorted(child.communicate()[0].strip() for child in children)
    assert [child.returncode for child in children] == [0] * 4
    assert before == [known()[-1]] * 3 + ["None"]
    assert current(url) == known()[-1]


def test_a_migration_killed_before_its_end_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "nabla.db"
    assert run(KILLED, str(file)).returncode == -signal.SIGKILL
    assert current(address(file)) is None
    assert migrate(address(file), backup=False) == (None, known()[-1])


def test_a_migration_that_would_orphan_rows_is_undone(file: Path) -> None:
    with pytest.raises(StoreFailed, match="1 rows without"), migrating(file) as config:
        config.attributes["connection"].exec_driver_sql(
            "INSERT INTO hint (call_id, exercise_id, number, created_at) VALUES ('h', 7, 1, '2026-01-01')"
        )
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT * FROM hint").fetchall() == []


def address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def copies(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if "before" in file.name or "part" in file.name)


def down(file: Path) -> None:
    with migrating(file) as config:
        command.downgrade(config, "base")


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)

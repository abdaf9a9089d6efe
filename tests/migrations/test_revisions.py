import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.store.database import Database
from bot.store.quiz import Quizzes
from bot.store.revisions import MIGRATIONS, known
from bot.store.tables import metadata
from bot.store.upgrade import migrating

QUOTE = '"'
SCRIPTS = ScriptDirectory(str(MIGRATIONS))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nabla.db"


def test_there_is_one_newest_revision_and_the_file_names_tell_it() -> None:
    assert SCRIPTS.get_heads() == [known()[-1]]


def test_every_revision_is_numbered_like_its_file() -> None:
    assert sorted(script.revision for script in SCRIPTS.walk_revisions()) == list(known())


def test_every_revision_says_why_in_its_first_line() -> None:
    assert all(script.doc.startswith("So that ") for script in SCRIPTS.walk_revisions())


def test_the_migrations_make_the_tables_of_the_code(file: Path) -> None:
    run(file, command.upgrade, "head")
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_migrations_make_every_constraint_and_index_of_the_code(file: Path, tmp_path: Path) -> None:
    run(file, command.upgrade, "head")
    engine = create_engine(f"sqlite:///{tmp_path / 'code.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert declared(file) == declared(tmp_path / "code.db")


@pytest.mark.parametrize("revision", known())
def test_every_migration_goes_up_and_down_and_up_again(file: Path, revision: str) -> None:
    below = SCRIPTS.get_revision(revision).down_revision or "base"
    run(file, command.upgrade, str(below))
    before = declared(file)
    run(file, command.upgrade, revision)
    after = declared(file)
    run(file, command.downgrade, str(below))
    assert declared(file) == before
    run(file, command.upgrade, revision)
    assert declared(file) == after


def test_all_migrations_go_down_to_nothing(file: Path) -> None:
    run(file, command.upgrade, "head")
    run(file, command.downgrade, "base")
    assert declared(file) == set()


async def test_a_round_that_was_closed_before_reveals_were_noted_counts_and_is_told(file: Path) -> None:
    run(file, command.upgrade, "0004")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO quiz VALUES (1, 'q', 'local', 'local:ann', 'c', 'f', 1, 7, 60, 1, 'ended', datetime('now'))"
        )
        connection.execute(
            "INSERT INTO quiz_round VALUES (1, 1, 1, 'closed', 'bell', datetime('now'), datetime('now'))"
        )
        connection.commit()
    run(file, command.upgrade, "head")
    database = Database(f"sqlite+aiosqlite:///{file}")
    quizzes = Quizzes(database)
    assert await quizzes.tellings.claim("local", "me") is None
    reveal = await quizzes.last("local")
    await database.close()
    assert reveal is not None
    assert reveal.counts


def run(file: Path, move: Callable[[Config, str], None], revision: str) -> None:
    with migrating(file) as config:
        move(config, revision)


def declared(file: Path) -> set[str]:
    """Return each column, constraint and index, spelled as SQLite keeps it."""
    query = "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    with closing(sqlite3.connect(file)) as connection:
        return {
            f"{table}: {part}"
            for table, sql in connection.execute(query)
            for part in parts(sql)
            if table != "alembic_version"
        }


def parts(sql: str) -> list[str]:
    """Return what stands between the outermost brackets of a table, an index whole; line breaks mean nothing."""
    words = " ".join(sql.split()).replace(QUOTE, "")
    if not words.startswith("CREATE TABLE"):
        return [words]
    found, level = [""], 0
    for sign in words[words.index("(") + 1 : words.rindex(")")]:
        level += (sign == "(") - (sign == ")")
        if sign == "," and level == 0:
            found.append("")
        else:
            found[-1] += sign
    return [each.strip() for each in found]

"""Which revision the code knows and which one a file holds. Light: every start asks this."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.errors import StoreFailed

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def known() -> tuple[str, ...]:
    """Return the revisions of the code, oldest first: the numbers its migration files begin with."""
    return tuple(sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")))


def stored(file: Path) -> str | None:
    """Return the revision a database file holds; None if there is no file, or nothing in it.

    Refuses (StoreFailed) a file that cannot be read and one that another program made.
    """
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in tables and tables:
                raise StoreFailed(f"{file} holds another program's tables; choose another file for the records.")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if tables else None
    except sqlite3.Error as error:
        raise StoreFailed(f"I could not open the records in {file}: {error}.") from error
    return None if row is None else str(row[0])


def refuse_newer(revision: str | None) -> None:
    """Refuse (StoreFailed) a revision that the code does not know."""
    if revision is not None and revision not in known():
        raise StoreFailed(
            f"The records were written by a newer Nabla (revision {revision}); update Nabla. Nothing was changed."
        )

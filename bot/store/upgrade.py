"""Moves a database file from revision to revision with Alembic. Loaded only when there is something to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, NullPool, create_engine

from bot.store.errors import StoreFailed
from bot.store.revisions import MIGRATIONS
from bot.store.sqlite import CONNECT_ARGUMENTS, set_up

PATIENCE_SECONDS = 5.0


@contextmanager
def migrating(file: Path) -> Iterator[Config]:
    """Give a configuration for Alembic's commands; what they do is kept as a whole, or not at all.

    Refuses (StoreFailed) and undoes everything if a row would be left without the row it belongs to.
    """
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args=CONNECT_ARGUMENTS, poolclass=NullPool)
    # A table that is rebuilt is dropped for a moment: the rows that refer to it are checked at the end.
    set_up(engine, "BEGIN IMMEDIATE", PATIENCE_SECONDS, "journal_mode = WAL", "foreign_keys = OFF")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        yield config
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise StoreFailed(f"The migration would leave {len(orphans)} rows without the row they belong to.")


def upgrade(file: Path) -> None:
    """Bring a database file to the newest revision, creating it if need be."""
    with migrating(file) as config:
        command.upgrade(config, "head")

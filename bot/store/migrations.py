"""Brings the records to the revision of the code. Cheap where there is nothing to do."""

import sqlite3
from pathlib import Path

from bot.store.address import file_of
from bot.store.backup import copy
from bot.store.errors import StoreFailed
from bot.store.lock import locked
from bot.store.revisions import known, refuse_newer, stored

# As long as another process may take for a migration of its own.
PATIENCE_SECONDS = 60.0


def current(url: str) -> str | None:
    """Return the revision of the records; None if there are none yet. Changes nothing.

    Refuses (StoreFailed) what cannot be read and what another program made.
    """
    return stored(file_of(url))


def migrate(url: str, *, backup: bool) -> tuple[str | None, str]:
    """Bring the records to the newest revision and return the revisions before and after.

    Makes the folder and the file if they are missing. With `backup`, existing records are first copied to
    `<name>.before-<newest revision>`. Several processes may start at once: one does the work, the others
    wait for it. Nothing is changed unless everything is.

    Refuses (StoreFailed) records newer than the code, another program's, or unreadable ones.
    """
    file, head = file_of(url), known()[-1]
    before = stored(file)
    refuse_newer(before)
    if before == head:
        return before, head
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with locked(file, PATIENCE_SECONDS):
            return _upgrade(file, head, backup=backup), head
    except OSError as error:
        raise StoreFailed(f"I could not bring the records in {file} up to date: {error}.") from error


def _upgrade(file: Path, head: str, *, backup: bool) -> str | None:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - as below

    from bot.store.upgrade import upgrade  # noqa: PLC0415 - a third of a second, at starts that need it only

    before = stored(file)
    refuse_newer(before)
    if before == head:
        return before
    if backup and file.exists():
        copy(file, file.with_name(f"{file.name}.before-{head}"))
    try:
        upgrade(file)
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreFailed(f"I could not bring the records in {file} up to date: {error}.") from error
    return before

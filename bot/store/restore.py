"""Puts a copy in the place of the records. Until the very last step nothing is changed."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot.store.address import file_of
from bot.store.backup import copy, force_to_disk, moment, refuse_unsound
from bot.store.errors import StoreFailed
from bot.store.lock import locked
from bot.store.migrations import PATIENCE_SECONDS
from bot.store.presence import alone, in_use
from bot.store.revisions import known, refuse_newer, stored

_LOG = "-wal"
_INDEX = "-shm"
_NEW = ".restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the revision the copy had and has now, and where the earlier records lie, if any."""

    before: str
    after: str
    kept: Path | None


def restore(url: str, source: Path) -> Restored:
    """Put a verified copy in the place of the records, brought to the newest revision.

    What was there is kept as `<name>.before-restore-<moment>`, however damaged it is.

    Refuses (StoreFailed) a file that is not there, is damaged, holds no records or newer ones than the
    code, and records that another process uses. Whatever is refused changes nothing.
    """
    file = file_of(url)
    revision = _verified(source)
    try:
        with alone(file), locked(file, PATIENCE_SECONDS):
            _clear(file)
            try:
                new = copy(source, _with(file, _NEW))
                _bring_up_to_date(new)
                kept = _replace(file, new)
            finally:
                _clear(file)
    except (OSError, shutil.Error) as error:
        raise StoreFailed(f"I could not restore the records in {file}: {error}.") from error
    return Restored(revision, known()[-1], kept)


def _verified(source: Path) -> str:
    if not source.is_file():
        raise StoreFailed(f"There is no file {source}. Nothing was changed.")
    refuse_unsound(source)
    revision = stored(source)
    if revision is None:
        raise StoreFailed(f"{source} holds no records. Nothing was changed.")
    refuse_newer(revision)
    return revision


def _bring_up_to_date(new: Path) -> None:
    if stored(new) == known()[-1]:
        return
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - as below

    from bot.store.upgrade import upgrade  # noqa: PLC0415 - a third of a second, for older copies only

    try:
        upgrade(new)
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreFailed(f"I could not bring the copy up to date: {error}. Nothing was changed.") from error
    refuse_unsound(new)
    force_to_disk(new)


def _replace(file: Path, new: Path) -> Path | None:
    kept = _keep(file)
    try:
        _settle(file)
    except StoreFailed:
        if kept is not None:
            kept.unlink()
            _with(kept, _LOG).unlink(missing_ok=True)
        raise
    # A log of other records beside the new ones would be read as theirs.
    for ending in (_LOG, _INDEX):
        _with(file, ending).unlink(missing_ok=True)
    new.replace(file)
    force_to_disk(file.parent)
    return kept


def _keep(file: Path) -> Path | None:
    """Copy the bytes as they are, the log included: damaged records can be copied in no other way."""
    if not file.exists():
        return None
    name = f"{file.name}.before-restore-{moment()}"
    places = (file.with_name(name if number == 1 else f"{name}.{number}") for number in count(1))
    kept = next(each for each in places if not each.exists())
    for ending in (_LOG, ""):
        if _with(file, ending).exists():
            force_to_disk(Path(shutil.copyfile(_with(file, ending), _with(kept, ending))))
    return kept


def _settle(file: Path) -> None:
    """Copy the log of sound records back, so that they are whole without it whenever the power fails.

    Refuses (StoreFailed) while another program has them open, which only SQLite's own lock tells.
    """
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=0.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StoreFailed(in_use(file)) from None


def _clear(file: Path) -> None:
    """Remove what a restore that was killed, or that failed, made on its way."""
    for each in file.parent.iterdir():
        if each.name.startswith(f"{file.name}{_NEW}"):
            each.unlink(missing_ok=True)


def _with(file: Path, ending: str) -> Path:
    return file.with_name(f"{file.name}{ending}")

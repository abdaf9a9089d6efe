"""A verified copy of a database file, beside writers who go on, and the folder of the newest ones."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.store.address import file_of
from bot.store.errors import StoreFailed
from bot.store.revisions import refuse_newer, stored

KEPT = 14

_NAME = re.compile(r"nabla-(\d{8}T\d{6}Z)\.sqlite3(?:\.(\d+))?")


def back_up(url: str, target: Path | None, folder: Path) -> Path:
    """Copy the records while others write, and return where the verified copy lies.

    Without a target it lies in the folder under the moment's name, and of the copies that are named so the
    newest 14 are kept.

    Refuses (StoreFailed) a target that exists, records that are not there, are newer than the code or are
    not sound, and a copy that cannot be written.
    """
    file = file_of(url)
    revision = stored(file)
    if revision is None:
        raise StoreFailed(f"There are no records in {file} yet, so there is nothing to copy.")
    refuse_newer(revision)
    if target is not None:
        if target.exists():
            raise StoreFailed(f"{target} exists already; choose another name. Nothing was copied.")
        return copy(file, target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = copy(file, folder / f"nabla-{moment()}.sqlite3")
        _drop_older(folder, made)
    except OSError as error:
        raise StoreFailed(f"I could not keep copies in {folder}: {error}.") from error
    return made


def copy(database: Path, target: Path) -> Path:
    """Copy one state of a database, read the copy through, and return where it lies.

    An existing file is never overwritten: the copy is then called `target`.2, .3 and so on. Readers and
    writers go on meanwhile. Refuses (StoreFailed) when the copy cannot be written or is not sound.
    """
    half = target.with_name(f"{target.name}.{os.getpid()}.part")
    half.unlink(missing_ok=True)
    try:
        # One that can only read copies no log back, which others may be doing at this moment.
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(half),))
        refuse_unsound(half)
        force_to_disk(half)
        made = _keep(half, target)
        force_to_disk(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreFailed(f"I could not copy {database}: {error}.") from error
    finally:
        half.unlink(missing_ok=True)
    return made


def refuse_unsound(file: Path) -> None:
    """Read a database file through; refuse (StoreFailed) a damaged one and rows without what they belong to."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
        # SQLite takes a last page that is cut off for one that ends in zeros.
        cut = file.stat().st_size % size
    except (sqlite3.Error, OSError) as error:
        raise StoreFailed(f"{file} cannot be read as records: {error}.") from error
    if found != ("ok",) or cut:
        raise StoreFailed(f"{file} is damaged: {'its end is missing' if cut else found[0]}.")
    if orphans:
        raise StoreFailed(f"{file} is damaged: {len(orphans)} rows lack the row they belong to.")


def force_to_disk(place: Path) -> None:
    """Return when a file's content, or a folder's list of names, would outlive a loss of power."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def moment() -> str:
    """Return the present second for the name of a file; such names sort by time."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _keep(half: Path, target: Path) -> Path:
    for number in count(1):
        place = target if number == 1 else target.with_name(f"{target.name}.{number}")
        try:
            # Unlike a rename, a link never replaces a file that is there.
            place.hardlink_to(half)
        except FileExistsError:
            continue
        break
    return place


def _drop_older(folder: Path, made: Path) -> None:
    named = [(match[1], int(match[2] or 1), file) for file in folder.iterdir() if (match := _NAME.fullmatch(file.name))]
    # The one just made stays, also where a clock that was set back calls it the oldest.
    others = sorted(each for each in named if each[2] != made)
    for _, _, file in others[: max(0, len(others) - KEPT + 1)]:
        file.unlink(missing_ok=True)

"""A verified copy of a database file."""

import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from bot.store.errors import StoreFailed


def copy(database: Path, target: Path) -> Path:
    """Copy one state of a database, read the copy through, and return where it lies.

    An existing file is never overwritten: the copy is then called `target`.2, .3 and so on. Readers and
    writers go on meanwhile. Refuses (StoreFailed) when the copy cannot be written or is not sound.
    """
    half = target.with_name(f"{target.name}.{os.getpid()}.part")
    half.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(database)) as source:
            source.execute("VACUUM INTO ?", (str(half),))
        with closing(sqlite3.connect(half)) as written:
            found = written.execute("PRAGMA integrity_check").fetchone()
        if found != ("ok",):
            raise StoreFailed(f"The copy of {database} is not sound: {found}.")
        _force_to_disk(half)
        return _keep(half, target)
    except (sqlite3.Error, OSError) as error:
        raise StoreFailed(f"I could not copy {database}: {error}.") from error
    finally:
        half.unlink(missing_ok=True)


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


def _force_to_disk(file: Path) -> None:
    opened = os.open(file, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

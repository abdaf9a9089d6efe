"""One writer at a time, over all processes: a lock beside the database file.

SQLite serialises writers by itself, but lets them starve each other, and its versions up to 3.51.2 can
damage a database when one connection commits while another one copies the log back. Whoever holds this
lock does both alone. The system drops it when its process ends, however that happens.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.002


class WriteLock:
    """The right to write to one database file."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._held: int | None = None

    def take(self) -> bool:
        """Return whether the lock is now held; never waits. Raises OSError where no lock can be made."""
        opened = os.open(self._path, os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(opened)
            return False
        self._held = opened
        return True

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._held is not None:
            # Unlocked by name: a process forked meanwhile keeps the file open, and with it the lock.
            fcntl.flock(self._held, fcntl.LOCK_UN)
            os.close(self._held)
            self._held = None


@contextmanager
def locked(database: Path, patience: float) -> Iterator[None]:
    """Hold the lock; raises TimeoutError when another process keeps it longer than `patience` seconds."""
    lock = WriteLock(database)
    ends = time.monotonic() + patience
    while not lock.take():
        if time.monotonic() > ends:
            raise TimeoutError(f"{database} is being written by another process")
        time.sleep(POLL_SECONDS)
    try:
        yield
    finally:
        lock.release()

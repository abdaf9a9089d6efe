"""Who uses the records: many at once, or one alone who puts other records in their place.

Not the lock of the writers: that one is held for milliseconds, this one as long as a process may use the
records. The system drops it when its process ends, however that happens.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.errors import StoreFailed


@contextmanager
def using(file: Path) -> Iterator[None]:
    """Use the records, with others; refuses (StoreFailed) while they are being restored."""
    with _held(file, fcntl.LOCK_SH, f"The records in {file} are being restored; start again in a minute."):
        yield


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Have the records for oneself; refuses (StoreFailed) while any process of Nabla uses them."""
    with _held(file, fcntl.LOCK_EX, in_use(file)):
        yield


def in_use(file: Path) -> str:
    """Return the sentence for one who cannot have the records alone."""
    return f"Another process uses the records in {file}; stop it first. Nothing was changed."


@contextmanager
def _held(file: Path, kind: int, refusal: str) -> Iterator[None]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(file.with_name(f"{file.name}.users"), os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreFailed(f"I could not open the records in {file}: {error}.") from error
    try:
        fcntl.flock(opened, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        raise StoreFailed(refusal) from None
    try:
        yield
    finally:
        # Unlocked by name: a process forked meanwhile keeps the file open, and with it the lock.
        fcntl.flock(opened, fcntl.LOCK_UN)
        os.close(opened)

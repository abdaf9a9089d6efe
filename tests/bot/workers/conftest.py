from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.workers import Limits, LocalWorkers

DESK = "tests.bot.workers.hostile_desk"

MakeWorkers = Callable[..., LocalWorkers]


@pytest.fixture
async def make_workers() -> AsyncIterator[MakeWorkers]:
    """Return a maker of workers at the hostile desk; all it made are closed after the test."""
    made: list[LocalWorkers] = []

    def make(
        count: int = 2, deadline: float = 10.0, *, limits: Limits | None = None, desk: str = DESK, memory_mb: int = 512
    ) -> LocalWorkers:
        made.append(LocalWorkers(count, deadline, limits=limits or Limits(), desk=desk, memory_mb=memory_mb))
        return made[-1]

    yield make
    for workers in made:
        await workers.close(drain=0)


@pytest.fixture
async def workers(make_workers: MakeWorkers) -> LocalWorkers:
    """Return two started workers with a generous deadline."""
    made = make_workers()
    await made.start()
    return made


@pytest.fixture
def is_alive() -> Callable[[int], bool]:
    """Return a question: whether a process still exists, other than as a zombie."""

    def ask(pid: int) -> bool:
        try:
            status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
        except OSError:
            return False
        return status.rpartition(")")[2].split()[0] != "Z"

    return ask

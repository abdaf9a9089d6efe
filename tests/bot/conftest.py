"""A whole Nabla on real parts: its workers, its store in a folder of its own."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app import Nabla, running
from bot.settings import Settings
from bot.talk import Call, Reply

Ask = Callable[..., Coroutine[None, None, Reply]]


@pytest.fixture(autouse=True)
def _quiet_log() -> Iterator[None]:
    """Leave the log as it was: a started Nabla sets it for its whole process."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def configuration(tmp_path: Path) -> Settings:
    """Keep everything in the test's own folder."""
    return Settings(data=tmp_path / "data", workers=1, deadline=10.0)


@pytest.fixture
async def nabla(configuration: Settings) -> AsyncIterator[Nabla]:
    """Give a running Nabla."""
    async with running(configuration) as whole:
        yield whole


@pytest.fixture
def ask(nabla: Nabla) -> Ask:
    """Ask lines as somebody, each one a delivery of its own unless an id is given."""
    count = 0

    async def one(line: str, *, learner: str = "local:ann", place: str = "local", id: str = "", **more: Any) -> Reply:  # noqa: A002
        nonlocal count
        count += 1
        command, options = nabla.catalogue.split(line)
        call = Call(id or f"call-{count}", command, options, learner, place, **more)
        return await nabla.catalogue.handle(call)

    return one

"""The commands on real parts. Their tests share one set of workers and one event loop, to be quick."""

import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import Nabla, catalogue_of
from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrations import migrate
from bot.store.progress import Progress
from bot.workers import LocalWorkers

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test of this folder run in the loop that the workers live in."""
    for item in items:
        if HERE in item.path.parents and inspect.iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def workers() -> AsyncIterator[LocalWorkers]:
    """Give workers for all tests of this folder."""
    started = LocalWorkers(1, 10.0)
    await started.start()
    yield started
    await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def nabla(configuration: Settings, workers: LocalWorkers) -> AsyncIterator[Nabla]:
    """Give a Nabla with a store of its own."""
    migrate(configuration.store_url, backup=True)
    database = Database(configuration.store_url)
    progress = Progress(database)
    yield Nabla(configuration, catalogue_of(progress, workers), workers, progress)
    await database.close()

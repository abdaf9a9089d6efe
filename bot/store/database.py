"""One transaction at a time: `writing` and `reading`, bounded in time, whole under cancellation."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import URL, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.address import file_of
from bot.store.errors import NOT_READ, NOT_RECORDED, StoreFailed
from bot.store.lock import POLL_SECONDS, WriteLock
from bot.store.revisions import known, refuse_newer
from bot.store.sqlite import CONNECT_ARGUMENTS, set_up
from bot.store.transaction import Transaction, to_its_end


class Database:
    """The records in one SQLite file, for one process of the several that may share it.

    patience: seconds a transaction waits for its turn, and again for a program other than Nabla.

    Never hold a transaction over anything slow: all other writers wait.
    """

    def __init__(self, url: str, *, patience: float = 5.0) -> None:
        self._file = file_of(url)
        self._patience = patience
        self._turn = asyncio.Lock()
        self._at_head = False
        self._writer = self._engine(1)
        set_up(self._writer.sync_engine, "BEGIN IMMEDIATE", patience, "journal_mode = WAL")
        self._readers = self._engine(4)
        set_up(self._readers.sync_engine, "BEGIN", patience, "query_only = ON")

    def _engine(self, connections: int) -> AsyncEngine:
        return create_async_engine(
            URL.create("sqlite+aiosqlite", database=str(self._file)),
            connect_args=CONNECT_ARGUMENTS,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=self._patience,
        )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Give the one writing transaction, kept if the block ends and undone if it does not.

        Refuses (StoreFailed) when the turn does not come in time, and whatever SQLite refuses: nothing is
        recorded then. A block that is cancelled is undone before the cancellation goes on.
        """
        with _refusing(NOT_RECORDED):
            async with self._my_turn(), self._transaction(self._writer) as transaction:
                yield transaction

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Give a transaction that sees one unchanging state and cannot write. Never waits for writers."""
        with _refusing(NOT_READ):
            async with self._transaction(self._readers) as transaction:
                yield transaction

    async def close(self) -> None:
        """Close all connections, after the writer at work has ended."""
        async with self._turn:
            await self._writer.dispose()
            await self._readers.dispose()

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        lock = WriteLock(self._file)
        async with asyncio.timeout(self._patience) as limit:
            async with self._turn:
                while not lock.take():  # noqa: ASYNC110 - another process can set no event here
                    await asyncio.sleep(POLL_SECONDS)
                try:
                    limit.reschedule(None)
                    yield
                finally:
                    lock.release()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[Transaction]:
        connection = engine.connect()
        try:
            await to_its_end(self._begin(connection))
            yield Transaction(connection)
        except BaseException:
            if connection.sync_connection is not None:
                await to_its_end(connection.rollback())
            raise
        else:
            await to_its_end(connection.commit())
        finally:
            if connection.sync_connection is not None:
                await to_its_end(connection.close())

    async def _begin(self, connection: AsyncConnection) -> None:
        await connection.start()
        await connection.begin()
        if not self._at_head:
            await _refuse_other_revision(connection)
            self._at_head = True


async def _refuse_other_revision(connection: AsyncConnection) -> None:
    tables = await connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"))
    if tables.first() is None:
        raise StoreFailed("The records are not set up yet: run nabla migrate.")
    revision = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    refuse_newer(revision)
    if revision != known()[-1]:
        raise StoreFailed("The records are older than this Nabla: run nabla migrate.")


@contextmanager
def _refusing(message: str) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError, UnicodeError, OverflowError) as error:
        raise StoreFailed(message) from error

"""A transaction as the rest of the store sees it: statements in, results out, each run to its end.

A statement that is cancelled while the driver's thread runs it leaves its cursor behind, and SQLite keeps a
connection, its transaction and its lock for as long as somebody holds that cursor: an exception does.
So a cancellation waits for the statement at work (milliseconds) and goes on after it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from sqlalchemy import Executable, Result
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


class Transaction:
    """A connection inside its transaction; whoever opened the transaction ends it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable) -> Result[Any]:
        """Return the result of a statement, fetched whole."""
        return await to_its_end(self._connection.execute(statement))


async def to_its_end(step: Coroutine[Any, Any, T]) -> T:
    """Return what a step returns; a cancellation meanwhile goes on when the step has ended."""
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        # Whatever else went wrong, the caller has asked to be gone.
        raise cancelled from task.exception()
    return task.result()

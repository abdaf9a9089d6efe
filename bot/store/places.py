"""What is set for a place: a server, or the terminal."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from bot.store.database import Database
from bot.store.tables import place


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Places:
    """The settings of places."""

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self._database = database
        self._now = now

    async def solutions(self, key: str) -> bool:
        """Return whether solutions are given in a place; they are where nobody has said otherwise."""
        async with self._database.reading() as transaction:
            found = (await transaction.execute(select(place.c.solutions).where(place.c.key == key))).scalar()
        return found is None or bool(found)

    async def set_solutions(self, key: str, *, allowed: bool) -> None:
        """Keep whether solutions are given in a place; saying it twice changes nothing more."""
        async with self._database.writing() as transaction:
            known = (await transaction.execute(select(place.c.key).where(place.c.key == key))).scalar()
            if known is None:
                row = insert(place).values(key=key, solutions=allowed, created_at=self._now())
                await transaction.execute(row)
            else:
                await transaction.execute(update(place).where(place.c.key == key).values(solutions=allowed))

"""Everything that is kept about one learner: to be taken along, or to be deleted without a trace.

A row belongs to a learner if it refers to one, directly or through other rows; so a new table is taken along
and deleted from its first day.
"""

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, delete, func, insert, literal, or_, select, text, update

from bot.store.database import Database
from bot.store.joining import keys_of
from bot.store.lock import locked
from bot.store.people_values import Erased, KeptTable
from bot.store.rows import find_learner
from bot.store.tables import erasure, learner, metadata, quiz, quiz_answer, quiz_player, quiz_round
from bot.store.transaction import Transaction, to_its_end

_PATIENCE_SECONDS = 5.0
# Columns that name a learner or a call of one, wherever they stand: a call's id may begin with the key.
_NAMING = ("call_id", "ended_by", "closed_by", "starter")
# Everybody's numbers in a quiz come from it.
_SECRET = quiz.c.seed


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Privacy:
    """What is kept about each learner.

    Every method may refuse (StoreFailed) when the records cannot be reached; nothing is changed then.
    `now` gives the moment, with its time zone.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self._database = database
        self._now = now

    async def kept(self, key: str, zone: tzinfo = UTC) -> tuple[KeptTable, ...]:
        """Return everything kept about a learner, table by table; tables without rows are there too.

        Moments are those of the zone, with their offset from UTC. Questions and answers of a round of a quiz that
        is still open are sealed, also here.
        """
        async with self._database.reading() as transaction:
            learner_id = await find_learner(transaction, key) or 0
            mine = _owned(learner_id)
            sealed = select(quiz_round.c.id).where(quiz_round.c.state == "open")
            for table in (quiz_player, quiz_answer):
                mine[table] &= table.c.round_id.not_in(sealed)
            mine[quiz] = quiz.c.starter.in_({key, *await keys_of(transaction, learner_id)})
            return tuple([await _read(transaction, table, condition, zone) for table, condition in mine.items()])

    async def erase(self, call_id: str, key: str) -> Erased:
        """Delete everything of a learner and return how much it was: nothing for one who is not known.

        The same delivery again deletes nothing more and gets the same counts. A cancellation waits for the end.
        """
        return await to_its_end(self._erase(call_id, key))

    async def _erase(self, call_id: str, key: str) -> Erased:
        async with self._database.writing() as transaction:
            counts = await self._delete(transaction, hashlib.sha256(call_id.encode()).hexdigest(), key)
            main = text("SELECT file FROM pragma_database_list WHERE name = 'main'")
            file = (await transaction.execute(main)).scalar_one()
        clean = not counts or await asyncio.to_thread(_leave_no_trace, Path(file))
        return Erased(counts, clean)

    async def _delete(self, transaction: Transaction, call_hash: str, key: str) -> dict[str, int]:
        done = await transaction.execute(select(erasure.c.counts).where(erasure.c.call_hash == call_hash))
        earlier = done.scalar()
        if earlier is not None:
            return dict(earlier)
        await transaction.execute(text("PRAGMA secure_delete = ON"))
        learner_id = await find_learner(transaction, key) or 0
        keys = {key, *await keys_of(transaction, learner_id)}
        counts = {}
        for table, mine in reversed(_owned(learner_id).items()):
            gone = await transaction.execute(delete(table).where(mine).returning(table.c.id))
            counts[table.name] = len(gone.all())
        forgotten = [await _forget(transaction, one) for one in sorted(keys)]
        if not any((*counts.values(), *forgotten)):
            return {}
        await transaction.execute(insert(erasure).values(call_hash=call_hash, counts=counts, created_at=self._now()))
        return counts


def _owned(learner_id: int) -> dict[Table, ColumnElement[bool]]:
    """Return which rows of which tables belong to a learner; a table comes after those it refers to."""
    owned: dict[Table, ColumnElement[bool]] = {learner: learner.c.id == learner_id}
    for table in metadata.sorted_tables:
        mine = [
            column.in_(select(reference.column).where(owned[reference.column.table]))
            for column in table.columns
            for reference in column.foreign_keys
            if reference.column.table in owned
        ]
        if mine:
            owned[table] = or_(*mine)
    return owned


async def _read(transaction: Transaction, table: Table, mine: ColumnElement[bool], zone: tzinfo) -> KeptTable:
    columns = [column for column in table.columns if column is not _SECRET]
    rows = await transaction.execute(select(*columns).where(mine).order_by(table.c.id))
    kept = tuple(tuple(_built_in(each, zone) for each in row) for row in rows)
    return KeptTable(table.name, tuple(each.name for each in columns), kept)


def _built_in(value: Any, zone: tzinfo) -> Any:  # noqa: ANN401 - whatever a column holds
    return value.astimezone(zone).isoformat() if isinstance(value, datetime) else value


async def _forget(transaction: Transaction, key: str) -> int:
    """Take a key out of rows of others and of nobody (a quiz, an exercise that a bell has ended); return how many."""
    changed = 0
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name in _NAMING:
                begins = func.substr(column, 1, len(key) + 1) == f"{key}:"
                nameless = literal("deleted:") + cast(table.c.id, Text)
                change = update(table).where(or_(column == key, begins))
                gone = await transaction.execute(change.values({column: nameless}).returning(table.c.id))
                changed += len(gone.all())
    return changed


def _leave_no_trace(file: Path) -> bool:
    """Write the whole file anew, without what lies in its free space, and empty its log; return whether it is done.

    A reader of another process may hold on to the log for longer than we wait.
    """
    try:
        with locked(file, _PATIENCE_SECONDS), closing(sqlite3.connect(file, timeout=_PATIENCE_SECONDS)) as connection:
            connection.execute("VACUUM")
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except (sqlite3.Error, OSError):
        return False
    return not busy

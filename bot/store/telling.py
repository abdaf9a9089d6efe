"""What is still to be told: the reveals of closed rounds, until somebody has told them in their place."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, func, or_, select, update

from bot.store.database import Database
from bot.store.quiz_tables import quiz, quiz_reveal, quiz_round
from bot.store.quiz_values import Untold
from bot.store.transaction import to_its_end

# Whoever is killed while it tells holds the others up for so long. One that lives claims again in time.
CLAIM = timedelta(seconds=10)
# A class has gone home by then: a table of answers out of nothing puzzles people who talk about other things,
# and an invitation to the next round finds nobody. Such a reveal stays untold; /quiz last still shows it.
LATEST = timedelta(hours=6)


class Tellings:
    """The reveals that are not told yet.

    Every method may refuse (StoreFailed) when the records cannot be reached; nothing is changed then.
    `now` gives the moment, with its time zone.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def places(self) -> tuple[str, ...]:
        """Return the places where something is to be told and nobody is at it, in order of name."""
        waiting = select(quiz.c.place).distinct().select_from(quiz_reveal).join(quiz_round).join(quiz)
        async with self._database.reading() as transaction:
            found = await transaction.execute(waiting.where(*self._untold(), self._free()).order_by(quiz.c.place))
            return tuple(found.scalars())

    async def claim(self, place: str, by: str) -> Untold | None:
        """Return what is to be told next in a place, and keep others from it for ten seconds.

        None where nothing is left, or another one tells at this moment: what follows waits for that.
        """
        rounds = select(func.min(quiz_reveal.c.round_id)).select_from(quiz_reveal).join(quiz_round).join(quiz)
        first = rounds.where(quiz.c.place == place, *self._untold()).correlate(None).scalar_subquery()
        claimed = self._hold(by).where(quiz_reveal.c.round_id == first, quiz_reveal.c.told_at.is_(None), self._free())
        named = select(quiz.c.id, quiz_round.c.number, quiz_reveal.c.created_at)
        async with self._database.writing() as transaction:
            round_id = (await transaction.execute(claimed.returning(quiz_reveal.c.round_id))).scalar()
            if round_id is None:
                return None
            mine = named.select_from(quiz_reveal).join(quiz_round).join(quiz).where(quiz_round.c.id == round_id)
            row = (await transaction.execute(mine)).one()
        left = (row.created_at + LATEST - self._now()).total_seconds()
        return Untold(round_id, row.id, row.number, place, left)

    async def hold(self, round_id: int, by: str) -> None:
        """Keep others from a reveal for ten seconds more; changes nothing if it is not claimed by this one."""
        async with self._database.writing() as transaction:
            await transaction.execute(self._hold(by).where(quiz_reveal.c.round_id == round_id, _claimed_by(by)))

    async def release(self, round_id: int, by: str) -> None:
        """Leave a reveal to others at once. A cancellation waits for the end."""
        free = update(quiz_reveal).values(claimed_by=None, claimed_until=None)
        await to_its_end(self._change(free.where(quiz_reveal.c.round_id == round_id, _claimed_by(by))))

    async def told(self, round_id: int) -> None:
        """Note that a reveal is told; told twice it stays as it was. A cancellation waits for the end."""
        mark = update(quiz_reveal).values(told_at=self._now(), claimed_by=None, claimed_until=None)
        await to_its_end(self._change(mark.where(quiz_reveal.c.round_id == round_id, quiz_reveal.c.told_at.is_(None))))

    async def _change(self, change: Update) -> None:
        async with self._database.writing() as transaction:
            await transaction.execute(change)

    def _hold(self, by: str) -> Update:
        return update(quiz_reveal).values(claimed_by=by, claimed_until=self._now() + CLAIM)

    def _untold(self) -> tuple[ColumnElement[bool], ...]:
        return quiz_reveal.c.told_at.is_(None), quiz_reveal.c.created_at > self._now() - LATEST

    def _free(self) -> ColumnElement[bool]:
        return or_(quiz_reveal.c.claimed_until.is_(None), quiz_reveal.c.claimed_until <= self._now())


def _claimed_by(by: str) -> ColumnElement[bool]:
    return quiz_reveal.c.claimed_by == by

"""What learners do, kept: one method is one transaction, and a delivery that comes again acts once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.store import tables
from bot.store.database import Database
from bot.store.rows import find_attempt, find_exercise, find_learner, known_learner, learner_of
from bot.store.summary import summarise
from bot.store.transaction import Transaction
from bot.store.values import ExerciseState, NewAttempt, OpenExercise, Recorded, RecordedAttempt, Summary
from engine.errors import NoExercise, TooLarge, WrongUsage
from engine.values import Posed

_SEEDS = range(-(2**63), 2**63)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Progress:
    """Exercises, attempts and hints of all learners.

    Every method may refuse (StoreFailed) when the records cannot be reached; nothing is changed then.
    `now` gives the moment, with its time zone. `database` is where they lie, with all other records.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self.database = database
        self._now = now

    async def pose(
        self, call_id: str, learner: str, place: str, posed: Posed, after: int | None = None
    ) -> OpenExercise:
        """Keep a posed exercise as the learner's open one and return it; one still open is replaced.

        The same delivery again gets what it got first, whatever `posed` is now and however far the
        exercise has come. Where the one that follows exercise `after` is wanted and a later one is open,
        that is the one: a button pressed twice is two deliveries of one wish. Refuses a seed beyond 64 bits
        (TooLarge) and a call id that another learner used (WrongUsage).
        """
        if posed.seed not in _SEEDS:
            raise TooLarge("A seed has at most 18 digits.", option="seed")
        this = tables.exercise.c.call_id == call_id
        async with self.database.writing() as transaction:
            if await find_exercise(transaction, this) is None:
                later = None if after is None else await _open_since(transaction, learner, after)
                if later is not None:
                    return later
                await self._insert_exercise(transaction, call_id, learner, place, posed)
            found = await find_exercise(transaction, this, tables.exercise.c.learner_id == learner_of(learner))
            if found is None:
                raise _used_by_another(call_id)
            return found

    async def open_exercise(self, learner: str) -> OpenExercise | None:
        """Return the learner's open exercise, or None."""
        async with self.database.reading() as transaction:
            return await find_exercise(
                transaction, tables.exercise.c.learner_id == learner_of(learner), tables.exercise.c.state == "open"
            )

    async def attempt(self, call_id: str) -> RecordedAttempt | None:
        """Return what a delivery recorded, or None if it recorded nothing."""
        async with self.database.reading() as transaction:
            return await find_attempt(transaction, tables.attempt.c.call_id == call_id)

    async def last_attempt(self, learner: str) -> RecordedAttempt | None:
        """Return the learner's last attempt, one of a quiz only after its bell; None for who made none."""
        attempts = tables.attempt.c
        newest = select(func.max(attempts.id)).where(attempts.learner_id == learner_of(learner)).scalar_subquery()
        async with self.database.reading() as transaction:
            return await find_attempt(transaction, attempts.id == newest)

    async def summary(self, learner: str) -> Summary:
        """Return what the learner has done; all zero for one who is not known."""
        async with self.database.reading() as transaction:
            return await summarise(transaction, learner)

    async def record(self, new: NewAttempt) -> Recorded:
        """Keep an attempt, close the exercise if it is right, and return what became of it.

        Each delivery and each try of an exercise is recorded once, and only on an open exercise;
        `outcome` says which of these it was.

        Refuses an exercise that is not this learner's (NoExercise), a call id that another learner used
        (WrongUsage) and an answer of over 4,000 characters (TooLarge). Raises ValueError for a try
        number that skips one.
        """
        if len(new.answer) > tables.LONGEST_ANSWER:
            raise TooLarge(f"An answer has at most {tables.LONGEST_ANSWER:,} characters.")
        this, attempts = tables.attempt.c.call_id == new.call_id, tables.attempt.c
        async with self.database.writing() as transaction:
            earlier = await find_attempt(transaction, this)
            held = await _held(transaction, new.exercise_id if earlier is None else earlier.exercise_id)
            if held is None or held.learner_id != await find_learner(transaction, new.learner):
                if earlier is not None:
                    raise _used_by_another(new.call_id)
                raise NoExercise("This exercise is not one of yours.")
            if earlier is not None:
                return Recorded("repeated", held.id, held.state, held.tries, earlier)
            earlier = await find_attempt(
                transaction, attempts.exercise_id == held.id, attempts.try_number == new.try_number
            )
            if earlier is not None:
                return Recorded("already tried", held.id, held.state, held.tries, earlier)
            if held.state != "open":
                return Recorded("closed", held.id, held.state, held.tries, None)
            state = await self._insert_attempt(transaction, new, held)
            return Recorded("recorded", held.id, state, held.tries + 1, await find_attempt(transaction, this))

    async def take_hint(self, call_id: str, exercise_id: int) -> int:
        """Count a hint and return which one it is, from 1; the same delivery again gets the same number.

        Refuses (NoExercise) an exercise that is not open.
        """
        async with self.database.writing() as transaction:
            number = (
                await transaction.execute(select(tables.hint.c.number).where(tables.hint.c.call_id == call_id))
            ).scalar()
            if number is not None:
                return int(number)
            held = await _held(transaction, exercise_id)
            if held is None or held.state != "open":
                raise NoExercise("This exercise is no longer open, so there is no hint to give.")
            number = int(held.hints) + 1
            await transaction.execute(
                insert(tables.hint).values(
                    call_id=call_id, exercise_id=exercise_id, number=number, created_at=self._now()
                )
            )
            await _change(transaction, exercise_id, hints=number)
            return number

    async def give_up(self, call_id: str, exercise_id: int) -> bool:
        """Close an open exercise unsolved; return whether this delivery did so, now or before.

        False for an exercise that was already solved, replaced or given up, or never posed.
        """
        async with self.database.writing() as transaction:
            held = await _held(transaction, exercise_id)
            if held is None:
                return False
            if held.state == "open":
                await _change(transaction, exercise_id, state="given up", ended_by=call_id)
                return True
            return bool(held.state == "given up" and held.ended_by == call_id)

    async def _insert_exercise(
        self, transaction: Transaction, call_id: str, key: str, place: str, posed: Posed
    ) -> None:
        moment = self._now()
        learner_id = await known_learner(transaction, key, moment)
        await transaction.execute(
            update(tables.exercise)
            .where(tables.exercise.c.learner_id == learner_id, tables.exercise.c.state == "open")
            .values(state="replaced", ended_by=call_id)
        )
        await transaction.execute(
            insert(tables.exercise).values(
                call_id=call_id,
                learner_id=learner_id,
                place=place,
                concept=posed.concept,
                family=posed.family,
                version=posed.version,
                seed=posed.seed,
                given=posed.given,
                state="open",
                tries=0,
                hints=0,
                created_at=moment,
            )
        )

    async def _insert_attempt(self, transaction: Transaction, new: NewAttempt, held: Row[Any]) -> ExerciseState:
        if new.try_number != held.tries + 1:
            raise ValueError(f"try {new.try_number} after {held.tries} tries")
        await transaction.execute(
            insert(tables.attempt).values(
                call_id=new.call_id,
                exercise_id=held.id,
                learner_id=held.learner_id,
                try_number=new.try_number,
                answer=new.answer,
                verdict=new.verdict,
                components=list(new.components),
                mistakes=list(new.mistakes),
                hints=held.hints,
                created_at=self._now(),
                receipt=new.receipt,
            )
        )
        await _change(transaction, held.id, tries=new.try_number)
        if new.verdict != "right":
            return "open"
        await _change(transaction, held.id, state="solved", ended_by=new.call_id)
        return "solved"


async def _open_since(transaction: Transaction, learner: str, exercise_id: int) -> OpenExercise | None:
    mine = tables.exercise.c.learner_id == learner_of(learner)
    return await find_exercise(transaction, mine, tables.exercise.c.state == "open", tables.exercise.c.id > exercise_id)


async def _held(transaction: Transaction, exercise_id: int) -> Row[Any] | None:
    selection = select(tables.exercise).where(tables.exercise.c.id == exercise_id)
    return (await transaction.execute(selection)).one_or_none()


async def _change(transaction: Transaction, exercise_id: int, **values: object) -> None:
    await transaction.execute(update(tables.exercise).where(tables.exercise.c.id == exercise_id).values(**values))


def _used_by_another(call_id: str) -> WrongUsage:
    return WrongUsage(f"The call id {call_id} belongs to another learner's call.", option="id")

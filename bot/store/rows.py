"""From rows to values: who is meant by a key, and the two selections everything else is made of."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, insert, select

from bot.store.tables import attempt, exercise, identity, learner
from bot.store.transaction import Transaction
from bot.store.values import OpenExercise, RecordedAttempt

_POSED = (exercise.c.concept, exercise.c.family, exercise.c.version, exercise.c.seed, exercise.c.given)


def learner_of(key: str) -> ScalarSelect[int]:
    """Return, as part of a statement, the id of the learner that a key leads to."""
    return select(identity.c.learner_id).where(identity.c.key == key).scalar_subquery()


async def find_learner(transaction: Transaction, key: str) -> int | None:
    """Return the id of the learner that a key leads to, or None."""
    found = await transaction.execute(select(identity.c.learner_id).where(identity.c.key == key))
    return found.scalar()


async def known_learner(transaction: Transaction, key: str, moment: datetime) -> int:
    """Return the id of the learner that a key leads to; one who is met for the first time is made."""
    found = await find_learner(transaction, key)
    if found is not None:
        return found
    made = await transaction.execute(insert(learner).values(key=key, created_at=moment).returning(learner.c.id))
    learner_id = int(made.scalar_one())
    await transaction.execute(insert(identity).values(key=key, learner_id=learner_id, created_at=moment))
    return learner_id


def attempts(*where: ColumnElement[bool]) -> Select[Any]:
    """Return the selection of attempts, with their learners and exercises, for `recorded_attempt`."""
    return (
        select(attempt, learner.c.key, exercise.c.state, *_POSED)
        .join(learner, learner.c.id == attempt.c.learner_id)
        .join(exercise, exercise.c.id == attempt.c.exercise_id)
        .where(*where)
    )


def recorded_attempt(row: Row[Any]) -> RecordedAttempt:
    """Return the attempt in a row of `attempts`."""
    return RecordedAttempt(
        call_id=row.call_id,
        learner=row.key,
        exercise_id=row.exercise_id,
        exercise_state=row.state,
        concept=row.concept,
        family=row.family,
        version=row.version,
        seed=row.seed,
        given=row.given,
        try_number=row.try_number,
        answer=row.answer,
        verdict=row.verdict,
        components=tuple(row.components),
        mistakes=tuple(row.mistakes),
        hints=row.hints,
        created_at=row.created_at,
        receipt=row.receipt,
    )


async def find_attempt(transaction: Transaction, *where: ColumnElement[bool]) -> RecordedAttempt | None:
    """Return the one attempt there, or None."""
    row = (await transaction.execute(attempts(*where))).one_or_none()
    return None if row is None else recorded_attempt(row)


async def find_exercise(transaction: Transaction, *where: ColumnElement[bool]) -> OpenExercise | None:
    """Return the one exercise there, whatever its state, or None."""
    last_answer = (
        select(attempt.c.answer)
        .where(attempt.c.exercise_id == exercise.c.id)
        .order_by(attempt.c.try_number.desc())
        .limit(1)
        .scalar_subquery()
    )
    selection = select(exercise, learner.c.key, last_answer.label("last_answer")).join(learner).where(*where)
    row = (await transaction.execute(selection)).one_or_none()
    if row is None:
        return None
    return OpenExercise(
        id=row.id,
        learner=row.key,
        place=row.place,
        concept=row.concept,
        family=row.family,
        version=row.version,
        seed=row.seed,
        given=row.given,
        tries=row.tries,
        hints=row.hints,
        last_answer=row.last_answer,
        created_at=row.created_at,
    )

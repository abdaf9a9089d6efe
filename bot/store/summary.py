"""What one learner has done, read in one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select

from bot.store.rows import attempts, find_learner, recorded_attempt
from bot.store.tables import attempt, exercise, hint
from bot.store.transaction import Transaction
from bot.store.values import ConceptSummary, Summary

_LAST = 10


async def summarise(transaction: Transaction, key: str) -> Summary:
    """Return the summary of a learner; all zero for one who is not known. Concepts are in order of name."""
    learner_id = await find_learner(transaction, key)
    if learner_id is None:
        return Summary(key, 0, 0, 0, 0, 0, (), None, ())
    concepts = await _concepts(transaction, learner_id)
    last = await transaction.execute(
        attempts(attempt.c.learner_id == learner_id).order_by(attempt.c.id.desc()).limit(_LAST)
    )
    return Summary(
        learner=key,
        posed=sum(each.posed for each in concepts),
        solved=sum(each.solved for each in concepts),
        attempts=sum(each.attempts for each in concepts),
        right=sum(each.right for each in concepts),
        hints=sum(each.hints for each in concepts),
        concepts=concepts,
        last_active=await _last_active(transaction, learner_id),
        last_attempts=tuple(recorded_attempt(row) for row in last),
    )


async def _concepts(transaction: Transaction, learner_id: int) -> tuple[ConceptSummary, ...]:
    posed = await transaction.execute(
        select(
            exercise.c.concept,
            func.count().label("posed"),
            func.sum(case((exercise.c.state == "solved", 1), else_=0)).label("solved"),
            func.sum(exercise.c.hints).label("hints"),
        )
        .where(exercise.c.learner_id == learner_id)
        .group_by(exercise.c.concept)
        .order_by(exercise.c.concept)
    )
    tried = await transaction.execute(
        select(
            exercise.c.concept,
            func.count().label("attempts"),
            func.sum(case((attempt.c.verdict == "right", 1), else_=0)).label("right"),
        )
        .join_from(attempt, exercise)
        .where(attempt.c.learner_id == learner_id)
        .group_by(exercise.c.concept)
    )
    by_concept = {row.concept: row for row in tried}
    return tuple(_concept(row, by_concept.get(row.concept)) for row in posed)


def _concept(posed: Row[Any], tried: Row[Any] | None) -> ConceptSummary:
    return ConceptSummary(
        concept=posed.concept,
        posed=posed.posed,
        solved=posed.solved,
        attempts=0 if tried is None else tried.attempts,
        right=0 if tried is None else tried.right,
        hints=posed.hints,
    )


async def _last_active(transaction: Transaction, learner_id: int) -> datetime | None:
    mine = exercise.c.learner_id == learner_id
    latest = [
        select(func.max(exercise.c.created_at)).where(mine),
        select(func.max(attempt.c.created_at)).where(attempt.c.learner_id == learner_id),
        select(func.max(hint.c.created_at)).join_from(hint, exercise).where(mine),
    ]
    moments = [(await transaction.execute(each)).scalar() for each in latest]
    return max((moment for moment in moments if moment is not None), default=None)

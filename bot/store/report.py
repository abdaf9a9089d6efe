"""What an instructor may see of a place: attempts made there, by learner and concept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select

from bot.learning.names import told_apart
from bot.store.database import Database
from bot.store.names import name_in, within
from bot.store.tables import attempt, exercise, learner, preference

MAX_LEARNERS = 1000


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A learner's attempts at one concept."""

    concept: str
    attempts: int
    right: int
    last_active: datetime


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner in a place; no other one there has the same name."""

    key: str
    name: str
    attempts: int
    right: int
    last_active: datetime
    concepts: tuple[ConceptRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """The learners of a place; how many hide themselves; how many more there are than are listed."""

    learners: tuple[LearnerRow, ...]
    hidden: int
    unlisted: int


class Reports:
    """Reports of places. Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_place(self, place: str) -> PlaceReport:
        """Return the learners with attempts in a place or in a channel of it, most attempts first.

        Learners who hide themselves are only counted. At most 1,000 learners are listed.
        """
        right = func.sum(case((attempt.c.verdict == "right", 1), else_=0))
        query = (
            select(
                learner.c.id,
                learner.c.key,
                name_in(place).label("name"),
                func.coalesce(preference.c.hidden, False).label("hidden"),
                exercise.c.concept,
                func.count().label("attempts"),
                right.label("right"),
                func.max(attempt.c.created_at).label("last"),
            )
            .join_from(attempt, exercise, attempt.c.exercise_id == exercise.c.id)
            .join(learner, attempt.c.learner_id == learner.c.id)
            .outerjoin(preference, preference.c.learner_id == learner.c.id)
            .where(within(exercise.c.place, place))
            .group_by(learner.c.id, learner.c.key, preference.c.hidden, exercise.c.concept)
            .order_by(learner.c.id)
        )
        async with self._database.reading() as transaction:
            rows = (await transaction.execute(query)).all()
        return _folded(rows)


def _folded(rows: Iterable[Row[Any]]) -> PlaceReport:
    shown: dict[str, list[Row[Any]]] = {}
    hidden: set[str] = set()
    for row in rows:
        if row.hidden:
            hidden.add(row.key)
        else:
            shown.setdefault(row.key, []).append(row)
    names = told_apart({key: each[0].name for key, each in shown.items()})
    learners = [_learner(each, names[key]) for key, each in shown.items()]
    learners.sort(key=lambda each: (-each.attempts, each.key))
    return PlaceReport(tuple(learners[:MAX_LEARNERS]), len(hidden), max(0, len(learners) - MAX_LEARNERS))


def _learner(rows: list[Row[Any]], name: str) -> LearnerRow:
    concepts = tuple(ConceptRow(row.concept, int(row.attempts), int(row.right), row.last) for row in rows)
    return LearnerRow(
        key=rows[0].key,
        name=name,
        attempts=sum(each.attempts for each in concepts),
        right=sum(each.right for each in concepts),
        last_active=max(row.last for row in rows),
        concepts=tuple(sorted(concepts, key=lambda each: each.concept)),
    )

"""What a bell brings: the score of its round, once, and what everybody may see then."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, case, cast, func, insert, literal, literal_column, select

from bot.learning.quiz import Standing, standings
from bot.store.quiz_values import Quiz, Reveal, RevealedAnswer
from bot.store.tables import attempt, exercise, learner, quiz, quiz_answer, quiz_reveal, quiz_round
from bot.store.transaction import Transaction

ROUNDS = select(
    quiz_round.c.id.label("round_id"), quiz_round.c.number, quiz_round.c.state.label("round_state"),
    quiz_round.c.deadline_at, quiz,
).join(quiz)  # fmt: skip
# An answer counts unless its player changed it, or its round does not count.
_CHANGE = quiz_answer.alias()
_STANDS = ~select(_CHANGE.c.id).where(
    _CHANGE.c.round_id == quiz_answer.c.round_id, _CHANGE.c.learner_id == quiz_answer.c.learner_id,
    _CHANGE.c.number > quiz_answer.c.number,
).exists()  # fmt: skip
_VOID = select(quiz_reveal.c.round_id).where(quiz_reveal.c.counts.is_(False))
_COUNTS = and_(_STANDS, quiz_answer.c.round_id.not_in(_VOID))
_SCORED = literal("quiz:") + cast(quiz_answer.c.id, Text)


async def score(transaction: Transaction, held: Row[Any], call_id: str) -> None:
    """Record each player's last answer as an exercise that is closed and its one attempt."""
    counted = (quiz_answer.c.round_id == held.round_id, _COUNTS)
    exercises = {
        "call_id": _SCORED, "learner_id": quiz_answer.c.learner_id, "place": quiz.c.place, "concept": quiz.c.concept,
        "family": quiz.c.family, "version": quiz.c.version, "seed": quiz_answer.c.seed,
        "given": literal_column("'{}'"), "state": case((quiz_answer.c.verdict == "right", "solved"), else_="given up"),
        "ended_by": literal(call_id), "tries": literal(1), "hints": literal(0), "created_at": quiz_round.c.created_at,
    }  # fmt: skip
    asked = select(*exercises.values()).select_from(quiz_answer).join(quiz_round).join(quiz).where(*counted)
    await transaction.execute(insert(exercise).from_select(list(exercises), asked.order_by(quiz_answer.c.id)))
    attempts = {
        "call_id": _SCORED, "exercise_id": exercise.c.id, "learner_id": quiz_answer.c.learner_id,
        "try_number": literal(1), "answer": quiz_answer.c.answer, "verdict": quiz_answer.c.verdict,
        "components": quiz_answer.c.components, "mistakes": quiz_answer.c.mistakes, "hints": literal(0),
        "created_at": quiz_answer.c.created_at, "receipt": quiz_answer.c.receipt,
    }  # fmt: skip
    given = select(*attempts.values()).select_from(quiz_answer).join(exercise, exercise.c.call_id == _SCORED)
    await transaction.execute(
        insert(attempt).from_select(list(attempts), given.where(*counted).order_by(quiz_answer.c.id))
    )


async def players_of(transaction: Transaction, quiz_id: int) -> list[int]:
    """Return how many answered in each round of a quiz so far, in order."""
    counts = (
        select(func.count(quiz_answer.c.learner_id.distinct()))
        .select_from(quiz_round)
        .outerjoin(quiz_answer, quiz_answer.c.round_id == quiz_round.c.id)
        .where(quiz_round.c.quiz_id == quiz_id)
        .group_by(quiz_round.c.number)
        .order_by(quiz_round.c.number)
    )
    return list((await transaction.execute(counts)).scalars())


async def reveal(transaction: Transaction, held: Row[Any], *, first: bool) -> Reveal:
    """Return what everybody may see of a closed round, as the quiz stands now."""
    rounds = await transaction.execute(ROUNDS.where(quiz.c.id == held.id).order_by(quiz_round.c.number.desc()))
    newest = rounds.all()[0]
    kept = quiz_of(newest)
    void = await transaction.execute(_VOID.where(quiz_reveal.c.round_id == held.round_id))
    shown = (learner.c.key, quiz_answer.c.read_as, quiz_answer.c.verdict, quiz_answer.c.right_answer)
    answers = (await transaction.execute(_counting(shown, quiz_round.c.id == held.round_id))).all()
    return Reveal(
        quiz=kept,
        number=held.number,
        first=first,
        is_last=newest.number == held.number and not kept.running,
        counts=void.first() is None,
        runs=newest.number if kept.running else None,
        answers=tuple(RevealedAnswer(row.key, row.read_as, row.verdict, row.right_answer) for row in answers),
        standings=await _table(transaction, held),
    )


async def _table(transaction: Transaction, held: Row[Any]) -> tuple[Standing, ...]:
    until = (quiz_round.c.quiz_id == held.id, quiz_round.c.number <= held.number)
    found = await transaction.execute(_counting((learner.c.key, quiz_answer.c.verdict), *until))
    return standings((row.key, row.verdict == "right") for row in found)


def _counting(columns: tuple[ColumnElement[Any], ...], *where: ColumnElement[bool]) -> Select[Any]:
    """Select of the answers that count, each player's last one in a round."""
    joined = select(*columns).select_from(quiz_answer).join(quiz_round).join(learner)
    return joined.where(_COUNTS, *where).order_by(learner.c.key)


def quiz_of(row: Row[Any]) -> Quiz:
    """Return the quiz in a row of `ROUNDS`."""
    names = ("id", "call_id", "place", "starter", "concept", "family", "version", "seed", "seconds", "rounds")
    return Quiz(**{name: getattr(row, name) for name in names}, running=row.state == "running")

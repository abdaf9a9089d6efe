"""Before the bell: who has which question of a round, and what is sealed, without its verdict."""

from typing import Any

from sqlalchemy import ColumnElement, Row, select

from bot.learning.quiz import seed_of
from bot.store.quiz_values import SealedAnswer
from bot.store.rows import learner_of
from bot.store.tables import learner, quiz_answer, quiz_player, quiz_round
from bot.store.transaction import Transaction

SEALED = (
    select(quiz_answer, quiz_round.c.number.label("round_number"), learner.c.key)
    .join(quiz_round, quiz_round.c.id == quiz_answer.c.round_id)
    .join(learner, learner.c.id == quiz_answer.c.learner_id)
)


async def seeds_of(transaction: Transaction, held: Row[Any], key: str) -> tuple[int, ...]:
    """Return the seeds of the questions that a learner has in the round of a row, the oldest first."""
    mine = (quiz_player.c.round_id == held.round_id, quiz_player.c.learner_id == learner_of(key))
    players = await transaction.execute(select(quiz_player.c.id).where(*mine).order_by(quiz_player.c.id))
    return tuple(seed_of(held.seed, held.number, player) for player in players.scalars())


async def find_sealed(transaction: Transaction, *where: ColumnElement[bool]) -> SealedAnswer | None:
    """Return the one sealed answer there, or None."""
    row = (await transaction.execute(SEALED.where(*where))).one_or_none()
    return None if row is None else sealed_answer(row)


def sealed_answer(row: Row[Any]) -> SealedAnswer:
    """Return the answer in a row of `SEALED`."""
    return SealedAnswer(
        row.call_id, row.key, row.round_id, row.round_number, row.number, row.seed, row.answer, row.read_as
    )

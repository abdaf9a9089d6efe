"""Makes two learners one: everything of the other one goes to the first, each thing once."""

from sqlalchemy import delete, select, update

from bot.store.tables import exercise, identity, learner, metadata, preference, quiz, quiz_answer
from bot.store.transaction import Transaction

_CHOSEN = ("theme", "decimals", "pictures", "motion", "timezone", "name")


async def keys_of(transaction: Transaction, learner_id: int) -> tuple[str, ...]:
    """Return all keys that lead to a learner, the oldest first."""
    mine = select(identity.c.key).where(identity.c.learner_id == learner_id).order_by(identity.c.id)
    return tuple((await transaction.execute(mine)).scalars())


async def join(transaction: Transaction, call_id: str, first: int, other: int) -> None:
    """Give the first learner all keys and all rows of the other one, who is no more afterwards.

    Of two open exercises that of the newer learner is replaced, by this call. What the first one has chosen
    stands; whoever of the two is hidden stays so.
    """
    await _replace_one_of_two_open(transaction, call_id, first, other)
    await _merge_preferences(transaction, first, other)
    await _rename_in_quizzes(transaction, first, other)
    for table in metadata.sorted_tables:
        for reference in table.foreign_keys:
            if reference.column is learner.c.id:
                theirs = reference.parent == other
                await transaction.execute(update(table).where(theirs).values({reference.parent: first}))
    await transaction.execute(delete(learner).where(learner.c.id == other))


async def _replace_one_of_two_open(transaction: Transaction, call_id: str, first: int, other: int) -> None:
    selection = select(exercise.c.id).join(learner).where(exercise.c.state == "open", learner.c.id.in_((first, other)))
    by_age = selection.order_by(learner.c.created_at, learner.c.id)
    for newer in (await transaction.execute(by_age)).scalars().all()[1:]:
        change = update(exercise).where(exercise.c.id == newer)
        await transaction.execute(change.values(state="replaced", ended_by=call_id))


async def _merge_preferences(transaction: Transaction, first: int, other: int) -> None:
    chosen = {
        each.learner_id: each
        for each in await transaction.execute(select(preference).where(preference.c.learner_id.in_((first, other))))
    }
    if len(chosen) < 2:
        return
    mine, theirs = chosen[first], chosen[other]
    merged = {name: getattr(theirs if getattr(mine, name) is None else mine, name) for name in _CHOSEN} | {
        "hidden": mine.hidden or theirs.hidden
    }
    await transaction.execute(delete(preference).where(preference.c.learner_id == other))
    await transaction.execute(update(preference).where(preference.c.learner_id == first).values(**merged))


async def _rename_in_quizzes(transaction: Transaction, first: int, other: int) -> None:
    """Let one learner answer each round as one, by the answers of the first, and own the quizzes of both."""
    key = select(learner.c.key).where(learner.c.id == first).scalar_subquery()
    theirs = select(identity.c.key).where(identity.c.learner_id == other)
    await transaction.execute(update(quiz).where(quiz.c.starter.in_(theirs)).values(starter=key))
    answered = select(quiz_answer.c.round_id).where(quiz_answer.c.learner_id == first)
    twice = quiz_answer.c.learner_id == other, quiz_answer.c.round_id.in_(answered)
    await transaction.execute(delete(quiz_answer).where(*twice))

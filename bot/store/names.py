"""What learners are called in a server: by the name they chose, else by the one the front knows there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from bot.store.tables import called, exercise, identity, learner, preference, quiz, quiz_player, quiz_round
from bot.store.transaction import Transaction


def name_in(server: str) -> ColumnElement[str]:
    """Return, as a part of a statement about `learner`, the name in a server; "" where none is known.

    Of several accounts that a learner has there, the one met last counts.
    """
    met = (
        select(called.c.name)
        .join_from(called, identity)
        .where(identity.c.learner_id == learner.c.id, called.c.server == server)
        .order_by(called.c.id.desc())
        .limit(1)
    )
    chosen = select(preference.c.name).where(preference.c.learner_id == learner.c.id)
    return func.coalesce(*(each.correlate(learner).scalar_subquery() for each in (chosen, met)), "")


async def names_of(transaction: Transaction, keys: Collection[str], server: str) -> dict[str, str]:
    """Return key to name for learners who are known, the oldest first; "" where no name is known."""
    selection = select(learner.c.key, name_in(server).label("name")).where(learner.c.key.in_(keys))
    found = await transaction.execute(selection.order_by(learner.c.id))
    return {row.key: row.name for row in found}


async def keep_name(transaction: Transaction, key: str, server: str, name: str, moment: datetime) -> None:
    """Keep the name that a front knows for a key in a server; for a key that is not known nothing is kept."""
    whose = (await transaction.execute(select(identity.c.id).where(identity.c.key == key))).scalar()
    if whose is None:
        return
    there = called.c.identity_id == whose, called.c.server == server
    renamed = await transaction.execute(update(called).where(*there).values(name=name).returning(called.c.id))
    if renamed.first() is None:
        row = {"identity_id": whose, "server": server, "name": name, "created_at": moment}
        await transaction.execute(insert(called).values(row))


async def was_in(transaction: Transaction, key: str, server: str) -> bool:
    """Tell whether the learner ever had an exercise or a question of a quiz in a server or a channel of it."""
    me = select(identity.c.learner_id).where(identity.c.key == key).scalar_subquery()
    practised = select(exercise.c.id).where(exercise.c.learner_id == me, within(exercise.c.place, server))
    played = (
        select(quiz_player.c.id)
        .join_from(quiz_player, quiz_round)
        .join(quiz)
        .where(quiz_player.c.learner_id == me, within(quiz.c.place, server))
    )
    found = await transaction.execute(select(or_(practised.exists(), played.exists())))
    return bool(found.scalar())


def within(place: ColumnElement[str], server: str) -> ColumnElement[bool]:
    """Return the condition that a place is a server or a channel of it."""
    return or_(place == server, place.startswith(f"{server}/", autoescape=True))

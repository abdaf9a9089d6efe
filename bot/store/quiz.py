"""Group quizzes, kept: answers lie sealed until the bell, and a bell scores its round once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from bot.learning.quiz import PLAYERS_PER_ROUND, can_be_played, goes_on, seed_of
from bot.store.bell import ROUNDS, players_of, quiz_of, reveal, score
from bot.store.database import Database
from bot.store.quiz_values import DueBell, NewQuiz, NewQuizAnswer, OpenRound, Quiz, Reveal, SealedAnswer
from bot.store.rows import find_learner, known_learner, learner_of
from bot.store.sealing import SEALED, find_sealed, sealed_answer, seeds_of
from bot.store.tables import learner, quiz, quiz_answer, quiz_player, quiz_reveal, quiz_round
from bot.store.telling import Tellings
from bot.store.transaction import Transaction
from engine.errors import NoExercise, NotAllowed, TooLarge, WrongUsage
from engine.values import Json


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Quizzes:
    """The quizzes of all places.

    Every method may refuse (StoreFailed) when the records cannot be reached; nothing is changed then.
    `now` gives the moment, with its time zone. `tellings` are the reveals that are still to be told.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self.tellings = Tellings(database, now)
        self._database = database
        self._now = now

    async def begin(self, new: NewQuiz) -> Quiz:
        """Begin a quiz with its first round and return it; the same delivery again gets what it got first.

        Refuses a place where a quiz runs (NotAllowed) and a call id that another starter used (WrongUsage).
        """
        async with self._database.writing() as transaction:
            found = await _one(transaction, quiz.c.call_id == new.call_id)
            if found is None:
                if await _one(transaction, quiz.c.place == new.place, quiz.c.state == "running"):
                    raise NotAllowed("A quiz runs here already.", suggestions=("/quiz mine",))
                values = {name: getattr(new, name) for name in new.__slots__}
                made = insert(quiz).values(**values, state="running", created_at=self._now()).returning(quiz.c.id)
                quiz_id = (await transaction.execute(made)).scalar_one()
                await self._open(transaction, quiz_id, 1, new.seconds)
                found = await _one(transaction, quiz.c.id == quiz_id)
            if found is None or found.starter != new.starter:
                raise _used_by_another(new.call_id)
            return quiz_of(found)

    async def running(self, place: str, key: str) -> OpenRound | None:
        """Return the round that runs in a place, with the answers that this learner gave in it; or None."""
        async with self._database.reading() as transaction:
            found = await _one(transaction, quiz.c.place == place, quiz_round.c.state == "open")
            if found is None:
                return None
            mine = SEALED.where(quiz_answer.c.round_id == found.round_id, learner.c.id == learner_of(key))
            given = tuple(sealed_answer(row) for row in await transaction.execute(mine.order_by(quiz_answer.c.number)))
            left = (found.deadline_at - self._now()).total_seconds()
            answered = {each.seed for each in given}
            # The question that is answered goes before another one.
            seeds = tuple(sorted(await seeds_of(transaction, found, key), key=lambda seed: seed not in answered))
            return OpenRound(found.round_id, quiz_of(found), found.number, left, seeds, given)

    async def take_part(self, round_id: int, key: str) -> int:
        """Note that a learner has an own question in a round, and return its seed.

        Refuses a round that is closed (NoExercise) and more players than a round holds (TooLarge).
        """
        async with self._database.writing() as transaction:
            held = await _still_open(transaction, round_id)
            stands = await seeds_of(transaction, held, key)
            if stands:
                return stands[0]
            players = select(func.count(quiz_player.c.learner_id.distinct())).where(quiz_player.c.round_id == round_id)
            if (await transaction.execute(players)).scalar_one() >= PLAYERS_PER_ROUND:
                raise TooLarge(f"This round has {PLAYERS_PER_ROUND} players already, and holds no more.")
            moment = self._now()
            learner_id = await known_learner(transaction, key, moment)
            made = insert(quiz_player).values(round_id=round_id, learner_id=learner_id, created_at=moment)
            player = (await transaction.execute(made.returning(quiz_player.c.id))).scalar_one()
            return seed_of(held.seed, held.number, player)

    async def open_questions(self, key: str) -> list[Json]:
        """Return what poses the learner's own questions of all rounds that run, wherever they run, again."""
        open_to_me = (quiz_round.c.state == "open", quiz_player.c.learner_id == learner_of(key))
        asked = select(quiz.c.family, quiz.c.version, quiz.c.seed, quiz_round.c.number, quiz_player.c.id)
        async with self._database.reading() as transaction:
            found = await transaction.execute(
                asked.select_from(quiz_player).join(quiz_round).join(quiz).where(*open_to_me)
            )
            return [
                {
                    "family": row.family,
                    "version": row.version,
                    "given": {},
                    "seed": seed_of(row.seed, row.number, row.id),
                }
                for row in found
            ]

    async def sealed(self, call_id: str, key: str) -> SealedAnswer | None:
        """Return what a delivery of this learner sealed, or None."""
        async with self._database.reading() as transaction:
            mine = (quiz_answer.c.call_id == call_id, learner.c.id == learner_of(key))
            return await find_sealed(transaction, *mine)

    async def seal(self, new: NewQuizAnswer) -> SealedAnswer:
        """Keep a marked answer until the bell, and return what stands for this delivery or this number.

        Refuses a round that is closed or has not asked this learner what is answered (NoExercise), and a call
        id that another learner used (WrongUsage). Whether the answer came in time is for the caller to see: it
        was marked since.
        """
        this = quiz_answer.c.call_id == new.call_id
        async with self._database.writing() as transaction:
            mine = quiz_answer.c.learner_id == await find_learner(transaction, new.learner)
            stands = await find_sealed(transaction, this, mine)
            if stands is None:
                if await find_sealed(transaction, this):
                    raise _used_by_another(new.call_id)
                same = (quiz_answer.c.round_id == new.round_id, quiz_answer.c.number == new.number)
                stands = await find_sealed(transaction, *same, mine)
            return stands or await self._keep(transaction, new)

    async def due(self) -> tuple[DueBell, ...]:
        """Return the bells of all rounds that run, the earliest first.

        One whose questions are not here any more is due at once: nobody can answer it.
        """
        async with self._database.reading() as transaction:
            found = await transaction.execute(
                ROUNDS.where(quiz_round.c.state == "open").order_by(quiz_round.c.deadline_at, quiz_round.c.id)
            )
            return tuple(DueBell(row.id, row.number, row.place, self._left(row)) for row in found)

    async def ring(self, call_id: str, quiz_id: int, number: int) -> Reveal:
        """Close a round whose time is over, score it, open the next one or end the quiz; return what comes out.

        A round that is closed already is revealed again and changed no more, whoever rings. One whose questions
        are not here any more does not count, and ends its quiz.
        Refuses a round that is not there (NoExercise) and one whose time is not over (NotAllowed).
        """
        async with self._database.writing() as transaction:
            held = await _one(transaction, quiz.c.id == quiz_id, quiz_round.c.number == number)
            if held is None:
                raise NoExercise("There is no such round.")
            first = held.round_state == "open"
            if first:
                if self._left(held) > 0:
                    raise NotAllowed("The time of this round is not over.")
                await self._close(transaction, held, call_id)
            return await reveal(transaction, held, first=first)

    async def stop(self, call_id: str, quiz_id: int, *, told: bool) -> Reveal:
        """Close the round that runs, whatever its time, score it and end the quiz; return what comes out.

        told: whether the caller tells the reveal, so that nobody else is to tell it.

        A quiz that has ended is revealed again. Refuses one that is not there (NoExercise).
        """
        async with self._database.writing() as transaction:
            found = await transaction.execute(ROUNDS.where(quiz.c.id == quiz_id).order_by(quiz_round.c.number.desc()))
            held = found.first()
            if held is None:
                raise NoExercise("There is no such quiz.")
            first = held.round_state == "open"
            if first:
                await self._close(transaction, held, call_id, stop=True, told=told)
            return await reveal(transaction, held, first=first)

    async def closed_by(self, call_id: str) -> Reveal | None:
        """Return the round that a delivery closed, or None."""
        return await self._look_back(quiz_round.c.closed_by == call_id)

    async def last(self, place: str) -> Reveal | None:
        """Return the round that was closed last in a place, or None."""
        return await self._look_back(quiz.c.place == place, quiz_round.c.state == "closed")

    async def _look_back(self, *where: ColumnElement[bool]) -> Reveal | None:
        async with self._database.reading() as transaction:
            held = (await transaction.execute(ROUNDS.where(*where).order_by(quiz_round.c.id.desc()).limit(1))).first()
            return None if held is None else await reveal(transaction, held, first=False)

    async def _open(self, transaction: Transaction, quiz_id: int, number: int, seconds: int) -> None:
        now = self._now()
        deadline = now + timedelta(seconds=seconds)
        made = insert(quiz_round).values(
            quiz_id=quiz_id, number=number, state="open", deadline_at=deadline, created_at=now
        )
        await transaction.execute(made)

    def _left(self, held: Row[Any]) -> float:
        if not can_be_played(held.family, held.version):
            return 0.0
        return float((held.deadline_at - self._now()).total_seconds())

    async def _keep(self, transaction: Transaction, new: NewQuizAnswer) -> SealedAnswer:
        held = await _still_open(transaction, new.round_id)
        learner_id = await find_learner(transaction, new.learner)
        if learner_id is None or new.seed not in await seeds_of(transaction, held, new.learner):
            raise NoExercise("You have no such question in this round any more.", suggestions=("/quiz mine",))
        values = {name: getattr(new, name) for name in new.__slots__ if name != "learner"}
        values |= {"components": list(new.components), "mistakes": list(new.mistakes), "created_at": self._now()}
        await transaction.execute(insert(quiz_answer).values(**values, learner_id=learner_id))
        row = (await transaction.execute(SEALED.where(quiz_answer.c.call_id == new.call_id))).one()
        return sealed_answer(row)

    async def _close(
        self, transaction: Transaction, held: Row[Any], call_id: str, *, stop: bool = False, told: bool = False
    ) -> None:
        this, now, counts = quiz_round.c.id == held.round_id, self._now(), can_be_played(held.family, held.version)
        await transaction.execute(update(quiz_round).where(this).values(state="closed", closed_by=call_id))
        owed = {"round_id": held.round_id, "counts": counts, "told_at": now if told else None, "created_at": now}
        await transaction.execute(insert(quiz_reveal).values(owed))
        if counts:
            await score(transaction, held, call_id)
        ends = stop or not counts
        if not ends and goes_on(held.number, held.rounds, await players_of(transaction, held.id)):
            await self._open(transaction, held.id, held.number + 1, held.seconds)
        else:
            await transaction.execute(update(quiz).where(quiz.c.id == held.id).values(state="ended"))


async def _one(transaction: Transaction, *where: ColumnElement[bool]) -> Row[Any] | None:
    """Return the newest round there, with its quiz, or None."""
    found = await transaction.execute(ROUNDS.where(*where).order_by(quiz_round.c.id.desc()).limit(1))
    return found.first()


async def _still_open(transaction: Transaction, round_id: int) -> Row[Any]:
    held = await _one(transaction, quiz_round.c.id == round_id)
    if held is None or held.round_state != "open":
        raise NoExercise("The bell has rung; this came too late.", suggestions=("/quiz mine", "/quiz last"))
    return held


def _used_by_another(call_id: str) -> WrongUsage:
    return WrongUsage(f"The call id {call_id} belongs to another learner's call.", option="id")

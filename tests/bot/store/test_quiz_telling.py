"""Which reveals are still to be told, and by whom."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.store.database import Database
from bot.store.quiz import Quizzes
from bot.store.quiz_values import NewQuiz, Untold

NEW = NewQuiz("q-1", "local", "local:ann", "grad.eval", "grad.at", 1, 7, seconds=60, rounds=20)
PLACE = "local"


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    moment: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def quizzes(database: Database, hands: Hands) -> Quizzes:
    """Give a quiz whose first round is closed and not told."""
    quizzes = Quizzes(database, hands)
    await quizzes.begin(NEW)
    await ring(quizzes, hands, 1)
    return quizzes


@pytest.fixture
async def other_process(url: str, hands: Hands) -> AsyncIterator[Quizzes]:
    database = Database(url)
    yield Quizzes(database, hands)
    await database.close()


async def ring(quizzes: Quizzes, hands: Hands, number: int) -> None:
    hands.move(60)
    await quizzes.ring(f"b-{number}", 1, number)


async def claimed(quizzes: Quizzes, by: str = "me") -> Untold:
    found = await quizzes.tellings.claim(PLACE, by)
    assert found is not None
    return found


async def test_a_round_that_runs_is_not_to_be_told(database: Database, hands: Hands) -> None:
    quizzes = Quizzes(database, hands)
    await quizzes.begin(NEW)
    assert await quizzes.tellings.places() == ()
    assert await quizzes.tellings.claim(PLACE, "me") is None


async def test_a_closed_round_is_to_be_told_in_its_place(quizzes: Quizzes) -> None:
    assert await quizzes.tellings.places() == (PLACE,)
    found = await claimed(quizzes)
    assert (found.quiz_id, found.number, found.place, found.seconds) == (1, 1, PLACE, 6 * 3600)


async def test_another_place_has_nothing_to_be_told(quizzes: Quizzes) -> None:
    assert await quizzes.tellings.claim("discord:1/2", "me") is None


async def test_what_was_told_is_not_to_be_told_again(quizzes: Quizzes) -> None:
    await quizzes.tellings.told((await claimed(quizzes)).round_id)
    assert await quizzes.tellings.places() == ()
    assert await quizzes.tellings.claim(PLACE, "me") is None


async def test_a_round_told_twice_was_told_the_first_time(quizzes: Quizzes, database: Database, hands: Hands) -> None:
    told = text("SELECT told_at FROM quiz_reveal")
    await quizzes.tellings.told(1)
    async with database.reading() as transaction:
        first = (await transaction.execute(told)).scalar_one()
    hands.move(5)
    await quizzes.tellings.told(1)
    async with database.reading() as transaction:
        assert (await transaction.execute(told)).scalar_one() == first


async def test_a_stop_that_tells_leaves_nothing_to_be_told(quizzes: Quizzes) -> None:
    await quizzes.tellings.told(1)
    await quizzes.stop("s-1", 1, told=True)
    assert await quizzes.tellings.places() == ()


async def test_a_stop_that_does_not_tell_leaves_its_round_to_be_told(quizzes: Quizzes) -> None:
    await quizzes.tellings.told(1)
    await quizzes.stop("s-1", 1, told=False)
    assert (await claimed(quizzes)).number == 2


async def test_of_two_processes_that_claim_at_once_one_tells(quizzes: Quizzes, other_process: Quizzes) -> None:
    both = [quizzes, other_process] * 5
    found = await asyncio.gather(*(each.tellings.claim(PLACE, f"{n % 2}") for n, each in enumerate(both)))
    assert sum(each is not None for each in found) == 1


async def test_what_another_one_tells_waits_for_nobody_else(quizzes: Quizzes, other_process: Quizzes) -> None:
    await claimed(quizzes)
    assert await other_process.tellings.places() == ()


async def test_a_later_round_waits_for_the_earlier_one(quizzes: Quizzes, hands: Hands) -> None:
    await claimed(quizzes)
    await quizzes.stop("s-1", 1, told=False)
    hands.move(5)
    assert await quizzes.tellings.claim(PLACE, "other") is None
    await quizzes.tellings.told(1)
    assert (await claimed(quizzes, "other")).number == 2


async def test_a_claim_is_over_ten_seconds_later(quizzes: Quizzes, hands: Hands) -> None:
    await claimed(quizzes)
    hands.move(9.9)
    assert await quizzes.tellings.claim(PLACE, "other") is None
    hands.move(0.1)
    assert (await claimed(quizzes, "other")).number == 1


async def test_a_claim_that_is_held_goes_on(quizzes: Quizzes, hands: Hands) -> None:
    found = await claimed(quizzes)
    hands.move(9)
    await quizzes.tellings.hold(found.round_id, "me")
    hands.move(9)
    assert await quizzes.tellings.claim(PLACE, "other") is None


async def test_a_claim_that_was_lost_is_not_taken_back_by_holding(quizzes: Quizzes, hands: Hands) -> None:
    found = await claimed(quizzes)
    hands.move(10)
    await claimed(quizzes, "other")
    hands.move(5)
    await quizzes.tellings.hold(found.round_id, "me")
    hands.move(5)
    assert await quizzes.tellings.places() == (PLACE,)


async def test_what_is_released_is_free_at_once(quizzes: Quizzes) -> None:
    await quizzes.tellings.release((await claimed(quizzes)).round_id, "me")
    assert (await claimed(quizzes, "other")).number == 1


async def test_nobody_releases_what_another_one_tells(quizzes: Quizzes) -> None:
    await quizzes.tellings.release((await claimed(quizzes)).round_id, "other")
    assert await quizzes.tellings.claim(PLACE, "other") is None


async def test_what_is_told_is_told_although_whoever_notes_it_is_cancelled(quizzes: Quizzes) -> None:
    noting = asyncio.create_task(quizzes.tellings.told((await claimed(quizzes)).round_id))
    await asyncio.sleep(0)
    noting.cancel()
    await asyncio.wait({noting})
    assert noting.cancelled()
    assert await quizzes.tellings.claim(PLACE, "me") is None


async def test_after_six_hours_a_reveal_is_not_told_any_more(quizzes: Quizzes, hands: Hands) -> None:
    hands.move(6 * 3600 - 1)
    assert await quizzes.tellings.places() == (PLACE,)
    hands.move(1)
    assert await quizzes.tellings.places() == ()
    assert await quizzes.tellings.claim(PLACE, "me") is None


async def test_a_reveal_that_is_too_old_holds_up_no_later_one(quizzes: Quizzes, hands: Hands) -> None:
    hands.move(6 * 3600)
    await ring(quizzes, hands, 2)
    assert (await claimed(quizzes)).number == 2


async def test_an_untold_reveal_keeps_no_next_quiz_from_starting(quizzes: Quizzes) -> None:
    await quizzes.stop("s-1", 1, told=False)
    assert (await quizzes.begin(replace(NEW, call_id="q-2"))).id == 2
    assert (await claimed(quizzes)).number == 1

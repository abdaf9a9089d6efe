"""The clock on a real Nabla: it rings once, at once when late, and outlives whoever is told."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import Nabla
from bot.catalogue import Catalogue
from bot.commands import quiz
from bot.fronts.clock import Clock
from bot.store.quiz import Quizzes
from bot.talk import Call, Reply

START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Hall:
    """A quiz in some places, clocks for them, and what was told."""

    nabla: Nabla
    moment: datetime = START
    told: list[tuple[str, Reply]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.quizzes = Quizzes(self.nabla.progress.database, lambda: self.moment)
        self.catalogue = Catalogue(quiz.commands(self.quizzes, self.nabla.workers))

    async def tell(self, place: str, reply: Reply) -> None:
        self.told.append((place, reply))
        self.heard.set()

    def clock(self, **how: Any) -> Clock:
        arguments: dict[str, Any] = {"serves": lambda _: True, "tell": self.tell, "longest_sleep": 0.02}
        return Clock(self.catalogue, self.quizzes, **arguments | how)

    async def start(self, place: str = "local", seconds: int = 10) -> None:
        call = Call(f"start-{place}", "quiz start", {"seconds": str(seconds)}, "local:ann", place)
        assert (await self.catalogue.handle(call)).outcome == "answered"

    async def until_told(self, count: int) -> list[tuple[str, int]]:
        """Return place and round of everything told, once there are so many."""
        async with asyncio.timeout(20):
            while len(self.told) < count:
                self.heard.clear()
                await self.heard.wait()
        return [(place, reply.data["round"]) for place, reply in self.told if reply.data is not None]


@pytest.fixture
def hall(nabla: Nabla) -> Hall:
    return Hall(nabla)


async def test_the_bell_rings_when_the_time_is_over_and_not_before(hall: Hall) -> None:
    await hall.start()
    async with hall.clock().running():
        hall.moment += timedelta(seconds=9)
        await asyncio.sleep(0.1)
        assert hall.told == []
        hall.moment += timedelta(seconds=1)
        assert await hall.until_told(1) == [("local", 1)]


async def test_an_overdue_bell_has_rung_before_anybody_is_served(hall: Hall) -> None:
    await hall.start()
    hall.moment += timedelta(days=1)
    async with hall.clock(longest_sleep=60.0).running():
        assert (await hall.quizzes.last("local")) is not None
        assert await hall.until_told(1) == [("local", 1)]


async def test_a_quiz_runs_to_its_end_by_itself(hall: Hall) -> None:
    await hall.start()
    async with hall.clock().running():
        for number in (1, 2):
            hall.moment += timedelta(seconds=10)
            await hall.until_told(number)
    assert await hall.quizzes.due() == ()
    assert "The quiz is over." in str(hall.told[-1][1].blocks)


async def test_two_clocks_tell_a_bell_once(hall: Hall) -> None:
    await hall.start()
    hall.moment += timedelta(seconds=10)
    async with hall.clock().running(), hall.clock().running():
        await hall.until_told(1)
        await asyncio.sleep(0.1)
    assert len(hall.told) == 1


async def test_a_clock_leaves_the_places_of_other_fronts_alone(hall: Hall) -> None:
    await hall.start("local")
    await hall.start("discord:1/2")
    hall.moment += timedelta(seconds=10)
    async with hall.clock(serves=lambda place: place.startswith("discord:")).running():
        await hall.until_told(1)
    assert [place for place, _ in hall.told] == ["discord:1/2"]
    assert await hall.quizzes.last("local") is None


async def test_a_telling_that_fails_costs_neither_the_reveal_nor_the_clock(hall: Hall) -> None:
    async def fail(place: str, reply: Reply) -> None:
        await hall.tell(place, reply)
        raise ConnectionError

    await hall.start()
    async with hall.clock(tell=fail).running():
        for number in (1, 2):
            hall.moment += timedelta(seconds=10)
            await hall.until_told(number)
    last = await hall.quizzes.last("local")
    assert last is not None
    assert last.number == 2


async def test_a_telling_that_hangs_stops_no_other_bell(hall: Hall) -> None:
    async def hang(place: str, reply: Reply) -> None:
        await hall.tell(place, reply)
        await asyncio.Event().wait()

    await hall.start("local")
    await hall.start("elsewhere")
    hall.moment += timedelta(seconds=10)
    async with hall.clock(tell=hang).running():
        assert sorted(await hall.until_told(2)) == [("elsewhere", 1), ("local", 1)]


async def test_records_that_cannot_be_read_do_not_end_the_clock(hall: Hall) -> None:
    await hall.start()
    clock, moment = hall.clock(), hall.moment
    async with clock.running():
        hall.moment = moment.replace(tzinfo=None)  # what the records hold has a zone: comparing the two is an error
        await asyncio.sleep(0.1)
        hall.moment = moment + timedelta(seconds=10)
        assert await hall.until_told(1) == [("local", 1)]

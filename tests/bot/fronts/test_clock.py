"""The clock on a real Nabla: it rings once, at once when late, and outlives whoever is told."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import Nabla
from bot.catalogue import Catalogue
from bot.commands import quiz
from bot.fronts import teller
from bot.fronts.clock import Clock, keep_silent
from bot.store.people import People
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
        self.catalogue = Catalogue(
            quiz.commands(self.quizzes, People(self.nabla.progress.database), self.nabla.workers)
        )

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


async def test_a_telling_that_fails_is_tried_again_and_holds_up_no_bell(hall: Hall) -> None:
    async def fail_once(place: str, reply: Reply) -> None:
        await hall.tell(place, reply)
        if len(hall.told) == 1:
            raise ConnectionError

    await hall.start()
    async with hall.clock(tell=fail_once).running():
        hall.moment += timedelta(seconds=10)
        await hall.until_told(1)
        hall.moment += timedelta(seconds=10)
        assert await hall.until_told(3) == [("local", 1), ("local", 1), ("local", 2)]


async def test_what_was_closed_before_a_kill_is_told_by_the_next_clock(hall: Hall) -> None:
    await hall.start()
    hall.moment += timedelta(seconds=10)
    await hall.quizzes.ring("bell", 1, 1)
    async with hall.clock().running():
        assert await hall.until_told(1) == [("local", 1)]


async def test_what_is_not_told_when_a_clock_stops_is_told_by_the_next_one_at_once(hall: Hall) -> None:
    async def hang(place: str, reply: Reply) -> None:
        await hall.tell(place, reply)
        await asyncio.Event().wait()

    await hall.start()
    hall.moment += timedelta(seconds=10)
    async with hall.clock(tell=hang).running():
        await hall.until_told(1)
    async with hall.clock().running():
        assert await hall.until_told(2) == [("local", 1), ("local", 1)]


async def test_what_was_told_is_not_told_by_the_next_clock(hall: Hall) -> None:
    await hall.start()
    hall.moment += timedelta(seconds=10)
    for _ in range(2):
        async with hall.clock().running():
            await hall.until_told(1)
            await asyncio.sleep(0.1)
    assert len(hall.told) == 1


async def test_rounds_of_a_place_are_told_one_after_the_other(hall: Hall) -> None:
    at_once: list[int] = []

    async def slow(place: str, reply: Reply) -> None:
        at_once.append(1)
        await asyncio.sleep(0.05)
        assert at_once.pop() == 1
        assert at_once == []
        await hall.tell(place, reply)

    await hall.start()
    for number in (1, 2):
        hall.moment += timedelta(seconds=10)
        await hall.quizzes.ring(f"bell-{number}", 1, number)
    async with hall.clock(tell=slow).running():
        assert await hall.until_told(2) == [("local", 1), ("local", 2)]


async def test_a_round_told_late_leads_to_the_round_that_runs(hall: Hall) -> None:
    await hall.start()
    call = Call("mine", "quiz mine", {}, "local:ann", "local")
    assert (await hall.catalogue.handle(call)).outcome == "answered"
    hall.moment += timedelta(seconds=10)
    await hall.quizzes.ring("bell-1", 1, 1)
    running = await hall.quizzes.running("local", "local:ann")
    assert running is not None
    await hall.catalogue.handle(Call("mine-2", "quiz mine", {}, "local:ann", "local"))
    await hall.catalogue.handle(Call("a-2", "quiz answer", {"value": "(1, 2)"}, "local:ann", "local"))
    hall.moment += timedelta(seconds=10)
    await hall.quizzes.ring("bell-2", 1, 2)
    async with hall.clock().running():
        await hall.until_told(2)
    assert [reply.about for _, reply in hall.told] == ["1/3", "1/3"]


async def test_a_clock_that_keeps_silent_leaves_the_telling_to_another_one(hall: Hall) -> None:
    await hall.start()
    hall.moment += timedelta(seconds=10)
    async with hall.clock(tell=keep_silent).running():
        await asyncio.sleep(0.1)
    assert await hall.quizzes.tellings.places() == ("local",)
    async with hall.clock().running():
        assert await hall.until_told(1) == [("local", 1)]


async def test_a_telling_that_takes_long_is_left_to_its_clock(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(_place: str, _reply: Reply) -> None:
        begun.set()
        await asyncio.Event().wait()

    begun = asyncio.Event()
    monkeypatch.setattr(teller, "_HOLD_SECONDS", 0.01)
    await hall.start()
    hall.moment += timedelta(seconds=10)
    async with hall.clock(tell=hang).running(), asyncio.timeout(20):
        await begun.wait()
        async with hall.clock().running():
            for _ in range(4):
                hall.moment += timedelta(seconds=8)
                await asyncio.sleep(0.3)
            assert hall.told == []


async def test_a_reveal_from_long_ago_is_not_told_any_more(hall: Hall) -> None:
    await hall.start()
    hall.moment += timedelta(seconds=10)
    await hall.quizzes.ring("bell", 1, 1)
    await hall.quizzes.stop("stop", 1, told=True)
    hall.moment += timedelta(hours=6)
    async with hall.clock().running():
        await asyncio.sleep(0.1)
    assert hall.told == []


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

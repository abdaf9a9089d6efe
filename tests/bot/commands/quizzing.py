"""A quiz of a real Nabla, under a clock that the test moves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import Nabla
from bot.catalogue import CLOCK, Catalogue
from bot.commands import practice, quiz
from bot.commands import progress as progress_commands
from bot.store.people import People
from bot.store.quiz import Quizzes
from bot.talk import Call, Reply
from engine.exercises import FAMILIES

PLACES = ("local", "discord:1/2")
PLAYERS = [f"discord:{number}" for number in range(12)]


def place_of(player: str) -> str:
    return PLACES[PLAYERS.index(player) % 2]


@dataclass
class School:
    """Nabla's quiz under a clock that the test moves."""

    nabla: Nabla
    moment: datetime = datetime(2026, 3, 1, tzinfo=UTC)
    said: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.quizzes = Quizzes(self.nabla.progress.database, lambda: self.moment)
        workers, progress = self.nabla.workers, self.nabla.progress
        people = People(progress.database)
        self.catalogue = Catalogue(
            [
                *quiz.commands(self.quizzes, people, workers),
                *practice.commands(progress, people, workers),
                *progress_commands.commands(progress, workers),
            ]
        )

    async def ask(self, line: str, who: str = "local:ann", place: str = "local", **how: Any) -> Reply:
        command, options = self.catalogue.split(line)
        how = {"id": f"{who}/{place}/{len(self.said)}"} | how
        reply = await self.catalogue.handle(Call(command=command, options=options, learner=who, place=place, **how))
        self.said.append(reply)
        return reply

    async def ring(self, number: int = 1, quiz_number: int = 1, call_id: str = "") -> Reply:
        options = {"quiz": str(quiz_number), "round": str(number)}
        own = call_id or f"clock:quiz-{quiz_number}-round-{number}"
        return await self.catalogue.handle(Call(own, "quiz bell", options, CLOCK, PLACES[quiz_number - 1]))

    async def right_answer(self, who: str, place: str) -> str:
        """Return the right answer to the question that a player has."""
        await self.ask("/quiz mine", who, place)
        running = await self.quizzes.running(place, who)
        assert running is not None
        return f"({', '.join(FAMILIES[running.quiz.family].pose(running.seeds[0], {}).answer)})"

    async def answer(self, text: str, who: str = "local:ann", place: str = "local", **how: Any) -> Reply:
        """Answer after a look at the question."""
        await self.ask("/quiz mine", who, place)
        return await self.ask(f"/quiz answer {text}", who, place, **how)

    def pass_time(self, seconds: float = 60) -> None:
        self.moment += timedelta(seconds=seconds)


def data(reply: Reply) -> dict[str, Any]:
    assert reply.data is not None, reply.refusal
    return dict(reply.data)


def kind(reply: Reply) -> str | None:
    return None if reply.refusal is None else reply.refusal.kind

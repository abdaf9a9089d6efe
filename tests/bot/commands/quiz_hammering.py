"""A process that delivers answers again and again, some under one id and some as double clicks; prints how many."""

import asyncio
import json
import logging
import random
import sys
from collections import Counter

import structlog

from bot.catalogue import Catalogue
from bot.commands import practice, quiz
from bot.store.database import Database
from bot.store.people import People
from bot.store.progress import Progress
from bot.store.quiz import Quizzes
from bot.talk import Call
from bot.workers import LocalWorkers

AT_ONCE = 12


async def main(url: str, name: str, count: int, answers: dict[str, list[str]]) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    database = Database(url, patience=30.0)
    workers = LocalWorkers(1, 10.0)
    await workers.start()
    people, progress = People(database), Progress(database)
    catalogue = Catalogue(
        [*quiz.commands(Quizzes(database), people, workers), *practice.commands(progress, people, workers)]
    )
    dice = random.Random(name)  # noqa: S311 - the same deliveries in every run
    outcomes: Counter[str] = Counter()
    left = iter(range(count))

    async def deliver_some() -> None:
        for number in left:
            learner = dice.choice(sorted(answers))
            command, value = answers[learner]
            # Half of them under the one id that both processes use, half under ids of their own.
            call_id = f"{learner}/answer" if dice.random() < 0.5 else f"{learner}/{name}/{number}"
            reply = await catalogue.handle(Call(call_id, command, {"value": value}, learner, "local"))
            outcomes[reply.outcome] += 1

    await asyncio.gather(*(deliver_some() for _ in range(AT_ONCE)))
    await workers.close()
    await database.close()
    print(json.dumps(outcomes))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])))

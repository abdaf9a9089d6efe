"""The same answers delivered over and over: no score is counted twice."""

import asyncio
import json
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import Nabla
from engine.exercises import FAMILIES
from tests.bot.commands.quizzing import School, data

pytestmark = pytest.mark.slow

DELIVERIES = 10_000
PLAYERS = [f"local:player-{number}" for number in range(8)]
LEARNERS = [f"local:learner-{number}" for number in range(8)]
HAMMERING = Path(__file__).with_name("quiz_hammering.py")


async def hammered(url: str, name: str, count: int, answers: dict[str, tuple[str, str]]) -> dict[str, int]:
    """Return how often which outcome was given by a process of its own."""
    command = (sys.executable, str(HAMMERING), url, name, str(count), json.dumps(answers))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0
    return dict(json.loads(said))


@pytest.mark.timeout(240)
async def test_ten_thousand_deliveries_from_two_processes_score_every_answer_once(nabla: Nabla) -> None:
    school = School(nabla)
    # The other processes know no clock but the day's own.
    school.moment = datetime.now(UTC)
    await school.ask("/quiz start seconds=600 rounds=1")
    answers = {who: ("quiz answer", await school.right_answer(who, "local")) for who in PLAYERS}
    for who in LEARNERS:
        posed = data(await school.ask("/practice", who))
        problem = FAMILIES[posed["family"]].pose(posed["seed"], {})
        answers[who] = ("answer", f"({', '.join(problem.answer)})")
    began = time.monotonic()
    url = nabla.settings.store_url
    both = await asyncio.gather(*(hammered(url, name, DELIVERIES // 2, answers) for name in ("one", "two")))
    print(f"\n{DELIVERIES} deliveries in {time.monotonic() - began:.1f} s: {both}")
    assert sum(sum(each.values()) for each in both) == DELIVERIES
    for number in range(20):
        school.pass_time(600)
        assert data(await school.ring())["repeated"] == (number > 0)
    for who in (*PLAYERS, *LEARNERS):
        summary = data(await school.ask("/progress", who))
        assert (summary["posed"], summary["attempts"], summary["right"]) == (1, 1, 1)
    with closing(sqlite3.connect(nabla.settings.data / "nabla.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM quiz_answer").fetchone() == (len(PLAYERS),)
        assert connection.execute("SELECT count(*) FROM attempt").fetchone() == (len(PLAYERS) + len(LEARNERS),)


async def test_bells_that_ring_at_once_score_once(nabla: Nabla) -> None:
    school = School(nabla)
    await school.ask("/quiz start")
    await school.answer(await school.right_answer("local:ann", "local"))
    school.pass_time()
    rung = [data(each) for _ in range(10) for each in await asyncio.gather(*(school.ring() for _ in range(50)))]
    assert sum(not each["repeated"] for each in rung) == 1
    summary = data(await school.ask("/progress"))
    assert (summary["attempts"], summary["right"], summary["posed"]) == (1, 1, 1)
    assert data(await school.ask("/quiz mine"))["round"] == 2

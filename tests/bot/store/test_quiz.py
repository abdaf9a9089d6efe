import asyncio
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.progress import Progress
from bot.store.quiz import Quizzes
from bot.store.quiz_values import NewQuiz, NewQuizAnswer, OpenRound
from bot.store.values import Verdict
from engine.errors import NoExercise, NotAllowed, TooLarge, WrongUsage
from engine.values import Posed

NEW = NewQuiz("q-1", "local", "local:ann", "gradient", "grad.at", 1, 2**63 - 1, seconds=60, rounds=3)


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
def quizzes(database: Database, hands: Hands) -> Quizzes:
    return Quizzes(database, hands)


@pytest.fixture
async def other_process(url: str, hands: Hands) -> AsyncIterator[Quizzes]:
    """Give the same records as another process has them: through connections and a queue of its own."""
    database = Database(url)
    yield Quizzes(database, hands)
    await database.close()


async def running(quizzes: Quizzes, place: str = "local", key: str = "local:ann") -> OpenRound:
    found = await quizzes.running(place, key)
    assert found is not None
    return found


async def answered(
    quizzes: Quizzes, key: str = "local:ann", verdict: Verdict = "right", call_id: str = "", text: str = "(1, 2)"
) -> NewQuizAnswer:
    """Seal an answer in the round that runs and return what was sealed."""
    found = await running(quizzes, key=key)
    seed = await quizzes.take_part(found.id, key)
    number = len(found.answers) + 1
    own = call_id or f"{key}/{found.number}/{number}"
    new = NewQuizAnswer(own, found.id, key, number, seed, text, text, verdict, (True, None), ("slip",), None)
    await quizzes.seal(new)
    return new


async def test_a_quiz_begins_with_its_first_round(quizzes: Quizzes) -> None:
    quiz = await quizzes.begin(NEW)
    found = await running(quizzes)
    assert (found.quiz, found.number, found.seconds_left, found.seeds, found.answers) == (quiz, 1, 60, (), ())


async def test_a_start_delivered_twice_begins_one_quiz(quizzes: Quizzes) -> None:
    first = await quizzes.begin(NEW)
    assert await quizzes.begin(replace(NEW, seed=1, seconds=10)) == first
    assert len(await quizzes.due()) == 1


async def test_a_second_quiz_in_a_place_is_refused(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    with pytest.raises(NotAllowed, match="runs here already"):
        await quizzes.begin(replace(NEW, call_id="q-2", starter="local:bob"))


async def test_two_places_have_their_own_quizzes(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    await quizzes.begin(replace(NEW, call_id="q-2", place="discord:1/2"))
    await answered(quizzes)
    assert (await running(quizzes, "discord:1/2")).answers == ()


async def test_a_call_id_of_another_starter_is_refused(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    with pytest.raises(WrongUsage, match="another learner"):
        await quizzes.begin(replace(NEW, starter="local:bob"))


async def test_every_player_has_an_own_question_that_stays(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    found = await running(quizzes)
    seeds = [await quizzes.take_part(found.id, f"local:{name}") for name in ("ann", "bob", "ann")]
    assert seeds[0] == seeds[2] != seeds[1]
    assert (await running(quizzes)).seeds == (seeds[0],)


async def test_open_questions_are_those_the_learner_has_seen(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    seed = await quizzes.take_part((await running(quizzes)).id, "local:ann")
    assert await quizzes.open_questions("local:ann") == [{"family": "grad.at", "version": 1, "seed": seed, "given": {}}]
    assert await quizzes.open_questions("local:bob") == []


async def test_after_the_bell_no_question_is_open(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes)
    hands.move(60)
    await quizzes.ring("b-1", 1, 1)
    assert await quizzes.open_questions("local:ann") == []


async def test_a_round_holds_a_hundred_players(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    found = await running(quizzes)
    for number in range(100):
        await quizzes.take_part(found.id, f"local:{number}")
    with pytest.raises(TooLarge, match="100 players"):
        await quizzes.take_part(found.id, "local:late")
    await quizzes.take_part(found.id, "local:7")


async def test_what_is_known_of_a_sealed_answer_holds_no_verdict(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    new = await answered(quizzes)
    sealed = await quizzes.sealed(new.call_id, "local:ann")
    assert sealed is not None
    assert (await running(quizzes)).answers == (sealed,)
    assert not hasattr(sealed, "verdict")
    assert (sealed.number, sealed.read_as, sealed.seed) == (1, "(1, 2)", new.seed)


async def test_an_answer_is_not_shown_to_another_learner(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    new = await answered(quizzes)
    assert await quizzes.sealed(new.call_id, "local:bob") is None
    assert (await running(quizzes, key="local:bob")).answers == ()


async def test_the_same_delivery_seals_once(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    new = await answered(quizzes)
    again = await quizzes.seal(replace(new, number=2, answer="other"))
    assert (again.number, again.answer) == (1, "(1, 2)")


async def test_a_double_click_seals_once(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    new = await answered(quizzes)
    again = await quizzes.seal(replace(new, call_id="click-2", answer="other"))
    assert again.call_id == new.call_id


async def test_a_call_id_of_another_player_is_refused(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    new = await answered(quizzes)
    with pytest.raises(WrongUsage, match="another learner"):
        await answered(quizzes, "local:bob", call_id=new.call_id)


async def test_a_bell_before_its_time_is_refused(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(NEW)
    hands.move(59.9)
    with pytest.raises(NotAllowed, match="not over"):
        await quizzes.ring("b-1", 1, 1)


@pytest.mark.parametrize(("quiz", "number"), [(1, 2), (2, 1)])
async def test_a_bell_of_a_round_that_is_not_there_is_refused(quizzes: Quizzes, quiz: int, number: int) -> None:
    await quizzes.begin(NEW)
    with pytest.raises(NoExercise, match="no such round"):
        await quizzes.ring("b-1", quiz, number)


async def test_the_last_answer_of_each_player_is_revealed(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes, verdict="wrong", text="first")
    await answered(quizzes, verdict="right", text="second")
    await answered(quizzes, "local:bob", verdict="undecided", text="only")
    hands.move(60)
    reveal = await quizzes.ring("b-1", 1, 1)
    found = [(each.learner, each.read_as, each.verdict) for each in reveal.answers]
    assert found == [("local:ann", "second", "right"), ("local:bob", "only", "undecided")]
    assert [(each.learner, each.right) for each in reveal.standings] == [("local:ann", 1), ("local:bob", 0)]


async def test_a_bell_scores_each_players_last_answer_as_one_attempt(
    quizzes: Quizzes, progress: Progress, hands: Hands
) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes, verdict="wrong", text="first")
    new = await answered(quizzes, verdict="right", text="second")
    assert (await progress.summary("local:ann")).attempts == 0
    hands.move(60)
    await quizzes.ring("b-1", 1, 1)
    summary = await progress.summary("local:ann")
    (attempt,) = summary.last_attempts
    assert (summary.posed, summary.solved, summary.attempts, summary.right) == (1, 1, 1, 1)
    assert (attempt.answer, attempt.seed, attempt.given, attempt.try_number) == ("second", new.seed, {}, 1)
    assert (attempt.components, attempt.mistakes, attempt.exercise_state) == ((True, None), ("slip",), "solved")


async def test_a_wrong_answer_leaves_its_exercise_closed(quizzes: Quizzes, progress: Progress, hands: Hands) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes, verdict="wrong")
    hands.move(60)
    await quizzes.ring("b-1", 1, 1)
    assert (await progress.summary("local:ann")).last_attempts[0].exercise_state == "given up"
    assert await progress.open_exercise("local:ann") is None


async def test_a_quiz_leaves_the_players_open_exercise_alone(
    quizzes: Quizzes, progress: Progress, posed: Posed, hands: Hands
) -> None:
    exercise = await progress.pose("p-1", "local:ann", "local", posed)
    await quizzes.begin(NEW)
    await answered(quizzes)
    hands.move(60)
    await quizzes.ring("b-1", 1, 1)
    assert await progress.open_exercise("local:ann") == exercise


async def test_an_answer_after_the_bell_is_refused(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(NEW)
    new = await answered(quizzes)
    hands.move(60)
    await quizzes.ring("b-1", 1, 1)
    with pytest.raises(NoExercise, match="too late"):
        await quizzes.seal(replace(new, call_id="late", number=2))


async def test_after_a_bell_the_next_round_has_its_whole_time(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes)
    hands.move(3600)
    await quizzes.ring("b-1", 1, 1)
    found = await running(quizzes)
    assert (found.number, found.seconds_left) == (2, 60)


async def test_a_quiz_ends_after_its_last_round(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(NEW)
    for number in (1, 2, 3):
        await answered(quizzes)
        hands.move(60)
        reveal = await quizzes.ring(f"b-{number}", 1, number)
        assert reveal.is_last == (number == 3)
    assert await quizzes.running("local", "local:ann") is None
    assert [(each.right, each.answered) for each in reveal.standings] == [(3, 3)]


async def test_a_quiz_ends_when_nobody_answers_two_rounds_running(quizzes: Quizzes, hands: Hands) -> None:
    await quizzes.begin(replace(NEW, rounds=20))
    await answered(quizzes)
    for number in (1, 2, 3):
        hands.move(60)
        reveal = await quizzes.ring(f"b-{number}", 1, number)
    assert reveal.is_last


async def test_a_stop_scores_the_round_that_runs_and_ends_the_quiz(quizzes: Quizzes, progress: Progress) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes)
    reveal = await quizzes.stop("s-1", 1, told=False)
    assert (reveal.first, reveal.is_last) == (True, True)
    assert (await progress.summary("local:ann")).right == 1
    assert not (await quizzes.stop("s-2", 1, told=False)).first


async def test_a_place_is_free_again_when_its_quiz_has_ended(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    await quizzes.stop("s-1", 1, told=False)
    assert (await quizzes.begin(replace(NEW, call_id="q-2"))).id == 2


async def test_the_last_round_can_be_looked_up(quizzes: Quizzes) -> None:
    await quizzes.begin(NEW)
    assert await quizzes.last("local") is None
    await answered(quizzes)
    reveal = await quizzes.stop("s-1", 1, told=False)
    assert await quizzes.last("local") == await quizzes.closed_by("s-1") == replace(reveal, first=False)


async def test_of_two_processes_that_ring_one_bell_one_does(
    quizzes: Quizzes, other_process: Quizzes, progress: Progress, hands: Hands
) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes)
    hands.move(60)
    both = [quizzes, other_process] * 10
    reveals = await asyncio.gather(*(each.ring("clock:quiz-1-round-1", 1, 1) for each in both))
    assert sum(each.first for each in reveals) == 1
    assert len({replace(each, first=False) for each in reveals}) == 1
    assert (await progress.summary("local:ann")).attempts == 1
    assert len(await quizzes.due()) == 1


async def test_a_stop_and_a_bell_at_once_score_once(
    quizzes: Quizzes, other_process: Quizzes, progress: Progress, hands: Hands
) -> None:
    await quizzes.begin(NEW)
    await answered(quizzes)
    hands.move(60)
    await asyncio.gather(quizzes.ring("b-1", 1, 1), other_process.stop("s-1", 1, told=False))
    assert (await progress.summary("local:ann")).attempts == 1
    assert await quizzes.running("local", "local:ann") is None


@pytest.mark.slow
def test_a_quiz_killed_at_any_moment_loses_nothing_and_scores_nothing_twice(file: Path, url: str) -> None:
    moments = random.Random(3)  # noqa: S311 - the same moments in every run
    command = [sys.executable, str(Path(__file__).with_name("quizzing.py")), url]
    confirmed: list[str] = []
    for _ in range(5):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(moments.random() * 0.4)
            child.kill()
            confirmed += child.stdout.read().split()
        assert child.returncode == -9
    confirmed += subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1:]
    rung = [each for each in confirmed if each.startswith("bell")]
    assert len(rung) == len(set(rung))
    assert {each for each in confirmed if each.startswith("answer")} == {
        f"answer/{player}/{number}" for player in range(12) for number in (1, 2, 3)
    }
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*), count(DISTINCT call_id) FROM attempt").fetchone() == (36, 36)
        assert connection.execute("SELECT count(*), sum(state = 'solved') FROM exercise").fetchone() == (36, 18)
        assert connection.execute("SELECT state FROM quiz").fetchall() == [("ended",)]
        assert connection.execute("SELECT number, state FROM quiz_round ORDER BY number").fetchall() == [
            (number, "closed") for number in (1, 2, 3)
        ]

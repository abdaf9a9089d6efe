from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.store.database import Database
from bot.store.progress import Progress
from bot.store.values import ConceptSummary, NewAttempt, OpenExercise
from engine.values import Posed

Answer = Callable[..., NewAttempt]


async def test_a_learner_without_a_past_has_an_empty_summary(progress: Progress) -> None:
    summary = await progress.summary("local:nobody")
    assert (summary.posed, summary.attempts, summary.concepts, summary.last_active) == (0, 0, (), None)


async def test_a_summary_counts_by_concept(
    progress: Progress, exercise: OpenExercise, answer: Answer, posed: Posed
) -> None:
    await progress.take_hint("h-1", exercise.id)
    await progress.record(answer("a-1", 1))
    await progress.record(answer("a-2", 2, verdict="right"))
    await progress.pose("pose-2", "local:ann", "local", replace(posed, concept="chain"))
    assert (await progress.summary("local:ann")).concepts == (
        ConceptSummary("chain", posed=1, solved=0, attempts=0, right=0, hints=0),
        ConceptSummary("gradient", posed=1, solved=1, attempts=2, right=1, hints=1),
    )


async def test_a_summary_shows_the_last_ten_attempts_newest_first(
    progress: Progress, exercise: OpenExercise, answer: Answer
) -> None:
    for number in range(1, 13):
        await progress.record(answer(f"a-{number}", number))
    last = (await progress.summary(exercise.learner)).last_attempts
    assert [each.try_number for each in last] == list(range(12, 2, -1))


async def test_a_summary_knows_when_the_learner_was_last_active(database: Database, posed: Posed) -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    moments = iter([start, start + timedelta(hours=1)])
    progress = Progress(database, now=lambda: next(moments))
    exercise = await progress.pose("pose-1", "local:ann", "local", posed)
    await progress.take_hint("h-1", exercise.id)
    assert (await progress.summary("local:ann")).last_active == start + timedelta(hours=1)

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.store.database import Database
from bot.store.errors import StoreFailed
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise
from engine.errors import TooLarge, WrongUsage
from engine.values import Posed

Answer = Callable[..., NewAttempt]


async def test_a_posed_exercise_comes_back_as_it_was_given(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    found = await progress.open_exercise("local:ann")
    assert found == exercise
    assert (found.family, found.version, found.seed, found.given) == (
        posed.family,
        posed.version,
        posed.seed,
        posed.given,
    )


async def test_a_new_exercise_replaces_the_open_one(
    progress: Progress, exercise: OpenExercise, answer: Answer, posed: Posed
) -> None:
    second = await progress.pose("pose-2", "local:ann", "local", posed)
    assert await progress.open_exercise("local:ann") == second
    assert (await progress.record(answer("a-1"))).exercise_state == "replaced"
    assert second.id != exercise.id


async def test_each_learner_has_an_open_exercise_of_their_own(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    await progress.pose("pose-2", "local:bob", "local", posed)
    assert await progress.open_exercise("local:ann") == exercise


async def test_a_repeated_delivery_gets_the_exercise_posed_first(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    assert await progress.pose("pose-1", "local:ann", "local", replace(posed, seed=1)) == exercise


async def test_a_pose_repeated_late_does_not_replace_a_newer_exercise(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    second = await progress.pose("pose-2", "local:ann", "local", posed)
    assert (await progress.pose("pose-1", "local:ann", "local", posed)).id == exercise.id
    assert await progress.open_exercise("local:ann") == second


async def test_a_call_id_of_another_learner_poses_nothing(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    with pytest.raises(WrongUsage, match="another learner"):
        await progress.pose("pose-1", "local:bob", "local", posed)
    assert await progress.open_exercise(exercise.learner) == exercise


async def test_a_seed_beyond_64_bits_is_refused(progress: Progress, posed: Posed) -> None:
    with pytest.raises(TooLarge):
        await progress.pose("pose-1", "local:ann", "local", replace(posed, seed=2**63))


async def test_eight_deliveries_of_one_pose_at_once_pose_one(progress: Progress, posed: Posed) -> None:
    found = await asyncio.gather(*(progress.pose("pose-1", "local:ann", "local", posed) for _ in range(8)))
    assert len({each.id for each in found}) == 1
    assert (await progress.summary("local:ann")).posed == 1


async def test_moments_are_kept_in_utc(database: Database, posed: Posed) -> None:
    noon_in_tokyo = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=9)))
    exercise = await Progress(database, now=lambda: noon_in_tokyo).pose("pose-1", "local:ann", "local", posed)
    assert exercise.created_at == noon_in_tokyo
    assert exercise.created_at.tzinfo is UTC


async def test_a_moment_without_a_time_zone_is_not_kept(database: Database, posed: Posed) -> None:
    progress = Progress(database, now=lambda: datetime(2026, 3, 1))  # noqa: DTZ001 - the fault under test
    with pytest.raises(StoreFailed):
        await progress.pose("pose-1", "local:ann", "local", posed)


async def test_what_follows_an_exercise_is_posed_once(
    progress: Progress, exercise: OpenExercise, answer: Answer, posed: Posed
) -> None:
    await progress.record(answer("a-1", verdict="right"))
    found = await asyncio.gather(
        *(progress.pose(f"press-{n}", "local:ann", "local", replace(posed, seed=n), exercise.id) for n in range(8))
    )
    assert len({each.id for each in found}) == 1
    assert (await progress.summary("local:ann")).posed == 2


async def test_what_follows_an_exercise_that_is_still_open_replaces_it(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    assert (await progress.pose("press", "local:ann", "local", posed, exercise.id)).id > exercise.id


async def test_once_what_follows_is_done_with_the_button_poses_a_new_one(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    second = await progress.pose("press-1", "local:ann", "local", posed, exercise.id)
    await progress.give_up("end", second.id)
    assert (await progress.pose("press-2", "local:ann", "local", posed, exercise.id)).id > second.id


async def test_another_learners_press_gives_nothing_of_the_first_one(
    progress: Progress, exercise: OpenExercise, posed: Posed
) -> None:
    mine = await progress.pose("press-1", "local:ann", "local", posed, exercise.id)
    assert (await progress.pose("press-2", "local:bob", "local", posed, exercise.id)).id != mine.id
    assert await progress.open_exercise("local:ann") == mine

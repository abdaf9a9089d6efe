from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.store.errors import StoreFailed
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise
from engine.errors import NoExercise

Answer = Callable[..., NewAttempt]


async def test_hints_count_up(progress: Progress, exercise: OpenExercise) -> None:
    assert [await progress.take_hint(f"h-{each}", exercise.id) for each in range(3)] == [1, 2, 3]


async def test_a_hint_delivered_again_counts_once(progress: Progress, exercise: OpenExercise) -> None:
    calls = ["h-1", "h-2", "h-1", "h-2"]
    assert [await progress.take_hint(call, exercise.id) for call in calls] == [1, 2, 1, 2]
    assert await progress.open_exercise("local:ann") == replace(exercise, hints=2)


async def test_an_attempt_says_how_many_hints_came_before_it(
    progress: Progress, exercise: OpenExercise, answer: Answer
) -> None:
    await progress.take_hint("h-1", exercise.id)
    recorded = await progress.record(answer("a-1"))
    await progress.take_hint("h-2", exercise.id)
    assert recorded.attempt is not None
    assert recorded.attempt.hints == 1
    assert await progress.attempt("a-1") == recorded.attempt


async def test_a_closed_exercise_gives_no_hint(progress: Progress, exercise: OpenExercise) -> None:
    await progress.give_up("give-up", exercise.id)
    with pytest.raises(NoExercise):
        await progress.take_hint("h-1", exercise.id)


async def test_a_hint_delivered_again_is_known_after_the_exercise_is_closed(
    progress: Progress, exercise: OpenExercise
) -> None:
    await progress.take_hint("h-1", exercise.id)
    await progress.give_up("give-up", exercise.id)
    assert await progress.take_hint("h-1", exercise.id) == 1


async def test_giving_up_closes_the_exercise(progress: Progress, exercise: OpenExercise) -> None:
    assert await progress.give_up("give-up", exercise.id)
    assert await progress.open_exercise("local:ann") is None


async def test_giving_up_delivered_again_is_still_this_delivery_s_doing(
    progress: Progress, exercise: OpenExercise
) -> None:
    await progress.give_up("give-up", exercise.id)
    assert await progress.give_up("give-up", exercise.id)
    assert not await progress.give_up("another", exercise.id)


async def test_a_solved_exercise_cannot_be_given_up(progress: Progress, exercise: OpenExercise, answer: Answer) -> None:
    await progress.record(answer("a-1", verdict="right"))
    assert not await progress.give_up("give-up", exercise.id)


@pytest.mark.parametrize("exercise_id", [0, -1, 99, 10**30])
async def test_an_exercise_that_was_never_posed_is_a_refusal(progress: Progress, exercise_id: int) -> None:
    with pytest.raises((NoExercise, StoreFailed)):
        await progress.take_hint("h-1", exercise_id)

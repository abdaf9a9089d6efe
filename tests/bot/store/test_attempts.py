import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.store.database import Database
from bot.store.errors import StoreFailed
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise, Verdict
from engine.errors import NoExercise, TooLarge, WrongUsage
from engine.values import Posed

Answer = Callable[..., NewAttempt]


async def test_an_attempt_is_recorded_as_it_was_marked(progress: Progress, exercise: OpenExercise) -> None:
    new = NewAttempt("a-1", exercise.id, "local:ann", 1, "(2x, λ) ≤ ∞", "wrong", (True, None, False), ("m", "n"))
    recorded = await progress.record(new)
    found = await progress.attempt("a-1")
    assert found is not None
    assert recorded.attempt == found
    assert (found.answer, found.verdict, found.components, found.mistakes) == (
        new.answer,
        new.verdict,
        new.components,
        new.mistakes,
    )


async def test_the_open_exercise_shows_the_last_answer(
    progress: Progress, exercise: OpenExercise, answer: Answer
) -> None:
    await progress.record(answer("a-1", 1, text="x"))
    await progress.record(answer("a-2", 2, text="2x"))
    assert await progress.open_exercise("local:ann") == replace(exercise, tries=2, last_answer="2x")


async def test_a_right_answer_closes_the_exercise(progress: Progress, answer: Answer) -> None:
    assert (await progress.record(answer("a-1", verdict="right"))).exercise_state == "solved"
    assert await progress.open_exercise("local:ann") is None


@pytest.mark.parametrize("verdict", ["wrong", "undecided"])
async def test_an_answer_that_is_not_right_leaves_the_exercise_open(
    progress: Progress, answer: Answer, verdict: Verdict
) -> None:
    assert (await progress.record(answer("a-1", verdict=verdict))).exercise_state == "open"


async def test_a_repeated_delivery_gets_the_first_outcome(progress: Progress, answer: Answer) -> None:
    first = await progress.record(answer("a-1", verdict="right"))
    again = await progress.record(answer("a-1", verdict="wrong", text="other"))
    assert again == replace(first, outcome="repeated")
    assert (first.first, again.first) == (True, False)


async def test_a_repeated_delivery_is_known_though_a_newer_exercise_is_open(
    progress: Progress, exercise: OpenExercise, answer: Answer, posed: Posed
) -> None:
    await progress.record(answer("a-1"))
    newer = await progress.pose("pose-2", "local:ann", "local", posed)
    again = await progress.record(replace(answer("a-1"), exercise_id=newer.id))
    assert (again.outcome, again.exercise_id, again.exercise_state) == ("repeated", exercise.id, "replaced")


async def test_the_same_try_from_another_delivery_is_recorded_once(progress: Progress, answer: Answer) -> None:
    await progress.record(answer("a-1", text="first"))
    second = await progress.record(answer("a-2", text="second"))
    assert (second.outcome, second.tries) == ("already tried", 1)
    assert second.attempt == await progress.attempt("a-1")


async def test_the_second_click_on_a_right_answer_hears_that_it_was_right(progress: Progress, answer: Answer) -> None:
    await progress.record(answer("a-1", verdict="right"))
    second = await progress.record(answer("a-2", verdict="right"))
    assert (second.outcome, second.verdict, second.try_number) == ("already tried", "right", 1)


async def test_a_closed_exercise_takes_no_attempt(progress: Progress, exercise: OpenExercise, answer: Answer) -> None:
    await progress.give_up("give-up", exercise.id)
    closed = await progress.record(answer("a-1", verdict="right"))
    assert (closed.outcome, closed.exercise_state, closed.verdict, closed.try_number) == (
        "closed",
        "given up",
        None,
        None,
    )
    assert await progress.attempt("a-1") is None


async def test_an_exercise_of_somebody_else_takes_no_attempt(progress: Progress, answer: Answer) -> None:
    with pytest.raises(NoExercise):
        await progress.record(replace(answer("a-1"), learner="local:bob"))


async def test_an_attempt_of_somebody_else_is_not_shown(progress: Progress, answer: Answer) -> None:
    await progress.record(answer("a-1"))
    with pytest.raises(WrongUsage):
        await progress.record(replace(answer("a-1"), learner="local:bob"))


@pytest.mark.parametrize("number", [-1, 0, 2])
async def test_a_try_number_that_skips_one_is_an_error(progress: Progress, answer: Answer, number: int) -> None:
    with pytest.raises(ValueError, match=f"try {number} after 0 tries"):
        await progress.record(answer("a-1", number))
    assert await progress.attempt("a-1") is None


async def test_the_longest_answer_is_kept_whole(progress: Progress, answer: Answer) -> None:
    recorded = await progress.record(answer("a-1", text="λ" * 4000))
    assert recorded.attempt is not None
    assert recorded.attempt.answer == "λ" * 4000


async def test_an_answer_over_the_limit_is_refused(progress: Progress, answer: Answer) -> None:
    with pytest.raises(TooLarge, match="4,000 characters"):
        await progress.record(answer("a-1", text="x" * 4001))


async def test_text_that_no_database_can_hold_is_refused(progress: Progress, answer: Answer) -> None:
    with pytest.raises(StoreFailed):
        await progress.record(answer("a-1", text="\ud800"))
    assert await progress.attempt("a-1") is None


async def test_quotes_and_semicolons_are_only_text(progress: Progress, answer: Answer) -> None:
    text = "'); DROP TABLE attempt; -- \" % :x ?"
    recorded = await progress.record(answer(text, text=text))
    assert await progress.attempt(text) == recorded.attempt


async def test_eight_deliveries_of_one_attempt_at_once_record_one(database: Database, url: str, answer: Answer) -> None:
    other = Database(url)
    both = (Progress(database), Progress(other))
    recorded = await asyncio.gather(*(both[each % 2].record(answer("a-1")) for each in range(8)))
    await other.close()
    assert sorted(each.outcome for each in recorded) == ["recorded"] + ["repeated"] * 7
    assert (await both[0].summary("local:ann")).attempts == 1


async def test_of_eight_clicks_on_one_try_one_is_recorded(progress: Progress, answer: Answer) -> None:
    recorded = await asyncio.gather(*(progress.record(answer(f"a-{each}", verdict="right")) for each in range(8)))
    assert sorted(each.outcome for each in recorded) == ["already tried"] * 7 + ["recorded"]

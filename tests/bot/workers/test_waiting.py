from bot.workers import Limits
from bot.workers.waiting import Waiting


def filled(limits: Limits, *jobs: tuple[str, str]) -> Waiting[str]:
    waiting = Waiting[str](limits)
    for job, learner in jobs:
        waiting.join(job, learner)
    return waiting


def taken(waiting: Waiting[str]) -> list[str]:
    found = []
    while (pair := waiting.take()) is not None:
        found.append(pair[0])
    return found


def test_the_longest_waiting_is_first() -> None:
    assert taken(filled(Limits(), ("1", "ann"), ("2", "bob"), ("3", "cem"))) == ["1", "2", "3"]


def test_a_learner_with_a_job_running_is_passed_over() -> None:
    assert taken(filled(Limits(), ("1", "ann"), ("2", "ann"), ("3", "bob"))) == ["1", "3"]


def test_a_learner_whose_job_is_done_has_a_turn_again() -> None:
    waiting = filled(Limits(), ("1", "ann"), ("2", "ann"))
    waiting.take()
    waiting.done("ann")
    assert waiting.take() == ("2", "ann")


def test_without_a_limit_one_learner_may_have_all_turns() -> None:
    assert taken(filled(Limits(running_per_learner=None), ("1", "ann"), ("2", "ann"))) == ["1", "2"]


def test_a_job_that_was_handed_back_is_first() -> None:
    waiting = filled(Limits(), ("1", "ann"), ("2", "bob"))
    waiting.join("0", "cem", first=True)
    assert taken(waiting) == ["0", "1", "2"]


def test_a_job_that_left_is_not_taken() -> None:
    waiting = filled(Limits(), ("1", "ann"), ("2", "bob"))
    waiting.leave("1")
    assert taken(waiting) == ["2"]


def test_a_learner_is_crowded_by_the_third_job_that_waits() -> None:
    waiting = filled(Limits(), ("1", "ann"), ("2", "ann"))
    before = waiting.crowded("ann")
    waiting.join("3", "ann")
    assert (before, waiting.crowded("ann"), waiting.crowded("bob")) == (False, True, False)


def test_sixty_five_jobs_are_too_many() -> None:
    waiting = filled(Limits(), *((str(n), str(n)) for n in range(64)))
    before = waiting.full()
    waiting.join("64", "64")
    assert (before, waiting.full()) == (False, True)


def test_no_limits_means_neither_crowded_nor_full() -> None:
    waiting = filled(Limits(None, None, None), *((str(n), "ann") for n in range(1000)))
    assert not waiting.crowded("ann")
    assert not waiting.full()

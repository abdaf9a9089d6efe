"""Nobody can ask faster than the stated pace, and nobody else notices who tries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import MAX_REMEMBERED, Pace, Rate, TooOften


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(Rate(3, 6.0), Rate(5, 5.0), clock)


def test_a_burst_is_free_and_the_next_is_refused_with_the_time_to_wait(pace: Pace) -> None:
    for _ in range(3):
        pace.take("ann", "here")
    with pytest.raises(TooOften, match="in 2 s"):
        pace.take("ann", "here")


def test_waiting_as_told_is_enough(pace: Pace, clock: Clock) -> None:
    for _ in range(3):
        pace.take("ann", "here")
    clock.now += 2
    pace.take("ann", "here")
    with pytest.raises(TooOften):
        pace.take("ann", "here")


def test_one_learner_does_not_slow_another(pace: Pace) -> None:
    for _ in range(3):
        pace.take("ann", "here")
    pace.take("bob", "there")
    with pytest.raises(TooOften):
        pace.take("ann", "there")


def test_a_place_has_a_pace_of_its_own(pace: Pace) -> None:
    for n in range(5):
        pace.take(f"learner {n}", "here")
    with pytest.raises(TooOften, match="asked here"):
        pace.take("another", "here")
    pace.take("another", "there")


def test_a_refused_call_is_not_counted(pace: Pace, clock: Clock) -> None:
    for _ in range(3):
        pace.take("ann", "here")
    for _ in range(20):
        with pytest.raises(TooOften):
            pace.take("ann", "here")
    clock.now += 2
    pace.take("ann", "here")


def test_what_is_remembered_is_bounded(clock: Clock) -> None:
    pace = Pace(now=clock)
    for n in range(MAX_REMEMBERED + 50):
        pace.take(f"learner {n}", f"place {n}")
    assert len(pace._buckets) <= MAX_REMEMBERED


@given(st.lists(st.floats(0, 3), max_size=60))
def test_over_any_stretch_no_more_than_the_pace_comes_through(gaps: list[float]) -> None:
    clock = Clock()
    pace = Pace(Rate(3, 6.0), Rate(1000, 1.0), clock)
    taken = []
    for gap in gaps:
        clock.now += gap
        try:
            pace.take("ann", "here")
        except TooOften:
            continue
        taken.append(clock.now)
    for i, first in enumerate(taken):
        within = [moment for moment in taken[i:] if moment - first <= 6.0]
        assert len(within) <= 3 + 3

"""The engine as a worker uses it, without the process around it."""

from collections.abc import Callable

import pytest

from engine.desk import solve
from engine.values import Budget, Json, Worked

Solve = Callable[..., Worked]


@pytest.fixture
def worked() -> Solve:
    """Solve a topic without pictures and with all the time it wants."""

    def run(topic: str, *, pictures: bool = False, theme: str = "dark", motion: bool = True, **options: str) -> Worked:
        budget = Budget(deadline=30.0, now=lambda: 0.0)
        return solve(topic, options, budget=budget, pictures=pictures, theme=theme, motion=motion)

    return run


@pytest.fixture
def data(worked: Solve) -> Callable[..., Json]:
    """Solve a topic and give its data."""
    return lambda topic, **options: worked(topic, **options).data

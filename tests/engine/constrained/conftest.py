"""Problems as typed, and a budget in which nothing is cut short."""

from collections.abc import Callable

import pytest

from engine.answering.optima import posed
from engine.answering.scalar import Scalar
from engine.answering.subjects import read_subject
from engine.constrained import Optimum, optimise
from engine.reading import read_expression
from engine.values import Budget

Solve = Callable[[str, str], Optimum]


@pytest.fixture
def budget() -> Budget:
    return Budget(1e9, lambda: 0.0)


@pytest.fixture
def solved(budget: Budget) -> Solve:
    def run(f: str, subject: str) -> Optimum:
        read = read_expression(f)
        limits = read_subject(subject, read)
        return optimise(posed(Scalar.of(read, limits.names), limits), budget)

    return run

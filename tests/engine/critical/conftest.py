"""Symbols, and a budget in which nothing is cut short."""

from collections.abc import Callable

import pytest
from sympy import Expr, Symbol, symbols

from engine.critical import CriticalPoint, Found, find
from engine.values import Budget

Search = Callable[..., Found]


@pytest.fixture
def budget() -> Budget:
    return Budget(1e9, lambda: 0.0)


@pytest.fixture
def xyz() -> tuple[Symbol, Symbol, Symbol]:
    x, y, z = symbols("x y z", real=True)
    return x, y, z


@pytest.fixture
def search(budget: Budget) -> Search:
    return lambda f, *variables: find(f, variables, budget)


@pytest.fixture
def kinds() -> Callable[[Found], dict[tuple[Expr, ...], str]]:
    return lambda found: {point.at: point.kind for point in found.points}


@pytest.fixture
def only() -> Callable[[Found], CriticalPoint]:
    def the_point(found: Found) -> CriticalPoint:
        (point,) = found.points
        return point

    return the_point

"""Functions of one function have the critical points of that one."""

import pytest
from sympy import Expr, Rational, atan, cos, exp, sinh, symbols

from engine.critical import find
from engine.critical.outer import core
from engine.values import Budget

X, Y = symbols("x y", real=True)
G = X**4 - 2 * X**2 + Y**4


@pytest.mark.parametrize(
    ("f", "rising"), [(exp(G), True), (3 - 2 * atan(G), False), (-exp(-sinh(G) / 2), True), (G, True), (5 - G, False)]
)
def test_the_core_is_what_f_is_a_monotone_function_of(f: Expr, rising: bool) -> None:  # noqa: FBT001
    assert core(f).of in (G, 5 - G)
    assert core(f).rising == (rising or core(f).of != G)


@pytest.mark.parametrize(("f", "turn"), [(sinh(G), 1), (-atan(G), -1), (7 - 2 * exp(3 * G), -1)])
def test_kinds_are_those_of_the_core_or_swapped(f: Expr, turn: int, budget: Budget) -> None:
    found = find(f, (X, Y), budget)
    kinds = {point.at: point.kind for point in found.points}
    extremum = "local minimum" if turn > 0 else "local maximum"
    assert kinds == {(-1, 0): extremum, (0, 0): "saddle point", (1, 0): extremum}
    assert found.complete == "proven"


def test_values_are_those_of_f_itself(budget: Budget) -> None:
    found = find(1 - sinh(G), (X, Y), budget)
    assert {point.at: point.value for point in found.points}[1, 0] == 1 + sinh(1)


def test_a_core_beside_waves_says_what_is_decided_there(budget: Budget) -> None:
    found = find(exp(cos(X) + X**2 / 2 + Y**2), (X, Y), budget)
    assert [(point.at, point.kind, point.strict) for point in found.points] == [((0, 0), "local minimum", True)]
    assert "rising function of g = x²/2 + y² + cos(x), and g has a local minimum there" in found.points[0].test


def test_a_sine_of_a_long_sum_ends() -> None:
    inner = (Y**2 + (X + exp(Y) / 2) ** 2 - 1) ** 3
    soon = Budget(1.0, iter([0.1 * k for k in range(10**6)]).__next__)
    assert find(2 * inner + cos(inner) * Rational(1, 9), (X, Y), soon).complete == "not proven"

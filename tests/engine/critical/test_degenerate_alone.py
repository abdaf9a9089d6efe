"""Degenerate zeros beside exponentials and sines: proven to be the only ones near them."""

import pytest
import sympy as sp
from sympy import Expr, cos, exp, sin, symbols

from engine.critical import find
from engine.critical.punctured import alone
from engine.values import Budget

X, Y = symbols("x y", real=True)
ORIGIN = (sp.S.Zero, sp.S.Zero)
SQUARE = {X: (sp.Integer(-2), sp.Integer(2)), Y: (sp.Integer(-2), sp.Integer(2))}


@pytest.mark.parametrize(
    ("f", "kind"),
    [
        (X**4 + Y**2 * sin(X), "saddle point"),
        (X**2 * Y + exp(Y) - Y - Y**2 / 2, "saddle point"),
        (X**4 + Y**4 + exp(X * Y) - X * Y, "local minimum"),
        (X**2 - Y**3 * exp(X), "saddle point"),
    ],
)
def test_a_degenerate_point_is_proven_to_be_the_only_one_near_it(f: Expr, kind: str, budget: Budget) -> None:
    found = find(f, (X, Y), budget, SQUARE)
    assert [(point.at, point.kind) for point in found.points if point.at == (0, 0)] == [((0, 0), kind)]
    assert found.complete != "not proven"
    assert found.open == ()


@pytest.mark.parametrize("f", [cos(X) + X**2 / 2, exp(X) - X - X**2 / 2])
def test_a_degenerate_summand_leaves_nothing_open_in_a_window(f: Expr, budget: Budget) -> None:
    found = find(f + Y**2, (X, Y), budget, SQUARE)
    assert [point.at for point in found.points] == [(0, 0)]
    assert found.complete != "not proven"


def test_an_extremum_that_is_alone_is_strict(budget: Budget) -> None:
    found = find(X**4 + Y**4 + exp(X * Y) - X * Y, (X, Y), budget, SQUARE)
    assert [point.strict for point in found.points] == [True]


def test_a_second_zero_within_reach_is_not_overlooked(budget: Budget) -> None:
    near = sp.Rational(1, 10**6)
    functions = (X**2 * (X - near), Y * exp(X))
    assert alone(functions, (X, Y), ORIGIN, (1e-7, 1e-7), budget)
    assert not alone(functions, (X, Y), ORIGIN, (1e-5, 1e-5), budget)


def test_a_curve_of_zeros_is_not_taken_for_a_point(budget: Budget) -> None:
    assert not alone((X * (X - Y), Y * (X - Y)), (X, Y), ORIGIN, (1e-5, 1e-5), budget)


def test_functions_that_touch_away_from_the_place_are_told_from_those_that_meet_there_only(budget: Budget) -> None:
    assert alone((X**3 + Y**2, X * Y), (X, Y), ORIGIN, (1e-4, 1e-4), budget)
    assert not alone((X**3 + Y**2, X**6 + X * Y**2 + X**3 + Y**2), (X, Y), ORIGIN, (1e-4, 1e-4), budget)

"""Functions of one function, and functions that are simpler in slanted or moved coordinates."""

from collections.abc import Callable

import pytest
from sympy import Expr, Float, Integer, Rational, cos, cosh, exp, log, sin, sqrt, symbols, tanh

from engine.critical import Found, find
from engine.critical.composed import LETTER, composed
from engine.critical.sheared import sheared
from engine.values import Budget

Search = Callable[..., Found]
X, Y = symbols("x y", real=True)
G = X**3 - 3 * X + Y**2
R = X**2 + Y**2


def kinds(found: Found) -> dict[object, str]:
    """Return the kinds by place, of points and of sets."""
    return {point.at: point.kind for point in found.points} | {one.equations[0]: one.kind for one in found.sets}


@pytest.mark.parametrize(
    ("f", "phi", "inner"),
    [
        (sin(X * Y), sin(LETTER), X * Y),
        (2 * G + sin(G), 2 * LETTER + sin(LETTER), G),
        (G + tanh(G + 1), LETTER - 1 + tanh(LETTER), G + 1),
        (R * exp(-R), -LETTER * exp(LETTER), -R),
        (X**3 * Y**3 * exp(-X * Y), -(LETTER**3) * exp(LETTER), -X * Y),
    ],
)
def test_the_outer_function_is_found_also_where_the_inner_one_is_spread(f: Expr, phi: Expr, inner: Expr) -> None:
    found = composed(f, (X, Y))
    assert found is not None
    assert found.phi.xreplace({LETTER: found.inner}).equals(phi.xreplace({LETTER: inner}))


@pytest.mark.parametrize("f", [X * sin(Y), sin(X * Y) + X, log(X * Y), sqrt(R), R**2 + 1])
def test_what_is_no_smooth_function_of_one_function_is_left(f: Expr) -> None:
    assert composed(f, (X, Y)) is None


@pytest.mark.parametrize(
    ("f", "right"),
    [
        (sin(X * Y), {(0, 0): "saddle point", sin(X * Y) + 1: "local minimum", sin(X * Y) - 1: "local maximum"}),
        (cos(R), {(0, 0): "local maximum", cos(R) + 1: "local minimum", cos(R) - 1: "local maximum"}),
        (cosh(X**2 - Y**2), {X**2 - Y**2: "local minimum"}),
        (R * exp(-R), {(0, 0): "local minimum", R - 1: "local maximum"}),
        (2 * G + sin(G), {(-1, 0): "saddle point", (1, 0): "local minimum"}),
    ],
)
def test_kinds_follow_from_both_functions(search: Search, f: Expr, right: dict[object, str]) -> None:
    found = search(f, X, Y)
    assert kinds(found) == right
    assert found.complete == "proven"


def test_a_wave_with_a_falling_height_is_not_taken_for_one_that_repeats_itself(search: Search) -> None:
    found = search(exp(-R) * cos(R), X, Y)
    assert all(one.kind == "not decided" for one in found.sets)


def test_levels_of_which_only_decimals_are_known_make_no_equations(search: Search) -> None:
    found = search((X * Y - 1) ** 2 + sin(X * Y - 1), X, Y)
    assert [one for one in found.sets if one.equations[0].has(Float)] == []


def test_a_point_of_which_only_decimals_are_known_is_carried_back(search: Search) -> None:
    (point,) = search(X**2 + (Y + exp(X)) ** 2 + exp(Y + exp(X)), X, Y).points
    assert point.at[0] == 0
    assert point.decimal[1] == pytest.approx(-1.3517337112491958, abs=1e-12)


def test_levels_of_a_wave_that_climbs_are_not_told_by_one_value(search: Search) -> None:
    found = search(X * Y + 2 * sin(X * Y), X, Y)
    assert [one.kind for one in found.sets] == ["not decided"]


@pytest.mark.parametrize(
    ("f", "right"),
    [
        (exp(Y**3 - 3 * Y + (X + exp(Y) / 2) ** 5), {(-exp(-1) / 2, -1), (-exp(1) / 2, 1)}),
        (Y**2 + (X + sin(Y)) ** 2, {(0, 0)}),
        (exp(X + 1) - 2 * X + Y**2, {(-1 + log(2), 0)}),
        (exp(2 - 2 * X) + exp(X - 1) + Y**2, {(1 + log(2) / 3, 0)}),
    ],
)
def test_other_coordinates_make_the_search_exact(search: Search, f: Expr, right: set[object]) -> None:
    found = search(f, X, Y)
    assert {point.at for point in found.points} == right
    assert found.complete == "proven"


def test_kinds_and_values_do_not_change_with_the_coordinates(search: Search) -> None:
    point = search(Y**2 - (X + exp(Y)) ** 2, X, Y).points[0]
    assert (point.at, point.kind, point.value, point.test) == ((-1, 0), "saddle point", 0, "D = -4 < 0")


def test_second_derivatives_of_other_coordinates_are_not_told_as_those_of_f(search: Search) -> None:
    point = search((Y + exp(X)) ** 2 + 3 * X**2, X, Y).points[0]
    # f_xx is 8 there
    assert (point.at, point.kind) == ((0, -1), "local minimum")
    assert point.test == "g is f with y + e^x as a coordinate in place of y, and D = 12 > 0, g_xx = 6 > 0"


def test_coordinates_that_make_nothing_simpler_are_left() -> None:
    assert sheared(sin(X + Y) * X + Y**3 * exp(X * Y), (X, Y)) is None


def test_a_flat_point_of_one_variable_is_decided_by_its_first_term(search: Search) -> None:
    assert kinds(search(X - tanh(X), X)) == {(0,): "saddle point"}


def test_a_sine_that_cannot_reach_a_factor_s_zero_leaves_the_set(search: Search) -> None:
    assert kinds(search((X + Y / 2) ** 2 * (sin(Y) + 2), X, Y)) == {2 * X + Y: "local minimum"}


def test_a_window_does_not_change_what_is_proven_everywhere(budget: Budget) -> None:
    ends = (Integer(-2), Integer(2))
    found = find(Y**2 + (X + exp(Y) / 2) ** 4, (X, Y), budget, {X: ends, Y: ends})
    assert [(point.at, point.kind) for point in found.points] == [((-Rational(1, 2), 0), "local minimum")]
    assert found.complete == "proven"

"""Functions that no elimination reaches, searched box by box."""

from collections.abc import Callable

import pytest
from sympy import Expr, Float, Integer, asin, atan, cos, exp, log, pi, sin, sqrt, symbols

from engine.critical import CriticalPoint, Found, find
from engine.values import Budget
from tests.engine.critical.planted import REACH, planted

Search = Callable[..., Found]
Kinds = Callable[[Found], dict[tuple[Expr, ...], str]]
Only = Callable[[Found], CriticalPoint]

X, Y, Z = symbols("x y z", real=True)
SQUARE = {X: (Integer(-3), Integer(3)), Y: (Integer(-3), Integer(3))}
PEAKS = (
    3 * (1 - X) ** 2 * exp(-(X**2) - (Y + 1) ** 2)
    - 10 * (X / 5 - X**3 - Y**5) * exp(-(X**2) - Y**2)
    - exp(-((X + 1) ** 2) - Y**2) / 3
)
HILLS = 80 * exp(-((X - 3) ** 2 + (Y - 2) ** 2) / 10) + 60 * exp(-((X + 2) ** 2 + (Y + 1) ** 2) / 5)


def counted(found: Found) -> dict[str, int]:
    kinds = [point.kind for point in found.points]
    return {kind: kinds.count(kind) for kind in kinds}


def test_three_hills_and_hollows_with_their_saddles(budget: Budget) -> None:
    found = find(PEAKS, (X, Y), budget, SQUARE)
    assert counted(found) == {"local minimum": 3, "local maximum": 3, "saddle point": 3}
    assert (found.complete, found.open) == ("proven in window", ())


def test_two_sources_of_heat_have_three_points_and_no_others(search: Search) -> None:
    found = search(HILLS, X, Y)
    assert found.complete == "proven"
    assert counted(found) == {"local maximum": 2, "saddle point": 1}
    assert [point.decimal for point in found.points] == [
        pytest.approx((-1.87047, -0.92228), abs=1e-5),
        pytest.approx((0.12416, 0.27450), abs=1e-5),
        pytest.approx((2.99147, 1.99488), abs=1e-5),
    ]
    assert [round(point.value_decimal, 4) for point in found.points] == [62.9037, 43.5632, 80.0676]


def test_a_bound_on_all_points_makes_a_proof_of_the_window(search: Search, only: Only) -> None:
    found = search(X**2 + Y**2 + exp(X * Y), X, Y)
    assert (only(found).at, only(found).kind, found.complete) == ((0, 0), "local minimum", "proven")


def test_without_a_bound_only_the_window_is_proven(search: Search, kinds: Kinds) -> None:
    found = search(X * exp(Y) - Y * exp(X), X, Y)
    assert kinds(found) == {(1, 1): "saddle point"}
    assert found.complete == "proven in window"
    assert found.window == ((-5, 5), (-5, 5))


def test_what_lies_outside_the_window_is_not_listed(budget: Budget, kinds: Kinds) -> None:
    found = find(X * exp(Y) - Y * exp(X) + 0 * Z, (X, Y), budget, {X: (Integer(2), Integer(3)), Y: SQUARE[Y]})
    assert (kinds(found), found.complete) == ({}, "proven in window")


def test_a_point_on_the_edge_of_the_window_belongs_to_it(budget: Budget, kinds: Kinds) -> None:
    found = find(X * exp(Y) - Y * exp(X), (X, Y), budget, {X: (Integer(1), Integer(3)), Y: (Integer(0), Integer(1))})
    assert kinds(found) == {(1, 1): "saddle point"}


def test_a_coordinate_is_exact_where_it_is_proven_and_a_decimal_elsewhere(budget: Budget) -> None:
    f = -cos(X) * cos(Y) * exp(-((X - pi) ** 2) - (Y - pi) ** 2)
    found = find(f, (X, Y), budget, {v: (Integer(1), Integer(5)) for v in (X, Y)})
    exactly = {point.at for point in found.points if not any(c.has(Float) for c in point.at)}
    assert (pi, pi) in exactly
    assert any(point.at[0] == pi and point.at[1].has(Float) for point in found.points)
    assert found.complete == "proven in window"


def test_nearly_flat_points_are_told_apart_from_the_flat_far_field(budget: Budget) -> None:
    f = 3 * exp(-(X**2) - 4 * (Y - 1) ** 2) + 2 * exp(-4 * (X - 1) ** 2 - Y**2) - exp(-((X + 1) ** 2) - (Y + 1) ** 2)
    assert len(find(f, (X, Y), budget, SQUARE).points) == 6


def test_a_degenerate_point_of_one_variable_is_proven_to_be_alone(search: Search, only: Only) -> None:
    found = search(cos(X) + X**2 / 2 + Y**2, X, Y)
    assert (only(found).kind, only(found).degenerate, found.complete) == ("local minimum", True, "proven")


def test_a_degenerate_point_along_a_bent_valley_leaves_its_box_open(search: Search) -> None:
    found = search((Y - X**2) ** 2 + X**5 + exp(X) - X - X**2 / 2 - X**3 / 6, X, Y)
    assert found.complete == "not proven"
    assert any(across and across[0] <= 0 <= across[1] for across, _ in found.open)


def test_a_hole_in_the_domain_is_no_point(search: Search) -> None:
    found = search(sin(X) / X + Y**2, X, Y)
    assert len(found.points) == 2
    assert found.complete == "proven in window"


def test_no_point_lies_beyond_a_pole(search: Search) -> None:
    found = search(exp(X) / Y + Y * X, X, Y)
    assert (found.points, found.complete) == ((), "proven")


def test_an_inverse_sine_is_searched_where_it_is_defined(search: Search, kinds: Kinds) -> None:
    found = search(asin(X * Y), X, Y)
    assert (kinds(found), found.complete) == ({(0, 0): "saddle point"}, "proven in window")


def test_a_sum_of_waves_in_bowls_is_searched_variable_by_variable(search: Search) -> None:
    found = search(X**2 + 25 * sin(X) ** 2 + Y**2 + 25 * sin(Y) ** 2, X, Y)
    assert len(found.points) == 49


def test_a_period_of_one_variable_beside_another_that_has_none(search: Search, only: Only) -> None:
    found = search(exp(Y) * sin(X) + Y**2, X, Y)
    assert only(found).at[0] == pi / 2
    assert found.periods == (2 * pi, 0)


def test_a_spent_budget_says_how_many_points_are_proven() -> None:
    ticks = iter(range(10**9))
    found = find(PEAKS, (X, Y), Budget(12.0, lambda: float(next(ticks)), soft_share=1.0), SQUARE)
    assert found.complete == "not proven"
    assert "not finished" in found.why
    assert found.open


def test_a_rational_slope_in_a_sine_makes_no_period(search: Search) -> None:
    found = search(sin(X) + sin(sqrt(2) * X) + exp(Y) - Y, X, Y)
    assert found.periods == (0, 0)


@pytest.mark.parametrize("f", [exp(X * Y) * 3 + 1, atan(X * Y)])
def test_a_rising_function_round_another_changes_no_points(f: Expr, search: Search, kinds: Kinds) -> None:
    assert kinds(search(f, X, Y)) == {(0, 0): "saddle point"}


def test_a_logarithm_is_searched_on_its_side(search: Search) -> None:
    found = search(log(X) * Y - X * Y + Y**2, X, Y)
    assert [point.at for point in found.points] == [(1, Integer(1) / 2)]


@pytest.mark.parametrize("seed", range(24))
def test_planted_points_are_all_found_and_no_others(seed: int, budget: Budget) -> None:
    function = planted(seed)
    window = {v: (Integer(-REACH), Integer(REACH)) for v in (X, Y)} if function.windowed else None
    found = find(function.f, (X, Y), budget, window)
    assert found.complete != "not proven"
    inside = {point.decimal: point.kind for point in found.points}
    if window:
        inside = {at: kind for at, kind in inside.items() if max(map(abs, at)) <= REACH}
    assert sorted(inside.values()) == sorted(function.points.values())
    for at in function.points:
        assert any(at == pytest.approx(other, abs=1e-9) for other in inside)

"""Lines, curves and surfaces of critical points."""

from collections.abc import Callable

import pytest
from sympy import Expr, Integer, cos, exp, expand, sin, sqrt, symbols

from engine.critical import CriticalSet, Found

Search = Callable[..., Found]

X, Y, Z = symbols("x y z", real=True)


def only_set(found: Found) -> CriticalSet:
    (one,) = found.sets
    return one


@pytest.mark.parametrize(
    ("f", "equation", "kind"),
    [
        ((3 * X + 4 * Y - 10) ** 2, 3 * X + 4 * Y - 10, "local minimum"),
        ((X + Y) ** 4, X + Y, "local minimum"),
        ((X + Y) ** 3, X + Y, "saddle point"),
        (-((X**2 - Y) ** 2), X**2 - Y, "local maximum"),
        (X**2 * Y, X, "not decided"),
        ((X - Y) ** 2 * exp(X), X - Y, "local minimum"),
    ],
)
def test_a_curve_of_critical_points(f: Expr, equation: Expr, kind: str, search: Search) -> None:
    found = search(f, X, Y)
    one = only_set(found)
    assert (one.equations, one.dim, one.kind) == ((equation,), 1, kind)
    assert found.complete == "proven"


def test_an_extremum_along_a_set_is_not_strict(search: Search) -> None:
    assert only_set(search((X + Y) ** 4, X, Y)).strict is False


def test_a_variable_that_does_not_occur_makes_a_line(search: Search) -> None:
    one = only_set(search(X**2, X, Y))
    assert (one.equations, one.dim, one.kind, one.strict) == ((X,), 1, "local minimum", False)


def test_a_constant_is_critical_everywhere(search: Search) -> None:
    one = only_set(search(Integer(5), X, Y))
    assert (one.equations, one.dim) == ((), 2)


def test_a_circle_and_its_centre(search: Search) -> None:
    found = search((X**2 + Y**2 - 1) ** 2, X, Y)
    assert only_set(found).kind == "local minimum"
    assert [(point.at, point.kind) for point in found.points] == [((0, 0), "local maximum")]


def test_a_curve_without_real_points_is_no_set(search: Search) -> None:
    found = search((X**2 + X * Y + Y**2 + 1) ** 2, X, Y)
    assert found.sets == ()
    assert [point.at for point in found.points] == [(0, 0)]


def test_a_curve_with_one_real_point_is_that_point(search: Search) -> None:
    found = search((X**2 + Y**2) ** 2, X, Y)
    assert found.sets == ()
    assert [point.kind for point in found.points] == ["local minimum"]


def test_three_lines_of_saddle_points(search: Search) -> None:
    found = search(X * Y * Z, X, Y, Z)
    assert {frozenset(one.equations) for one in found.sets} == {frozenset(pair) for pair in [(X, Y), (X, Z), (Y, Z)]}
    assert {one.kind for one in found.sets} == {"saddle point"}
    assert found.points == ()


def test_a_line_in_space(search: Search) -> None:
    one = only_set(search((X - Y) ** 2 + (Y - Z) ** 2, X, Y, Z))
    assert (set(one.equations), one.dim, one.kind) == ({X - Z, Y - Z}, 1, "local minimum")


def test_a_point_on_a_set_is_not_listed_again(search: Search) -> None:
    assert search(X**2 * Y**2, X, Y).points == ()


def test_a_set_on_the_poles_is_no_set(search: Search) -> None:
    found = search((X - Y) ** 3 / (X - Y) ** 2 * X, X, Y)
    assert found.sets == ()


def test_extrema_along_a_rational_function(search: Search) -> None:
    found = search(X * Y / (X**2 + Y**2), X, Y)
    assert {one.equations[0]: one.kind for one in found.sets} == {X - Y: "local maximum", X + Y: "local minimum"}


def test_a_common_factor_with_a_sine_gives_a_set(search: Search) -> None:
    found = search(sin(X * Y), X, Y)
    kinds = {one.equations[0]: one.kind for one in found.sets}
    assert kinds == {sin(X * Y) + 1: "local minimum", sin(X * Y) - 1: "local maximum"}
    assert [(point.at, point.kind) for point in found.points] == [((0, 0), "saddle point")]


def test_where_a_square_of_a_sine_is_least_and_greatest(search: Search) -> None:
    kinds = {one.equations[0]: one.kind for one in search(sin(X * Y) ** 2, X, Y).sets}
    assert kinds == {sin(X * Y): "local minimum", cos(X * Y): "local maximum"}


def test_a_set_outside_the_domain_is_not_listed(search: Search) -> None:
    assert search((X + 1) ** 2 * sqrt(X) * (Y**2 + 1), X, Y).sets == ()


def test_a_constant_summand_does_not_turn_maxima_into_saddles(search: Search) -> None:
    found = search(sin(X) ** 2 + cos(X) ** 2 - Y**2 - Z**2, X, Y, Z)
    assert only_set(found).kind == "local maximum"


@pytest.mark.parametrize(
    ("f", "kind"),
    [
        ((X**2 + Y**2 - 1) ** 3, "saddle point"),
        ((X * Y - 1) ** 3, "saddle point"),
        ((X + Y) ** 3 * exp(Y - 1), "saddle point"),
        ((Y - X**2) ** 2 * (1 + Y), "local minimum"),
        ((2 * Y - 1) ** 3 * (2 * X**2 - Y + X), "saddle point"),
    ],
)
def test_a_power_of_what_is_zero_along_a_curve_decides_its_kind(search: Search, f: Expr, kind: str) -> None:
    (only,) = search(expand(f), X, Y).sets
    assert only.kind == kind


def test_a_product_of_three_changes_sign_round_every_curve_in_space(search: Search) -> None:
    found = search(expand((X - Y**2) * Z * (Y + Z**2)), X, Y, Z)
    assert [one.kind for one in found.sets] == ["saddle point"] * 3


def test_a_curve_with_a_cusp_stays_undecided(search: Search) -> None:
    (only,) = search(expand((X**2 - Y**3) ** 3), X, Y).sets
    assert only.kind == "not decided"

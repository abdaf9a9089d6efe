"""Functions with exponentials, logarithms, roots and sines."""

from collections.abc import Callable

import pytest
from sympy import (
    E,
    Expr,
    Piecewise,
    Rational,
    atan,
    cos,
    exp,
    floor,
    log,
    pi,
    sin,
    sinh,
    sqrt,
    symbols,
    tanh,
)

from engine.critical import CriticalPoint, Found

Search = Callable[..., Found]
Kinds = Callable[[Found], dict[tuple[Expr, ...], str]]
Only = Callable[[Found], CriticalPoint]

X, Y, Z = symbols("x y z", real=True)
R = sqrt(2) / 2


def test_a_factor_that_is_never_zero_leaves_a_proof(search: Search, kinds: Kinds) -> None:
    found = search(X * Y * exp(-(X**2) - Y**2), X, Y)
    high, low = "local maximum", "local minimum"
    assert kinds(found) == {(-R, -R): high, (-R, R): low, (0, 0): "saddle point", (R, -R): low, (R, R): high}
    assert found.complete == "proven"


@pytest.mark.parametrize(
    ("f", "at", "kind"),
    [
        (exp(X) - 2 * X + Y**2, (log(2), 0), "local minimum"),
        (exp(2 * X) - 3 * exp(X) + Y**2, (log(Rational(3, 2)), 0), "local minimum"),
        (log(1 + exp(-X)) + log(1 + exp(X)) + Y**2, (0, 0), "local minimum"),
        (log(X**2 + Y**2 + 1), (0, 0), "local minimum"),
        (log(X) ** 2 + log(Y) ** 2, (1, 1), "local minimum"),
        (log(X) + log(Y) - X - Y, (1, 1), "local maximum"),
        (X**Y, (1, 0), "saddle point"),
        (sqrt(1 - X**2 - Y**2), (0, 0), "local maximum"),
        (sqrt(X) + sqrt(Y) - X - Y, (Rational(1, 4), Rational(1, 4)), "local maximum"),
        (Y * tanh(X), (0, 0), "saddle point"),
        (sinh(X * Y), (0, 0), "saddle point"),
        (atan(X * Y), (0, 0), "saddle point"),
        (X**2 - sqrt(2) * X * Y + sqrt(3) * X + Y**2, (-sqrt(3), -sqrt(6) / 2), "local minimum"),
    ],
)
def test_the_only_point_is_found_and_proven(
    f: Expr, at: tuple[Expr, ...], kind: str, search: Search, only: Only
) -> None:
    found = search(f, X, Y)
    assert (only(found).at, only(found).kind, found.complete) == (at, kind, "proven")


def test_equal_equations_in_a_branch_lose_no_points(search: Search) -> None:
    f = (-(X**2) / 2 + X + Y**2 - Y * Z + Z**2 - 3) * exp(-(X**2) - Y**2 - Z**2)
    found = search(f, X, Y, Z)
    assert len(found.points) == 5
    assert (Rational(1, 2), 5 * sqrt(2) / 4, 5 * sqrt(2) / 4) in {point.at for point in found.points}


def test_terms_of_one_sign_have_no_zero(search: Search) -> None:
    found = search(log(1 + exp(-X - Y)) + log(1 + exp(Y - X)), X, Y)
    assert (found.points, found.complete) == ((), "proven")


def test_a_linear_gradient_with_pi_in_it_is_solved(search: Search, only: Only) -> None:
    found = search(X**2 + pi * X * Y + 5 * Y**2 - X, X, Y)
    assert only(found).decimal == pytest.approx((0.98713, -0.310116), rel=1e-5)
    assert found.complete == "proven"


def test_one_period_of_what_repeats_is_listed_and_proven(search: Search, kinds: Kinds) -> None:
    found = search(sin(X) + sin(Y), X, Y)
    half = pi / 2
    assert kinds(found) == {
        (-half, -half): "local minimum",
        (-half, half): "saddle point",
        (half, -half): "saddle point",
        (half, half): "local maximum",
    }
    assert found.complete == "proven"
    assert "repeats itself" in found.why
    assert found.periods == (2 * pi, 2 * pi)


def test_angles_between_are_found_in_closed_form(search: Search, kinds: Kinds) -> None:
    found = search(sin(X) + sin(Y) + sin(X + Y), X, Y)
    third = pi / 3
    assert kinds(found) == {
        (-third, -third): "local minimum",
        (third, third): "local maximum",
        (pi, pi): "saddle point",
    }


def test_a_transcendental_gradient_keeps_proven_points(search: Search, kinds: Kinds) -> None:
    assert kinds(search(X * exp(Y) - Y * exp(X), X, Y)) == {(1, 1): "saddle point"}


def test_a_function_given_in_pieces_is_not_classified_by_one_of_them(search: Search) -> None:
    assert search(Piecewise((-(X**2), X > 0), (X**4, True)) + Y**2, X, Y).points == ()


def test_a_part_without_a_derivative_is_named(search: Search) -> None:
    assert "without a known derivative" in search(floor(X) + Y**2, X, Y).why


def test_points_outside_the_domain_are_dropped(search: Search) -> None:
    assert all(point.decimal[0] > 0 for point in search(X**2 - 4 * X + log(X), X).points)


def test_an_exponential_value_is_exact(search: Search) -> None:
    high = [point.value for point in search(X * Y * exp(-(X**2) - Y**2), X, Y).points if point.kind == "local maximum"]
    assert high == [1 / (2 * E)] * 2


def test_a_sum_of_independent_parts_is_searched_part_by_part(search: Search) -> None:
    found = search(X**4 - X**2 + exp(Y) - Y + cos(Z), X, Y, Z)
    assert len(found.points) == 6
    assert found.periods == (0, 0, 2 * pi)

"""Points with a singular Hessian: decided by terms of higher order, or left open."""

from collections.abc import Callable

import pytest
from sympy import Expr, Rational, cos, exp, sin, sqrt, symbols

from engine.critical import CriticalPoint, Found

Search = Callable[..., Found]

X, Y, Z = symbols("x y z", real=True)


def at_origin(found: Found) -> CriticalPoint:
    return next(point for point in found.points if not any(point.at))


@pytest.mark.parametrize(
    ("f", "kind"),
    [
        (X**4 + Y**4, "local minimum"),
        (-(X**2) - Y**6, "local maximum"),
        (X**3 - 3 * X * Y**2, "saddle point"),
        (X**2 + Y**3, "saddle point"),
        (X**2 - Y**4, "saddle point"),
        (X**4 - Y**4, "saddle point"),
        ((Y - X**2) * (Y - 2 * X**2), "saddle point"),
        ((Y - X**2) ** 2 + X**6, "local minimum"),
        (X**4 + X**2 * Y**2 + Y**6 + Y**4, "local minimum"),
        (X**4 + Y**4 - X * Y**3 / 2, "local minimum"),
        (sin(X) * Y**2 + X**4, "saddle point"),
        (cos(X) + X**2 / 2 + Y**2, "local minimum"),
        ((X**4 + Y**4) * exp(X), "local minimum"),
        (1 / (1 + X**4 + Y**4), "local maximum"),
    ],
)
def test_terms_of_higher_order_decide(f: Expr, kind: str, search: Search) -> None:
    point = at_origin(search(f, X, Y))
    assert point.degenerate
    assert point.kind == kind


def test_the_monkey_saddle_says_why(search: Search) -> None:
    text = at_origin(search(X**3 - 3 * X * Y**2, X, Y)).test
    assert text == "D = 0; the terms of lowest degree, 3, change sign with the direction"


def test_a_degenerate_extremum_that_stands_alone_is_strict(search: Search) -> None:
    assert at_origin(search(X**4 + Y**4, X, Y)).strict is True


def test_a_degenerate_point_with_irrational_coordinates_is_decided(search: Search) -> None:
    kinds = {point.at: point.kind for point in search((X**2 - 2) ** 4 + Y**2, X, Y).points}
    assert kinds[sqrt(2), 0] == kinds[-sqrt(2), 0] == "local minimum"


def test_a_degenerate_point_in_three_variables(search: Search) -> None:
    assert at_origin(search(X**2 + Y**2 - Z**4 + X * Z**2, X, Y, Z)).kind == "saddle point"


def test_completing_the_square_turns_the_sign_of_the_fourth_power(search: Search) -> None:
    assert at_origin(search(X**2 + X * Y**2 + Y**4 * Rational(1, 5), X, Y)).kind == "saddle point"
    assert at_origin(search(X**2 + X * Y**2 + Y**4 * Rational(1, 3), X, Y)).kind == "local minimum"


def test_an_extremum_without_a_simple_proof_is_left_open(search: Search) -> None:
    point = at_origin(search(X**4 + Y**4 + Z**4 - 2 * X**2 * Y**2 + X**5 * Z + Z**7, X, Y, Z))
    assert point.kind == "not decided"

"""Functions that are not differentiable everywhere: seams, corners and cusps."""

from collections.abc import Callable

import pytest
from sympy import Abs, Expr, Max, Min, Rational, cos, exp, pi, sin, sqrt, symbols

from engine.critical import CriticalPoint, Found

Search = Callable[..., Found]
Kinds = Callable[[Found], dict[tuple[Expr, ...], str]]
Only = Callable[[Found], CriticalPoint]

X, Y, Z = symbols("x y z", real=True)
HALF = Rational(1, 2)
LOW, HIGH = "local minimum", "local maximum"


@pytest.mark.parametrize(
    ("f", "at", "kind"),
    [
        (Abs(X) + Abs(Y), (0, 0), LOW),
        (sqrt(X**2 + Y**2), (0, 0), LOW),
        (sqrt(X**2 + Y**2) + X / 2, (0, 0), LOW),
        (Abs(X) + Y**2, (0, 0), LOW),
        (-Abs(X - 1) - (Y + 2) ** 2, (1, -2), HIGH),
        (Max(X, Y) + X**2 + Y**2, (-Rational(1, 4), -Rational(1, 4)), LOW),
        (Max(X**2 + Y**2, (X - 1) ** 2 + (Y - 1) ** 2), (HALF, HALF), LOW),
        (Abs(X + Y) + X**2 + Y**2, (0, 0), LOW),
        (Abs(X) + Abs(Y) + Abs(X + Y), (0, 0), LOW),
    ],
)
def test_an_extremum_at_a_kink_is_found_and_proven(
    f: Expr, at: tuple[Expr, ...], kind: str, search: Search, only: Only
) -> None:
    found = search(f, X, Y)
    point = only(found)
    assert (point.at, point.kind, point.smooth, found.complete) == (at, kind, False, "proven")


@pytest.mark.parametrize("f", [Abs(X) - Abs(Y), Abs(X) - Y**2, sqrt(X**2 + Y**2) + 2 * X, X + Abs(Y)])
def test_a_kink_without_an_extremum_is_no_critical_point(f: Expr, search: Search) -> None:
    found = search(f, X, Y)
    assert (found.points, found.complete) == ((), "proven")


def test_the_kinks_are_told(search: Search) -> None:
    assert search(Abs(X) - Abs(Y), X, Y).kinks == (X, Y)


def test_smooth_pieces_are_searched_beside_their_seams(search: Search) -> None:
    found = search(Abs(X**2 - 1) + Y**2, X, Y)
    assert [(point.at, point.kind, point.smooth) for point in found.points] == [
        ((-1, 0), LOW, False),
        ((0, 0), "saddle point", True),
        ((1, 0), LOW, False),
    ]


def test_the_seam_of_a_minimum_hides_no_smooth_point(search: Search, kinds: Kinds) -> None:
    assert kinds(search(Min(X**2 + Y**2, (X - 2) ** 2 + Y**2), X, Y)) == {(0, 0): LOW, (2, 0): LOW}


@pytest.mark.parametrize(("f", "kind"), [(Abs(X) ** 3 + Y**2, LOW), (X * Abs(X) + Y**2, "saddle point")])
def test_a_bar_over_what_is_smooth_is_no_kink(f: Expr, kind: str, search: Search, only: Only) -> None:
    point = only(search(f, X, Y))
    assert (point.kind, point.smooth, point.degenerate) == (kind, True, True)


def test_a_seam_that_is_lowest_everywhere_is_a_set(search: Search) -> None:
    found = search(Abs(X**2 + Y**2 - 1), X, Y)
    assert [(one.equations, one.kind) for one in found.sets] == [((X**2 + Y**2 - 1,), LOW)]
    assert [(point.at, point.kind) for point in found.points] == [((0, 0), HIGH)]
    assert found.complete == "proven"


def test_a_corner_in_space(search: Search, only: Only) -> None:
    point = only(search(Abs(X) + Abs(Y) + Abs(Z), X, Y, Z))
    assert (point.at, point.kind, point.smooth) == ((0, 0, 0), LOW, False)


def test_a_seam_that_is_as_steep_as_its_sides_decides_nothing(search: Search, kinds: Kinds) -> None:
    f = X * Y / 2 - Abs(X + Y - 1) / 2 + 3 * Abs(2 * X - Y + 1) / 2
    assert (-4, 5) not in kinds(search(f, X, Y))


def test_irrational_corners_are_found_too(search: Search, kinds: Kinds) -> None:
    f = 2 * X**2 + Abs(Y) / 2 - Abs(X - 1) - Abs(X**2 + Y**2 - 1)
    assert kinds(search(f, X, Y)) == {(-Rational(1, 6), 0): LOW}


def test_a_cusp_beside_waves_is_found_in_its_box(search: Search, only: Only) -> None:
    found = search(exp(-Abs(X) - Abs(Y)) - (X**2 + Y**2) / 9, X, Y)
    assert (only(found).at, only(found).kind, only(found).smooth) == ((0, 0), HIGH, False)
    assert found.complete == "proven in window"


def test_a_cusp_beside_a_bar_that_is_no_kink_there(search: Search, only: Only) -> None:
    found = search(sqrt(X**2 + (Y + 1) ** 2) - Abs(Y) / 2, X, Y)
    assert (only(found).at, only(found).kind) == ((0, -1), LOW)


def test_kinks_repeat_with_a_period(search: Search, kinds: Kinds) -> None:
    found = search(Abs(sin(X)) + Y**2, X, Y)
    assert kinds(found) == {(0, 0): LOW, (pi / 2, 0): "saddle point"}
    assert (found.periods, found.complete) == ((pi, 0), "proven")


def test_a_kink_that_is_an_extremum_in_one_variable_only_is_not_listed(search: Search) -> None:
    assert search(exp(Abs(X)) - cos(X) + Y * Abs(Y), X, Y).points == ()

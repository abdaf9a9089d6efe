"""Critical points of polynomials and rational functions: all of them, and each of the right kind."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import CRootOf, Expr, Rational, Symbol, diff, prod, sqrt, symbols

from engine.calculus.signs import sign
from engine.critical import CriticalPoint, Found, find
from engine.errors import NotSupported, TooLarge
from engine.values import Budget

Search = Callable[..., Found]
Kinds = Callable[[Found], dict[tuple[Expr, ...], str]]
Only = Callable[[Found], CriticalPoint]
Variables = tuple[Symbol, Symbol, Symbol]

X, Y, Z = symbols("x y z", real=True)
HIMMELBLAU = (X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2
CAMEL = 4 * X**2 - Rational(21, 10) * X**4 + X**6 / 3 + X * Y - 4 * Y**2 + 4 * Y**4


def counted(found: Found) -> Counter[str]:
    return Counter(point.kind for point in found.points)


def test_himmelblau_has_nine_points(search: Search) -> None:
    found = search(HIMMELBLAU, X, Y)
    assert counted(found) == {"local minimum": 4, "local maximum": 1, "saddle point": 4}
    assert found.complete == "proven"


def test_the_six_hump_camel_has_fifteen_points(search: Search) -> None:
    found = search(CAMEL, X, Y)
    assert counted(found) == {"local minimum": 6, "local maximum": 2, "saddle point": 7}
    assert found.complete == "proven"


@pytest.mark.parametrize("f", [HIMMELBLAU, CAMEL])
def test_the_gradient_is_zero_at_every_point(f: Expr, search: Search) -> None:
    for point in search(f, X, Y).points:
        at = dict(zip((X, Y), point.at, strict=True))
        for variable in (X, Y):
            assert abs(float(diff(f, variable).xreplace(at).evalf(30))) < 1e-20


def test_the_decimals_are_those_of_the_exact_coordinates(search: Search) -> None:
    for point in search(HIMMELBLAU, X, Y).points:
        assert point.decimal == pytest.approx([float(c.evalf(30)) for c in point.at], rel=1e-15)


def test_coordinates_without_short_radicals_are_roots_of_their_own_polynomials(search: Search) -> None:
    found = search(10 * X**2 * Y - 5 * X**2 - 4 * Y**2 - X**4 - 2 * Y**4, X, Y)
    t = Symbol("x")
    assert CRootOf(8 * t**3 - 42 * t + 25, 2) in {point.at[1] for point in found.points}


def test_short_radicals_are_written_as_radicals(search: Search, kinds: Kinds) -> None:
    found = search(X**4 + Y**4 - 2 * X**2 + 4 * X * Y - 2 * Y**2, X, Y)
    minimum, saddle = "local minimum", "saddle point"
    assert kinds(found) == {(-sqrt(2), sqrt(2)): minimum, (0, 0): saddle, (sqrt(2), -sqrt(2)): minimum}


def test_a_biquadratic_coordinate_is_a_nested_radical(search: Search) -> None:
    at = {point.at[0] for point in search(X**5 / 5 - 2 * X**3 / 3 - X, X).points}
    assert at == {-sqrt(1 + sqrt(2)), sqrt(1 + sqrt(2))}


def test_the_second_derivative_test_is_told_with_its_numbers(search: Search, only: Only) -> None:
    assert only(search(X**2 + Y**2, X, Y)).test == "D = 4 > 0, f_xx = 2 > 0"


def test_a_textbook_cubic(search: Search, kinds: Kinds) -> None:
    found = search(3 * X**2 + 2 * X * Y + Y**3, X, Y)
    assert kinds(found) == {(0, 0): "saddle point", (Rational(-2, 27), Rational(2, 9)): "local minimum"}


def test_a_quadratic_in_three_variables(search: Search, only: Only) -> None:
    point = only(search(X**2 + Y**2 + Z**2 + X * Y + Y * Z - X - 2 * Z, X, Y, Z))
    assert point.at == (Rational(5, 4), Rational(-3, 2), Rational(7, 4))
    assert point.kind == "local minimum"
    assert point.value == Rational(-19, 8)


def test_a_quartic_in_three_variables(search: Search) -> None:
    assert counted(search(X**4 + Y**4 + Z**4 - 4 * X * Y * Z, X, Y, Z)) == {"local minimum": 4, "saddle point": 1}


def test_eight_independent_variables(search: Search) -> None:
    variables = symbols("a:h", real=True)
    found = search(sum(v**3 - 3 * v for v in variables), *variables)
    assert len(found.points) == 256
    assert counted(found) == {"local minimum": 1, "local maximum": 1, "saddle point": 254}
    assert found.complete == "proven"


def test_coupled_variables_keep_all_points(search: Search) -> None:
    variables = symbols("a:d", real=True)
    links = pairwise(variables)
    found = search(sum(100 * (b - a**2) ** 2 + (1 - a) ** 2 for a, b in links), *variables)
    assert counted(found) == {"local minimum": 2, "saddle point": 1}
    assert found.complete == "proven"


def test_no_critical_point_is_a_proven_answer(search: Search) -> None:
    found = search(X**2 * Y + X + Y**3 + Y, X, Y)
    assert (found.points, found.sets, found.complete) == ((), (), "proven")


def test_nearly_equal_points_are_kept_apart(search: Search) -> None:
    gap = Rational(1, 10**8)
    found = search(X**3 / 3 - gap**2 * X + Y**2, X, Y)
    assert {point.at[0] for point in found.points} == {gap, -gap}


def test_a_rational_function_is_searched_away_from_its_poles(search: Search, kinds: Kinds) -> None:
    found = search(X**2 + Y**2 + 1 / (X**2 * Y**2), X, Y)
    assert kinds(found) == dict.fromkeys([(-1, -1), (-1, 1), (1, -1), (1, 1)], "local minimum")
    assert found.complete == "proven"


def test_a_zero_of_numerator_and_denominator_is_no_critical_point(search: Search) -> None:
    assert search((X**3 - 3 * X**2 + 3 * X - 1) / (X - 1) + Y**2, X, Y).points == ()


def test_a_rational_function_in_three_variables(search: Search, kinds: Kinds) -> None:
    found = search(X + Y**2 / (4 * X) + Z**2 / Y + 2 / Z, X, Y, Z)
    half = Rational(1, 2)
    assert kinds(found) == {(-half, -1, -1): "local maximum", (half, 1, 1): "local minimum"}


def test_a_letter_that_is_no_variable_is_refused(search: Search) -> None:
    with pytest.raises(NotSupported, match="a must be a number or one of the variables"):
        search(X**2 + Symbol("a", real=True) * X, X)


def test_a_parameter_may_be_treated_as_a_variable(search: Search, kinds: Kinds) -> None:
    assert kinds(search(X**2 + Y**2 - 2 * X * Z, X, Y, Z)) == {(0, 0, 0): "saddle point"}


def test_nine_variables_are_refused(search: Search) -> None:
    variables = symbols("a:i", real=True)
    with pytest.raises(TooLarge, match="More than 8 variables"):
        search(sum(v**2 for v in variables), *variables)


def test_a_spent_budget_gives_no_proof() -> None:
    found = find(HIMMELBLAU, (X, Y), Budget(1.0, lambda: 2.0))
    assert found.complete == "not proven"


coefficients = st.integers(-5, 5)


@settings(max_examples=40, deadline=None)
@given(st.lists(coefficients, min_size=6, max_size=6), st.integers(1, 4), st.integers(1, 4))
def test_a_bounded_polynomial_has_as_many_extrema_more_than_saddles_as_its_index_says(
    c: list[int], a: int, b: int
) -> None:
    """At infinity the gradient of a x^4 + b y^4 turns once, so the indices of the points add up to 1."""
    f = a * X**4 + b * Y**4 + c[0] * X**2 * Y + c[1] * X * Y + c[2] * X**2 + c[3] * Y**3 + c[4] * X + c[5] * Y
    found = find(f, (X, Y), Budget(1e9, lambda: 0.0))
    assert found.complete == "proven"
    if not found.sets and not any(point.degenerate for point in found.points):
        assert sum(-1 if point.kind == "saddle point" else 1 for point in found.points) == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-6, 6), min_size=1, max_size=4, unique=True))
def test_planted_points_are_found(roots: list[int]) -> None:
    from sympy import integrate

    f = integrate(prod(X - r for r in roots), X) + Y**2
    found = find(f, (X, Y), Budget(1e9, lambda: 0.0))
    assert {int(point.at[0]) for point in found.points} == set(roots)
    assert all(sign(point.at[1]) == 0 for point in found.points)

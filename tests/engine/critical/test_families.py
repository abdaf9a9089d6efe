"""Points that repeat, and points of functions with parameters."""

from collections.abc import Callable

import pytest
from sympy import Integer, Symbol, cos, pi, sin, symbols

from engine.critical import Found, by_cases, families, meets, repeated
from engine.errors import NotSupported
from engine.values import Budget

Search = Callable[..., Found]

X, Y, A, B = symbols("x y a b", real=True)
K, L = Symbol("k", integer=True), Symbol("l", integer=True)


def test_points_half_a_period_apart_are_one_family(search: Search) -> None:
    f = Y * cos(X)
    assert [(one.at, one.kind) for one in families(f, (X, Y), search(f, X, Y))] == [
        ((pi * K - pi / 2, 0), "saddle point")
    ]


def test_families_of_two_variables_have_two_letters(search: Search) -> None:
    f = sin(X) + sin(Y)
    found = families(f, (X, Y), search(f, X, Y))
    assert ((2 * pi * K + pi / 2, 2 * pi * L + pi / 2), "local maximum") in [(one.at, one.kind) for one in found]
    assert len(found) == 4


def test_a_letter_of_the_function_is_no_letter_of_a_family(search: Search) -> None:
    k = Symbol("k", real=True)
    (first, *_) = families(sin(k), (k,), search(sin(k), k))
    assert [str(letter) for letter in first.letters] == ["l"]


def test_the_value_changes_from_period_to_period_where_f_does_not_repeat(search: Search) -> None:
    f = X + 2 * sin(X)
    found = repeated(f, (X,), search(f, X), {X: (Integer(0), Integer(10))})
    levels = {point.at[0]: point.value for point in found.points}
    assert levels[2 * pi / 3 + 2 * pi] - levels[2 * pi / 3] == 2 * pi
    assert all(one.value is None for one in families(f, (X,), search(f, X)))


def test_a_window_of_too_many_periods_is_refused(search: Search) -> None:
    with pytest.raises(NotSupported, match="smaller"):
        repeated(sin(X), (X,), search(sin(X), X), {X: (Integer(0), Integer(10**5))})


def test_a_set_that_misses_a_window_is_known_to(budget: Budget) -> None:
    window = {X: (Integer(1), Integer(2)), Y: (Integer(1), Integer(2))}
    assert not meets((X + Y,), window, budget)
    assert meets((X - Y,), window, budget)


def test_a_parameter_makes_cases() -> None:
    found = by_cases(A * X**2 + B * Y**2, (X, Y))
    assert found is not None
    assert [(tuple((c.of, c.relation) for c in case.when), case.kind) for case in found] == [
        (((A * B, "> 0"), (A, "> 0")), "local minimum"),
        (((A * B, "> 0"), (A, "< 0")), "local maximum"),
        (((A * B, "< 0"),), "saddle point"),
        (((A * B, "= 0"),), "not decided"),
    ]


def test_a_parameter_that_only_moves_the_point_makes_one_case() -> None:
    found = by_cases(X**2 + Y**2 - 2 * A * X + 2 * B * Y, (X, Y))
    assert found is not None
    assert [(case.when, case.at, case.kind, case.value) for case in found] == [
        ((), (A, -B), "local minimum", -(A**2) - B**2)
    ]


@pytest.mark.parametrize("f", [A * X**4 + Y**2, sin(A * X), (X + A * Y) ** 2])
def test_other_functions_with_parameters_have_no_cases(f: Symbol) -> None:
    assert by_cases(f, (X, Y)) is None

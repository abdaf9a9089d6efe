"""Derivatives at points where numbers grow long: an answer in its shortest exact form, and soon."""

from collections.abc import Callable
from time import process_time

import pytest
from sympy import Abs, Integer, Max, Rational, Symbol, pi, sign, sqrt

from engine.answering.scalar import MAX_SHOWN, Scalar
from engine.calculus import derivatives
from engine.reading import read_expression
from engine.values import Json

X, Y = Symbol("x", real=True), Symbol("y", real=True)


@pytest.mark.parametrize("at", ["pi,1", "sqrt(2)+sqrt(3),1/7", "2^(1/3),3^(1/5)", "0.123456,1.234567"])
def test_a_high_power_is_not_multiplied_out_for_ever(data: Callable[..., Json], at: str) -> None:
    started = process_time()
    found = data("grad", f="(x+y)^200", at=at)
    assert found["gradient_at_decimal"][0] == pytest.approx(found["gradient_at_decimal"][1])
    assert process_time() - started < 3


def test_a_short_power_is_multiplied_out() -> None:
    assert derivatives.at((X + Y) ** 3, {X: sqrt(2), Y: Integer(1)}) == 7 + 5 * sqrt(2)


def test_a_zero_that_multiplying_out_shows_is_zero() -> None:
    assert derivatives.at((X + 1) * (X - 1) - 1, {X: sqrt(2)}) == 0


def test_a_long_power_stays_as_it_is() -> None:
    assert derivatives.at(X**2 * (X + 1) ** 100, {X: pi}) == pi**2 * (pi + 1) ** 100


@pytest.mark.parametrize(
    ("vector", "length"),
    [
        ([Integer(3), Integer(4)], Integer(5)),
        ([Integer(3) * 10**200, Integer(4) * 10**200], Integer(5) * 10**200),
        ([Rational(10**300, 3), Rational(10**300, 3)], Rational(10**300, 3) * sqrt(2)),
    ],
)
def test_a_length_is_exact_however_long_its_numbers_are(vector: list[Integer], length: Integer) -> None:
    assert derivatives.norm(vector) == length


def test_kinks_are_differentiated_beside_them() -> None:
    assert derivatives.gradient(Abs(X) * Y, (X, Y)) == (Y * sign(X), Abs(X))
    assert derivatives.gradient(Max(X, Y), (X,))[0].subs({X: 2, Y: 1}) == 1


def test_a_sum_too_long_to_be_spelled_is_given_in_the_data_only() -> None:
    scalar = Scalar.of(read_expression("x*y"), ("x", "y"))
    long = sum((X**i * Y ** (i % 7) for i in range(1, 900)), Integer(0))
    assert scalar.spelled(long).text.endswith("characters, given whole in the data")


def test_a_sum_just_short_enough_is_spelled() -> None:
    scalar = Scalar.of(read_expression("x*y"), ("x", "y"))
    told = scalar.spelled(sum((X**i for i in range(1, 60)), Integer(0))).text
    assert len(told) <= MAX_SHOWN
    assert told.count("+") == 58

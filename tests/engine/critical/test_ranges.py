"""Ranges over boxes hold every value, and Krawczyk's operator proves what is there."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Abs, Expr, Rational, asinh, atan, cos, cosh, diff, exp, log, pi, sin, sqrt, symbols, tan, tanh

from engine.calculus.balls import ball
from engine.critical.boxes import prune
from engine.critical.tapes import NoTapeError, Tape
from engine.values import Budget

X, Y = symbols("x y", real=True)
FUNCTIONS = (
    X**2 * Y - exp(X * Y) + sin(X) * Y,
    tanh(X) * Y**3,
    log(1 + X**2 + Y**2),
    sqrt(1 + X**2) * cos(Y * X),
    atan(X * Y) - X / (Y**2 + 2),
    asinh(X) + cosh(X * Y),
    (X**2 + 3) ** Rational(2, 3) * Y,
    sin(X) ** 2 * tan(Y / 9),
    X**-3 * Y,
    Abs(X) * Y,
    (X**2 + 2) ** Y,
    (X**2 + 2) ** pi * Y,
)
small = st.fractions(-3, 3, max_denominator=64)
width = st.fractions(0, 1, max_denominator=64)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(FUNCTIONS), small, small, width, width, st.fractions(0, 1, max_denominator=32))
def test_a_range_holds_the_values_in_its_box(
    f: Expr, x: Fraction, y: Fraction, w: Fraction, v: Fraction, part: Fraction
) -> None:
    # the doubles nearest to the ends may lie inside of them
    lo, hi = np.nextafter([[float(x), float(y)]], -np.inf), np.nextafter([[float(x + w), float(y + v)]], np.inf)
    found = Tape.of(f, (X, Y)).run(lo, hi)
    here = {s: arb(fmpq(*c.as_integer_ratio())) for s, c in ((X, x + part * w), (Y, y + (1 - part) * v))}
    first, second = found.jet.first, found.jet.second
    ranges = {
        f: found.jet.value,
        diff(f, X): first[0],
        diff(f, Y): first[1],
        diff(f, X, Y): second[0, 1],
        diff(f, X, 2): second[0, 0],
    }
    for expression, span in ranges.items():
        value = ball(expression, 128, here)
        if value is None:
            continue
        low, high = (0.0, 0.0) if span is None else (float(np.min(span.lo)), float(np.max(span.hi)))
        assert low <= float(value.upper()) + 1e-300
        assert float(value.lower()) <= high + 1e-300


def test_the_range_of_a_bare_variable_is_its_own() -> None:
    found = Tape.of(X, (X, Y)).run(np.array([[1.0, 5.0]]), np.array([[2.0, 6.0]]), order=0)
    assert (float(found.jet.value.lo[0]), float(found.jet.value.hi[0])) == (1.0, 2.0)


def test_a_box_that_leaves_the_domain_is_not_whole() -> None:
    found = Tape.of(log(X), (X,)).run(np.array([[-1.0], [-2.0], [1.0]]), np.array([[1.0], [-1.0], [2.0]]))
    assert found.whole.tolist() == [False, False, True]
    assert found.void.tolist() == [False, True, False]


def test_a_function_without_known_ranges_has_no_tape() -> None:
    from sympy import floor

    with pytest.raises(NoTapeError):
        Tape.of(floor(X), (X,))


def test_a_zero_where_boxes_meet_is_found_once(budget: Budget) -> None:
    found = prune(Tape.of(X**2 + Y**2, (X, Y)), np.array([-1.0, -1.0]), np.array([1.0, 1.0]), budget)
    assert (len(found.centres), found.open, found.finished) == (1, [], True)


def test_zeros_that_are_no_points_stay_open(budget: Budget) -> None:
    found = prune(Tape.of(X**2, (X, Y)), np.array([-1.0, -1.0]), np.array([1.0, 1.0]), budget)
    assert not found.centres
    assert any(lo[0] <= 0 <= hi[0] for lo, hi in found.open)

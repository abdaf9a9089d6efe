"""Proven signs, decimals and existence of exact real constants."""

import mpmath
import pytest
import sympy as sp
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import CRootOf, Expr, I, Rational, S, Symbol, cos, exp, log, pi, sin, sqrt

from engine.calculus.signs import ball, decimal, is_real_finite, sign
from engine.errors import NotInDomain, TooLarge

T = Symbol("t")
PLASTIC = CRootOf(T**3 - T - 1, 0)


def rationals() -> st.SearchStrategy[Expr]:
    return st.builds(Rational, st.integers(-30, 30), st.integers(1, 12))


def constants() -> st.SearchStrategy[Expr]:
    leaves = rationals() | st.sampled_from([pi, S.Exp1, sqrt(2), sqrt(3), PLASTIC])
    unary = st.sampled_from([sin, cos, sp.atan, sp.tanh, abs, lambda e: sqrt(e**2 + 1)])
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(lambda a, b: a + b, inner, inner)
            | st.builds(lambda a, b: a * b, inner, inner)
            | st.builds(lambda f, a: f(a), unary, inner)
        ),
        max_leaves=6,
    )


@settings(max_examples=80, deadline=None)
@given(constants())
def test_a_sign_agrees_with_an_evaluation_to_sixty_digits(expr: Expr) -> None:
    found = sign(expr)
    value = sp.N(expr, 60)
    near_zero = abs(value) < mpmath.mpf(10) ** -50
    assert found in (0, None) if near_zero else found == (1 if value > 0 else -1)


@settings(max_examples=60, deadline=None)
@given(constants(), st.integers(1, 10**6))
def test_a_constant_a_little_off_zero_is_never_called_zero(expr: Expr, size: int) -> None:
    off = Rational(1, size * 10**40)
    assert sign(sp.Add(expr, -expr, off, evaluate=False)) == 1


@settings(max_examples=60, deadline=None)
@given(rationals(), rationals(), rationals())
def test_the_zero_of_a_quadratic_is_proven_by_its_radical_form(a: Expr, b: Expr, c: Expr) -> None:
    if a == 0 or b**2 - 4 * a * c < 0:
        return
    root = (-b + sqrt(b**2 - 4 * a * c)) / (2 * a)
    assert sign(a * root**2 + b * root + c) == 0


def test_nested_radicals_are_proven_equal() -> None:
    assert sign(sqrt(5 + 2 * sqrt(6)) - sqrt(2) - sqrt(3)) == 0


def test_a_root_of_a_polynomial_solves_it() -> None:
    assert sign(PLASTIC**3 - PLASTIC - 1) == 0


def test_algebraic_factors_of_transcendental_terms_are_proven_zero() -> None:
    hidden = sqrt(5 + 2 * sqrt(6)) - sqrt(2) - sqrt(3)
    assert sign(exp(-1) * hidden + pi * (PLASTIC**3 - PLASTIC - 1)) == 0


def test_a_difference_in_the_thirteenth_decimal_place_is_seen() -> None:
    assert sign(exp(pi * sqrt(163)) - 262537412640768744) == -1


def test_a_transcendental_zero_without_a_proof_is_left_open() -> None:
    assert sign(sin(1) ** 2 + cos(1) ** 2 - 1) is None


def test_what_contains_a_symbol_has_no_sign() -> None:
    assert sign(T + 1) is None


def test_a_decimal_is_the_nearest_float() -> None:
    assert decimal(sqrt(2)) == 1.4142135623730951


def test_the_decimal_survives_cancellation() -> None:
    assert decimal(pi - Rational(355, 113)) == pytest.approx(-2.667641890624223e-07, rel=1e-15)


def test_the_decimal_of_a_hidden_zero_is_zero() -> None:
    assert str(decimal(sqrt(5 + 2 * sqrt(6)) - sqrt(2) - sqrt(3))) == "0.0"


@pytest.mark.parametrize("expr", [I, log(S(-2)), S.ComplexInfinity, CRootOf(T**3 - T - 1, 1)])
def test_what_is_not_real_has_no_decimal(expr: Expr) -> None:
    with pytest.raises(NotInDomain, match="no real value"):
        decimal(expr)


def test_a_number_beyond_all_floats_is_refused() -> None:
    with pytest.raises(TooLarge, match="too large"):
        decimal(exp(10_000))


def test_a_division_by_a_hidden_zero_is_no_real_number() -> None:
    assert is_real_finite(1 / (sqrt(5 + 2 * sqrt(6)) - sqrt(2) - sqrt(3))) is False


def test_the_root_of_a_hidden_zero_is_real() -> None:
    assert is_real_finite(sqrt(sqrt(5 + 2 * sqrt(6)) - sqrt(2) - sqrt(3))) is True


def test_a_complex_sum_with_a_real_value_is_real() -> None:
    assert is_real_finite((1 + I) * (1 - I)) is True


def test_the_square_root_of_a_negative_number_is_not_real() -> None:
    assert is_real_finite(sqrt(S(-2))) is False


def test_a_ball_over_a_box_holds_the_values_at_its_points() -> None:
    found = ball(T**2 - 1, 64, {T: arb(0, 2)})
    assert found is not None
    assert found.contains(-1)
    assert found.contains(3)


def test_a_ball_is_refused_where_a_logarithm_may_not_exist() -> None:
    assert ball(log(T), 64, {T: arb(0, 2)}) is None


def test_a_refusal_does_not_spell_out_a_number_of_500_digits() -> None:
    with pytest.raises(TooLarge, match=r"^A number here is too large"):
        decimal(S(10) ** 500)

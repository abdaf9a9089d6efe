"""Every topic on random functions against differences of values, which know nothing of the rules.

The values come from the reader's tree, never from what a topic says about f.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.building import build
from engine.desk import solve
from engine.reading import read_expression
from engine.values import Budget, Json

Value = Callable[[Sequence[object]], mpmath.mpf]
QUICK = settings(max_examples=30, deadline=None, derandomize=True)
MANY = settings(max_examples=150, deadline=None, derandomize=True)
NAMES = ("x", "y")
_LEAVES = st.sampled_from(["x", "y", "2", "x*y", "x^2", "y^3", "(x-2y)"])
_SMOOTH = (
    "sin({})",
    "cos({})",
    "exp({}/4)",
    "ln({}^2+1)",
    "tanh({})",
    "sqrt({}^2+2)",
    "({})^2",
    "1/({}^2+1)",
    "atan({})",
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})")
    return two | st.tuples(st.sampled_from(_SMOOTH), inner).map(lambda t: t[0].format(f"({t[1]})"))


FUNCTIONS = st.recursive(_LEAVES, _grown, max_leaves=5).map(lambda text: f"f(x, y) = {text}+x*y/3")
PLACES = st.tuples(st.integers(-12, 12), st.integers(-12, 12)).map(lambda t: (f"{t[0]}/7", f"{t[1]}/5"))
QUADRATICS = st.tuples(*[st.integers(-3, 3)] * 5).map(lambda c: f"{c[0]}x^2+{c[1]}x*y+{c[2]}y^2+{c[3]}x+{c[4]}y")


def answer(topic: str, **options: str) -> Json:
    return solve(topic, options, budget=Budget(30.0, lambda: 0.0)).data


def valued(f: str, names: Sequence[str] = NAMES) -> Value:
    """Return f as a function of numbers, with as many digits as whoever calls it works with."""
    symbols = [sympy.Symbol(name, real=True) for name in names]
    compiled = sympy.lambdify(symbols, build(read_expression(f).tree), "mpmath")
    return lambda at: mpmath.mpf(compiled(*map(mpmath.mpmathify, at)))


def difference(value: Value, at: Sequence[object], orders: Sequence[int]) -> float:
    """Return a partial derivative as a central difference in each variable."""
    with mpmath.workdps(40):
        return float(mpmath.diff(lambda *point: value(point), tuple(map(mpmath.mpmathify, at)), tuple(orders)))


def slope(value: Value, at: Sequence[object]) -> list[float]:
    size = len(at)
    return [difference(value, at, [int(i == j) for j in range(size)]) for i in range(size)]


def curvature(value: Value, at: Sequence[object]) -> list[list[float]]:
    size = range(len(at))
    return [[difference(value, at, [int(i == k) + int(j == k) for k in size]) for j in size] for i in size]


def number(text: str) -> mpmath.mpf:
    return mpmath.mpf(sympy.Rational(text).p) / sympy.Rational(text).q


def close(right: object) -> object:
    return pytest.approx(right, rel=1e-6, abs=1e-6)


def check_slopes(f: str, place: tuple[str, str]) -> None:
    value, at = valued(f), [number(each) for each in place]
    there = ", ".join(place)
    wanted = slope(value, at)
    assert answer("grad", f=f, at=there)["gradient_at_decimal"] == close(wanted)
    along = answer("directional", f=f, at=there, along="3,4")
    assert along["rate_decimal"] == close(0.6 * wanted[0] + 0.8 * wanted[1])
    normal = answer("level", f=f, at=there)["normal"]
    if normal is not None:
        assert [float(sympy.sympify(each)) for each in normal] == close(wanted)


def check_curvature(f: str, place: tuple[str, str]) -> None:
    value, at = valued(f), [number(each) for each in place]
    found = answer("hessian", f=f, at=", ".join(place))
    wanted = curvature(value, at)
    assert np.array([[float(sympy.sympify(e)) for e in row] for row in found["hessian_at"]]) == close(np.array(wanted))
    if found["eigenvalues_decimal"] is not None:
        assert found["eigenvalues_decimal"] == close(np.linalg.eigvalsh(np.array(wanted)).tolist())


def check_partial(f: str, place: tuple[str, str], order: str) -> None:
    value, at = valued(f), [number(each) for each in place]
    found = answer("partial", f=f, wrt=",".join(order), at=", ".join(place), steps="none")
    wanted = difference(value, at, [order.count(name) for name in NAMES])
    assert found["derivative_at_decimal"] == pytest.approx(wanted, rel=1e-5, abs=1e-5)


def check_tangent(f: str, place: tuple[str, str]) -> None:
    value, at = valued(f), [number(each) for each in place]
    found = answer("tangent", f=f, at=", ".join(place), steps="none")
    names = {name: sympy.Symbol(name, real=True) for name in NAMES}
    plane = sympy.sympify(found["plane"], names)
    shift = (0.25, -0.5)
    there = {names[n]: sympy.Float(a + s) for n, a, s in zip(NAMES, at, shift, strict=True)}
    first = sum(d * s for d, s in zip(slope(value, at), shift, strict=True))
    assert float(plane.xreplace(there)) == close(float(value(at)) + first)
    if found["quadratic"] is not None:
        bend = np.array(shift) @ np.array(curvature(value, at)) @ np.array(shift) / 2
        told = float(sympy.sympify(found["quadratic"], names).xreplace(there))
        assert told == close(float(value(at)) + first + bend)


def check_path(f: str, place: tuple[str, str]) -> None:
    value = valued(f)
    path = answer("descent", f=f, start=", ".join(place), rate="0.01", steps="4")["path"]
    for before, after in pairwise(path):
        wanted = [a - 0.01 * d for a, d in zip(before, slope(value, before), strict=True)]
        assert after == close(wanted)


@given(FUNCTIONS, PLACES)
@QUICK
def test_slopes_rates_and_normals_are_those_of_differences(f: str, place: tuple[str, str]) -> None:
    check_slopes(f, place)


@given(FUNCTIONS, PLACES)
@QUICK
def test_hessians_and_their_eigenvalues_are_those_of_differences(f: str, place: tuple[str, str]) -> None:
    check_curvature(f, place)


@given(FUNCTIONS, PLACES, st.sampled_from(["x", "yx", "yy", "xxy", "yxy", "yyy"]))
@QUICK
def test_partial_derivatives_up_to_the_third_are_those_of_differences(
    f: str, place: tuple[str, str], order: str
) -> None:
    check_partial(f, place, order)


@given(FUNCTIONS, PLACES)
@QUICK
def test_approximations_are_those_of_differences(f: str, place: tuple[str, str]) -> None:
    check_tangent(f, place)


@given(FUNCTIONS, PLACES)
@QUICK
def test_a_path_follows_differences(f: str, place: tuple[str, str]) -> None:
    check_path(f, place)


@given(QUADRATICS, st.sampled_from(["", "+x^3", "+x^4+y^4", "-x*y^2", "+x^2*y^2"]))
@settings(QUICK, max_examples=25)
def test_critical_points_have_no_slope_and_the_kind_of_their_eigenvalues(quadratic: str, rest: str) -> None:
    f = f"f(x, y) = {quadratic}{rest}"
    value = valued(f)
    for point in answer("critical", f=f)["points"]:
        at = point["decimal"]
        assert slope(value, at) == pytest.approx([0, 0], abs=1e-6)
        low, high = np.linalg.eigvalsh(np.array(curvature(value, at)))
        if min(abs(low), abs(high)) > 1e-6:
            right = "saddle point" if low * high < 0 else "local minimum" if low > 0 else "local maximum"
            assert point["kind"] == right


@given(QUADRATICS, st.sampled_from(["x^2+y^2=1", "x^2+y^2<=4", "x^2+4y^2=4"]))
@settings(QUICK, max_examples=8)
def test_no_sample_is_better_than_the_best(quadratic: str, subject: str) -> None:
    f = f"f(x, y) = {quadratic}"
    value, found = valued(f), answer("optimize", f=f, subject=subject)
    wide, high = (2, 1) if "4y" in subject else (2, 2) if "4" in subject else (1, 1)
    samples = [float(value([wide * mpmath.cos(t / 8), high * mpmath.sin(t / 8)])) for t in range(51)]
    best = found["best_decimal"]
    assert best["min"] is None or min(samples) >= best["min"] - 1e-9
    assert best["max"] is None or max(samples) <= best["max"] + 1e-9


@given(QUADRATICS)
@settings(QUICK, max_examples=8)
def test_at_a_candidate_the_slope_is_a_multiple_of_that_of_the_constraint(quadratic: str) -> None:
    f = f"f(x, y) = {quadratic}"
    value, found = valued(f), answer("optimize", f=f, subject="x^2+4y^2=4")
    for each in found["candidates"]:
        (price,), (x, y) = each["multipliers_decimal"], each["decimal"]
        assert slope(value, (x, y)) == pytest.approx([price * 2 * x, price * 8 * y], abs=1e-6)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=2, max_size=5), PLACES)
@QUICK
def test_the_gradient_of_a_loss_is_that_of_differences(points: list[tuple[int, int]], place: tuple[str, str]) -> None:
    def squared(weights: Sequence[object]) -> mpmath.mpf:
        w, b = map(mpmath.mpmathify, weights)
        return mpmath.fsum((w * mpmath.sin(x) + b * b * x - y) ** 2 for x, y in points) / len(points)

    given = ",".join(map(str, points))
    found = answer("loss", model="w*sin(x)+b^2*x", data=given, parameters="w,b", at=", ".join(place))
    assert found["gradient_at_decimal"] == close(slope(squared, [number(each) for each in place]))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("check", [check_slopes, check_curvature, check_tangent, check_path])
def test_many_functions_agree_with_differences(check: Callable[[str, tuple[str, str]], None]) -> None:
    given(FUNCTIONS, PLACES)(MANY(check))()

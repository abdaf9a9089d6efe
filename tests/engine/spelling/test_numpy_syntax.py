"""SymPy syntax as NumPy has it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import NotSupported
from engine.spelling.numpy_syntax import numpy_syntax


@pytest.mark.parametrize(
    ("sympy", "numpy"),
    [
        ("x**2*y**3", "x**2*y**3"),
        ("-x**2", "-x**2"),
        ("(-x)**2", "(-x)**2"),
        ("a - (b - c)", "a - (b - c)"),
        ("a/(b*c)", "a/(b*c)"),
        ("Rational(1, 3)*x", "1/3*x"),
        ("x**Rational(1, 3)", "x**(1/3)"),
        ("2**(-x)", "2.0**(-x)"),
        ("exp(1)*pi", "np.exp(1)*np.pi"),
        ("Abs(x)**(1/3)*sign(x)", "np.abs(x)**(1/3)*np.sign(x)"),
        ("Max(x, y, z)", "np.maximum(np.maximum(x, y), z)"),
        ("Heaviside(x)", "np.heaviside(x, 0.5)"),
        ("sec(x)**2", "(1/np.cos(x))**2"),
        ("asec(x)", "np.arccos(1/x)"),
        ("atan2(y, x)", "np.arctan2(y, x)"),
        ("Piecewise((x, And(x < 1, y > 2)))", "np.where(np.logical_and((x < 1), (y > 2)), x, np.nan)"),
        ("Piecewise((x, Eq(x, 1)), (2, True))", "np.where((x == 1), x, 2)"),
        ("factorial(4)*x", "24*x"),
        ("9007199254740993*x", "9007199254740992.0*x"),
        ("lamda + x1", "lamda + x1"),
    ],
)
def test_every_operation_has_its_name_in_numpy(sympy: str, numpy: str) -> None:
    assert numpy_syntax(sympy) == numpy


@pytest.mark.parametrize(
    "text",
    ["CRootOf(x**5 - x - 1, 0)", "Derivative(f(x), x)", "gamma(x)", "x[0]", "lambda: 1", "x.real", "'a'", "f(x)("],
)
def test_what_numpy_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(NotSupported):
        numpy_syntax(text)


@pytest.mark.parametrize("text", ["10**400", "1" + "0" * 400, "factorial(400)"])
def test_a_number_that_no_double_holds_is_refused(text: str) -> None:
    with pytest.raises(NotSupported):
        numpy_syntax(text)


def test_a_formula_too_long_to_be_read_is_refused() -> None:
    with pytest.raises(NotSupported):
        numpy_syntax(" + ".join(["x"] * 400))


_SUMS = st.recursive(
    st.sampled_from(["x", "y", "2", "3", "Rational(1, 2)"]),
    lambda part: (
        st.tuples(part, st.sampled_from(["+", "-", "*", "/"]), part).map(lambda p: f"({p[0]} {p[1]} {p[2]})")
        | part.map(lambda p: f"(-{p})**2")
        | part.map(lambda p: f"Abs({p})")
    ),
    max_leaves=12,
)


@given(_SUMS)
def test_the_value_is_that_of_the_text(text: str) -> None:
    names = {"x": np.float64(1.25), "y": np.float64(-0.75), "np": np, "Abs": abs, "Rational": lambda a, b: a / b}
    with np.errstate(all="ignore"):
        try:
            found, wanted = (float(eval(each, {}, names)) for each in (numpy_syntax(text), text))  # noqa: S307 - our own texts
        except ZeroDivisionError:
            return
    assert found == pytest.approx(wanted, rel=1e-12, abs=1e-12, nan_ok=True) or not math.isfinite(wanted)

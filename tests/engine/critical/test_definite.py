"""Which signs polynomials take."""

import pytest
from sympy import Expr, symbols

from engine.critical.definite import signs
from engine.critical.polynomials import polynomial, ring
from engine.values import Budget

X, Y, Z = symbols("x y z", real=True)


@pytest.mark.parametrize(
    ("expr", "wanted"),
    [
        (X**2 - X + 1, "positive"),
        (X**2 + Y**2 + 1, "positive"),
        ((X - Y) ** 2 + 1, "positive"),
        ((X - Y) ** 2 + (Y - Z) ** 2, "nonnegative"),
        (-(X**2) * (Y**2 + 1), "nonpositive"),
        (X**2 - 2 * Z * X + Z**2 + X**4 + 2, "positive"),
        ((X * Y - 1) ** 2 + X**2, "positive"),
        ((Y - X**2) ** 2 + Y**4, "nonnegative"),
        (X**4 * Y**2 + X**2 * Y**4 + 1 - 3 * X**2 * Y**2, "nonnegative"),
        (X * Y - 1, "indefinite"),
        ((X**3 - 2) * (Y - 1) ** 2, "indefinite"),
        (X**2 - Y**2, "indefinite"),
        ((X - 100) ** 2 + (Y - 100) ** 2 - 1, "indefinite"),
        (X**4 + Y**4 + Z**4 - X * Y * Z + 1, "unknown"),
    ],
)
def test_the_signs_of_a_polynomial(expr: Expr, wanted: str, budget: Budget) -> None:
    poly = polynomial(expr, (X, Y, Z), ring(3))
    assert poly is not None
    assert signs(poly, budget) == wanted

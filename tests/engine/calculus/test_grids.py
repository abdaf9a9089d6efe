"""Whole grids of values agree with exact ones, and have holes where there are none."""

import numpy as np
import pytest

from engine.building import build, symbol
from engine.calculus.grids import evaluate
from engine.reading import read_expression


@pytest.mark.parametrize(
    "text",
    [
        *(
            "x^2+y^2",
            "sin(x)cos(y)",
            "e^(x*y)",
            "max(x, y)",
            "|x-y|",
            "x/(1+y^2)",
            "sigmoid(x)",
            "log_2(3+x)",
            "relu(x)",
        ),
        *("atan(x/y)", "sqrt(x+9)", "cosh(x)-sech(y)", "cot(x)+sec(y)+csc(x)", "sign(x)*y", "pi*x^y", "relu(x)"),
    ],
)
def test_a_grid_has_the_exact_values(text: str) -> None:
    tree = read_expression(text).tree
    x, y = np.meshgrid(np.array([0.5, 1.5, 2.5]), np.array([-1.25, 0.75]))
    found = evaluate(tree, {"x": x, "y": y})
    exact = build(tree)
    for i, j in np.ndindex(*x.shape):
        value = exact.subs({symbol("x"): x[i, j], symbol("y"): y[i, j]}).evalf()
        assert found[i, j] == pytest.approx(float(value), rel=1e-9)


def test_where_there_is_no_real_value_there_is_a_hole() -> None:
    found = evaluate(read_expression("ln(x)+1/(x-1)").tree, {"x": np.array([-1.0, 0.0, 1.0, 2.0])})
    assert np.isnan(found).tolist() == [True, True, True, False]


def test_a_constant_fills_the_grid() -> None:
    assert evaluate(read_expression("3").tree, {"x": np.zeros((2, 2))}).tolist() == [[3, 3], [3, 3]]


def test_a_factorial_of_a_number_is_a_number() -> None:
    assert evaluate(read_expression("4! x").tree, {"x": np.array([0.0, 1.0])}).tolist() == [0, 24]

"""Trees as functions of floats."""

import math

import numpy as np
import pytest

from engine.calculus.grids import evaluate
from engine.descending.floats import compiled
from engine.errors import NotSupported
from engine.reading import read_expression

FUNCTIONS = [
    "x^2*y-3x/y+2^x",
    "sin(x)cos(y)+tan(x/3)+e^(x*y/9)",
    "ln(x^2+1)+sqrt(y^2+1)+|x-y|",
    "max(x,y,1)+min(x,2)+relu(x-y)",
    "sigmoid(x-y)+tanh(x)+atan(y)+sinh(x/2)",
    "(x^2+1)^(1/3)+x^(-2)+log_2(y^2+3)",
]


@pytest.mark.parametrize("f", FUNCTIONS)
def test_the_values_are_those_of_the_grids(f: str) -> None:
    read = read_expression(f)
    value = compiled(read.tree, ("x", "y"))
    x, y = np.meshgrid(np.linspace(-3, 3, 7) + 0.1, np.linspace(-2, 4, 7) + 0.05)
    whole = evaluate(read.tree, {"x": x, "y": y})
    for a, b, wanted in zip(x.ravel(), y.ravel(), whole.ravel(), strict=True):
        assert value((float(a), float(b))) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(("f", "x"), [("sqrt(x)", -1.0), ("ln(x)", 0.0), ("1/x", 0.0), ("x^0.5", -2.0)])
def test_outside_of_the_domain_there_is_no_number(f: str, x: float) -> None:
    assert math.isnan(compiled(read_expression(f).tree, ("x",))((x,)))


def test_what_no_float_holds_is_infinite() -> None:
    assert compiled(read_expression("e^(x^2)").tree, ("x",))((50.0,)) == math.inf


def test_a_function_with_jumps_is_refused() -> None:
    with pytest.raises(NotSupported):
        compiled(read_expression("floor(x)").tree, ("x",))

"""The course's worked examples, exercises and problems: every gradient as the course states it."""

from collections.abc import Callable

import pytest

from engine.values import Json

W4 = "1/5*((w+b-2)^2+(2w+b-4)^2+(3w+b-5)^2+(4w+b-4)^2+(5w+b-5)^2)"
P4 = "1/3*((w+b-3)^2+(2w+b-5)^2+(3w+b-7)^2)"
X4 = "80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)"
X2 = "50(100sqrt(g)+80sqrt(i)+10sqrt(gi))-1000(g+i)"


@pytest.mark.parametrize(
    ("name", "f", "at", "gradient", "value"),
    [
        ("W1 profit", "-x^2-y^2+10x+8y", "2,3", [6, 2], 31),
        ("W2 polynomial", "3x^2+2xy+y^3", "1,2", [10, 14], 15),
        ("W3 mixed terms", "x^2 y^3+e^(xy)", "1,0", [0, 1], 1),
        ("W4 squared error", W4, "w=0.5 b=1", [-3, -9.4], 2.75),
        ("W4 at its minimiser", W4, "w=3/5 b=11/5", [0, 0], 0.48),
        ("W5 revenue", "100x+80y-x^2-y^2-0.5xy", "20,15", [52.5, 40], 2425),
        ("W5 at its maximum", "100x+80y-x^2-y^2-0.5xy", "128/3,88/3", [0, 0], 9920 / 3),
        (
            "W6 study hours",
            "sqrt(x)+sqrt(y)+sqrt(z)-0.01(x^2+y^2+z^2)",
            "10,12,8",
            [-0.041886, -0.095662, 0.016777],
            6.37481,
        ),
        ("W7 recommender", "(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab", "0.2,0.5,0.4", [-0.75, 0.42, -0.8], 0.37),
        ("W7 at its minimiser", "(a-0.6)^2+(b-0.3)^2+(c-0.8)^2+0.1ab", "78/133,36/133,4/5", [0, 0, 0], 9 / 532),
        ("W9 bowl", "x^2+y^2", "0,0", [0, 0], 0),
        ("X1 profit with interaction", "50x+40y-x^2-y^2-0.5xy", "64/3,44/3", [0, 0], 2480 / 3),
        ("X2 marketing split", X2, "25,25", [-250, -350], 7500),
        ("X2 without spending all", X2, "10.24,7.84", [0, 0], 13600),
        ("X3 one neuron", "(3u+4v-10)^2", "1,1", [-18, -24], 9),
        ("X3 on the line of minima", "(3u+4v-10)^2", "1.36,1.48", [0, 0], 0),
        ("X4 heat map", X4, "0,0", [-4.577, -0.108], 43.875),
        ("X4 near its peak", X4, "2.99147,1.99488", [0, 0], 80.0676),
        ("X5 portfolio", "(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)", "0.5", [-0.36742], 0.938971),
        ("X5 at its best", "(0.08+0.07a)/sqrt(0.04a^2-0.01a+0.01)", "22/71", [0], 0.981156),
        ("P1", "3x^2+4xy-y^2+5", "1,2", [14, 0], 12),
        ("P2", "x^2 e^y", "1,0", [2, 1], 1),
        ("P3", "-x^2-2y^2+4x+8y-10", "2,2", [0, 0], 2),
        ("P4 squared error", P4, "w=1 b=1", [-4, -28 / 3], 14 / 3),
        ("P4 at its minimiser", P4, "w=2 b=1", [0, 0], 0),
    ],
)
def test_a_fact_of_the_course(
    data: Callable[..., Json], name: str, f: str, at: str, gradient: list[float], value: float
) -> None:
    found = data("grad", f=f, at=at)
    assert found["gradient_at_decimal"] == pytest.approx(gradient, rel=1e-4, abs=6e-4), name
    assert float(_number(found["value"])) == pytest.approx(value, rel=1e-4, abs=1e-9), name


@pytest.mark.parametrize(
    ("f", "gradient"),
    [
        ("-x^2-y^2+10x+8y", ["10 - 2*x", "8 - 2*y"]),
        ("3x^2+2xy+y^3", ["6*x + 2*y", "2*x + 3*y**2"]),
        ("x^2 y^3+e^(xy)", ["2*x*y**3 + y*exp(x*y)", "3*x**2*y**2 + x*exp(x*y)"]),
        ("50x+40y-x^2-y^2-0.5xy", ["-2*x - y/2 + 50", "-x/2 - 2*y + 40"]),
        ("3x^2+4xy-y^2+5", ["6*x + 4*y", "4*x - 2*y"]),
        ("x^2 e^y", ["2*x*exp(y)", "x**2*exp(y)"]),
        ("-x^2-2y^2+4x+8y-10", ["4 - 2*x", "8 - 4*y"]),
        ("ln(xy)", ["1/x", "1/y"]),
        ("sin(xy)", ["y*cos(x*y)", "x*cos(x*y)"]),
    ],
)
def test_a_gradient_of_the_course_as_a_formula(data: Callable[..., Json], f: str, gradient: list[str]) -> None:
    assert data("grad", f=f)["gradient"] == gradient


def _number(text: str) -> float:
    import sympy

    return float(sympy.sympify(text))

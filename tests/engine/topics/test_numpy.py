"""Answers as NumPy code, run in a process of its own: it prints the numbers of the answer."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy

from bot.lines import split_options
from engine.answering.numpy_code import WRITERS, offers, written
from engine.answering.numpy_topics import WRITTEN
from engine.desk import solve
from engine.errors import NotSupported
from engine.topics import TOPICS
from engine.values import Budget, Json

LINES = [
    "/grad f=x^2+y^2 at=1,2",
    "/grad f=a*x^2+y at=x=1 y=2 a=3 wrt=x,y",
    "/grad f=|x|*y at=-3,2",
    "/grad f=max(x,y,x*y) at=3,2",
    "/grad f=sqrt(x^2+y) at=1,2",
    "/grad f={x^2 if x<1; 2x if x>=1} at=3",
    "/grad f=2^x+x^y at=2,3",
    "/grad f=log(x)/y+ln(x) at=2,3",
    "/grad f=asin(x)+acos(y)+atan(x*y) at=1/3,1/5",
    "/grad f=sinh(x)*cosh(y)+tanh(x)+asinh(y) at=1,2",
    "/grad f=x^(2/3)+y^(-3/2) at=8,4",
    "/grad f=cbrt(x)+y at=-8,1",
    "/grad f=sec(x)+cot(y)+csc(x*y) at=1,2",
    "/grad f=e^(x*y)-pi*x at=1,sqrt(2)",
    "/grad f=sigmoid(x)*relu(y) at=1,2",
    "/grad f=atan2(y,x) at=1,2",
    "/grad f=acosh(x)+atanh(y) at=2,1/2",
    "/grad f=E(f,g)=f^2*g at=1,2",
    "/grad f=min(x,y)-sgn(x) at=3,2",
    "/plot f=x*y^2 at=1,2",
    "/partial f=x^2*y^3 wrt=xy at=1,2",
    "/partial f=sin(x)/x wrt=x,x at=2",
    "/hessian f=x^3-3xy+y^3 at=1,1",
    "/hessian f=e^(x*y) at=1/2,1/3",
    "/directional f=3x^2+4xy-y^2+5 at=1,2 along=3,4",
    "/directional f=ln(x*y) at=1,2 along=60°",
    "/directional f=|x|+y at=0,1 along=1,0",
    "/tangent f=x^2*y+y^2 at=2,1 near=2.1,0.9",
    "/tangent f=sqrt(x) at=4 near=4.1",
    "/level f=x^2+4y^2 at=2,1",
    "/critical f=x^3-3xy+y^3",
    "/critical f=80exp(-((x-3)^2+(y-2)^2)/10)+60exp(-((x+2)^2+(y+1)^2)/5)",
    "/critical f=|x|+y^2",
    "/critical f=x^5-5x+y^2",
    "/optimize f=x*y subject=x^2+y^2=1",
    "/optimize f=x+2y subject=x+y<=10; x>=0; y>=1",
    "/descent f=x^2+3y^2 start=2,1 rate=0.1",
    "/descent f=x^2+3y^2 start=2,1 rate=0.1 clip=1",
    "/descent f=x^2+3y^2 start=2,1 rate=0.05 method=momentum momentum=0.8",
    "/descent f=x^2+3y^2 start=2,1 rate=0.05 method=nesterov",
    "/descent f=x^2+3y^2 start=2,1 rate=0.05 method=rmsprop",
    "/descent f=x^2+3y^2 start=2,1 rate=0.05 method=adam steps=7",
    "/descent f=x^4+y^2+x*y start=2,1 rate=1 method=newton steps=5",
    "/descent f=-x^2-y^2+x start=2,1 rate=0.1 goal=max",
    "/loss model=w*x+b data=(1,3),(2,5),(3,7) at=1,1 rate=0.1",
    "/loss model=w*x+b data=(1,0),(2,1),(3,0),(4,1) kind=logistic at=1,1 l2=0.1",
    "/loss model=w*x+b data=(1,-1),(2,1),(3,-1) kind=logistic at=1,0",
    "/loss model=1/(1+e^(-w*x)) data=(1,1),(2,0) kind=cross-entropy at=1/2",
    "/loss model=w1*x1+w2*x2 data=(3,4,10) at=1,1",
    "/chain f=x^2*y inner=x=t^2, y=3t+1 at=1",
    "/chain f=x*t+y inner=x=t^2, y=3t+1 at=2",
    "/chain f=sin(x)*y inner=x=s*t, y=s/t at=1,2",
    "/chain f=x^2+y inner=x=a*t^2 at t=1 a=2 y=3 wrt=t",
    "/jacobian f=(x^2*y, x+y) at=1,2",
    "/jacobian f=(a*x^2, x+y, x*y) at x=1 y=2 a=3 wrt=x,y",
    "/jacobian f=(x^2*y, x+y) at=1,2 inner=x=s*t, y=s+t",
    "/backprop f=(w*x+b-1)^2 at w=2 x=3 b=1",
    "/backprop f=max(x,y)*x+sin(x*y)/(x*y) at=1,2",
    "/backprop f=sigmoid(w*x+b) at w=1 x=2 b=-1 wrt=w,b",
    "/numeric f=sin(x*y) at=1,2 h=1e-3",
    "/numeric f=|x|+y^2 at=0,1 h=0.01",
    "/numeric f={x^2 if x<1; 2x if x>=1} at=0.95 h=0.1",
]  # fmt: skip
# What prints a difference of nearly equal numbers can come no nearer than this.
NEAR = {"numeric": 1e-9, "tangent": 1e-12}

RUNNER = """
import contextlib, io, json, sys
found = []
for code in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    found.append(out.getvalue())
print(json.dumps(found))
"""


@cache
def answered(line: str) -> tuple[str, Mapping[str, Any], Json]:
    """Return the topic of a line, its options as read, and the data of its answer."""
    said, _, rest = line.partition(" ")
    topic = said.removeprefix("/")
    options = split_options(rest, [each.name for each in TOPICS[topic].options])
    return topic, TOPICS[topic].read(options), solve(topic, options, budget=Budget(30.0, lambda: 0.0)).data


@cache
def everything() -> dict[str, tuple[str, Json, dict[str, Any]]]:
    """Return for each line the topic, the data, and what its code prints, by the names it prints."""
    found = [answered(line) for line in LINES]
    codes = [written(*each) for each in found]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUNNER],
        input=json.dumps(codes),
        capture_output=True,
        text=True,
        check=True,
    )
    printed = [
        {name: ast.literal_eval(value) for name, value in (each.split(" = ", 1) for each in out.splitlines())}
        for out in json.loads(done.stdout)
    ]
    return {line: (topic, data, out) for line, (topic, _, data), out in zip(LINES, found, printed, strict=True)}


def number(text: Any) -> Any:
    """Return the doubles of texts in SymPy syntax, in the lists that these stand in."""
    if isinstance(text, list):
        return [number(each) for each in text]
    return float(sympy.sympify(text, {name: sympy.Symbol(name) for name in "ENSIQO"}))


def _grad(data: Json) -> Json:
    return {"value": number(data["value"]), "gradient": data["gradient_at_decimal"], "norm": number(data["norm"])}


def _hessian(data: Json) -> Json:
    return {
        "hessian": number(data["hessian_at"]),
        "eigenvalues": data["eigenvalues_decimal"],
        "discriminant": number(data["discriminant"]),
    }


def _directional(data: Json) -> Json:
    if data["one_sided"]:
        return {"quotient": data["rate_decimal"]}
    known = {"direction": number(data["direction"]), "gradient": data["gradient_at_decimal"]}
    return known | {"rate": data["rate_decimal"], "max rate": data["max_rate_decimal"]}


def _tangent(data: Json) -> Json:
    error = data["error"]
    return {
        "value": number(data["value"]),
        "gradient": data["gradient_at_decimal"],
        "value nearby": error["value_decimal"],
        "error of linear": error["linear_decimal"],
        "error of quadratic": error["quadratic_decimal"],
    }


def _level(data: Json) -> Json:
    right = number(data["tangent"][2]) if data["tangent"] else None
    return {"level": number(data["value"]), "normal": number(data["normal"]), "right side": right}


def _critical(data: Json) -> Json:
    smooth = [each for each in data["points"] if each["smooth"]]
    return {
        "values": [each["value_decimal"] for each in data["points"]],
        "gradients": [[0.0] * len(data["variables"]) for _ in smooth],
    }


def _optimize(data: Json) -> Json:
    left = [[0.0] * len(data["variables"]) for each in data["candidates"] if each["multipliers"] is not None]
    return {"values": [each["value_decimal"] for each in data["candidates"]], "left": left}


def _loss(data: Json) -> Json:
    found = {"loss": data["loss_at_decimal"], "gradient": data["gradient_at_decimal"]}
    lowest = data["minimisers"]
    if lowest["kind"] == "point" and lowest["decimal"]:
        found["gradient there"] = [0.0] * len(data["variables"])
    return found


def _numeric(data: Json) -> Json:
    return {method: each for method, each in data["rows"][0].items() if method != "errors"}


def _jacobian(data: Json) -> Json:
    found = {"jacobian": data["jacobian_at_decimal"], "rank": data["rank"]}
    if data["inner"]:
        found = {"jacobian": number(data["jacobian_at"]), "product": data["product_at_decimal"]}
    return found | ({"determinant": data["determinant_at_decimal"]} if data["determinant_at"] else {})


EXPECTED: dict[str, Callable[[Json], Json]] = {
    "grad": _grad,
    "plot": _grad,
    "partial": lambda data: {"derivative": data["derivative_at_decimal"]},
    "hessian": _hessian,
    "directional": _directional,
    "tangent": _tangent,
    "level": _level,
    "critical": _critical,
    "optimize": _optimize,
    "descent": lambda data: {"path": data["path"], "values": data["values"]},
    "loss": _loss,
    "chain": lambda data: {
        "value": number(data["value"]),
        "derivative": list(data["derivative_at_decimal"].values()),
    },
    "jacobian": _jacobian,
    "backprop": lambda data: {"value": data["value_decimal"], "gradient": data["gradient_at_decimal"]},
    "numeric": _numeric,
}


@pytest.mark.parametrize("line", LINES)
def test_code_prints_the_numbers_of_the_answer(line: str) -> None:
    topic, data, printed = everything()[line]
    for name, value in EXPECTED[topic](data).items():
        np.testing.assert_allclose(printed[name], value, rtol=1e-9, atol=NEAR.get(topic, 1e-9), err_msg=name)


def test_every_topic_with_code_is_run() -> None:
    assert {line.split()[0].removeprefix("/") for line in LINES} == set(WRITERS) == WRITTEN


@pytest.mark.parametrize("line", LINES)
def test_code_that_exists_is_offered(line: str) -> None:
    assert offers(*answered(line))


def test_the_eigenvalues_at_a_critical_point_have_the_signs_of_its_kind() -> None:
    _, data, printed = everything()["/critical f=x^3-3xy+y^3"]
    signs = {"saddle point": (True, False), "local minimum": (False, False)}
    assert [tuple(value < 0 for value in each) for each in printed["eigenvalues"]] == [
        signs[each["kind"]] for each in data["points"]
    ]


def test_code_without_a_point_defines_and_prints_nothing() -> None:
    code = written(*answered("/grad f=x^2+y^2"))
    assert "def gradient(x, y):" in code
    assert "print" not in code


def test_a_parameter_without_a_value_becomes_an_argument() -> None:
    assert "def gradient(x, a):" in written(*answered("/grad f=a*x^2 wrt=x"))


@pytest.mark.parametrize(
    "line",
    [
        "/critical f=a*x^2+y^2 wrt=x,y",
        "/critical f=x+y",
        "/level f=x^2+y^2 at=0,0",
        "/descent f=x^2+y^2 start=1,1 rate=0.1 subject=x>=0",
        "/judge answer=x reference=x",
        f"/partial f={'*'.join(f'sin(x+{i})' for i in range(1, 32))} wrt=x at=1",
    ],
)
def test_an_answer_without_code_is_refused_and_not_offered(line: str) -> None:
    topic, read, data = answered(line)
    assert not offers(topic, read, data)
    with pytest.raises(NotSupported):
        written(topic, read, data)


def test_code_is_short_enough_for_one_message() -> None:
    for line in LINES:
        assert len(written(*answered(line))) < 1900, line


def test_code_survives_the_second_lock_of_mentions() -> None:
    assert not any("@" in written(*answered(line)) for line in LINES)


@pytest.mark.parametrize("line", ["/grad f=ln(1+exp(x)) at=1000", "/backprop f=-ln(1-sigmoid(x)) at=50"])
def test_code_that_would_print_no_numbers_is_not_given(line: str) -> None:
    with pytest.raises(NotSupported, match="double precision"):
        written(*answered(line))

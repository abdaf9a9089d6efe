"""Backpropagation: every number of the graph is right, or the answer is refused with the operation named."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answering.graph import graph_of
from engine.answering.graph_passes import passes
from engine.answering.place import Place
from engine.answering.scalar import Scalar
from engine.desk import solve
from engine.errors import NotInDomain, NotSupported, Refused, WrongUsage
from engine.reading import read_expression, read_point
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
NEURON = {"f": "(w*x+b-1)^2", "at": "w=2 x=3 b=1"}


def node(found: Json, name: str) -> Json:
    each: Json
    (each,) = (each for each in found["nodes"] if each["name"] == name)
    return each


def test_the_forward_pass_has_the_value_of_each_operation_in_order(data: Data) -> None:
    nodes = [each for each in data("backprop", **NEURON)["nodes"] if each["operation"] != "input"]
    assert [(each["name"], each["operation"], each["value"]) for each in nodes] == [
        ("v1", "w*x", "6"),
        ("v2", "v1 + b", "7"),
        ("v3", "v2 - 1", "6"),
        ("v4", "v3**2", "36"),
    ]


def test_the_backward_pass_has_the_derivative_by_each_node(data: Data) -> None:
    found = data("backprop", **NEURON)
    adjoints = {each["name"]: each["adjoint"] for each in found["nodes"]}
    assert adjoints == {"v4": "1", "v3": "12", "v2": "12", "v1": "12", "b": "12", "w": "36", "x": "24"}


def test_the_gradient_is_in_the_order_of_the_variables(data: Data) -> None:
    found = data("backprop", **NEURON)
    assert (found["variables"], found["gradient_at"]) == (["b", "w", "x"], ["12", "36", "24"])
    assert (found["gradient_at_decimal"], found["value"], found["root"]) == ([12.0, 36.0, 24.0], "36", "v4")


def test_the_one_neuron_of_the_course_comes_out(data: Data) -> None:
    found = data("backprop", f="(w1*x1+w2*x2-t)^2", at="w1=1 w2=1 x1=3 x2=4 t=10", wrt="w1,w2")
    assert (found["value"], found["gradient_at"]) == ("9", ["-18", "-24"])


def test_a_loss_over_data_is_written_out_first(data: Data) -> None:
    found = data("backprop", f="mean((w*x+b-y)^2)", data="(1,3),(2,5),(3,7)", at="w=1 b=1")
    assert (found["variables"], found["gradient_at"], found["value"]) == (["b", "w"], ["-4", "-28/3"], "14/3")


def test_local_derivatives_are_formulas_of_the_nodes(data: Data) -> None:
    found = data("backprop", **NEURON)
    assert node(found, "v1")["locals"] == ["x", "w"]
    assert (node(found, "v4")["locals"], node(found, "v4")["arguments"]) == (["2*v3", None], ["v3", "2"])


def test_a_sigmoid_uses_its_own_value_again(data: Data) -> None:
    found = data("backprop", f="sigmoid(x)", at="0")
    assert node(found, "v1")["locals"] == ["(1 - v1)*v1"]
    assert (node(found, "v1")["value"], node(found, "x")["adjoint"]) == ("1/2", "1/4")


def test_a_part_that_occurs_twice_is_one_node(data: Data) -> None:
    found = data("backprop", f="x*y+sin(x*y)", at="1,2")
    assert [each["operation"] for each in found["nodes"]] == ["input", "input", "x*y", "sin(v1)", "v1 + v2"]


def test_the_derivatives_of_all_uses_add_up(data: Data) -> None:
    found = data("backprop", f="x*y+sin(x*y)", at="1,2")
    assert node(found, "v1")["adjoint"] == "1 + cos(2)"


def test_both_factors_of_a_square_written_as_a_product_count(data: Data) -> None:
    assert data("backprop", f="x*x", at="3")["gradient_at"] == ["6"]


def test_constants_are_no_nodes(data: Data) -> None:
    found = data("backprop", f="2*pi*x", at="1")
    assert [(each["name"], each["arguments"]) for each in found["nodes"]] == [("x", []), ("v1", ["2*pi", "x"])]


def test_the_nodes_take_a_letter_that_the_function_does_not_use(data: Data) -> None:
    assert data("backprop", f="v*w", at="1,2")["root"] == "u1"


def test_a_name_that_is_not_learned_stands_still(data: Data) -> None:
    found = data("backprop", f="(w*x-y)^2", at="w=1 x=2 y=3", wrt="w")
    assert (node(found, "x")["adjoint"], node(found, "v1")["locals"]) == (None, ["x", None])
    assert found["given"] == {"x": "2", "y": "3"}


def test_a_variable_that_is_not_used_has_the_derivative_zero(data: Data) -> None:
    assert data("backprop", f="f(x,y)=x^2", at="3,1")["gradient_at"] == ["6", "0"]


def test_long_exact_values_are_given_as_decimals_only(data: Data) -> None:
    root = data("backprop", f="sin(e^(tanh(x)+cos(x)))^3/(1+sqrt(x)+x^(1/3))", at="2")["nodes"][-1]
    assert root["value"] is None
    expected = math.sin(math.exp(math.tanh(2) + math.cos(2))) ** 3 / (1 + math.sqrt(2) + 2 ** (1 / 3))
    assert root["value_decimal"] == pytest.approx(expected, rel=1e-14)


def test_the_table_shows_each_adjoint_as_a_product_in_formulas_and_numbers(worked: Solve) -> None:
    lines = worked("backprop", **NEURON).lines
    assert lines[0] == "f(b, w, x) = (wx + b - 1)²"
    assert "v₁ = wx = 6" in lines
    assert "∂f/∂v₃ = ∂f/∂v₄·2v₃ = 1·12 = 12" in lines
    assert "∂f/∂w = ∂f/∂v₁·x = 12·3 = 36" in lines


def test_a_row_with_several_uses_is_a_sum(worked: Solve) -> None:
    lines = worked("backprop", f="x*y+x", at="2,5").lines
    assert "∂f/∂x = ∂f/∂v₁·y + ∂f/∂v₂ = 1·5 + 1 = 6" in lines


def test_rounded_numbers_are_never_set_equal(worked: Solve) -> None:
    lines = worked("backprop", f="(sigmoid(w*x+b)-1)^2", at="w=1/3 x=2 b=-1").lines
    (row,) = (line for line in lines if line.startswith("∂f/∂w"))
    assert row == "∂f/∂w = ∂f/∂v₁·x ≈ (-0.283341)·2 ≈ -0.566683"


def test_without_steps_there_are_numbers_only(worked: Solve) -> None:
    assert "∂f/∂w = 36" in worked("backprop", **NEURON, steps="none").lines


def test_all_steps_show_each_local_derivative_with_its_rule(worked: Solve) -> None:
    assert "∂v₄/∂v₃ = 2v₃ = 12   [power rule]" in worked("backprop", **NEURON, steps="all").lines


def test_the_steps_name_the_rules_and_end_with_the_gradient(data: Data) -> None:
    rules = [each["rule"] for each in data("backprop", f="x*y+sin(x*y)", at="1,2")["steps"]]
    assert rules[:3] == ["evaluate-at-point"] * 3
    assert {"product", "sin", "sum", "chain", "path-sum"} <= set(rules)
    assert rules[-1] == "assemble-gradient"


def test_the_cost_of_the_other_ways_is_told(worked: Solve) -> None:
    said = " ".join(worked("backprop", **NEURON).lines)
    assert "all 3 partial derivatives at once" in said
    assert "Forward mode takes 3 passes here, central differences 6" in said


def test_a_deep_network_is_worked_out_in_decimals(data: Data) -> None:
    f, y, slope = "x", 3.0, 1.0
    for _ in range(16):
        f, y = f"sigmoid(2*({f})-1)", 1 / (1 + math.exp(1 - 2 * y))
        slope *= 2 * y * (1 - y)
    found = data("backprop", f=f, at="3")
    assert found["gradient_at_decimal"] == [pytest.approx(slope, rel=1e-12)]
    assert (found["gradient_at"], found["value"]) == ([None], None)


def test_a_backward_pass_that_disagrees_is_withheld() -> None:
    read = read_expression("x*y")
    place = Place.of(Scalar.of(read, read.variables), replace(read_point("2,3"), names=("x", "y")))
    with pytest.raises(NotSupported, match="could not check"):
        passes(graph_of(read.tree, ("x", "y")), place, (arb(3), arb("2.000000000000000000000000000001")))


@pytest.mark.parametrize(
    ("f", "at", "operation"),
    [
        ("|x-y|+x", "1,1", "v₂ = |v₁|"),
        ("max(x,y)*2", "2,2", "v₁ = max(x, y)"),
        ("ln(x-y)+x", "1,2", "v₂ = ln(v₁)"),
        ("y/(x-1)", "1,2", "v₂ = y/v₁"),
        ("sqrt(x)", "0", "v₁ = √x"),
        ("cbrt(x-1)*y", "1,2", "v₂ = ∛(v₁)"),
        ("relu(x-2)", "2", "v₂ = relu(v₁)"),
        ("|x|", "sqrt(2)*sqrt(3)-sqrt(6)", "v₁ = |x|"),
    ],
)
def test_where_an_operation_has_no_derivative_it_is_named(data: Data, f: str, at: str, operation: str) -> None:
    with pytest.raises(NotInDomain) as refused:
        data("backprop", f=f, at=at)
    assert refused.value.message.startswith(f"The pass stops at {operation}. ")
    assert refused.value.option == "at"


@pytest.mark.parametrize(
    ("f", "at", "kind"),
    [
        ("3", "1", WrongUsage),
        ("f(x,y)=2", "1,1", WrongUsage),
        ("floor(x)", "1.5", NotSupported),
        ("x^y", "-2,3", NotSupported),
    ],
)
def test_what_is_not_done_surely_is_refused(data: Data, f: str, at: str, kind: type[Refused]) -> None:
    with pytest.raises(kind):
        data("backprop", f=f, at=at)


def test_a_name_without_a_value_is_refused_before_a_worker_is_asked() -> None:
    with pytest.raises(WrongUsage, match="x has none") as refused:
        TOPICS["backprop"].read({"f": "L(w,b)=w*x+b", "at": "1,2"})
    assert refused.value.option == "at"


def test_a_long_graph_has_its_tables_in_the_data_only(worked: Solve) -> None:
    found = worked("backprop", f="+".join(f"x^{k}*y" for k in range(1, 40)), at="1,2", pictures=True)
    assert found.data["gradient_at"] == ["1560", "39"]
    assert not any(line.startswith("v₁ =") for line in found.lines)
    assert [picture.name for picture in found.pictures] == ["formulas.png"]
    assert "A graph of 118 nodes is not drawn; up to 40 are." in found.lines


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_picture_carries_its_numbers_in_words(worked: Solve, theme: str) -> None:
    picture = worked("backprop", **NEURON, pictures=True, theme=theme).pictures[1]
    assert picture.name == "graph.png"
    assert picture.content.startswith(b"\x89PNG")
    assert "v sub 3 = v sub 2 minus 1: 6, derivative 12." in picture.alt


_UNARY = [
    "sin({})",
    "cos({})",
    "e^(({})/3)",
    "tanh({})",
    "sigmoid({})",
    "sqrt(3+({})^2)",
    "({})^2",
    "-({})",
    "atan({})",
]
_BINARY = ["({})+({})", "({})-({})", "({})*({})", "({})/(2+({})^2)", "max({},{})", "({})*({})^3"]


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["x", "y", "x", "y", "2", "0.5"]))
    if draw(st.booleans()):
        return draw(st.sampled_from(_UNARY)).format(draw(formulas(depth - 1)))
    return draw(st.sampled_from(_BINARY)).format(draw(formulas(depth - 1)), draw(formulas(depth - 1)))


_NAMES: dict[str, Any] = {
    "sin": math.sin, "cos": math.cos, "tanh": math.tanh, "sqrt": math.sqrt, "atan": math.atan, "max": max, "e": math.e,
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)),
}  # fmt: skip


@given(formulas(), st.sampled_from([(0.3, 0.7), (-0.6, 1.1), (1.2, -0.4)]))
@settings(max_examples=40, deadline=None)
def test_the_adjoints_agree_with_differences(f: str, at: tuple[float, float]) -> None:
    try:
        options = {"f": f"f(x,y)={f}", "at": f"{at[0]},{at[1]}"}
        found = solve("backprop", options, budget=Budget(deadline=30.0, now=lambda: 0.0)).data
    except Refused:
        return

    def value(x: float, y: float) -> float:
        return float(eval(f.replace("^", "**"), {"__builtins__": {}}, _NAMES | {"x": x, "y": y}))  # noqa: S307 - ours

    h = 1e-5
    x, y = at
    slopes = [(value(x + h, y) - value(x - h, y)) / 2 / h, (value(x, y + h) - value(x, y - h)) / 2 / h]
    assert found["gradient_at_decimal"] == pytest.approx(slopes, rel=1e-5, abs=1e-6)
    assert [node(found, name)["adjoint_decimal"] for name in "xy"] == pytest.approx(slopes, rel=1e-5, abs=1e-6)

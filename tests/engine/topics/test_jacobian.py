"""The Jacobian: right, with what its determinant says and does not say."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus.grids import evaluate
from engine.desk import perform, solve
from engine.errors import NotAllowed, NotInDomain, NotSupported, Refused, UnknownName, WrongLength, WrongUsage
from engine.exercises import FAMILIES
from engine.reading import read_expression
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
BUDGET = Budget(deadline=30.0, now=lambda: 0.0)


def test_a_row_for_each_function_and_a_column_for_each_variable(data: Data) -> None:
    found = data("jacobian", f="(x^2*y, x+y, y^3)")
    assert found["jacobian"] == [["2*x*y", "x**2"], ["1", "1"], ["0", "3*y**2"]]
    assert (found["functions"], found["f"]) == (["x**2*y", "x + y", "y**3"], "(x**2*y, x + y, y**3)")


def test_at_a_point_all_is_exact_and_decimal(data: Data) -> None:
    found = data("jacobian", f="(r*cos(t), r*sin(t))", at="2,pi/3")
    assert found["jacobian_at"] == [["1/2", "-sqrt(3)"], ["sqrt(3)/2", "1"]]
    assert found["jacobian_at_decimal"][0] == pytest.approx([0.5, -1.7320508075688772], rel=1e-15)
    assert (found["determinant_at"], found["determinant_at_decimal"], found["rank"]) == ("2", 2.0, 2)


@pytest.mark.parametrize(
    ("f", "wrt", "determinant"),
    [
        ("(r*cos(theta), r*sin(theta))", "r,theta", "r"),
        ("(rho*sin(phi)*cos(theta), rho*sin(phi)*sin(theta), rho*cos(phi))", "rho,phi,theta", "rho**2*sin(phi)"),
        ("(rho*sin(phi)*cos(theta), rho*sin(phi)*sin(theta), rho*cos(phi))", "phi,rho,theta", "-rho**2*sin(phi)"),
        ("(r*cos(t), r*sin(t), z)", "r,t,z", "r"),
        ("(a*r*cos(t), b*r*sin(t))", "r,t", "a*b*r"),
        ("(sqrt(x^2+y^2), atan2(y,x))", "x,y", "1/sqrt(x**2 + y**2)"),
        ("(a*cosh(u)*cos(v), a*sinh(u)*sin(v))", "u,v", "a**2*(sin(v)**2 + sinh(u)**2)"),
        ("((R+r*cos(p))*cos(t), (R+r*cos(p))*sin(t), r*sin(p))", "r,p,t", "-R*r - r**2*cos(p)"),
        ("(x/(x^2+y^2), y/(x^2+y^2))", "x,y", "-1/(x**2 + y**2)**2"),
        ("(e^x*cos(y), e^x*sin(y))", "x,y", "exp(2*x)"),
        ("(u*v, (u^2-v^2)/2)", "u,v", "-u**2 - v**2"),
        ("(x^2*y, x+y)", "x,y", "-x**2 + 2*x*y"),
        ("(x+y, x-y)", "x,y", "-2"),
    ],
)
def test_the_determinant_has_its_known_short_form(data: Data, f: str, wrt: str, determinant: str) -> None:
    assert data("jacobian", f=f, wrt=wrt)["determinant"] == determinant


def test_only_square_matrices_have_a_determinant(data: Data, worked: Solve) -> None:
    found = worked("jacobian", f="(x*y, x, y)", at="1,2")
    assert (found.data["determinant"], found.data["determinant_at"], found.data["rank"]) == (None, None, 2)
    assert any("a 3 × 2 matrix, so it has no determinant" in line for line in found.lines)
    assert data("jacobian", f="(x*y, x, y)")["rank"] is None


def test_a_determinant_that_is_not_zero_says_that_there_is_an_inverse(worked: Solve) -> None:
    said = " ".join(worked("jacobian", f="(x^2*y, x+y)", at="1,2").lines)
    assert "areas are multiplied by about 3, and orientation is kept" in said
    assert "inverse function theorem" in said


def test_a_negative_determinant_turns_the_orientation(worked: Solve) -> None:
    said = " ".join(worked("jacobian", f="(y, x)", at="1,2").lines)
    assert "multiplied by about 1, and orientation is turned round" in said


def test_a_zero_determinant_says_nothing_about_an_inverse(worked: Solve) -> None:
    found = worked("jacobian", f="(x^3, y)", at="0,1")
    assert (found.data["determinant_at"], found.data["rank"]) == ("0", 1)
    assert any("theorem then says nothing: at 0, x^3 has an inverse" in line for line in found.lines)


def test_one_function_is_the_gradient_as_a_row(worked: Solve) -> None:
    found = worked("jacobian", f="P(x,y)=-x^2-y^2+10x+8y", at="2,3")
    assert found.data["jacobian_at"] == [["6", "2"]]
    assert any("gradient written as a row" in line for line in found.lines)


def test_one_variable_is_the_velocity_along_a_curve(worked: Solve) -> None:
    found = worked("jacobian", f="(cos t, sin t, t)", at="0")
    assert found.data["jacobian_at"] == [["0"], ["1"], ["1"]]
    assert any("velocity" in line for line in found.lines)


@pytest.mark.parametrize(("f", "symmetric"), [("(2x+y, x+2y)", True), ("(y*z, x*z, x*y)", True), ("(x, x*y)", False)])
def test_a_symmetric_jacobian_is_a_hessian(worked: Solve, f: str, *, symmetric: bool) -> None:
    assert any("is symmetric" in line for line in worked("jacobian", f=f).lines) == symmetric


@pytest.mark.parametrize(
    ("f", "at", "rank"),
    [
        ("(x+y, 2x+2y)", "1,1", 1),
        ("(sqrt(2)*x+sqrt(3)*y, 2x+sqrt(6)*y)", "1,1", 1),
        ("(e*x+y, e^2*x+e*y)", "1,1", 1),
        ("(x*y, y*z, z*x)", "sqrt(2),1,pi", 3),
        ("(x^2, y^2)", "0,0", 0),
        ("(x_1^2*x_2, x_2^2*x_3, x_3^2*x_4, x_4^2*x_5, x_5^2*x_1)", "1,2,3,4,5", 5),
        ("(sin(1)*x+cos(1)*y, tan(1)*x+y)", "1,1", None),
    ],
)
def test_the_rank_is_proven_or_left_open(data: Data, f: str, at: str, rank: int | None) -> None:
    assert data("jacobian", f=f, at=at)["rank"] == rank


def test_the_chain_rule_is_a_product_of_matrices(data: Data) -> None:
    found = data("jacobian", f="u=x^2, v=x*y", inner="x=s*t, y=s+t", at="1,2")
    assert found["inner_jacobian"] == [["t", "s"], ["1", "1"]]
    assert found["product"] == [["2*s*t**2", "2*s**2*t"], ["2*s*t + t**2", "s**2 + 2*s*t"]]
    assert (found["at"], found["inner_at"]) == (["1", "2"], ["2", "3"])
    assert (found["jacobian_at"], found["inner_jacobian_at"]) == ([["4", "0"], ["3", "2"]], [["2", "1"], ["1", "1"]])
    assert (found["product_at"], found["product_determinant_at"]) == ([["8", "4"], ["8", "5"]], "8")


def test_inner_functions_may_stand_in_any_order_or_without_names(data: Data) -> None:
    products = [data("jacobian", f="(x*y, y)", inner=each)["product"] for each in ("y=t, x=s^2", "(s^2, t)")]
    assert products[0] == products[1] == [["2*s*t", "s**2"], ["0", "1"]]


def test_inner_functions_are_put_in_all_at_once(data: Data) -> None:
    assert data("jacobian", f="(x-y, x*y)", inner="x=y, y=x", at="1,2")["product_at"] == [["-1", "1"], ["2", "1"]]


def test_polar_coordinates_put_in_come_out_short(data: Data) -> None:
    assert data("jacobian", f="x^2+y^2", inner="x=r*cos(t), y=r*sin(t)")["product"] == [["2*r", "0"]]


def test_wrt_and_the_point_are_about_the_inner_variables(data: Data) -> None:
    found = data("jacobian", f="(x, y)", inner="x=a*t, y=t^2", wrt="t", at="3")
    assert (found["inner_variables"], found["product_at"]) == (["t"], [["a"], ["6"]])


@pytest.mark.parametrize(
    ("f", "inner", "said"),
    [
        ("(x, y)", "t, t^2, t^3", "write what each of them is"),
        ("(x, y)", "x=s, z=t", "no variable z"),
        ("(s*x, y)", "x=s^2, y=s", "say s=s as well"),
    ],
)
def test_inner_functions_that_do_not_fit_are_refused_before_a_worker_is_asked(f: str, inner: str, said: str) -> None:
    with pytest.raises(WrongUsage, match=said) as refused:
        TOPICS["jacobian"].read({"f": f, "inner": inner})
    assert refused.value.option == "inner"


def test_names_that_are_not_put_in_are_held_constant(worked: Solve) -> None:
    found = worked("jacobian", f="(a*x, y)", inner="x=s^2, y=s", at="3")
    assert found.data["product_at"] == [["6*a"], ["1"]]
    assert any("held constant: a." in line for line in found.lines)


def test_a_point_that_the_inner_functions_lead_out_of_the_domain_is_refused(data: Data) -> None:
    with pytest.raises(NotInDomain) as refused:
        data("jacobian", f="(ln(x), y)", inner="x=t-1, y=t", at="1")
    assert refused.value.message.startswith("The inner functions lead to (0, 1). The function is not defined")
    assert refused.value.option == "at"


@pytest.mark.parametrize(
    ("options", "kind", "option"),
    [
        ({"f": "(|x|, y)", "at": "0,1"}, NotInDomain, "at"),
        ({"f": "(ln(x), 1/y)", "at": "1,0"}, NotInDomain, "at"),
        ({"f": "(x*y, x)", "at": "1"}, WrongLength, "at"),
        ({"f": "(x*y, x)", "at": "x=1 z=2"}, UnknownName, "at"),
        ({"f": "(3, 4)"}, WrongUsage, "f"),
        ({"f": "(floor(x), y)"}, NotSupported, "f"),
        ({"f": "(x, y)", "inner": "x=floor(t), y=t"}, NotSupported, "inner"),
    ],
)
def test_what_has_no_jacobian_is_refused_at_its_place(
    data: Data, options: dict[str, str], kind: type[Refused], option: str
) -> None:
    with pytest.raises(kind) as refused:
        data("jacobian", **options)
    assert refused.value.option == option


def test_parameters_stay_and_may_be_given(data: Data) -> None:
    options = {"f": "(a*x, b*y)", "wrt": "x,y"}
    assert data("jacobian", **options, at="1,2")["jacobian_at_decimal"] is None
    assert data("jacobian", **options, at="x=1 y=2 a=3 b=4")["determinant_at"] == "12"


def test_the_lines_begin_with_what_was_read(worked: Solve) -> None:
    lines = worked("jacobian", f="u=x^2, v=x*y", at="1,2").lines
    assert lines[:4] == ("u(x, y) = x²", "v(x, y) = xy", "J(x, y) = [[2x, 0], [y, x]]", "det J(x, y) = 2x²")
    assert "J(1, 2) = [[2, 0], [2, 1]]" in lines


def test_entries_that_take_more_than_a_glance_are_worked_out(worked: Solve) -> None:
    lines = worked("jacobian", f="(sin(x*y), x)").lines
    assert any(line.startswith("∂f₁/∂x = ") and "chain rule" in line for line in lines)
    assert not any("∂f₂" in line for line in lines)


def test_every_rule_stands_in_the_steps(data: Data) -> None:
    rules = [each["rule"] for each in data("jacobian", f="(sin(x*y), x)", at="1,2")["steps"]]
    assert {"sin", "chain", "hold-constant", "partial-x", "partial-y"} <= set(rules)
    assert rules[-2:] == ["assemble-matrix", "evaluate-at-point"]


def test_late_in_its_time_the_answer_comes_without_steps() -> None:
    late = Budget(deadline=3.0, now=lambda: 2.9)
    found = solve("jacobian", {"f": "(x^2*y, x+y)", "at": "1,2"}, budget=late).data
    assert found["jacobian_at"] == [["4", "1"], ["1", "1"]]
    assert {each["rule"] for each in found["steps"]} <= {
        "partial-x", "partial-y", "assemble-matrix", "evaluate-at-point",
    }  # fmt: skip


def test_the_function_of_an_open_quiz_question_is_not_solved_inside_of_a_vector() -> None:
    sealed = {"family": "grad.at", "version": FAMILIES["grad.at"].version, "seed": 1, "given": {}}
    f = FAMILIES["grad.at"].pose(1, {}).function.partition("=")[2]
    arguments = {"topic": "jacobian", "options": {"f": f"u={f}, v=x"}, "pictures": False, "theme": "dark"}
    arguments |= {"decimals": None, "practised": [], "sealed": [sealed]}
    with pytest.raises(NotAllowed):
        perform("solve", arguments, BUDGET)


_PARTS = ["x^2*y", "sin(x*y)", "e^(x/3)*y", "x/(2+y^2)", "sqrt(3+x^2+y^2)", "atan(x-y)", "y^3", "cos(x)+y", "ln(4+x*y)"]


def _slopes(part: str, at: tuple[float, float]) -> list[float]:
    options = {"f": f"f(x,y)={part}", "at": f"{at[0]},{at[1]}", "steps": "none"}
    found: list[float] = solve("grad", options, budget=BUDGET).data["gradient_at_decimal"]
    return found


@given(st.tuples(st.sampled_from(_PARTS), st.sampled_from(_PARTS)), st.tuples(st.integers(-4, 4), st.integers(-4, 4)))
@settings(max_examples=15, deadline=None)
def test_the_rows_are_the_gradients(parts: tuple[str, str], at: tuple[int, int]) -> None:
    place = (at[0] / 4, at[1] / 4)
    options = {"f": f"F(x,y)=({parts[0]}, {parts[1]})", "at": f"{place[0]},{place[1]}", "steps": "none"}
    found = solve("jacobian", options, budget=BUDGET).data
    (a, b), (c, d) = found["jacobian_at_decimal"]
    assert [a, b] == pytest.approx(_slopes(parts[0], place), rel=1e-14)
    assert [c, d] == pytest.approx(_slopes(parts[1], place), rel=1e-14)
    assert found["determinant_at_decimal"] == pytest.approx(a * d - b * c, rel=1e-9, abs=1e-12)


@given(st.tuples(*[st.sampled_from(_PARTS)] * 2), st.tuples(*[st.sampled_from(_PARTS)] * 2))
@settings(max_examples=10, deadline=None)
def test_the_product_is_the_derivative_of_the_composition(outer: tuple[str, str], inner: tuple[str, str]) -> None:
    there = {"inner": f"G(x,y)=({inner[0]}, {inner[1]})", "at": "1/2,1/4", "steps": "none"}
    try:
        found = solve("jacobian", {"f": f"F(x,y)=({outer[0]}, {outer[1]})"} | there, budget=BUDGET).data
    except NotInDomain:
        return
    for row, part in zip(found["product_at_decimal"], outer, strict=True):
        slopes = [(_through(part, inner, i, j) - _through(part, inner, -i, -j)) / 2e-6 for i, j in ((1, 0), (0, 1))]
        assert row == pytest.approx(slopes, rel=1e-4, abs=1e-6)


def _through(part: str, inner: tuple[str, str], i: int, j: int) -> float:
    """Return the part of the values of the inner functions, a millionth beside the point."""
    u, v = (_at(each, 0.5 + 1e-6 * i, 0.25 + 1e-6 * j) for each in inner)
    return _at(part, u, v)


def _at(part: str, x: float, y: float) -> float:
    return float(evaluate(read_expression(part).tree, {"x": np.array([x]), "y": np.array([y])})[0])

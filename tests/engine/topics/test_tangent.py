"""Tangent planes and approximations: what they are, and what they lack."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.desk import solve
from engine.errors import NotInDomain, Refused, UnknownName, WrongLength
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]


def test_a_tangent_plane_is_multiplied_out(data: Data) -> None:
    found = data("tangent", f="x^2*y+y^2", at="2,1")
    assert (found["plane"], found["normal"]) == ("4*x + 6*y - 9", ["4", "6", "-1"])


def test_the_steps_end_with_the_plane(data: Data) -> None:
    steps = [step for step in data("tangent", f="x^2*y+y^2", at="2,1")["steps"] if step["depth"] == 0]
    assert [step["rule"] for step in steps] == [
        "partial-x", "partial-y", "assemble-gradient", "evaluate-at-point", "function-value", "linear-approximation",
    ]  # fmt: skip
    assert steps[-1]["result"] == "4*x + 6*y - 9"


def test_the_lines_say_it_as_a_teacher_does(worked: Solve) -> None:
    lines = worked("tangent", f="x^2*y+y^2", at="2,1", steps="none").lines
    assert "L(x, y) = 5 + 4(x - 2) + 6(y - 1)" in lines
    assert "tangent plane: z = 4x + 6y - 9" in lines
    assert "Q(x, y) = L(x, y) + (x - 2)² + 4(x - 2)(y - 1) + (y - 1)²" in lines


def test_the_quadratic_approximation_has_the_curvatures(data: Data) -> None:
    assert data("tangent", f="e^(x*y)", at="1,0")["quadratic"] == "x*y + y**2/2 + 1"


@pytest.mark.parametrize(
    ("f", "at", "plane", "called"),
    [
        ("sqrt(x)", "4", "x/4 + 1", "tangent line: y"),
        ("x*y*z", "1,2,3", "6*x + 3*y + 2*z - 12", "tangent hyperplane: w"),
        ("a*b+c*d+p*q+r*s", "1,1,1,1,1,1,1,1", "a + b + c + d + p + q + r + s - 4", "tangent hyperplane: z"),
        ("x-z", "1,-2", "x - z", "tangent plane: w"),
    ],
)
def test_a_tangent_has_its_name_in_every_dimension(worked: Solve, f: str, at: str, plane: str, called: str) -> None:
    found = worked("tangent", f=f, at=at)
    assert found.data["plane"] == plane
    assert any(line.startswith(called) for line in found.lines)


def test_a_loss_called_l_is_not_confused_with_its_approximation(worked: Solve) -> None:
    lines = worked("tangent", f="L(w,b)=(w+b-3)^2", at="1,1", steps="none").lines
    assert any(line.startswith("T(w, b) = ") for line in lines)
    assert sum(line.startswith("L(w, b) = ") for line in lines) == 1


def test_the_error_nearby_is_exact_and_decimal(data: Data) -> None:
    error = data("tangent", f="x^2*y+y^2", at="2,1", near="2.1,0.9")["error"]
    assert (error["value"], error["linear"], error["quadratic"]) == ("4779/1000", "-21/1000", "-1/1000")
    assert (error["linear_decimal"], error["quadratic_decimal"]) == (-0.021, -0.001)


def test_a_tiny_error_keeps_its_digits(data: Data) -> None:
    error = data("tangent", f="sin(x)", at="0", near="1e-6")["error"]
    assert error["linear_decimal"] == pytest.approx(-1e-18 / 6, rel=1e-11)


def test_without_a_point_nearby_there_is_no_error(data: Data) -> None:
    assert data("tangent", f="x*y", at="1,2")["error"] is None


def test_the_point_nearby_may_be_given_by_names(data: Data) -> None:
    assert data("tangent", f="x^2*y", at="1,2", near="y=3 x=1")["error"]["near"] == ["1", "3"]


@pytest.mark.parametrize(
    ("f", "at", "near"),
    [("x^2*y+y^2", "2,1", "2.1,0.9"), ("sqrt(x)", "4", "4.1"), ("e^(x*y)", "1,0", "1.1,0.1"), ("|x|*y", "1,1", "3,2")],
)
def test_a_bound_holds_and_is_near(data: Data, f: str, at: str, near: str) -> None:
    error = data("tangent", f=f, at=at, near=near)["error"]
    for each in ("linear", "quadratic"):
        assert abs(error[f"{each}_decimal"]) <= error[f"{each}_bound"]
        assert error[f"{each}_bound"] <= 1.5 * abs(error[f"{each}_decimal"]) + 1e-15


@pytest.mark.parametrize(
    ("f", "at", "near"), [("|x|+y", "1,0", "-1,0"), ("1/x", "1", "-1"), ("max(x,y)", "1,0", "0,1")]
)
def test_across_a_kink_or_a_pole_no_bound_is_claimed(data: Data, f: str, at: str, near: str) -> None:
    error = data("tangent", f=f, at=at, near=near)["error"]
    assert (error["linear_bound"], error["quadratic_bound"]) == (None, None)


def test_a_bound_is_said_rounded_up(worked: Solve) -> None:
    lines = worked("tangent", f="x^2*y+y^2", at="2,1", near="2.1,0.9").lines
    assert any("|f - L| ≤ 0.0231" in line for line in lines)


def test_when_time_runs_out_what_is_certain_is_given() -> None:
    late = Budget(deadline=3.0, now=lambda: 2.9)
    found = solve("tangent", {"f": "x^2*y", "at": "1,2", "near": "1.1,2"}, budget=late).data
    assert (found["plane"], found["quadratic"], found["error"]["linear_bound"]) == ("4*x + y - 4", None, None)
    assert found["error"]["linear"] == "1/50"


def test_a_linear_function_is_its_own_approximation(worked: Solve) -> None:
    found = worked("tangent", f="2x-y", at="1,0", near="5,5")
    assert found.data["error"]["linear"] == "0"
    assert "f is linear: L is f itself, with no error anywhere." in found.lines


def test_a_kink_elsewhere_makes_no_function_linear(worked: Solve) -> None:
    assert not any("is linear" in line for line in worked("tangent", f="|x|+y", at="1,0").lines)


@pytest.mark.parametrize(
    ("f", "side"),
    [("x^2+y^2", "lies above"), ("-x^2-y^4-x*y-y^2", "lies below"), ("x^2-y^2", "on both sides")],
)
def test_the_side_of_the_graph_is_told(worked: Solve, f: str, side: str) -> None:
    assert any(side in line for line in worked("tangent", f=f, at="1,1").lines)


def test_no_side_is_told_where_a_curvature_is_zero(worked: Solve) -> None:
    assert not any("curvatures" in line for line in worked("tangent", f="x^2+y", at="1,1").lines)


@pytest.mark.parametrize(
    ("options", "kind", "option"),
    [
        ({"f": "|x|", "at": "0"}, NotInDomain, "at"),
        ({"f": "1/x", "at": "0"}, NotInDomain, "at"),
        ({"f": "1/x", "at": "1", "near": "0"}, NotInDomain, "near"),
        ({"f": "x*y", "at": "1,2", "near": "1"}, WrongLength, "near"),
        ({"f": "x*y", "at": "1,2", "near": "x=1 z=2"}, UnknownName, "near"),
    ],
)
def test_what_has_no_tangent_is_refused_at_its_place(
    data: Data, options: dict[str, str], kind: type[Refused], option: str
) -> None:
    with pytest.raises(kind) as refused:
        data("tangent", **options)
    assert refused.value.option == option


def test_a_point_that_does_not_fit_is_refused_before_a_worker_is_asked() -> None:
    with pytest.raises(WrongLength) as refused:
        TOPICS["tangent"].read({"f": "x*y", "at": "1,2", "near": "3"})
    assert refused.value.option == "near"


def test_the_way_to_the_point_nearby_is_drawn_in_every_dimension(worked: Solve) -> None:
    pictures = worked("tangent", f="x*y*z", at="1,2,3", near="1.5,2,3.5", pictures=True).pictures
    assert [picture.name for picture in pictures] == ["formulas.png", "along.png"]
    assert "slope 4" in pictures[1].alt
    assert "0.5 apart" in pictures[1].alt


_POWERS = st.sampled_from(["x", "y", "x^2", "y^3", "x*y", "sin(x)", "e^(x/4)", "cos(x*y)", "ln(3+x^2)", "sqrt(5+y)"])


@given(st.lists(_POWERS, min_size=1, max_size=3), st.tuples(*[st.integers(-2, 2)] * 4))
@settings(max_examples=30, deadline=None)
def test_the_error_is_within_its_bound(parts: list[str], places: tuple[int, int, int, int]) -> None:
    a, b, c, d = places
    options = {"f": f"f(x,y)={'+'.join(parts)}", "at": f"{a},{b}", "near": f"{c / 2},{d / 2}"}
    error = solve("tangent", options, budget=Budget(deadline=30.0, now=lambda: 0.0)).data["error"]
    for each in ("linear", "quadratic"):
        assert error[f"{each}_bound"] is not None
        assert abs(error[f"{each}_decimal"]) <= error[f"{each}_bound"] * (1 + 1e-15)

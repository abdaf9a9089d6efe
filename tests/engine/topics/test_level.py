"""Level curves and surfaces: equation, normal, tangent, and where there is none."""

from collections.abc import Callable

import pytest

from engine.errors import NotInDomain, NotSupported
from engine.values import Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]


def test_a_level_curve_with_its_normal_and_tangent(data: Data) -> None:
    found = data("level", f="x^2+4y^2", at="2,1")
    assert found["equation"] == ["x**2 + 4*y**2", "=", "8"]
    assert (found["normal"], found["tangent"]) == (["4", "8"], ["4*x + 8*y", "=", "16"])


def test_the_lines_say_the_tangent_with_its_steps_and_multiplied_out(worked: Solve) -> None:
    lines = worked("level", f="x^2+4y^2", at="2,1").lines
    assert "level curve: x² + 4y² = 8" in lines
    assert "tangent line: 4(x - 2) + 8(y - 1) = 0" in lines
    assert "tangent line: 4x + 8y = 16" in lines


@pytest.mark.parametrize(
    ("f", "at", "called", "tangent"),
    [
        ("x*y*z", "1,2,3", "level surface: xyz = 6", "tangent plane: 6x + 3y + 2z = 18"),
        ("a*b+c*d", "1,2,3,4", "level set: ab + cd = 14", "tangent hyperplane: 2a + b + 4c + 3d = 28"),
    ],
)
def test_a_level_set_has_its_name_in_every_dimension(worked: Solve, f: str, at: str, called: str, tangent: str) -> None:
    lines = worked("level", f=f, at=at).lines
    assert called in lines
    assert tangent in lines


def test_the_steps_lead_to_the_tangent(data: Data) -> None:
    steps = [step for step in data("level", f="x^2+4y^2", at="2,1")["steps"] if step["depth"] == 0]
    assert [step["rule"] for step in steps][-3:] == ["evaluate-at-point", "function-value", "dot-product"]
    assert steps[-1]["result"] == "4*x + 8*y - 16"


def test_where_the_gradient_is_zero_it_gives_no_tangent(worked: Solve) -> None:
    found = worked("level", f="x^4+y^4", at="0,0")
    assert (found.data["normal"], found.data["tangent"], found.data["tangent_cone"]) == (None, None, None)
    assert any("gives no normal and no tangent" in line for line in found.lines)
    assert any("not decided" in line for line in found.lines)


def test_at_an_extremum_the_level_set_is_the_point_alone(worked: Solve) -> None:
    assert any("the point alone" in line for line in worked("level", f="x^2+y^2", at="0,0").lines)


def test_at_a_saddle_point_two_branches_cross(worked: Solve) -> None:
    found = worked("level", f="x^3-3xy+y^3", at="0,0")
    assert found.data["tangent_cone"] == ["-3*x*y", "=", "0"]
    assert any("two branches cross" in line for line in found.lines)


def test_a_flat_valley_has_no_cone(data: Data) -> None:
    assert data("level", f="(x-y)^2-z^2", at="1,1,0")["tangent_cone"] is None


def test_a_cone_stands_where_the_point_is(data: Data) -> None:
    found = data("level", f="(x-1)^2-(y-2)^2", at="1,2")
    assert found["tangent_cone"] == ["x**2 - 2*x - y**2 + 4*y - 3", "=", "0"]


def test_one_variable_has_points_and_no_tangent(data: Data) -> None:
    found = data("level", f="x^2", at="3")
    assert (found["equation"], found["normal"], found["tangent"]) == (["x**2", "=", "9"], ["6"], None)


def test_a_gradient_that_is_zero_in_disguise_has_no_normal(data: Data) -> None:
    assert data("level", f="(x-sqrt(2)-sqrt(3))^2+y^2", at="sqrt(5+2sqrt(6)),0")["normal"] is None


def test_a_gradient_that_may_be_zero_gives_no_tangent(data: Data) -> None:
    with pytest.raises(NotSupported) as refused:
        data("level", f="f(x,y)=a*x^2+b*y", at="1,1")
    assert refused.value.option == "at"


@pytest.mark.parametrize(("f", "at"), [("sqrt(x^2+y^2)", "0,0"), ("ln(x*y)", "1,0")])
def test_no_level_set_where_the_function_is_not_smooth(data: Data, f: str, at: str) -> None:
    with pytest.raises(NotInDomain) as refused:
        data("level", f=f, at=at)
    assert refused.value.option == "at"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_tangent_is_drawn(worked: Solve, theme: str) -> None:
    chart = worked("level", f="x^2+4y^2", at="2,1", pictures=True, theme=theme).pictures[1]
    assert "tangent, at a right angle to the gradient" in chart.alt


def test_without_a_gradient_no_tangent_is_drawn(worked: Solve) -> None:
    assert "tangent" not in worked("level", f="x^2-y^2", at="0,0", pictures=True).pictures[1].alt


def test_without_steps_no_rule_is_named(worked: Solve) -> None:
    assert not any("rule" in line for line in worked("level", f="x^2+y", at="1,1", steps="none").lines)

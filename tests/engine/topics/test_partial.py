"""Partial derivatives of any order: right, step by step, or refused with the reason."""

from collections.abc import Callable

import pytest

from engine.errors import (
    EmptyText,
    NotInDomain,
    Refused,
    StrangeCharacter,
    TooLarge,
    UnknownName,
    WrongLength,
    WrongUsage,
)
from engine.values import Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]


def test_a_partial_derivative_with_its_steps(data: Data) -> None:
    found = data("partial", f="x^2*y^3", wrt="x")
    assert found["derivative"] == "2*x*y**3"
    assert [step["rule"] for step in found["steps"]] == ["power", "hold-constant", "partial-x"]
    assert found["steps"][-1]["result"] == "2*x*y**3"


@pytest.mark.parametrize("wrt", ["xxy", "x,x,y", "x x y", "(x, x, y)", "xx y", " x , x,y "])
def test_an_order_is_written_in_many_ways(data: Data, wrt: str) -> None:
    found = data("partial", f="x^2*y^3", wrt=wrt)
    assert (found["wrt"], found["derivative"]) == (["x", "x", "y"], "6*y**2")


@pytest.mark.parametrize(
    ("f", "wrt", "names"),
    [
        ("x_1^2*x_2", "x1x2", ["x1", "x2"]),
        ("x_1^2*x_2", "x_1, x_1", ["x1", "x1"]),
        ("theta^2*x", "theta x", ["theta", "x"]),
        ("theta^2*x", "θx", ["theta", "x"]),
        ("theta^2*x", "thetax", ["theta", "x"]),
    ],
)
def test_names_with_an_index_and_greek_names_are_whole(data: Data, f: str, wrt: str, names: list[str]) -> None:
    assert data("partial", f=f, wrt=wrt)["wrt"] == names


def test_the_first_variable_is_taken_first(worked: Solve) -> None:
    lines = worked("partial", f="x^2*y", wrt="x,y").lines
    assert lines[1].startswith("∂f/∂x = 2xy")
    assert lines[2].startswith("∂²f/∂y∂x = 2x")


def test_each_stage_has_its_steps(data: Data) -> None:
    steps = data("partial", f="x^3*y", wrt="xx")["steps"]
    assert [step["rule"] for step in steps if step["depth"] == 0] == ["partial-x", "partial-x", "second-partial"]
    assert [step["result"] for step in steps if step["rule"] == "partial-x"] == ["3*x**2*y", "6*x*y"]


def test_a_mixed_derivative_says_that_its_order_does_not_matter(worked: Solve) -> None:
    found = worked("partial", f="x^2*y", wrt="xy")
    assert found.data["steps"][-1]["rule"] == "mixed-partial"
    assert any("order of the variables does not matter" in line for line in found.lines)
    assert not any("does not matter" in line for line in worked("partial", f="x^2*y", wrt="xx").lines)


@pytest.mark.parametrize("f", ["x^2*y^3+e^(x*y)", "ln(x^2+y)", "x*y/(x^2+y^2+1)"])
def test_mixed_derivatives_are_the_same_in_both_orders(data: Data, f: str) -> None:
    there = {"f": f, "at": "1,2"}
    assert (
        data("partial", wrt="xy", **there)["derivative_at_decimal"]
        == data("partial", wrt="yx", **there)["derivative_at_decimal"]
    )


def test_a_value_at_a_point_is_exact_and_decimal(data: Data) -> None:
    found = data("partial", f="x^2*e^y", wrt="x", at="3,1")
    assert (found["derivative_at"], found["derivative_at_decimal"]) == ("6*exp(1)", pytest.approx(16.30969097))
    assert found["steps"][-1]["rule"] == "evaluate-at-point"


def test_the_point_has_a_coordinate_for_every_variable(data: Data) -> None:
    assert data("partial", f="x^2*y^3", wrt="x", at="y=2 x=1")["derivative_at"] == "16"
    with pytest.raises(WrongLength) as refused:
        data("partial", f="x^2*y^3", wrt="x", at="1")
    assert refused.value.option == "at"


def test_without_a_point_nothing_is_said_about_one(data: Data) -> None:
    assert data("partial", f="x*y", wrt="x")["derivative_at"] is None


@pytest.mark.parametrize("f", ["y^3", "5"])
def test_a_function_of_other_variables_only_has_the_derivative_zero(data: Data, f: str) -> None:
    assert data("partial", f=f, wrt="x")["derivative"] == "0"


@pytest.mark.parametrize(
    ("f", "wrt", "at"),
    [
        ("|x|", "x", "0"),
        ("sqrt(x^2+y^2)", "xx", "0,0"),
        ("1/x", "x", "0"),
        ("max(x,y)", "x", "1,1"),
        ("ln(x)", "x", "-1"),
    ],
)
def test_no_derivative_where_there_is_none(data: Data, f: str, wrt: str, at: str) -> None:
    with pytest.raises(NotInDomain) as refused:
        data("partial", f=f, wrt=wrt, at=at)
    assert refused.value.option == "at"


@pytest.mark.parametrize(
    ("options", "kind", "option"),
    [
        ({"f": "x^2"}, WrongUsage, "wrt"),
        ({"wrt": "x"}, WrongUsage, "f"),
        ({"f": "x^2", "wrt": ""}, EmptyText, "wrt"),
        ({"f": "x^2", "wrt": "x^2"}, StrangeCharacter, "wrt"),
        ({"f": "x^2", "wrt": "dx"}, UnknownName, "wrt"),
        ({"f": "x^2", "wrt": "sin"}, StrangeCharacter, "wrt"),
        ({"f": "x^2", "wrt": "3"}, StrangeCharacter, "wrt"),
        ({"f": "x^2", "wrt": "x" * 7}, TooLarge, "wrt"),
        ({"f": "x^2 + * y", "wrt": "x"}, Refused, "f"),
        ({"f": "x^2", "wrt": "x", "steps": "many"}, WrongUsage, "steps"),
    ],
)
def test_wrong_options_are_refused_at_their_place(
    data: Data, options: dict[str, str], kind: type[Refused], option: str
) -> None:
    with pytest.raises(kind) as refused:
        data("partial", **options)
    assert refused.value.option == option


def test_a_sixth_derivative_is_still_shown_readably(worked: Solve) -> None:
    found = worked("partial", f="x^5*sin(a*x)", wrt="xxxxxx")
    assert max(map(len, found.lines)) < 500


def test_the_steps_can_be_typeset(worked: Solve) -> None:
    picture = worked("partial", pictures=True, f="x^2*y^3+exp(x*y)", wrt="xy", at="1,0").pictures[0]
    assert "partial f by x and y" in picture.alt

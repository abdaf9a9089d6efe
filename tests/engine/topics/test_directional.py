"""The rate of change in a direction: for one unit of length, proven, or refused."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.desk import solve
from engine.errors import NotANumber, NotInDomain, NotSupported, Refused, WrongKind, WrongLength, WrongUsage
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]
HILL = "100x+80y-x^2-y^2-0.5xy"


def rules(found: Json) -> list[str]:
    return [step["rule"] for step in found["steps"] if step["depth"] == 0]


def test_the_rate_is_for_one_unit_of_length(data: Data) -> None:
    found = data("directional", f="3x^2+4xy-y^2+5", at="1,2", along="3,4")
    assert (found["rate"], found["rate_decimal"], found["direction"]) == ("42/5", 8.4, ["3/5", "4/5"])


def test_the_product_with_the_vector_as_given_is_another_number(data: Data) -> None:
    found = data("directional", f="3x^2+4xy-y^2+5", at="1,2", along="3,4")
    assert (found["along"], found["length"], found["rate_along"]) == (["3", "4"], "5", "42")


def test_a_vector_that_is_not_of_length_one_is_warned_about(worked: Solve) -> None:
    assert any(
        "only for a vector of length 1" in line for line in worked("directional", f="xy", at="1,2", along="3,4").lines
    )
    assert not any("length 1" in line for line in worked("directional", f="xy", at="1,2", along="3/5,4/5").lines)


def test_the_rates_of_the_course(data: Data) -> None:
    there = data("directional", f=HILL, at="27.2,13.2", along="NE")
    assert there["rate_decimal"] == pytest.approx(55.861, abs=5e-4)
    assert there["max_rate_decimal"] == pytest.approx(55.866, abs=5e-4)
    revenue = data("directional", f=HILL, at="20,15", along="north-east")
    assert revenue["rate_decimal"] == pytest.approx(65.407, abs=5e-4)
    assert revenue["max_rate_decimal"] == pytest.approx(66.002, abs=5e-4)


def test_the_way_to_a_point_starts_at_the_point(data: Data) -> None:
    found = data("directional", f="x^2*y+y^2", at="2,1", along="to (5,5)")
    assert (found["along"], found["rate"]) == (["3", "4"], "36/5")


def test_every_step_has_its_name(data: Data) -> None:
    found = data("directional", f="x^2*y+y^2", at="2,1", along="to (5,5)")
    assert rules(found) == [
        "partial-x", "partial-y", "assemble-gradient", "evaluate-at-point", "subtract-points",
        "normalise-direction", "dot-product",
    ]  # fmt: skip
    assert found["steps"][-1]["result"] == "36/5"


def test_without_steps_no_rule_is_named(worked: Solve) -> None:
    assert not any("rule" in line for line in worked("directional", f="xy", at="1,2", along="3,4", steps="none").lines)
    assert any("rule" in line for line in worked("directional", f="xy", at="1,2", along="3,4").lines)


@pytest.mark.parametrize(
    ("along", "direction"),
    [
        ("60°", ["1/2", "sqrt(3)/2"]),
        ("angle pi/3", ["1/2", "sqrt(3)/2"]),
        ("NE", ["sqrt(2)/2", "sqrt(2)/2"]),
        ("due west", ["-1", "0"]),
        ("3i - 4j", ["3/5", "-4/5"]),
        ("from (1,2) to (4,6)", ["3/5", "4/5"]),
    ],
)
def test_a_direction_is_read_in_many_ways(data: Data, along: str, direction: list[str]) -> None:
    assert data("directional", f="x*y", at="1,2", along=along)["direction"] == direction


def test_an_angle_without_a_short_cosine_has_length_one(data: Data) -> None:
    found = data("directional", f="x^2*y", at="1,2", along="37°")
    assert found["length"] == "1"
    expected = 4 * math.cos(math.radians(37)) + math.sin(math.radians(37))
    assert found["rate_decimal"] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("along", "angle"), [("1,2", 0.0), ("-1,-2", 180.0), ("2,-1", 90.0), ("3,1", 45.0)])
def test_the_angle_to_the_gradient_is_told(data: Data, along: str, angle: float) -> None:
    assert data("directional", f="x+2y", at="0,0", along=along)["angle"] == pytest.approx(angle, abs=1e-12)


def test_along_the_level_curve_nothing_changes(worked: Solve) -> None:
    found = worked("directional", f="x^2+y^2", at="1,2", along="2,-1")
    assert found.data["rate"] == "0"
    assert any("right angle to the gradient" in line for line in found.lines)


def test_where_the_gradient_is_zero_every_rate_is_zero(worked: Solve) -> None:
    found = worked("directional", f="x^2+y^2", at="0,0", along="3,4")
    assert (found.data["rate"], found.data["angle"], found.data["differentiable"]) == ("0", None, True)
    assert any("rate is 0 in every direction" in line for line in found.lines)


def test_parameters_stay_in_the_rate(data: Data) -> None:
    found = data("directional", f="f(x,y)=a*x^2+y", at="1,1", along="1,0")
    assert (found["rate"], found["rate_decimal"], found["max_rate"]) == ("2*a", None, "sqrt(4*a**2 + 1)")


def test_names_of_variables_are_not_used_for_vectors(worked: Solve) -> None:
    lines = worked("directional", f="(3u+4v-10)^2", at="1,1", along="1,2").lines
    assert not any(line.startswith(("u = ", "v = ")) for line in lines)


@pytest.mark.parametrize(
    ("f", "at", "along", "rate"),
    [
        ("|x|", "0", "1", "1"),
        ("|x|", "0", "-2", "1"),
        ("sqrt(x^2+y^2)", "0,0", "3,4", "1"),
        ("max(x,y)", "1,1", "1,2", "2*sqrt(5)/5"),
        ("relu(x-1)+y", "1,0", "-3,4", "4/5"),
        ("sin(|x|)+e^|y|", "0,0", "3,4", "7/5"),
        ("|x-sqrt(2)|*y", "sqrt(2),3", "1,0", "3"),
        ("sqrt(1-cos(x))", "0", "1", "sqrt(2)/2"),
        ("|sin(x)|", "pi", "1", "1"),
        ("min(x,y,0)", "0,0", "-3,-4", "-4/5"),
        ("x^(3/2)", "0", "1", "0"),
        ("ln(1+sqrt(x^2+y^2))", "0,0", "1,0", "1"),
    ],
)
def test_at_a_kink_the_rate_is_one_sided_and_by_definition(data: Data, f: str, at: str, along: str, rate: str) -> None:
    found = data("directional", f=f, at=at, along=along)
    assert (found["rate"], found["differentiable"], found["one_sided"]) == (rate, False, True)
    assert found["gradient_at"] is None
    assert found["max_rate"] is None


def test_the_opposite_rate_is_told_at_a_kink(worked: Solve) -> None:
    found = worked("directional", f="max(x,y)", at="1,1", along="0,1")
    assert "It is one-sided, for this direction only; in the opposite direction the rate is 0." in found.lines


@pytest.mark.parametrize("f", ["x*|x|+y", "|x*y|", "sqrt(x^4+y^4)", "max(x^2,y^3)"])
def test_what_may_be_differentiable_all_the_same_is_not_decided(data: Data, f: str) -> None:
    assert data("directional", f=f, at="0,0", along="1,2")["differentiable"] is None


@pytest.mark.parametrize(
    ("f", "at", "along", "why"),
    [
        ("sqrt(x)", "0", "1", "infinite"),
        ("sqrt(x)", "0", "-1", "not defined that way"),
        ("sign(x)", "0", "1", "jumps"),
        ("sqrt(x*y)", "0,1", "1,0", "infinite"),
    ],
)
def test_a_rate_that_does_not_exist_is_refused_with_the_reason(
    data: Data, f: str, at: str, along: str, why: str
) -> None:
    with pytest.raises(NotInDomain, match=why) as refused:
        data("directional", f=f, at=at, along=along)
    assert refused.value.option == "along"


@pytest.mark.parametrize(("f", "at"), [("1/x", "0"), ("ln(x)", "-1"), ("asin(x)", "1"), ("x/x", "0")])
def test_what_does_not_exist_or_is_not_sure_is_refused_at_the_point(data: Data, f: str, at: str) -> None:
    with pytest.raises(NotInDomain) as refused:
        data("directional", f=f, at=at, along="-1")
    assert refused.value.option == "at"


@pytest.mark.parametrize(
    ("along", "kind"),
    [
        ("0,0", NotInDomain),
        ("to (1,1)", NotInDomain),
        ("1,2,3", WrongLength),
        ("x,y", NotANumber),
        ("5", WrongKind),
        ("1/0,2", NotInDomain),
        ("sin(1)^2+cos(1)^2-1,0", NotSupported),
        ("to y=5 x=4", WrongKind),
        ("", Refused),
    ],
)
def test_what_is_no_direction_is_refused_at_its_place(data: Data, along: str, kind: type[Refused]) -> None:
    with pytest.raises(kind) as refused:
        data("directional", f="x^2+y^2", at="1,1", along=along)
    assert refused.value.option == "along"


def test_a_text_that_is_no_direction_is_refused_before_a_worker_is_asked() -> None:
    with pytest.raises(WrongLength) as refused:
        TOPICS["directional"].read({"f": "x*y", "at": "1,2", "along": "1,2,3"})
    assert refused.value.option == "along"


@pytest.mark.parametrize("missing", ["f", "at", "along"])
def test_nothing_of_it_may_be_missing(data: Data, missing: str) -> None:
    options = {"f": "x*y", "at": "1,2", "along": "1,0"}
    del options[missing]
    with pytest.raises(WrongUsage):
        data("directional", **options)


def test_the_direction_is_drawn_beside_the_gradient(worked: Solve) -> None:
    chart = worked("directional", f="x^2+y^2", at="1,2", along="3,4", pictures=True).pictures[1]
    assert "gradient arrow is (2, 4)" in chart.alt
    assert "direction (0.6, 0.8) is a second arrow" in chart.alt


def test_a_kink_is_drawn_with_its_direction_alone(worked: Solve) -> None:
    chart = worked("directional", f="sqrt(x^2+y^2)", at="0,0", along="3,4", pictures=True).pictures[1]
    assert "second arrow" in chart.alt
    assert "gradient arrow is" not in chart.alt


_PARTS = st.sampled_from(
    ["x", "y", "x*y", "|x|", "|x-y|", "sqrt(x^2+y^2)", "max(x,y^2)", "sin(x+y)", "e^|y|", "relu(x)*y", "x^2/(1+|y|)"]
)


@given(
    st.lists(_PARTS, min_size=1, max_size=3), st.tuples(*[st.integers(-1, 1)] * 2), st.tuples(*[st.integers(-3, 3)] * 2)
)
@settings(max_examples=50, deadline=None)
def test_the_rate_agrees_with_the_difference_quotient(
    parts: list[str], at: tuple[int, int], way: tuple[int, int]
) -> None:
    if way == (0, 0):
        way = (1, 0)
    options = {"f": f"f(x,y)={'+'.join(parts)}", "at": f"{at[0]},{at[1]}", "along": f"{way[0]},{way[1]}"}
    found = solve("directional", options, budget=Budget(deadline=30.0, now=lambda: 0.0)).data
    length, h = math.hypot(*way), 1e-6
    there = _value(parts, at[0] + h * way[0] / length, at[1] + h * way[1] / length)
    assert found["rate_decimal"] == pytest.approx((there - _value(parts, *at)) / h, rel=1e-4, abs=1e-4)


def _value(parts: list[str], x: float, y: float) -> float:
    values = {
        "x": x, "y": y, "x*y": x * y, "|x|": abs(x), "|x-y|": abs(x - y), "sqrt(x^2+y^2)": math.hypot(x, y),
        "max(x,y^2)": max(x, y * y), "sin(x+y)": math.sin(x + y), "e^|y|": math.exp(abs(y)),
        "relu(x)*y": max(x, 0) * y, "x^2/(1+|y|)": x * x / (1 + abs(y)),
    }  # fmt: skip
    return sum(values[part] for part in parts)

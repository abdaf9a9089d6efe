"""Finite differences: their numbers, their errors, and what is said about them."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.answering.numeric_values import is_analytic
from engine.desk import solve
from engine.errors import NotInDomain, NotSupported, Refused, TooLarge, WrongUsage
from engine.reading import read_expression
from engine.topics import TOPICS
from engine.values import Budget, Json, Worked

Data = Callable[..., Json]
Solve = Callable[..., Worked]


def row(data: Json, h: float) -> Json:
    return next(each for each in data["rows"] if each["h"] == h)


def test_the_numbers_are_those_of_numpy(data: Data) -> None:
    x, h = 1.0, 1e-8
    found = row(data("numeric", f="sin(x)", at="1"), h)
    assert found["forward"] == [(np.sin(x + h) - np.sin(x)) / h]
    assert found["backward"] == [(np.sin(x) - np.sin(x - h)) / h]
    assert found["central"] == [(np.sin(x + h) - np.sin(x - h)) / (2 * h)]
    assert found["complex"] == [np.sin(x + 1j * h).imag / h]


def test_the_exact_gradient_stands_beside(data: Data) -> None:
    found = data("numeric", f="x^2*y", at="3,2")
    assert (found["exact"], found["exact_decimal"]) == (["12", "9"], [12.0, 9.0])


def test_an_error_is_against_the_exact_value_and_not_its_double(data: Data) -> None:
    found = row(data("numeric", f="x^2", at="1"), 1e-3)
    assert found["errors"]["forward"] == pytest.approx(abs(found["forward"][0] - 2), rel=1e-6)
    third = row(data("numeric", f="x/3", at="0"), 0.1)
    assert third["errors"]["forward"] > 0


def test_the_orders_are_one_and_two(data: Data) -> None:
    orders = data("numeric", f="e^(x*y)", at="1,1/2")["orders"]
    assert orders["forward"] == pytest.approx(1, abs=0.01)
    assert orders["backward"] == pytest.approx(1, abs=0.01)
    assert orders["central"] == pytest.approx(2, abs=0.01)
    assert orders["complex"] == pytest.approx(2, abs=0.01)


def test_the_best_steps_are_near_the_theory(data: Data) -> None:
    best = data("numeric", f="sin(x)", at="1")["best"]
    assert 1e-9 <= best["forward"]["h"] <= 1e-7
    assert 1e-6 <= best["central"]["h"] <= 1e-4


def test_below_the_best_step_the_error_rises_again(data: Data) -> None:
    found = data("numeric", f="sin(x)", at="1")
    assert row(found, 1e-14)["errors"]["forward"] > 1e3 * found["best"]["forward"]["error"]


def test_the_complex_step_stays_exact_however_small_it_is(data: Data) -> None:
    assert row(data("numeric", f="e^x*sin(x)", at="1"), 1e-14)["errors"]["complex"] < 1e-15


def test_no_order_is_claimed_where_only_rounding_is_left(worked: Solve) -> None:
    found = worked("numeric", f="x^2+y^2", at="1,2")
    assert found.data["orders"]["central"] is None
    assert any("degree 2" in line and "central difference is exact" in line for line in found.lines)


def test_a_step_that_is_given_makes_one_row(worked: Solve) -> None:
    found = worked("numeric", f="x^2+y^2", at="1,2", h="1e-3")
    assert [each["h"] for each in found.data["rows"]] == [0.001]
    assert any("∂f/∂y by forward 4.001, backward 3.999" in line for line in found.lines)


def test_at_a_kink_the_two_slopes_differ_and_the_central_number_is_called_a_trap(worked: Solve) -> None:
    found = worked("numeric", f="|x|", at="0")
    assert (found.data["exact"], found.data["one_sided"]) == ([None], [["-1", "1"]])
    assert all(each["central"] == [0.0] for each in found.data["rows"])
    assert any("does not exist" in line and "no derivative" in line for line in found.lines)


def test_beside_a_kink_in_one_variable_the_other_one_has_its_derivative(data: Data) -> None:
    found = data("numeric", f="|x|+y^2", at="0,3")
    assert (found["exact"], found["exact_decimal"]) == ([None, "6"], [None, 6.0])


def test_no_error_is_stated_against_a_derivative_that_does_not_exist(data: Data) -> None:
    assert row(data("numeric", f="|x|", at="0"), 0.1)["errors"] == {"forward": None, "backward": None, "central": None}


def test_a_jump_is_called_one(worked: Solve) -> None:
    assert any("f jumps" in line for line in worked("numeric", f="sgn(x)", at="0").lines)


def test_where_f_ends_the_missing_numbers_are_named(worked: Solve) -> None:
    found = worked("numeric", f="ln(x)", at="0.05")
    assert row(found.data, 0.1)["central"] == [None]
    assert row(found.data, 0.01)["central"] != [None]
    assert any("For h = 0.1 f has no value at x - h" in line for line in found.lines)


def test_at_the_edge_of_the_domain_one_side_is_left(worked: Solve) -> None:
    found = worked("numeric", f="x*sqrt(x)", at="0")
    assert found.data["one_sided"] == [[None, "0"]]
    assert any("to the left f does not exist" in line for line in found.lines)


def test_a_step_that_changes_nothing_is_named(worked: Solve) -> None:
    found = worked("numeric", f="x^3", at="1e10")
    assert row(found.data, 1e-14)["forward"] == [0.0]
    assert any("x + h is x itself" in line for line in found.lines)


def test_a_long_step_goes_into_another_case(data: Data) -> None:
    found = data("numeric", f="{x^2 if x<1; 2x if x>=1}", at="0.95")
    assert row(found, 0.1)["forward"][0] == pytest.approx((2 * 1.05 - 0.95**2) / 0.1)
    assert found["exact"] == ["19/10"]
    assert found["f"].startswith("Piecewise")


@pytest.mark.parametrize("f", ["|x|", "max(x,1)", "sgn(x)", "relu(x)", "cbrt(x)", "{x if x<9; 1 otherwise}"])
def test_there_is_no_complex_step_where_f_is_not_analytic(data: Data, f: str) -> None:
    assert "complex" not in row(data("numeric", f=f, at="2"), 0.1)


def test_the_cost_is_told(worked: Solve) -> None:
    lines = worked("numeric", f="x^2", at="1").lines
    assert any("2·10^8 passes, 231.5 days" in line for line in lines)
    seconds = 2 * 10**8 * 0.1
    assert seconds / 86400 == pytest.approx(231.5, abs=0.05)


@pytest.mark.parametrize(
    ("options", "kind", "option"),
    [
        ({"f": "1/x", "at": "0"}, NotInDomain, "at"),
        ({"f": "{x if x<1; 2 otherwise}", "at": "1"}, NotInDomain, "at"),
        ({"f": "e^(1000x)", "at": "1"}, TooLarge, "at"),
        ({"f": "x", "at": "1", "h": "0"}, WrongUsage, "h"),
        ({"f": "x", "at": "1", "h": "-1e-3"}, WrongUsage, "h"),
        ({"f": "x", "at": "1", "h": "1-2"}, WrongUsage, "h"),
        ({"f": "x", "at": "1", "h": "1e-400"}, TooLarge, "h"),
        ({"f": "f(x)=a*x", "at": "1"}, NotSupported, "f"),
    ],
)
def test_what_has_no_differences_is_refused_at_its_place(
    data: Data, options: dict[str, str], kind: type[Refused], option: str
) -> None:
    with pytest.raises(kind) as refused:
        data("numeric", **options)
    assert refused.value.option == option


def test_a_step_that_is_none_is_refused_before_a_worker_is_asked() -> None:
    with pytest.raises(WrongUsage):
        TOPICS["numeric"].read({"f": "x", "at": "1", "h": "-1"})


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_errors_are_drawn_with_their_numbers_in_words(worked: Solve, theme: str) -> None:
    pictures = worked("numeric", f="sin(x*y)", at="1,2", pictures=True, theme=theme).pictures
    assert [each.name for each in pictures] == ["formulas.png", "errors.png"]
    assert "smallest 2.27·10^-12 for h = 1·10^-6" in pictures[1].alt


@pytest.mark.parametrize(
    "options", [{"f": "|x|", "at": "0"}, {"f": "x^2", "at": "1", "h": "0.1"}, {"f": "x-x", "at": "1"}]
)
def test_nothing_is_drawn_without_errors_to_compare(worked: Solve, options: dict[str, str]) -> None:
    assert [each.name for each in worked("numeric", pictures=True, **options).pictures] == ["formulas.png"]


def test_a_function_with_a_kink_is_not_analytic() -> None:
    assert not is_analytic(read_expression("sin(x)+|y|").tree)
    assert is_analytic(read_expression("sin(x)+y^2/ln(x)").tree)


_PARTS = st.sampled_from(
    ["x^2", "y^3", "x*y", "sin(x)", "e^(x/4)", "cos(x*y)", "ln(3+x^2)", "sqrt(5+y)", "x/(2+y^2)", "2^x", "atan(y)"]
)


@given(st.lists(_PARTS, min_size=1, max_size=4), st.integers(-8, 8), st.integers(-8, 8))
@settings(max_examples=40, deadline=None)
def test_every_method_comes_near_the_exact_gradient(parts: list[str], a: int, b: int) -> None:
    options = {"f": f"f(x,y)={'+'.join(parts)}", "at": f"{a}/2,{b}/2", "steps": "none"}
    found = solve("numeric", options, budget=Budget(30.0, lambda: 0.0)).data
    assume(max(map(abs, [found["value_decimal"], *found["exact_decimal"]])) < 1e3)
    near = row(found, 1e-5)
    for method, error in near["errors"].items():
        assert error < (1e-2 if method in {"forward", "backward"} else 1e-6)
        worst = max(abs(got - want) for got, want in zip(near[method], found["exact_decimal"], strict=True))
        assert math.isclose(error, worst, rel_tol=1e-6, abs_tol=1e-12)


def said(worked: Solve, **options: str) -> str:
    return " ".join(worked("numeric", **options).lines)


def test_a_change_below_the_spacing_of_doubles_is_said(worked: Solve) -> None:
    assert "h = 10^-6 the change h·∂f/∂y is not much more than 2" in said(worked, f="x^2+y^2", at="1e8,1", h="1e-6")
    assert "doubles of the size" not in said(worked, f="x^2+y^2", at="1,1", h="1e-6")


def test_a_step_near_the_spacing_of_doubles_at_the_point_is_said(worked: Solve) -> None:
    assert "doubles near x are too far apart" in said(worked, f="x", at="1e8", h="1e-8")
    assert "doubles near x are too far apart" not in said(worked, f="x", at="1e8", h="1e-3")


@pytest.mark.parametrize(
    ("f", "at", "what"),
    [
        ("1/x", "0.05", "where x ≠ 0 does not hold: f does not exist there"),
        ("1/x^2", "0.05", "where x^2 ≠ 0 does not hold: f does not exist there"),
        ("|x|", "0.05", "where x ≠ 0 does not hold: f need not be smooth there"),
        ("tan(x)", "1.5", "where cos(x) ≠ 0 does not hold: f does not exist there"),
        ("sqrt(x^2)", "0.05", "where x^2 > 0 does not hold: f need not be smooth there"),
        ("ln(x^2)", "0.05", "where x^2 > 0 does not hold: f does not exist there"),
    ],
)
def test_a_step_across_a_pole_or_a_kink_is_said(worked: Solve, f: str, at: str, what: str) -> None:
    assert what in said(worked, f=f, at=at, h="0.1")
    assert what not in said(worked, f=f, at=at, h="0.01")


def test_the_step_has_another_name_where_h_is_a_variable(worked: Solve) -> None:
    found = said(worked, f="h^2*x", at="1,2")
    assert "There h is the step, not the variable." in found
    assert "Best forward step here: step = " in found
